"""Read the cells of one row into the row's values, column by column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from homeward.exchange.choices import ReadingChoices
from homeward.exchange.columns.fields import COUNTRIES, DATES, Field
from homeward.exchange.columns.guess import Column
from homeward.exchange.problem_kinds import Kind
from homeward.exchange.rows import HeldValue, RowProblem
from homeward.exchange.values import coded
from homeward.exchange.values.amounts import currency_in_header, read_amount
from homeward.exchange.values.countries import read_country
from homeward.exchange.values.dates import DateSetting, DayOrder, read_date
from homeward.exchange.values.day_order import day_orders, separator_of
from homeward.exchange.values.languages import read_languages
from homeward.exchange.values.names import is_native_script, read_name, split_full_name
from homeward.exchange.values.phones import read_phone
from homeward.exchange.values.text import fold, is_missing, text_of
from homeward.exchange.values.told import Told
from homeward.exchange.workbooks import Cell

ERRORS = frozenset(
    {
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#GETTING_DATA",
    }
)
LONGEST = {
    Field.FILE_REFERENCE: 80,
    Field.DOCUMENT_NUMBER: 80,
    Field.EMAIL: 254,
    Field.PHONE: 120,
}
LONGEST_NAME, LONGEST_TEXT = 200, 5_000
YEARS_AHEAD = 5  # a two-digit year of travel is not further away than this
FORMULA_SIGNS = ("=", "@")


@dataclass
class RowDraft:
    """A row while its cells are being read; `values` takes the names of ReadRow."""

    values: dict[str, Any]
    held: dict[str, HeldValue]
    originals: dict[str, str]
    problems: list[RowProblem]

    @classmethod
    def blank(cls) -> "RowDraft":
        return cls({}, {}, {}, [])

    def report(self, kind: Kind, field: Field | None, found: str = "", suggestion: str = "") -> None:
        self.problems.append(RowProblem(kind, field, found[:200], suggestion))

    def keep(self, name: str, value: object, original: str) -> None:
        """Set a value; its original is kept where tidying changed it."""
        self.values[name] = value
        if value != original:
            self.originals[name] = original


@dataclass(frozen=True)
class ColumnReading:
    """One column with all that reading its cells needs to know."""

    column: Column
    read: Callable[["ColumnReading", RowDraft, Cell], None]
    dates: Mapping[str, DateSetting]
    words: Mapping[str, str]
    currency: str = ""
    phone_region: str = ""

    @property
    def field(self) -> Field:
        return self.column.field


def column_readings(
    columns: Iterable[Column],
    rows: list[list[Cell]],
    choices: ReadingChoices,
    today: date,
) -> list[ColumnReading]:
    """Prepare every column; the order of day and month is judged here, over the whole column."""
    columns = list(columns)
    orders = {c.field: day_orders(row[c.position] for row in rows) for c in columns if c.field in DATES}
    elsewhere = {
        sign: order
        for found in orders.values()
        for sign, order in found.items()
        if order is not DayOrder.UNDECIDED
    }
    readings = []
    for column in columns:
        own = {sign: _decided(order, elsewhere, sign) for sign, order in orders.get(column.field, {}).items()}
        readings.append(
            ColumnReading(
                column=column,
                read=READERS.get(column.field, _read_held),
                dates=_date_settings(column, own, choices, today),
                words=choices.words_for(column.field),
                currency=currency_in_header(column.header) or choices.currency,
                phone_region=choices.phone_region,
            )
        )
    # Countries come first: they say in which country a phone number without its code is dialled.
    return sorted(
        readings,
        key=lambda reading: (reading.field not in COUNTRIES, reading.column.position),
    )


def _decided(order: DayOrder, elsewhere: Mapping[str, DayOrder], sign: str) -> DayOrder:
    return elsewhere.get(sign, order) if order is DayOrder.UNDECIDED else order


def _date_settings(
    column: Column, orders: Mapping[str, DayOrder], choices: ReadingChoices, today: date
) -> dict[str, DateSetting]:
    birth = column.field is Field.BIRTH_DATE
    plain = DateSetting(today, today.year if birth else today.year + YEARS_AHEAD, ages=birth)
    chosen = choices.orders.get(column.field)
    settings = {sign: replace(plain, order=chosen or order) for sign, order in orders.items()}
    return {"": replace(plain, order=chosen or DayOrder.DAY_FIRST), **settings}


def read_cell(reading: ColumnReading, draft: RowDraft, cell: Cell, formula: str) -> None:
    """Read one cell into the draft; formulas are reported and never calculated."""
    text = text_of(cell)
    if formula or _is_formula(text):
        draft.report(Kind.FORMULA_NOT_EVALUATED, reading.field, text or f"={formula}")
        if not text or _is_formula(text):
            _keep_formula(reading, draft, text or f"={formula}")
            return
    if not text:
        return
    if text in ERRORS:
        draft.report(Kind.CELL_ERROR, reading.field, text)
    else:
        reading.read(reading, draft, cell)


def _is_formula(text: str) -> bool:
    return text.startswith(FORMULA_SIGNS) and len(text) > 1 and not text[1:].isdecimal()


def _keep_formula(reading: ColumnReading, draft: RowDraft, text: str) -> None:
    if reading.field is Field.REMARKS:
        draft.values["remarks"] = text[:LONGEST_TEXT]
    else:
        draft.held[reading.column.header] = HeldValue(reading.field, text[:LONGEST_TEXT])


def _read_held(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    draft.held[reading.column.header] = HeldValue(reading.field, text_of(cell)[:LONGEST_TEXT])


def _read_text(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    text = text_of(cell)
    if len(text) > LONGEST.get(reading.field, LONGEST_TEXT):
        draft.report(Kind.TEXT_TOO_LONG, reading.field, text)
    elif reading.field is Field.REMARKS or not is_missing(cell):
        draft.values[reading.field.value] = text


def _read_name(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    name, field = read_name(cell), reading.field
    if len(name) > LONGEST_NAME:
        draft.report(Kind.TEXT_TOO_LONG, field, name)
    elif name and field is not Field.NATIVE_NAME and is_native_script(name):
        native = " ".join(part for part in (draft.values.get("native_name", ""), name) if part)
        draft.values["native_name"] = native
    elif name and field is Field.FULL_NAME:
        given, family = split_full_name(name)
        draft.values |= {"given_names": given, "family_name": family}
        draft.originals["full_name"] = text_of(cell)
    elif name:
        draft.keep(field.value, name, cell if isinstance(cell, str) else text_of(cell))


NAMES_OF_DATES = {
    Field.BIRTH_DATE: "birth",
    Field.DEPARTED_ON: "departure",
    Field.ARRIVED_ON: "arrival",
}


def _read_date(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    sign = separator_of(cell) if isinstance(cell, str) else ""
    told = read_date(cell, reading.dates.get(sign, reading.dates[""]))
    _take(reading, draft, cell, told, NAMES_OF_DATES[reading.field])


def _take(reading: ColumnReading, draft: RowDraft, cell: Cell, told: Told[Any], name: str) -> None:
    text = text_of(cell)
    if told.value is not None:
        draft.keep(name, told.value, text)
    elif told.problem:
        draft.originals[name] = text
    if told.problem:
        draft.report(told.problem, reading.field, text, told.suggestion)


def _read_country(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    settled = reading.words.get(fold(text_of(cell)))
    _take(
        reading,
        draft,
        cell,
        Told(settled) if settled else read_country(cell),
        reading.field.value,
    )


def _read_coded(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    told = coded.read_coded(cell, CODED[reading.field], reading.words)
    _take(reading, draft, cell, told, reading.field.value)


CODED = {
    Field.SEX: coded.SEX,
    Field.RELATION: coded.RELATION,
    Field.RETURN_TYPE: coded.RETURN_TYPE,
}


def _read_phone(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    region = reading.phone_region or draft.values.get("return_country") or draft.values.get("nationality", "")
    told = read_phone(cell, region)
    if is_missing(cell):
        return
    draft.values["phone"] = text_of(cell)[: LONGEST[Field.PHONE]]
    if told.value:
        draft.values["phone_dialled"] = told.value
    elif told.problem:
        draft.report(told.problem, Field.PHONE, text_of(cell))


def _read_email(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    if is_missing(cell):
        return
    _read_text(reading, draft, cell)
    name, _, domain = text_of(cell).partition("@")
    if not name or "." not in domain.strip(".") or " " in domain:
        draft.report(Kind.IMPOSSIBLE_EMAIL, Field.EMAIL, text_of(cell))


def _read_languages(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    _take(reading, draft, cell, read_languages(cell), "languages")


def _read_amount(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    told = read_amount(cell, reading.currency)
    amount, text = told.value, text_of(cell)
    if told.problem:
        draft.report(told.problem, Field.AMOUNT, text)
    minor = amount.minor if amount and amount.currency else None
    currency = amount.currency if amount else ""
    draft.held[reading.column.header] = HeldValue(Field.AMOUNT, text, "", minor, currency)


def _read_vulnerability(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    text = text_of(cell)
    hint = coded.vulnerability_hint(text, reading.words)
    draft.held[reading.column.header] = HeldValue(Field.VULNERABILITY, text[:LONGEST_TEXT], hint)


def _read_consent(reading: ColumnReading, draft: RowDraft, cell: Cell) -> None:
    _read_held(reading, draft, cell)
    if kind := coded.read_consent(cell):
        draft.report(kind, Field.CONSENT, text_of(cell))


READERS: Mapping[Field, Callable[[ColumnReading, RowDraft, Cell], None]] = {
    Field.FILE_REFERENCE: _read_text,
    Field.DOCUMENT_NUMBER: _read_text,
    Field.RETURN_PLACE: _read_text,
    Field.REMARKS: _read_text,
    Field.GIVEN_NAMES: _read_name,
    Field.FAMILY_NAME: _read_name,
    Field.NATIVE_NAME: _read_name,
    Field.FULL_NAME: _read_name,
    **dict.fromkeys(DATES, _read_date),
    **dict.fromkeys(COUNTRIES, _read_country),
    **dict.fromkeys(CODED, _read_coded),
    Field.PHONE: _read_phone,
    Field.EMAIL: _read_email,
    Field.LANGUAGE: _read_languages,
    Field.AMOUNT: _read_amount,
    Field.VULNERABILITY: _read_vulnerability,
    Field.CONSENT: _read_consent,
}
