"""Why a referral cannot be sent, answered or taken back, worded for the person who asked."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem, Refused, WrongState


class AlreadyReferred(Problem):
    """One open referral per case and service."""

    status = 409
    code = "already_referred"
    message = _("This person is referred to this service already, and that referral is still open.")


class NoRoomLeft(Problem):
    """The directory says that the service is full."""

    status = 409
    code = "no_room"
    message = _("There is no room left. Put the person on the waiting list, or correct the room first.")


class NotTheirs(Refused):
    """Somebody of the other side of the referral tries to move it."""

    code = "not_yours_to_move"
    message = _("This is for the other organisation to do.")


class ReferralMoved(WrongState):
    """The referral moved on, or has not got that far."""

    code = "referral_moved"
    message = _("This referral has moved on in the meantime. Look at where it stands now.")
