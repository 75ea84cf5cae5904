"""A profile from its tables, with everything that is wrong told by sheet and row; and its fit to a form."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from homeward.surveys.forms.questions import Question
from homeward.surveys.forms.troubles import FormProblem, Words
from homeward.surveys.rules import Kind, Missing
from homeward.surveys.scoring.profile import Band, Dimension, DimensionRule, Item, Profile, Treatment, Way
from homeward.surveys.scoring.tables import (
    KINDS,
    OPTIONAL,
    Row,
    Tables,
    Unreadable,
    tables_of,
    tables_of_dict,
)

Word = TypeVar("Word", bound=StrEnum)
TRUE, FALSE = ("yes", "true", "1", ""), ("no", "false", "0")
MOST_WEIGHT = 1_000_000.0
NEEDED = ("profile", "missing", "dimensions", "items")
NUMBERS = (Kind.WHOLE, Kind.DECIMAL)


class NotAProfile(Exception):
    """The file makes no profile; `problems` say where and what to do."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.place} {one.what}" for one in self.problems[:5]))


def read_profile(content: bytes) -> Profile:
    """The profile in a workbook or JSON file, or NotAProfile."""
    try:
        return _read(tables_of(content))
    except Unreadable as bad:
        raise NotAProfile(
            [
                FormProblem(
                    _("This is neither a workbook nor JSON of a scoring profile."),
                    _("Export the profile that comes along, change it, and upload that."),
                )
            ]
        ) from bad


def profile_from(kept: Mapping[str, Any]) -> Profile:
    """A profile from how it is kept."""
    return _read(tables_of_dict(kept))


def misfits(profile: Profile, questions: Iterable[Question]) -> list[FormProblem]:
    """What the profile says of questions and answers that the form does not have, or leaves open."""
    known = {one.path: one for one in questions}
    found: list[FormProblem] = []
    for place, item in enumerate(profile.items, start=1):
        found += _misfits_of(place, item, known.get(item.path))
    return found


