"""Reading what was asked for by reference: one's own questions, and those that reached the lead."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from homeward.access.actor import Actor
from homeward.cases.handover_rules import ENQUIRY_KEPT
from homeward.cases.models import Enquiry, Listing, ReceivedEnquiry
from homeward.cases.queries.cases import visible_cases
from homeward.cases.rules import Scope
from homeward.lib.problems import NotFound


def enquiries_of(actor: Actor) -> QuerySet[Enquiry]:
    """What the actor's organisation asked for by reference, newest first; never what came of it."""
    return Enquiry.objects.filter(organisation_id=actor.organisation_id).order_by("-asked_at", "-id")


def enquiries_waiting(actor: Actor) -> QuerySet[ReceivedEnquiry]:
    """What others asked of cases that the actor works with and nobody has answered, oldest first."""
    waiting = ReceivedEnquiry.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    seen = waiting.filter(case__in=visible_cases(actor).values("id"))
    return seen.select_related("from_organisation").order_by("due_on", "id")


def get_received_enquiry(actor: Actor, enquiry_id: UUID, *, for_update: bool = False) -> ReceivedEnquiry:
    """One enquiry that reached the actor's organisation, about a case the actor may read."""
    found = ReceivedEnquiry.objects.filter(
        id=enquiry_id, organisation_id=actor.organisation_id, case__in=visible_cases(actor).values("id")
    ).select_related("from_organisation")
    one = (found.select_for_update(of=("self",)) if for_update else found).first()
    if one is None:
        raise NotFound
    return one


def cases_asked_for(actor: Actor) -> list[tuple[Enquiry, Listing]]:
    """Enquiries of others about cases that the organisation leads and that it has not received yet."""
    received = ReceivedEnquiry.objects.filter(organisation_id=actor.organisation_id)
    fresh = Enquiry.objects.exclude(organisation_id=actor.organisation_id).exclude(
        id__in=received.values("enquiry_id")
    )
    asked = list(fresh.filter(asked_at__gt=now() - ENQUIRY_KEPT).order_by("asked_at", "id"))
    led = Listing.objects.filter(organisation_id=actor.organisation_id, scope=Scope.LEAD)
    listings = {one.reference: one for one in led.filter(reference__in={one.reference for one in asked})}
    return [(one, listings[one.reference]) for one in asked if one.reference in listings]
