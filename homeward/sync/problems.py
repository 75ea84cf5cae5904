"""What a telephone can put right."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class UnknownPhone(Problem):
    """No telephone at work has this secret."""

    status = 401
    code = "unknown_phone"
    message = _(
        "This phone is not known here, or was shut out. Set it up again from the page of your phones."
    )


class NotEncrypted(Problem):
    """The address was written with http on an installation that others can listen to."""

    status = 403
    code = "not_encrypted"
    message = _("Write the address with https. What was sent without it may have been read by others.")


class TooManyFromPhone(Problem):
    """One telephone asks more often than telephones do."""

    status = 429
    code = "too_many_calls"
    message = _("This phone asked too often. It may try again in a minute.")


class TooMuchAtOnce(Problem):
    """One post holds more than is taken at once."""

    status = 413
    code = "too_large"
    message = _("This is too large to be sent at once.")


class BrokenPost(Problem):
    """What arrived is cut, or not in parts with a filled form among them."""

    status = 400
    code = "broken_post"
    message = _("What arrived is not whole. The phone may send it again.")


class MethodUnknown(Problem):
    """The address answers to other methods."""

    status = 405
    code = "method_not_allowed"
    message = _("This address answers other requests only.")