class _Reader:
    """Reads cells and remembers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[FormProblem] = []

    def wrong(self, row: Row, column: str, what: Words, remedy: Words) -> None:
        value = row.cells.get(column)
        told = "" if value is None else str(value)[:100]
        self.problems.append(FormProblem(what, remedy, row.sheet, row.place, column, told))

    def text(self, row: Row, column: str, *, is_needed: bool = True) -> str:
        value = row.cells.get(column)
        told = "" if value is None else str(value).strip()
        if is_needed and not told:
            self.wrong(row, column, _("Something is missing here."), _("Write it in this column."))
        return told

    def number(self, row: Row, column: str, most: float = 1.0, default: float | None = None) -> float:
        value = row.cells.get(column)
        if value in (None, "") and default is not None:
            return default
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            number = -1.0
        if not isfinite(number) or not 0 <= number <= most:
            remedy = _("Write a number from 0 to %(most)s.") % {"most": f"{most:g}"}
            self.wrong(row, column, _("This is not a number that can stand here."), remedy)
            return 0.0
        return number

    def word(self, row: Row, column: str, words: type[Word], default: Word | None = None) -> Word | None:
        told = self.text(row, column, is_needed=default is None)
        if not told:
            return default
        if told not in {one.value for one in words}:
            remedy = _("Write one of these: %(words)s.") % {"words": ", ".join(one.value for one in words)}
            self.wrong(row, column, _("This word is not known here."), remedy)
            return default
        return words(told)


def _read(tables: Tables) -> Profile:
    reader = _Reader()
    for name in NEEDED:
        if not tables.get(name):
            reader.problems.append(
                FormProblem(
                    _("A part of the profile is missing."),
                    _("Add it as it stands in the profile that comes along."),
                    name,
                )
            )
    if reader.problems:
        raise NotAProfile(reader.problems)
    for name in OPTIONAL:
        tables.setdefault(name, [])
    profile = _profile(reader, tables)
    if reader.problems:
        raise NotAProfile(reader.problems)
    return profile


def _profile(reader: _Reader, tables: Tables) -> Profile:
    about = {str(row.cells.get("setting") or "").strip(): row for row in tables["profile"]}
    nothing = Row("profile", tables["profile"][-1].place + 1)

    def told(name: str, *, is_needed: bool = False) -> str:
        return reader.text(about.get(name, nothing), "value", is_needed=is_needed)

    dimensions = _dimensions(reader, tables["dimensions"])
    profile = Profile(
        instrument=told("instrument", is_needed=True),
        title=told("title", is_needed=True)[:200],
        source=told("source", is_needed=True)[:2000],
        items=_items(reader, tables, dimensions),
        dimensions=dimensions,
        missing=_policy(reader, tables["missing"]),
        bands=_bands(reader, tables["bands"]),
        thresholds={
            reader.text(row, "code"): reader.number(row, "value")
            for row in _once(reader, tables["thresholds"], "code")
        },
        is_provisional=told("is_provisional").lower() not in FALSE,
        verified_by=told("verified_by")[:200],
        verified_on=_day(reader, about.get("verified_on", nothing)),
        notes=told("notes")[:4000],
        left_out={reader.text(row, "path"): reader.text(row, "why") for row in tables["left_out"]},
    )
    if not profile.is_provisional and not (profile.verified_by and profile.verified_on):
        reader.wrong(
            about.get("verified_by", nothing),
            "value",
            _("Only a profile that somebody has verified is not provisional."),
            _("Write who verified it against its source and on which day, or call it provisional."),
        )
    return profile


def _dimensions(reader: _Reader, rows: Iterable[Row]) -> dict[Dimension, DimensionRule]:
    found: dict[Dimension, DimensionRule] = {}
    last = None
    for row in _once(reader, rows, "dimension"):
        dimension, last = reader.word(row, "dimension", Dimension), row
        weight = reader.number(row, "weight", MOST_WEIGHT, 1.0)
        if dimension:
            found[dimension] = DimensionRule(weight, reader.number(row, "minimum_coverage"))
    if last and not any(rule.weight for rule in found.values()):
        reader.wrong(
            last, "weight", _("No dimension has any weight."), _("Give at least one more weight than 0.")
        )
    return found


def _policy(reader: _Reader, rows: Iterable[Row]) -> dict[Missing, Treatment]:
    found: dict[Missing, Treatment] = {}
    last = Row("missing", 1)
    for row in _once(reader, rows, "kind"):
        kind, treatment, last = (
            reader.word(row, "kind", Missing),
            reader.word(row, "treatment", Treatment),
            row,
        )
        if kind and treatment:
            found[kind] = treatment
    if not reader.problems and (left := [kind.value for kind in Missing if kind not in found]):
        reader.wrong(
            last,
            "kind",
            _("It is not said what each kind of missing does."),
            _("Add a row for each of these: %(words)s.") % {"words": ", ".join(left)},
        )
    return found


def _bands(reader: _Reader, rows: list[Row]) -> tuple[Band, ...]:
    rows = list(_once(reader, rows, "code"))
    bands = [Band(reader.text(row, "code"), reader.number(row, "begins")) for row in rows]
    begins = [one.begins for one in bands]
    if bands and (begins[0] != 0 or any(a >= b for a, b in zip(begins, begins[1:], strict=False))):
        reader.wrong(
            rows[0],
            "begins",
            _("The bands do not follow each other."),
            _("Let the first begin at 0 and each other above the one before."),
        )
    return tuple(bands)


def _items(
    reader: _Reader, tables: Tables, dimensions: Mapping[Dimension, DimensionRule]
) -> tuple[Item, ...]:
    points: dict[str, dict[str, float]] = {}
    for row in tables["points"]:
        path, code = reader.text(row, "path"), reader.text(row, "code")
        if code in points.setdefault(path, {}):
            reader.wrong(row, "code", _("This stands here twice."), _("Keep one of the two rows."))
        points[path][code] = reader.number(row, "points")
    items = [_item(reader, row, points) for row in _once(reader, tables["items"], "path")]
    _strays(reader, tables, items, dimensions)
    return tuple(one for one in items if one)


def _strays(
    reader: _Reader,
    tables: Tables,
    items: list[Item | None],
    dimensions: Mapping[Dimension, DimensionRule],
) -> None:
    """Points of no item, dimensions without items, items of no dimension."""
    paths = {reader.text(row, "path", is_needed=False) for row in tables["items"]}
    for row in tables["points"]:
        if reader.text(row, "path", is_needed=False) not in paths:
            reader.wrong(row, "path", _("No item has this path."), _("Add the item, or remove the row."))
    used = {one.dimension for one in items if one and one.weight}
    for row in tables["dimensions"]:
        if not reader.problems and row.cells.get("dimension") not in used:
            reader.wrong(
                row, "dimension", _("No item counts for this dimension."), _("Add items, or remove the row.")
            )
    for row, one in zip(tables["items"], items, strict=False):
        if not reader.problems and one and one.dimension not in dimensions:
            reader.wrong(
                row,
                "dimension",
                _("The dimension has no row of its own."),
                _("Add it to the dimensions with its weight and its minimum coverage."),
            )


def _item(reader: _Reader, row: Row, points: Mapping[str, Mapping[str, float]]) -> Item | None:
    path, dimension = reader.text(row, "path"), reader.word(row, "dimension", Dimension)
    least, most = _limit(reader, row, "least"), _limit(reader, row, "most")
    codes = points.get(path, {})
    if bool(codes) == (least is not None and most is not None) or (
        least is not None and most is not None and least >= most
    ):
        reader.wrong(
            row,
            "path",
            _("An item has points for its answers, or a least and a most that is larger; not both."),
            _("Write points for each answer, or for a number where 0 and where 1 is."),
        )
    missing = {
        Missing(kind): treatment
        for kind in KINDS
        if row.cells.get(kind) and (treatment := reader.word(row, kind, Treatment))
    }
    weight = reader.number(row, "weight", MOST_WEIGHT, 1.0)
    way = reader.word(row, "way", Way, Way.UP) or Way.UP
    return Item(path, dimension, weight, way, codes, least, most, missing) if dimension else None


def _limit(reader: _Reader, row: Row, column: str) -> float | None:
    value = row.cells.get(column)
    if value in (None, ""):
        return None
    try:
        number = float(str(value).replace(",", "."))
    except ValueError:
        number = float("nan")
    if isfinite(number):
        return number
    reader.wrong(row, column, _("This is not a number that can stand here."), _("Write a number."))
    return None


def _once(reader: _Reader, rows: Iterable[Row], column: str) -> Iterable[Row]:
    """The rows, each key once; one that comes again is told."""
    seen: set[str] = set()
    for row in rows:
        key = str(row.cells.get(column) or "").strip()
        if key and key in seen:
            reader.wrong(row, column, _("This stands here twice."), _("Keep one of the two rows."))
        seen.add(key)
        yield row


def _day(reader: _Reader, row: Row) -> date | None:
    value = row.cells.get("value")
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value.date()
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    except ValueError:
        reader.wrong(row, "value", _("This is not a day."), _("Write the day as 2026-03-12."))
        return None


def _misfits_of(place: int, item: Item, question: Question | None) -> list[FormProblem]:
    def wrong(what: Words, remedy: Words, value: str = "") -> FormProblem:
        return FormProblem(what, remedy, "items", place, "path", value or item.path)

    if question is None or not question.is_answered or question.repeat:
        return [
            wrong(
                _("The form has no such question that is asked once."),
                _("Write the path as the page of the form shows it, or remove the item."),
            )
        ]
    if not item.points:
        if question.kind in NUMBERS:
            return []
        return [wrong(_("The question asks for no number."), _("Give points to its answers instead."))]
    codes = {one.code for one in question.choices if not one.missing}
    strange, left = sorted(set(item.points) - codes), sorted(codes - set(item.points))
    found = []
    if strange:
        remedy = _("Write one of these: %(words)s.") % {"words": ", ".join(sorted(codes)[:20])}
        found.append(wrong(_("The question has no such answer."), remedy, ", ".join(strange[:5])))
    if left:
        found.append(
            wrong(
                _("An answer of this question has no points."),
                _("Give it points, or say in the form which kind of missing it stands for."),
                ", ".join(left[:5]),
            )
        )
    return found
