"""Opening a case, alone or in a file, and changing its header."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.leads import chosen_lead
from homeward.cases.models import Case, File, Listing
from homeward.cases.queries import case_for_edit
from homeward.cases.rules import EventKind, ReturnType, RoleInFile, Scope, Stage
from homeward.cases.saving import refresh_listings, save_case, tell
from homeward.codelists.countries import is_country
from homeward.lib.identifiers import new_reference
from homeward.lib.problems import Invalid, NotFound
from homeward.people.queries import get_person


@dataclass(frozen=True)
class CaseDetails:
    """The header of a case: where from, where to, how, and what a colleague must know to take over."""

    host_country: str = ""
    transit_countries: Sequence[str] = ()
    return_country: str = ""
    return_place: str = ""
    return_type: ReturnType = ReturnType.UNKNOWN
    how_heard: str = ""
    own_words: str = ""
    promised: str = ""
    take_care: str = ""


@command(Action.CASE_OPEN)
def start_file(actor: Actor, *, opened_on: date, partner_reference: str = "") -> File:
    """Start a file for people who apply together."""
    return File.objects.create(
        organisation_id=actor.organisation_id,
        reference=new_reference("HF"),
        partner_reference=partner_reference,
        opened_on=opened_on,
    )


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
        reference=new_reference("HW"),
        person=person,
        file_id=file_id,
        role_in_file=role_in_file,
        lead_organisation_id=actor.organisation_id,
        lead_user_id=lead.user_id,
        opened_on=opened_on,
    )
    apply_details(case, details)
    # The listing comes first: by it, and only by it, the organisation may then write the case.
    first_listing(lead, case).save(force_insert=True)
    case.save(force_insert=True)
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


def check_details(details: CaseDetails) -> None:
    """Raise Invalid, naming the fields, unless every country is one."""
    wrong = {
        name: _("Choose a country from the list.")
        for name, codes in (
            ("host_country", [details.host_country]),
            ("return_country", [details.return_country]),
            ("transit_countries", details.transit_countries),
        )
        if not all(is_country(code) for code in codes if code)
    }
    if wrong:
        raise Invalid(fields=wrong)


def apply_details(case: Case, details: CaseDetails) -> None:
    """Put the header on a case that is not saved yet."""
    for name, value in asdict(details).items():
        setattr(case, name, list(value) if name == "transit_countries" else value)


def first_listing(actor: Actor, case: Case) -> Listing:
    """The lead's own listing of a new case, bare until it is refreshed."""
    return Listing(
        organisation_id=actor.organisation_id,
        case=case,
        person_id=case.person_id,
        scope=Scope.LEAD,
        reference=case.reference,
        stage=Stage.ENQUIRY,
        stage_since=case.opened_on,
        lead_organisation_id=actor.organisation_id,
        lead_name=actor.name,
        updated_at=now(),
        worker_id=actor.user_id,
        office_id=actor.reach.office_id,
        team_id=actor.reach.team_id,
    )
