"""What every change of a case does at its end: raise the version, refresh listings, tell the timeline."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.timezone import now

from homeward.access.actor import Actor
from homeward.cases.journey_rules import Exit
from homeward.cases.models import Case, Event, SideExit, Travel
from homeward.cases.rules import EventKind, Visibility
from homeward.lib.identifiers import new_id


def save_case(case: Case) -> None:
    """Save a locked case and bring every organisation's listing of it up to date."""
    case.version += 1
    case.save()
    refresh_listings(case.id)
    case.refresh_from_db(fields=["stage", "stage_since"])


def refresh_listings(case_id: UUID) -> None:
    """Let the database's own function rewrite the listings of a case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_listings(%s)", [case_id])


def count_as_contact(case: Case, on: date) -> None:
    """Remember that the person was met or reached on this day."""
    case.last_contact_on = max(case.last_contact_on or on, on)


def end_travel(case: Case, on: date) -> None:
    """Record that the planned journey will not take place; nobody is expected any more."""
    Travel.objects.filter(case=case, ended_on=None).update(ended_on=on)
    case.expected_on = None
    if case.departed_on is None:
        case.travel_confirmed_on = None


def leave_path(actor: Actor, case: Case, kind: Exit, *, on: date, reason: str) -> SideExit:
    """Record how a person left the path, and tell it."""
    left = SideExit.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        kind=kind,
        on=on,
        reason=reason.strip(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    tell(actor, case.id, EventKind(kind.value), on=on, subject_id=left.id)
    return left


def return_to_path(case: Case, kind: Exit, *, on: date, note: str) -> None:
    """Record that this way of leaving the path is over."""
    SideExit.objects.filter(case=case, kind=kind, ended_on=None).update(ended_on=on, ended_note=note.strip())


def tell(
    actor: Actor,
    case_id: UUID,
    kind: EventKind,
    *,
    on: date | None = None,
    subject_id: UUID | None = None,
    visibility: Visibility = Visibility.CASE,
) -> Event:
    """Add a line to the timeline of a case."""
    return Event.objects.create(
        case_id=case_id,
        organisation_id=actor.organisation_id,
        kind=kind,
        on=on or now().date(),
        actor_name=actor.name,
        subject_id=subject_id,
        visibility=visibility,
    )


def tell_as_party(
    actor: Actor, case_id: UUID, kind: EventKind, *, subject_id: UUID, on: date | None = None
) -> None:
    """The same for an organisation that takes part in a handover of the case without seeing the case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tell_as_party(%s, %s, %s, %s, %s, %s)",
            [new_id(), case_id, kind.value, on or now().date(), actor.name, subject_id],
        )
