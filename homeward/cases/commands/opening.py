"""Opening a case, alone or in a file, and changing its header."""

from datetime import date
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.header import CaseDetails, apply_details, check_details, first_listing, keep_remarks
from homeward.cases.leads import chosen_lead
from homeward.cases.models import Case, File
from homeward.cases.numbering import save_numbered
from homeward.cases.queries import case_for_edit, hidden_categories
from homeward.cases.rules import EventKind, RoleInFile
from homeward.cases.saving import refresh_listings, save_case, tell
from homeward.lib.problems import NotFound
from homeward.people.queries import get_person

__all__ = ["CaseDetails", "edit_case", "open_case", "set_next_step", "start_file"]


@command(Action.CASE_OPEN)
def start_file(actor: Actor, *, opened_on: date, partner_reference: str = "") -> File:
    """Start a file for people who apply together."""
    file = File(
        organisation_id=actor.organisation_id, partner_reference=partner_reference, opened_on=opened_on
    )
    save_numbered("HF", [file], lambda: file.save(force_insert=True))
    return file


@command(Action.CASE_OPEN)
def open_case(
    actor: Actor,
    *,
    person_id: UUID,
    opened_on: date,
    lead_membership_id: UUID | None = None,
    details: CaseDetails | None = None,
    file_id: UUID | None = None,
    role_in_file: RoleInFile = RoleInFile.PRINCIPAL,
) -> Case:
    """Open a case for a person; the actor, or the colleague named, leads it until somebody else does."""
    details = details or CaseDetails()
    lead = chosen_lead(actor, lead_membership_id)
    person = get_person(actor, person_id)
    check_details(details)
    if file_id and not File.objects.filter(id=file_id).exists():
        raise NotFound
    case = Case(
        person=person,
        file_id=file_id,
        role_in_file=role_in_file,
        lead_organisation_id=actor.organisation_id,
        lead_user_id=lead.user_id,
        opened_on=opened_on,
    )
    apply_details(case, details)

    def save() -> None:
        # The listing comes first: by it, and only by it, the organisation may then write the case.
        first_listing(lead, case).save(force_insert=True)
        case.save(force_insert=True)

    save_numbered("HW", [case], save)
    keep_remarks(case, details)
    refresh_listings(case.id)
    tell(actor, case.id, EventKind.OPENED, on=opened_on)
    return case


@command(Action.CASE_EDIT)
def edit_case(actor: Actor, *, case_id: UUID, expected_version: int, details: CaseDetails) -> Case:
    """Correct the header of a case, unless somebody else did so in between."""
    check_details(details)
    case = case_for_edit(actor, case_id, expected_version)
    apply_details(case, details)
    save_case(case)
    keep_remarks(case, details, hidden=hidden_categories(actor, case.id))
    return case


@command(Action.CASE_EDIT)
def set_next_step(
    actor: Actor, *, case_id: UUID, expected_version: int, next_step: str, next_step_on: date | None
) -> Case:
    """Promise what happens next and by when; it shows in the inbox until it is done or changed."""
    case = case_for_edit(actor, case_id, expected_version)
    case.next_step, case.next_step_on = next_step.strip(), next_step_on
    save_case(case)
    return case
