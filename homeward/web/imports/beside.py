"""A row beside the row or the person it may be, what differs marked. Numbers of papers stay closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from homeward.codelists.countries import country_name
from homeward.exchange.queries import Beside
from homeward.lib.dates import PartialDate
from homeward.lib.scripts import folded
from homeward.people.matching import Traits
from homeward.people.queries import CaseSeen
from homeward.people.rules import Sex
from homeward.web.conflict import partial_date_in_words
from homeward.web.people.words import SEXES, birth_in_words, reasons_in_words
from homeward.web.words_in_order import listed

Words = str | Promise


@dataclass(frozen=True)
class Line:
    """One fact of both; what is unknown on one side differs from nothing."""

    label: Words
    one: str | SafeString
    other: str | SafeString
    differs: bool


@dataclass(frozen=True)
class Pair:
    """A question about one row."""

    id: UUID
    sheet_row: int
    earlier_row: int | None
    person_id: UUID | None
    cases: Sequence[CaseSeen]
    lines: Sequence[Line]
    score: float
    speaks_for: Sequence[Words]
    speaks_against: Sequence[Words]
    decision: str


def pair_of(beside: Beside) -> Pair:
    """What the page shows of two descriptions."""
    speaks_for, against = reasons_in_words(beside.pair.reasons)
    return Pair(
        id=beside.pair.id,
        sheet_row=beside.row.sheet_row,
        earlier_row=beside.earlier.sheet_row if beside.earlier else None,
        person_id=beside.person.id if beside.person else None,
        cases=beside.cases,
        lines=list(_lines(beside.told, beside.other)),
        score=beside.pair.score,
        speaks_for=speaks_for,
        speaks_against=against,
        decision=beside.pair.decision,
    )


def _lines(one: Traits, other: Traits) -> Iterator[Line]:
    for label, values in (
        (gettext_lazy("Name"), (_latin(one), _latin(other))),
        (gettext_lazy("In their own script"), (one.native_name, other.native_name)),
        (gettext_lazy("Born"), (_day(one.birth), _day(other.birth))),
        (gettext_lazy("Sex"), (_sex(one), _sex(other))),
        (gettext_lazy("Nationality"), (_nationality(one), _nationality(other))),
        (gettext_lazy("Telephone"), (_phone(one), _phone(other))),
        (gettext_lazy("File number"), (one.file, other.file)),
        (gettext_lazy("Place of return"), (one.place, other.place)),
        (gettext_lazy("Departure"), (_day(one.departure), _day(other.departure))),
    ):
        if any(values):
            differs = all(values) and folded(values[0]) != folded(values[1])
            yield Line(label, _bdi(values[0]), _bdi(values[1]), differs)


def _latin(traits: Traits) -> str:
    return " ".join(part for part in (traits.given_names, traits.family_name) if part)


def _day(told: PartialDate | None) -> str:
    return (birth_in_words(told) or partial_date_in_words(told)) if told else ""


def _sex(traits: Traits) -> str:
    return str(SEXES[traits.sex]) if traits.sex in SEXES and traits.sex != Sex.UNKNOWN else ""


def _nationality(traits: Traits) -> str:
    return listed(country_name(code, get_language() or "en") for code in traits.nationalities)


def _phone(traits: Traits) -> str:
    return listed(_("ends in %s") % number[-2:] for number in traits.phones)


def _bdi(text: str) -> str | SafeString:
    return format_html("<bdi>{}</bdi>", text) if text else ""
