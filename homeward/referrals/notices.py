"""Telling people, outside Homeward, that something waits; never about whom or what."""

from collections.abc import Collection
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor, system_actor
from homeward.access.roles import MAY, Role
from homeward.organisations import notices
from homeward.organisations.queries import colleagues
from homeward.referrals.models import Referral

ANSWERING = [role for role in Role if Action.REFERRAL_ACCEPT in MAY[role]]


def tell_receiver(referral: Referral) -> None:
    """Mail those who answer for the service; for one without account there is nobody to mail."""
    if referral.to_organisation_id is not None:
        _tell(referral.to_organisation_id, roles=ANSWERING)


def tell_sender(referral: Referral) -> None:
    """Mail whoever wrote the referral that there is word of it."""
    _tell(referral.from_organisation_id, user_ids=[referral.drafted_by_id])


def tell_coordinators(actor: Actor) -> None:
    """Mail those who coordinate the actor's organisation, or run it where nobody coordinates."""
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        if _tell(actor.organisation_id, roles=[role]):
            return


def _tell(
    organisation_id: UUID, *, roles: Collection[Role] = (), user_ids: Collection[UUID] = ()
) -> list[UUID]:
    with acting_as(system_actor(organisation_id)):
        here = colleagues(system_actor(organisation_id))
        chosen = here.filter(role__in=roles) if roles else here.filter(user_id__in=user_ids)
        people = {one.user_id: one.user for one in chosen}
    notices.something_waits(people.values(), "")
    return list(people)
