"""What can go wrong that the caller can put right: one stable code and one HTTP status each."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type_of_message = str | Promise


class Problem(Exception):
    """Raised by the domain, translated once at the edge, worded for the person who reads it.

    `fields` names the inputs that caused it, so that a form can point at them.
    """

    status = 400
    code = "problem"
    message: type_of_message = _("This cannot be done.")

    def __init__(
        self, message: type_of_message | None = None, *, fields: Mapping[str, type_of_message] | None = None
    ) -> None:
        self.message = message or self.message
        self.fields = dict(fields or {})
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class Invalid(Problem):
    """Something that was given is missing, impossible or contradicts something else given."""

    status = 422
    code = "invalid"
    message = _("Some answers need another look.")


class Refused(Problem):
    """The actor's role does not include this act."""

    status = 403
    code = "refused"
    message = _("Your role does not include this. A colleague with the right role can do it.")


class NotFound(Problem):
    """Also raised when the record exists but the actor may not know that."""

    status = 404
    code = "not_found"
    message = _("There is nothing here, or it is not shared with your organisation.")


class WrongState(Problem):
    """The record has moved on, or has not got that far."""

    status = 409
    code = "wrong_state"
    message = _("This can no longer be done, or not yet.")


class EditConflict(Problem):
    """Somebody else saved the record after the actor opened it."""

    status = 409
    code = "edit_conflict"
    message = _("Somebody else saved this while you were writing. Nothing was overwritten.")


class TooManyAttempts(Problem):
    """A limit on how often something may be tried was reached."""

    status = 429
    code = "too_many_attempts"
    message = _("This was tried too often. Wait a while, then try again.")
