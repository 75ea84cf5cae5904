"""Whom retention rules would erase, and why; the same sum for a dry run and for the night's work."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.cases.queries import visible_cases
from homeward.cases.rules import Stage
from homeward.casework.rights.commands import erase_person
from homeward.people.queries import own_people
from homeward.privacy.commands.erasing import Held, OthersLead
from homeward.privacy.queries import live_rules
from homeward.privacy.rules import ErasedBecause, KeptFor, Record, RecordClass, erase_on, rule_for

LONGEST_CLOCK_JUMP = timedelta(hours=1)
MOST_A_NIGHT = 2_000


@dataclass(frozen=True)
class Due:
    """One person whom no rule keeps any longer, with what kept them and why they stay all the same."""

    person_id: UUID
    due_on: date
    case_ids: tuple[UUID, ...]
    months: tuple[int, ...]
    is_held: bool
    is_restricted: bool
    others_lead: bool

    @property
    def goes(self) -> bool:
        return not (self.is_held or self.is_restricted or self.others_lead)


def due_for_erasure(actor: Actor, *, today: date, most: int = MOST_A_NIGHT) -> list[Due]:
    """The people whose last record is due on or before this day; the longest due first."""
    rules = [KeptFor(RecordClass(one.record_class), one.country, one.months) for one in live_rules(actor)]
    if not rules:
        return []
    found = []
    for person_id, records in _records(actor).items():
        due = erase_on([record for _case, record in records], rules)
        if due is not None and due <= today:
            found.append((due, person_id, records))
    found.sort(key=lambda one: (one[0], one[1]))
    return list(_with_bars(found[:most], rules))


def apply_rules(actor: Actor, *, today: date) -> list[Due]:
    """Erase whom nothing keeps; nobody when the clocks of machine and database are an hour apart."""
    if not clocks_agree():
        return []
    with acting_as(actor):
        due = [one for one in due_for_erasure(actor, today=today) if one.goes]
    gone = []
    for one in due:
        try:
            erase_person(actor, person_id=one.person_id, because=ErasedBecause.RETENTION)
        except (Held, OthersLead):
            continue
        gone.append(one)
    return gone


def clocks_agree() -> bool:
    """A clock that jumped must not erase anybody early."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone() or (None,)
    return at is not None and abs(at - now()) < LONGEST_CLOCK_JUMP


def _records(actor: Actor) -> Mapping[UUID, Sequence[tuple[UUID | None, Record]]]:
    records: defaultdict[UUID, list[tuple[UUID | None, Record]]] = defaultdict(list)
    cases = visible_cases(actor).values_list(
        "id", "person_id", "return_country", "departed_on", "closed_on", "updated_at__date", "stage"
    )
    for case_id, person_id, country, departed_on, closed_on, updated_on, stage in cases.iterator(2_000):
        kind = RecordClass.TRAVELLED if departed_on else RecordClass.NEVER_TRAVELLED
        ended_on = closed_on or (updated_on if stage in ENDED_UNCLOSED else None)
        records[person_id].append((case_id, Record(kind, country, ended_on)))
    without = own_people(actor).exclude(id__in=list(records)).values_list("id", "registered_at__date")
    for person_id, registered_on in without.iterator(2_000):
        records[person_id].append((None, Record(RecordClass.NO_CASE, "", registered_on)))
    return records


# Over, though nobody closed the case: the day it was last changed counts.
ENDED_UNCLOSED = frozenset({Stage.WITHDRAWN, Stage.REJECTED})


def _with_bars(
    found: Sequence[tuple[date, UUID, Sequence[tuple[UUID | None, Record]]]], rules: Sequence[KeptFor]
) -> Iterator[Due]:
    ids = [person_id for _due, person_id, _records in found]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, homeward_is_held(id), EXISTS (SELECT 1 FROM privacy_restriction r "
            "WHERE r.subject_id = id AND r.lifted_at IS NULL), NOT homeward_answers_for(id) "
            "FROM unnest(%s::uuid[]) id",
            [ids],
        )
        bars = {row[0]: row[1:] for row in cursor.fetchall()}
    for due, person_id, records in found:
        is_held, is_restricted, others_lead = bars[person_id]
        kept_by = [rule_for(record, rules) for _case, record in records]
        yield Due(
            person_id,
            due,
            tuple(case_id for case_id, _record in records if case_id),
            tuple(sorted({rule.months for rule in kept_by if rule})),
            is_held,
            is_restricted,
            others_lead,
        )
