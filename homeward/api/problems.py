"""What can go wrong with a call itself, before any stage of the work is asked."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem


class Unauthenticated(Problem):
    """No token came with the call, or one that is unknown, old or ended."""

    status = 401
    code = "unauthenticated"
    message = _("Send the token of an integration as Bearer.")


class NotUnderstood(Problem):
    """The body is not one JSON object in UTF-8."""

    status = 400
    code = "not_understood"
    message = _("This could not be read. Send one JSON object in UTF-8.")


class MethodNotAllowed(Problem):
    """The address exists, but not for this method."""

    status = 405
    code = "method_not_allowed"
    message = _("This address takes other methods. They stand in Allow.")


class Fault(Problem):
    """Something broke here; nothing was saved."""

    status = 500
    code = "fault"
    message = _("Something went wrong here, not with you. Nothing was saved.")


class PreconditionRequired(Problem):
    """An edit came without saying which version it is of."""

    status = 428
    code = "precondition_required"
    message = _("Send If-Match with the version you read, as in its ETag.")


class UnknownMediaType(Problem):
    """The body is of another kind than the operation takes."""

    status = 415
    code = "unknown_media_type"
    message = _("Send the body in the media type that the operation takes.")


class KeyNotUsable(Problem):
    """An idempotency key is too long, or no plain text."""

    code = "idempotency_key_not_usable"
    message = _("An idempotency key is up to 100 visible ASCII characters.")


class TooLarge(Problem):
    """The body is larger than anything the operation takes."""

    status = 413
    code = "too_large"
    message = _("This is larger than what is taken here.")


class TooManyCalls(Problem):
    """A program calls more often than it may; Retry-After says when it may again."""

    status = 429
    code = "too_many_calls"
    message = _("These are too many calls in a minute. Retry-After says in how many seconds to go on.")
