"""What partners' lists told of a person for which there is no room yet, for the case file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import require_case
from homeward.exchange.columns.fields import LABELS, Field
from homeward.exchange.models import KeptFromList
from homeward.exchange.rules import HeldReason
from homeward.lib.problems import NotFound
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import Erased, SubjectKeys, keys_of, place_of


@dataclass(frozen=True)
class KeptValue:
    """One value in the words of the list; `hint` is a code it may stand for, never an assessment."""

    header: str
    field: Field
    text: str
    hint: str = ""
    amount_minor: int | None = None
    currency: str = ""

    @property
    def label(self) -> str:
        return self.header if self.field is Field.HELD else str(LABELS[self.field])


@dataclass(frozen=True)
class KeptFromPartner:
    """What one row of one list told. Consent in a list is a remark: nothing rests on it."""

    id: UUID
    case_id: UUID
    received_on: date
    sheet_row: int
    values: tuple[KeptValue, ...]
    as_written: tuple[KeptValue, ...]
    differs: tuple[KeptValue, ...]
    has_vulnerability: bool


@dataclass(frozen=True)
class OpenedVulnerability:
    """The sealed words about vulnerability, opened for a reason that is on record."""

    id: UUID
    case_id: UUID
    values: tuple[KeptValue, ...]


def held_of(actor: Actor, case_id: UUID) -> list[KeptFromPartner]:
    """Everything lists told of this case's person, newest list first; erased with the person."""
    require_case(actor, case_id)
    rows = list(KeptFromList.objects.filter(case_id=case_id).order_by("-received_on", "sheet_row"))
    keys = keys_of(row.person_id for row in rows) if rows else SubjectKeys({})
    return [_kept(row, told) for row in rows if (told := _opened(keys, row, "told"))]


def open_held_vulnerability(
    actor: Actor, kept_id: UUID, *, reason: HeldReason, words: str = ""
) -> OpenedVulnerability:
    """Open what a list said of vulnerability; the look and its reason are on the record."""
    actor.require(Action.HELD_OPEN)
    with acting_as(actor):
        row = KeptFromList.objects.filter(id=kept_id).first()
        if row is None or row.vulnerability is None:
            raise NotFound
        require_case(actor, row.case_id)
        place = place_of(row, "vulnerability")
        closed = Closed(row.person_id, place, row.vulnerability, row.id, row.case_id)
        told = orjson.loads(open_field(actor, Action.HELD_OPEN, closed, Why(reason, words)))
    return OpenedVulnerability(row.id, row.case_id, _values(told.get("values", [])))


def _kept(row: KeptFromList, told: dict[str, Any]) -> KeptFromPartner:
    return KeptFromPartner(
        row.id,
        row.case_id,
        row.received_on,
        row.sheet_row,
        _values(told["values"]),
        _values(told["as_written"]),
        _values(told["differs"]),
        row.vulnerability is not None,
    )


def _opened(keys: SubjectKeys, row: KeptFromList, column: str) -> dict[str, Any] | None:
    try:
        opened = keys.open(row.person_id, place_of(row, column), getattr(row, column))
    except Erased:
        return None
    told: dict[str, Any] = orjson.loads(opened)
    return told


def _values(kept: list[dict[str, Any]]) -> tuple[KeptValue, ...]:
    return tuple(KeptValue(**{**value, "field": Field(value["field"])}) for value in kept)
