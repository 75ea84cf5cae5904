"""Reading what a data protection officer keeps: requests, holds, restrictions and breaches."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.lib.problems import NotFound
from homeward.privacy.models import Breach, LegalHold, Restriction, SubjectKey, SubjectRequest


def require_subject(actor: Actor, subject_id: UUID) -> None:
    """Raise NotFound unless the actor's organisation may see this person."""
    if not SubjectKey.objects.filter(subject_id=subject_id).exists():
        raise NotFound


def own_requests(actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests made to the actor's organisation: open ones first, by their promise, then the newest."""
    actor.require(Action.PROTECTION_VIEW)
    own = SubjectRequest.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by(F("ended_on").desc(nulls_first=True), "due_on", "id")


def open_requests(actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests that wait for their answer, the oldest promise first."""
    return own_requests(actor).filter(ended_on=None).order_by("due_on", "id")


@reading(Action.SUBJECT_REQUEST_OPEN)
def open_request(actor: Actor, request_id: UUID) -> SubjectRequest:
    """One request with its steps; the look is on the record."""
    return get_request(actor, request_id)


def get_request(actor: Actor, request_id: UUID) -> SubjectRequest:
    """One request made to the actor's organisation."""
    found = own_requests(actor).filter(id=request_id).prefetch_related("steps").first()
    if found is None:
        raise NotFound
    return found


def request_for_edit(actor: Actor, request_id: UUID) -> SubjectRequest:
    """The request locked for change."""
    own = SubjectRequest.objects.filter(organisation_id=actor.organisation_id, id=request_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    return found


def live_holds(actor: Actor) -> QuerySet[LegalHold]:
    """The organisation's holds that stand, the one to review first on top."""
    actor.require(Action.PROTECTION_VIEW)
    return LegalHold.objects.filter(organisation_id=actor.organisation_id, released_at=None).order_by(
        "review_on", "id"
    )


def holds_of(actor: Actor, subject_id: UUID) -> QuerySet[LegalHold]:
    """The organisation's holds on one person, standing and released."""
    own = LegalHold.objects.filter(organisation_id=actor.organisation_id, subject_id=subject_id)
    return own.order_by("-set_at")


def live_restrictions(actor: Actor) -> QuerySet[Restriction]:
    """The organisation's restrictions that stand, the oldest first."""
    actor.require(Action.PROTECTION_VIEW)
    own = Restriction.objects.filter(organisation_id=actor.organisation_id, lifted_at=None)
    return own.order_by("since", "id")


def restriction_of(actor: Actor, subject_id: UUID) -> Restriction | None:
    """The organisation's standing restriction of one person."""
    return live_restrictions(actor).filter(subject_id=subject_id).first()


def breaches(actor: Actor) -> QuerySet[Breach]:
    """The organisation's breaches: open ones first, then the newest."""
    actor.require(Action.PROTECTION_VIEW)
    own = Breach.objects.filter(organisation_id=actor.organisation_id)
    return own.order_by(F("closed_at").desc(nulls_first=True), "-found_at")


def get_breach(actor: Actor, breach_id: UUID) -> Breach:
    """One breach of the organisation, with its steps."""
    found = breaches(actor).filter(id=breach_id).prefetch_related("steps").first()
    if found is None:
        raise NotFound
    return found


def requests_of(actor: Actor, subject_ids: Iterable[UUID]) -> QuerySet[SubjectRequest]:
    """Requests about some people."""
    return own_requests(actor).filter(subject_id__in=list(subject_ids))
