"""Who in the organisation works a case."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import Case, Listing
from homeward.cases.queries import case_for_edit, get_listing
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell
from homeward.lib.problems import Invalid
from homeward.organisations.queries import actor_for, colleagues


@dataclass(frozen=True)
class Reassigned:
    """How many cases changed hands."""

    id: UUID
    count: int


@command(Action.CASE_ASSIGN)
def assign_case(actor: Actor, *, case_id: UUID, membership_id: UUID) -> Case:
    """Give a case to a colleague; where the organisation leads the case, the colleague becomes its lead."""
    colleague = _colleague(actor, membership_id)
    case = case_for_edit(actor, case_id)
    _hand_to(actor, get_listing(actor, case_id), case, colleague)
    return case


@command(Action.CASE_ASSIGN)
def reassign_caseload(actor: Actor, *, from_user_id: UUID, membership_id: UUID) -> Reassigned:
    """Give everything a colleague works on to another colleague, in one step."""
    colleague = _colleague(actor, membership_id)
    listings = Listing.objects.filter(organisation_id=actor.organisation_id, worker_id=from_user_id)
    count = 0
    for listing in listings.order_by("id").iterator(chunk_size=500):
        _hand_to(actor, listing, Case.objects.select_for_update().get(id=listing.case_id), colleague)
        count += 1
    return Reassigned(colleague.user_id, count)


def _colleague(actor: Actor, membership_id: UUID) -> Actor:
    found = colleagues(actor).filter(id=membership_id).first()
    colleague = actor_for(found) if found else None
    if colleague is None or not colleague.may(Action.CASE_VIEW):
        raise Invalid(fields={"membership": _("Choose a colleague who works with cases.")})
    return colleague


def _hand_to(actor: Actor, listing: Listing, case: Case, colleague: Actor) -> None:
    listing.worker_id = colleague.user_id
    listing.office_id, listing.team_id = colleague.reach.office_id, colleague.reach.team_id
    listing.save(update_fields=["worker_id", "office_id", "team_id"])
    if case.lead_organisation_id == actor.organisation_id:
        case.lead_user_id = colleague.user_id
        save_case(case)
    tell(actor, case.id, EventKind.LEAD_CHANGED)
