"""What happened to a case, who else sees it, and what was opened in an emergency."""

from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actor import Actor
from homeward.cases.models import EmergencyAccess, Event, Listing, Share
from homeward.cases.queries.cases import own_listings
from homeward.cases.rules import Scope, Stage
from homeward.lib.problems import NotFound


def timeline_of(actor: Actor, case_id: UUID) -> QuerySet[Event]:
    """Events of a case, newest first; call after `get_case` has let the actor in."""
    return Event.objects.filter(case_id=case_id).select_related("organisation").order_by("-on", "-at")


def shares_of(actor: Actor, case_id: UUID) -> QuerySet[Share]:
    """With whom the case is or was shared, on what basis."""
    shares = Share.objects.filter(case_id=case_id).select_related("organisation", "by_organisation")
    return shares.order_by("ended_at", "-shared_at")


def get_share(actor: Actor, case_id: UUID, share_id: UUID) -> Share:
    """One live share of a case; call after `get_case` has let the actor in."""
    found = shares_of(actor, case_id).filter(id=share_id, ended_at=None).first()
    if found is None:
        raise NotFound
    return found


def emergencies_to_review(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Emergency access of colleagues that nobody has reviewed yet, oldest first; never one's own."""
    waiting = EmergencyAccess.objects.filter(organisation_id=actor.organisation_id, reviewed_at=None)
    return waiting.exclude(user_id=actor.user_id).order_by("since")


def get_emergency_to_review(actor: Actor, emergency_id: UUID) -> EmergencyAccess:
    """One emergency access of a colleague that waits for its review."""
    found = emergencies_to_review(actor).select_related("case").filter(id=emergency_id).first()
    if found is None:
        raise NotFound
    return found


def expected_arrivals(actor: Actor) -> QuerySet[Listing]:
    """Arrivals announced to the actor's organisation and not confirmed yet, soonest first."""
    expected = own_listings(actor).filter(scope__in=[Scope.ARRIVAL, Scope.PARTICIPANT, Scope.LEAD])
    on_the_way = expected.filter(stage__in=[Stage.PRE_DEPARTURE, Stage.TRAVELLING], expected_on__isnull=False)
    return on_the_way.order_by("expected_on")
