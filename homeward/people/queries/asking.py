"""What partners were asked, what they answered, and what they were told of being asked."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.people.models import AskingAllowed, PartnerQuestion, PossibleMatch

PARTNERS = "SELECT organisation_id FROM homeward_answering_partners() ORDER BY 1"


def answering_partners(actor: Actor) -> Sequence[UUID]:
    """The organisations that an agreement in force lets answer the actor's; officers may know them too."""
    if not actor.may(Action.PROTECTION_VIEW):
        actor.require(Action.PARTNERS_ASK)
    with connection.cursor() as cursor:
        cursor.execute(PARTNERS)
        return [organisation_id for (organisation_id,) in cursor.fetchall()]


def questions_about(actor: Actor, person_id: UUID) -> QuerySet[PartnerQuestion]:
    """When partners were asked about a person, and who may know them, newest first."""
    actor.require(Action.PARTNERS_ASK)
    own = PartnerQuestion.objects.filter(organisation_id=actor.organisation_id, person_id=person_id)
    return own.prefetch_related("answers__partner").order_by("-asked_at", "-id")


def asking_allowed(actor: Actor, person_id: UUID) -> AskingAllowed | None:
    """Who of the actor's organisation lets partners be asked about somebody protected, until when."""
    live = AskingAllowed.objects.filter(organisation_id=actor.organisation_id, person_id=person_id)
    return live.filter(until__gt=now()).order_by("-until").first()


def possible_matches_to_note(actor: Actor) -> QuerySet[PossibleMatch]:
    """What the actor's organisation was told of being asked and nobody took notice of, oldest first."""
    actor.require(Action.PARTNERS_TOLD)
    told = PossibleMatch.objects.filter(partner_id=actor.organisation_id, noted_at=None)
    return told.select_related("organisation").order_by("answered_at", "id")
