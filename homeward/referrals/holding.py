"""What a referral holds while it runs: a place of the service, and what was shared for it."""

from homeward.access.actor import Actor, system_actor
from homeward.lib.problems import NotFound
from homeward.referrals.models import Referral
from homeward.referrals.problems import NoRoomLeft
from homeward.referrals.rules import ReferralState
from homeward.services.commands import free_room, reserve_room
from homeward.services.problems import NoRoom
from homeward.sharing.commands import end_disclosure
from homeward.sharing.problems import DisclosureEnded
from homeward.sharing.rules import EndReason

# Once a service has done its part it keeps what it was told for as long as the agreement lets it.
ENDS_SHARING = {
    ReferralState.DECLINED: EndReason.RETURNED,
    ReferralState.EXPIRED: EndReason.NO_LONGER_NEEDED,
    ReferralState.RECALLED: EndReason.RECALLED,
}


def take_room(actor: Actor, referral: Referral) -> None:
    """Keep one place of the service, if it counts them; a full service with an account refuses itself."""
    try:
        room = reserve_room(_of_service(referral), service_id=referral.service_id)
    except NoRoom as full:
        if referral.has_account:
            raise NoRoomLeft from full
        return  # the provider said yes on the telephone: its word counts, the directory's count is old
    except NotFound:
        return  # the directory does not list the service any more
    if room is not None:
        referral.holds_room, referral.room_unit = True, room.unit


def give_room_back(actor: Actor, referral: Referral) -> None:
    """Free the place that was kept, whoever ends the referral."""
    if not referral.holds_room:
        return
    referral.holds_room = False
    try:
        free_room(_of_service(referral), service_id=referral.service_id, unit=referral.room_unit)
    except NotFound:
        return


def end_sharing(actor: Actor, referral: Referral, state: ReferralState) -> None:
    """Close what was shared for a referral that comes to nothing."""
    why = ENDS_SHARING.get(state)
    if referral.disclosure_id is None or why is None:
        return
    try:
        end_disclosure(actor, disclosure_id=referral.disclosure_id, why=why)
    except NotFound:  # given by who led the case then: its recipient can give it back
        _give_back(referral)
    except DisclosureEnded:
        return  # ended before, for instance by a withdrawn consent


def _give_back(referral: Referral) -> None:
    if referral.disclosure_id is None or referral.to_organisation_id is None:
        return
    recipient = system_actor(referral.to_organisation_id)
    try:
        end_disclosure(recipient, disclosure_id=referral.disclosure_id, why=EndReason.RETURNED)
    except (DisclosureEnded, NotFound):
        return


def _of_service(referral: Referral) -> Actor:
    """The count is the service's own; without an account whoever sends there keeps it."""
    return system_actor(referral.to_organisation_id or referral.from_organisation_id)
