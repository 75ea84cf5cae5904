"""Why an answer is not taken, worded for the person who gave it."""

from django.utils.translation import gettext_lazy as _

from homeward.approvals.rules import Bar
from homeward.lib.problems import Problem, Refused, WrongState


class OwnRequest(Problem):
    """Who asked for something, or drafted it, never answers."""

    status = 403
    code = "own_request"
    message = _("You asked for this or worked on it. Somebody else has to answer.")


class AnsweredEarlierStep(Problem):
    """Each step is answered by another person."""

    status = 403
    code = "answered_earlier_step"
    message = _("You answered an earlier step of this. Somebody else has to answer this one.")


class IncompatibleRoles(Problem):
    """Somebody wears another hat here that does not go with answering this."""

    status = 403
    code = "incompatible_roles"
    message = _(
        "Another role you have in this organisation does not go with answering this. "
        "A colleague without it has to answer."
    )


class NotWaiting(WrongState):
    """The question was answered or withdrawn."""

    code = "approval_not_waiting"
    message = _("This was answered or withdrawn already.")


class AskedAlready(WrongState):
    """One question about a subject at a time."""

    code = "approval_asked_already"
    message = _("An approval of this was asked for already. Wait for the answer, or withdraw it.")


PROBLEMS: dict[Bar, type[Problem]] = {
    Bar.ASKED: OwnRequest,
    Bar.ANSWERED_EARLIER_STEP: AnsweredEarlierStep,
    Bar.ROLE: Refused,
    Bar.OTHER_HAT: IncompatibleRoles,
}
