"""The finance desk: what to pay, and what does not fit together yet.

Of the person, the desk sees the name and the reference of the case, and who is paid; nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from homeward.access.actor import Actor
from homeward.assistance.models import Commitment, Entry, Instalment
from homeward.assistance.queries.commitments import visible_commitments, visible_entries
from homeward.assistance.queries.money import Late, late_parts
from homeward.assistance.rules import EntryKind
from homeward.cases.queries.cases import own_listings
from homeward.lib.money import Money

if TYPE_CHECKING:
    from homeward.cases.models import Listing

MOST = 200


@dataclass(frozen=True)
class Who:
    """The person of a case as the desk sees them; nameless when the case is shared no more."""

    reference: str = ""
    latin_name: str = ""
    native_name: str = ""


@dataclass(frozen=True)
class ToPay:
    """A commitment, or an instalment whose milestone was reached, that is not paid in full."""

    commitment: Commitment
    instalment: Instalment | None
    who: Who
    amount: Money
    due_on: date | None
    is_late: bool
    is_barred: bool  # by a gate that closed since; by which, the desk does not learn


@dataclass(frozen=True)
class OpenEntry:
    """An entry that lacks something, and whose it is."""

    entry: Entry
    who: Who


@dataclass(frozen=True)
class OpenCommitment:
    """A commitment of which more was paid than delivered, or the other way round."""

    commitment: Commitment
    who: Who


@dataclass(frozen=True)
class LateCommitment:
    late: Late
    who: Who


@dataclass(frozen=True)
class Reconciliation:
    """What does not fit together yet."""

    lacking_proof: tuple[OpenEntry, ...]
    paid_undelivered: tuple[OpenCommitment, ...]
    delivered_unpaid: tuple[OpenCommitment, ...]
    late: tuple[LateCommitment, ...]


def what_to_pay(actor: Actor, today: date) -> list[ToPay]:
    """What the organisation can pay now, the longest promised first; at most the first two hundred."""
    lines = list(_own(actor).filter(paid_minor__lt=F("committed_minor"))[:MOST])
    people = people_of(actor, (line.case_id for line in lines))
    barred = _barred([line.id for line in lines], today)
    found = [
        ToPay(
            line,
            part,
            people.get(line.case_id, Who()),
            amount,
            due_on,
            is_late=_is_late(line, part, today),
            is_barred=line.id in barred,
        )
        for line in lines
        for part, amount, due_on in _payable(line)
    ]
    return sorted(found, key=lambda one: one.due_on or date.max)


def reconciliation(actor: Actor, today: date) -> Reconciliation:
    """What lacks proof, what is paid and not delivered, delivered and not paid, and what is late."""
    entries, lines = list(_lacking_proof(actor)[:MOST]), list(_own(actor))
    people = people_of(actor, [*(one.case_id for one in entries), *(one.case_id for one in lines)])

    def of(chosen: Iterable[Commitment]) -> tuple[OpenCommitment, ...]:
        return tuple(OpenCommitment(one, people.get(one.case_id, Who())) for one in chosen)

    late = [late for line in lines for late in late_parts(line, today)]
    return Reconciliation(
        tuple(OpenEntry(one, people.get(one.case_id, Who())) for one in entries),
        of(one for one in lines if one.paid_minor > one.delivered_minor),
        of(one for one in lines if one.delivered_minor > one.paid_minor),
        tuple(LateCommitment(one, people.get(one.commitment.case_id, Who())) for one in late),
    )


def people_of(actor: Actor, case_ids: Iterable[UUID]) -> Mapping[UUID, Who]:
    """Name and reference of the people of these cases, as far as the organisation still sees them."""
    seen: Iterable[Listing] = own_listings(actor).filter(case_id__in=set(case_ids))
    return {one.case_id: Who(one.reference, one.latin_name, one.native_name) for one in seen}


def _own(actor: Actor) -> QuerySet[Commitment]:
    own = visible_commitments(actor).filter(organisation_id=actor.organisation_id)
    return own.prefetch_related("instalments").order_by(F("due_on").asc(nulls_last=True), "committed_at")


def _barred(ids: list[UUID], today: date) -> set[UUID]:
    """Those of the organisation's own commitments that wait for a clearance."""
    if not ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT assistance_barred(%s, %s)", [ids, today])
        return {found for (found,) in cursor.fetchall()}


def _payable(line: Commitment) -> Iterable[tuple[Instalment | None, Money, date | None]]:
    parts = list(line.instalments.all())
    if not parts:
        yield None, line.to_pay, line.due_on
    for part in parts:
        if part.reached_on and part.paid_minor < part.amount_minor:
            due_on = part.due_on or part.reached_on  # without a promise it is due when it is reached
            yield part, Money(part.amount_minor - part.paid_minor, line.currency), due_on


def _is_late(line: Commitment, part: Instalment | None, today: date) -> bool:
    """Only what was promised for a day is late."""
    promised = part.due_on if part else line.due_on
    return promised is not None and promised < today


def _lacking_proof(actor: Actor) -> QuerySet[Entry]:
    own = visible_entries(actor).filter(organisation_id=actor.organisation_id)
    lacking = own.filter(
        kind__in=(EntryKind.PAYMENT, EntryKind.DELIVERY), proofs=None, reversed_by=None
    ).select_related("commitment")
    return lacking.order_by("on", "at")
