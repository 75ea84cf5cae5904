"""Which column means what: by its header first, by its values where the header is silent or odd."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from homeward.exchange.columns.fields import DATES, Field
from homeward.exchange.columns.headers import LINE_NUMBERS, header_meaning, is_bare_name
from homeward.exchange.values import coded
from homeward.exchange.values.amounts import read_amount
from homeward.exchange.values.countries import find_country
from homeward.exchange.values.dates import DateSetting, read_date
from homeward.exchange.values.names import is_native_script
from homeward.exchange.values.text import fold, is_missing, text_of
from homeward.exchange.workbooks import Cell

NO_HEADER = re.compile(r"\(?\d+\)?")  # how columns without a header are labelled
SAMPLES = 200
FEWEST_SAMPLES = 5
CHOSEN, BY_VALUES, LEAST = 1.0, 0.6, 0.4


@dataclass(frozen=True)
class Column:
    """One column of the sheet; `held` columns are kept but mean nothing to us yet."""

    position: int
    header: str
    field: Field
    confidence: float
    samples: tuple[str, ...] = ()


def guess_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    today: date,
    chosen: Mapping[str, str] | None = None,
) -> tuple[Column, ...]:
    """Give every column its field; what somebody has `chosen` (header → field) is not guessed."""
    values = [_samples(rows, position) for position in range(len(headers))]
    guessed = [_guess(position, header, values[position], today) for position, header in enumerate(headers)]
    settled = [_choose(column, chosen or {}) for column in _settle_names(guessed)]
    return tuple(
        replace(
            column,
            samples=tuple(dict.fromkeys(map(text_of, values[column.position])))[:5],
        )
        for column in _one_column_each(settled)
    )


def _choose(column: Column, chosen: Mapping[str, str]) -> Column:
    wanted = chosen.get(column.header)
    return (
        column
        if wanted is None
        else replace(column, field=Field(wanted or Field.HELD), confidence=CHOSEN + 1)
    )


def _samples(rows: Sequence[Sequence[Cell]], position: int) -> list[Cell]:
    cells = (row[position] for row in rows if position < len(row))
    return [cell for cell, _ in zip((c for c in cells if not is_missing(c)), range(SAMPLES), strict=False)]


def _guess(position: int, header: str, values: Sequence[Cell], today: date) -> Column:
    held = Column(position, header, Field.HELD, 0.0)
    if fold(header) in LINE_NUMBERS:
        return held if _is_counting(values) else replace(held, field=Field.FILE_REFERENCE, confidence=LEAST)
    meaning = header_meaning(header)
    if meaning is None:
        field = _by_values(values, today) if NO_HEADER.fullmatch(header) else None
        return replace(held, field=field, confidence=BY_VALUES) if field else held
    share = _fit(meaning.field, values, today)
    return replace(held, field=meaning.field, confidence=meaning.confidence * (0.5 + 0.5 * share))


def _is_counting(values: Sequence[Cell]) -> bool:
    """True of 1, 2, 3 … : the number of the line, not of a file."""
    numbers = [int(text) for text in map(text_of, values) if text.isdecimal()]
    pairs = list(zip(numbers, numbers[1:], strict=False))
    return len(numbers) == len(values) and sum(later - earlier == 1 for earlier, later in pairs) * 2 >= len(
        pairs
    )


def _fit(field: Field, values: Sequence[Cell], today: date) -> float:
    """The share of values that the field could read; 1 where nothing can be said."""
    test = TESTS.get(field)
    if test is None or len(values) < FEWEST_SAMPLES:
        return 1.0
    return sum(test(value, today) for value in values) / len(values)


def _by_values(values: Sequence[Cell], today: date) -> Field | None:
    if len(values) < FEWEST_SAMPLES:
        return None
    return next((field for field in TELLING if _fit(field, values, today) >= 0.8), None)


def _reads_as_date(value: Cell, today: date) -> bool:
    told = read_date(value, DateSetting(today, today.year + 1, ages=True))
    return told.value is not None or bool(told.problem and "unreadable" not in told.problem)


def _is_phone(value: Cell, today: date) -> bool:
    text = text_of(value)
    digits = sum(sign.isdecimal() for sign in text)
    return 6 <= digits <= 40 and digits * 2 >= len(text)


def _is_coded(words: Mapping[str, str]) -> Callable[[Cell, date], bool]:
    return lambda value, today: (
        fold(text_of(value)) in words or coded.read_coded(value, words, {}).suggestion != ""
    )


TESTS: Mapping[Field, Callable[[Cell, date], bool]] = {
    **dict.fromkeys(DATES, _reads_as_date),
    Field.EMAIL: lambda value, today: "@" in text_of(value),
    Field.PHONE: _is_phone,
    Field.SEX: _is_coded(coded.SEX),
    Field.RETURN_TYPE: _is_coded(coded.RETURN_TYPE),
    Field.RELATION: _is_coded(coded.RELATION),
    Field.NATIONALITY: lambda value, today: find_country(text_of(value)) != "",
    Field.HOST_COUNTRY: lambda value, today: find_country(text_of(value)) != "",
    Field.RETURN_COUNTRY: lambda value, today: find_country(text_of(value)) != "",
    Field.AMOUNT: lambda value, today: read_amount(value).value is not None,
    Field.NATIVE_NAME: lambda value, today: is_native_script(text_of(value)),
}
# Values that speak for themselves under an empty header.
TELLING = (
    Field.EMAIL,
    Field.SEX,
    Field.RETURN_TYPE,
    Field.RELATION,
    Field.NATIVE_NAME,
    Field.PHONE,
)


def _settle_names(columns: Iterable[Column]) -> list[Column]:
    """A column "Name" beside a given name is the family name, beside a family name the given one."""
    known = list(columns)
    fields = {column.field for column in known if not is_bare_name(column.header)}
    meant = Field.FULL_NAME
    if Field.GIVEN_NAMES in fields and Field.FAMILY_NAME not in fields:
        meant = Field.FAMILY_NAME
    elif Field.FAMILY_NAME in fields and Field.GIVEN_NAMES not in fields:
        meant = Field.GIVEN_NAMES
    return [replace(column, field=meant) if is_bare_name(column.header) else column for column in known]


def _one_column_each(columns: Sequence[Column]) -> list[Column]:
    """Where two columns claim a field the surer one has it, and the other is held."""
    best: dict[Field, Column] = {}
    for column in sorted(columns, key=lambda column: (-column.confidence, column.position)):
        if column.confidence >= LEAST:
            best.setdefault(column.field, column)
    return [
        column if best.get(column.field) is column else replace(column, field=Field.HELD)
        for column in columns
    ]
