"""Opening the cases of a whole list in few queries, and taking back those that nobody has touched since."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain
from uuid import UUID

from django.db import connection
from django.db.models import Count, ForeignObjectRel, Model, Q

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command, remember_many
from homeward.cases.header import CaseDetails, apply_details, check_details, first_listing, remarks_in
from homeward.cases.models import Case, Event, File, Listing, Remark
from homeward.cases.numbering import save_numbered
from homeward.cases.queries.cases import own_listings
from homeward.cases.rules import EventKind, RoleInFile
from homeward.lib.bulk_insert import bulk_insert

ROWS_AT_ONCE = 2_000
LONGEST_NUMBER = 60
LISTED = (EventKind.IMPORTED, EventKind.DEPARTED, EventKind.ARRIVED)


@dataclass(frozen=True)
class NewCase:
    """A case as a list tells of it; travel only where the day is known and has come."""

    person_id: UUID
    details: CaseDetails
    file_number: str = ""  # the partner's; cases with the same one apply together
    role_in_file: RoleInFile = RoleInFile.PRINCIPAL
    departed_on: date | None = None
    arrived_on: date | None = None


class Touched(StrEnum):
    """Why a case is not taken back."""

    CHANGED = "changed"
    WORKED_ON = "worked_on"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True)
class TakenBack:
    """The cases that are gone, and those that stay, each with its reason."""

    case_ids: frozenset[UUID]
    kept: Mapping[UUID, Touched]


@command(Action.CASE_OPEN)
def open_cases(actor: Actor, *, cases: Sequence[NewCase], opened_on: date) -> list[Case]:
    """Open the cases of a list in its order; the actor leads them. Each is on record by itself."""
    for new in cases:
        check_details(new.details)
    files = _files(actor, {number for new in cases if (number := _number(new))}, opened_on)
    made = [_case(actor, new, files, opened_on) for new in cases]
    told = [new.details for new in cases]

    def save() -> None:
        # Listings come first: by them, and only by them, the organisation may then write the cases.
        bulk_insert(Listing, (first_listing(actor, case) for case in made))
        bulk_insert(Case, made)
        bulk_insert(Remark, chain.from_iterable(remarks_in(*one) for one in zip(made, told, strict=True)))

    save_numbered("HW", made, save)
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_listings(made) FROM unnest(%s::uuid[]) made", [_ids(made)])
    bulk_insert(Event, _events(actor, made, opened_on))
    remember_many(actor, Action.CASE_OPEN, case_ids=_ids(made))
    return made


@command(Action.CASE_EDIT)
def tell_imported(actor: Actor, *, case_ids: Collection[UUID], on: date) -> list[Event]:
    """Say on the timelines of cases that exist already that a list told more of them."""
    return Event.objects.bulk_create(
        (_event(actor, case_id, EventKind.IMPORTED, on) for case_id in case_ids), batch_size=ROWS_AT_ONCE
    )


@command(Action.IMPORT_UNDO)
def take_back_cases(actor: Actor, *, case_ids: Collection[UUID]) -> TakenBack:
    """Delete cases that a list opened and nobody has touched since; the others stay and say why."""
    touched = _touched(actor, case_ids)
    gone = [case_id for case_id in case_ids if case_id not in touched]
    file_ids = set(Case.objects.filter(id__in=gone).exclude(file=None).values_list("file_id", flat=True))
    with connection.cursor() as cursor:
        # The listings last: without them the organisation could delete nothing any more.
        cursor.execute("DELETE FROM cases_event WHERE case_id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM cases_case WHERE id = ANY(%s)", [gone])
        cursor.execute("DELETE FROM cases_listing WHERE case_id = ANY(%s)", [gone])
    still_used = Case.objects.filter(file_id__in=file_ids).values("file_id")
    File.objects.filter(id__in=file_ids, organisation_id=actor.organisation_id).exclude(
        id__in=still_used
    ).delete()
    remember_many(actor, Action.IMPORT_UNDO, case_ids=gone)
    return TakenBack(frozenset(gone), touched)


def _files(actor: Actor, numbers: Collection[str], opened_on: date) -> Mapping[str, File]:
    own = File.objects.filter(organisation_id=actor.organisation_id, partner_reference__in=numbers)
    known = {file.partner_reference: file for file in own.order_by("-id")}
    missing = [
        File(
            organisation_id=actor.organisation_id,
            partner_reference=number,
            opened_on=opened_on,
        )
        for number in sorted(numbers - known.keys())
    ]
    save_numbered("HF", missing, lambda: bulk_insert(File, missing))
    return known | {file.partner_reference: file for file in missing}


def _number(new: NewCase) -> str:
    return new.file_number.strip()[:LONGEST_NUMBER]


def _case(actor: Actor, new: NewCase, files: Mapping[str, File], opened_on: date) -> Case:
    case = Case(
        person_id=new.person_id,
        file=files.get(_number(new)),
        role_in_file=new.role_in_file,
        lead_organisation_id=actor.organisation_id,
        lead_user_id=actor.user_id,
        opened_on=opened_on,
        departed_on=new.departed_on,
        arrived_on=new.arrived_on,
    )
    apply_details(case, new.details)
    return case


def _events(actor: Actor, cases: Iterable[Case], opened_on: date) -> Iterator[Event]:
    for case in cases:
        yield _event(actor, case.id, EventKind.IMPORTED, opened_on)
        if case.departed_on:
            yield _event(actor, case.id, EventKind.DEPARTED, case.departed_on)
        if case.arrived_on:
            yield _event(actor, case.id, EventKind.ARRIVED, case.arrived_on)


def _event(actor: Actor, case_id: UUID, kind: EventKind, on: date) -> Event:
    return Event(
        case_id=case_id, organisation_id=actor.organisation_id, kind=kind, on=on, actor_name=actor.name
    )


def _touched(actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, Touched]:
    """Whatever anybody does to a case raises its version, tells its timeline or hangs something on it."""
    cases = Case.objects.filter(id__in=case_ids)
    touched = dict.fromkeys(_worked_on(cases.values_list("id", flat=True)), Touched.WORKED_ON)
    touched |= dict.fromkeys(cases.filter(version__gt=1).values_list("id", flat=True), Touched.CHANGED)
    within = set(own_listings(actor).filter(case_id__in=case_ids).values_list("case_id", flat=True))
    return touched | {case_id: Touched.OUT_OF_REACH for case_id in case_ids if case_id not in within}


def _worked_on(case_ids: Iterable[UUID]) -> set[UUID]:
    ids = list(case_ids)
    told = Count("events", filter=~Q(events__kind__in=LISTED))
    again = Count("events", filter=Q(events__kind=EventKind.IMPORTED))
    counted = Case.objects.filter(id__in=ids).annotate(told=told, again=again)
    found = set(counted.filter(Q(told__gt=0) | Q(again__gt=1)).values_list("id", flat=True))
    for model, column in _hanging_on_cases():
        hanging = model._default_manager.filter(**{f"{column}__in": ids})
        found |= set(hanging.values_list(column, flat=True))
    return found


def _hanging_on_cases() -> Iterator[tuple[type[Model], str]]:
    """Every table that points at cases, of later stages too, but for what a new case brings itself."""
    for relation in Case._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in (Case, Event, Listing):
            yield relation.related_model, relation.field.attname


def _ids(cases: Iterable[Case]) -> list[UUID]:
    return [case.id for case in cases]
