"""What follows from having tried to reach the person, within the command that recorded it."""

from datetime import date

from homeward.access.actor import Actor
from homeward.cases.journey_rules import ContactOutcome, ContactWay, Exit
from homeward.cases.models import Case, ContactAttempt
from homeward.cases.rules import EventKind
from homeward.cases.saving import count_as_contact, return_to_path, save_case, tell

MET = (ContactOutcome.REACHED, ContactOutcome.DID_NOT_WANT)


def note_attempt(
    actor: Actor, case: Case, *, on: date, way: ContactWay, outcome: ContactOutcome, note: str = ""
) -> ContactAttempt:
    """Keep one attempt on a locked case; who was reached is no longer lost."""
    attempt = ContactAttempt.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        on=on,
        way=way,
        outcome=outcome,
        note=note.strip(),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    was_met = outcome in MET
    if was_met:
        note_met(actor, case, on)
    kind = EventKind.CONTACT_MADE if was_met else EventKind.CONTACT_TRIED
    tell(actor, case.id, kind, on=on, subject_id=attempt.id)
    return attempt


def note_met(actor: Actor, case: Case, on: date) -> None:
    """Remember on a locked case that the person was met or heard of themselves; they are found, if lost."""
    count_as_contact(case, on)
    find(actor, case, on=on, note="")
    save_case(case)


def find(actor: Actor, case: Case, *, on: date, note: str) -> None:
    """End that contact is lost, if it is; the case is saved by the caller."""
    if case.contact_lost_on is None:
        return
    case.contact_lost_on = None
    return_to_path(case, Exit.CONTACT_LOST, on=on, note=note)
    tell(actor, case.id, EventKind.CONTACT_FOUND, on=on)
