"""What keeps somebody from being written to, or a form from being asked by message."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem, WrongState


class NotWritable(WrongState):
    """No number of the person may be written to now."""

    code = "not_writable"
    message = _("Nobody may be written to here: there is no number that they agreed to and that is safe.")


class NoChannel(WrongState):
    """The organisation has no gateway for the number."""

    code = "no_channel"
    message = _("Your organisation has no channel for messages to this number.")


class NotForMessages(WrongState):
    """The form asks more than a few closed, neutral questions."""

    code = "not_for_messages"
    message = _(
        "Only a form of up to three neutral questions, each with up to six choices, can be asked by message."
    )


class AskedAlready(WrongState):
    """Questions are being asked at this number."""

    code = "asked_already"
    message = _("Somebody is being asked questions at this number already.")


class TooManyTests(Problem):
    """More tests than anybody needs in a day."""

    status = 429
    code = "too_many_tests"
    message = _("This channel was tested often enough today.")


class UnknownGateway(Problem):
    """No channel stands behind the address, or the secret is wrong."""

    status = 401
    code = "unknown_gateway"
    message = _("This gateway is not known here.")


class NothingToTake(Problem):
    """The request holds no message and no report."""

    status = 422
    code = "nothing_to_take"
    message = _("There is no message and no report in this.")
