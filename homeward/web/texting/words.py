"""Words for the codes of messages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.texting.rules import Because, GatewayKind, Meaning, MessageState, NoWay, Saying, YesWay

Words = str | Promise

KINDS: Mapping[str, Words] = {
    GatewayKind.RAPIDPRO: "RapidPro",
    GatewayKind.TEXTIT: "TextIt",
    GatewayKind.HTTP: _("Another gateway (HTTP)"),
}
TOLD: Mapping[str, Words] = {
    Saying.APPOINTMENT: _("Reminder of an appointment"),
    Saying.VISIT: _("Reminder of a visit"),
    Saying.CALL_BACK: _("Asked to get in touch"),
    Saying.ASK: _("Asked whether questions may be put"),
    Saying.QUESTION: _("A question"),
    Saying.THANKS: _("Thanks"),
    Saying.STOPPED: _("Confirmed that messages end"),
    Saying.UNKNOWN: _("Answer to a number we do not know"),
    Saying.TEST: _("Test"),
}
STATES: Mapping[str, Words] = {
    MessageState.WAITING: _("Waits to be sent"),
    MessageState.SENDING: _("Is being sent"),
    MessageState.SENT: _("Taken by the gateway"),
    MessageState.DELIVERED: _("Arrived"),
    MessageState.FAILED: _("Did not arrive"),
    MessageState.HELD_BACK: _("Held back"),
}
BECAUSE: Mapping[str, Words] = {
    Because.NO_PERMISSION: _("the person no longer wants messages at this number"),
    Because.NOT_SAFE: _("it was no longer safe to write"),
    Because.CHANGED: _("what it told of has changed"),
    Because.TOO_LATE: _("it would have come too late"),
    Because.CHANNEL_ENDED: _("the channel was shut out"),
    Because.REFUSED: _("the gateway refused it"),
    Because.UNREACHABLE: _("the gateway could not be reached"),
    Because.NOT_DELIVERED: _("the network did not deliver it"),
}
MEANINGS: Mapping[str, Words] = {
    Meaning.STOP: _("Wants no more messages"),
    Meaning.CALL: _("Asks for a call"),
    Meaning.ANSWER: _("Answer to a question"),
    Meaning.WORDS: _("Wrote"),
    Meaning.STRANGER: _("A number we do not know"),
}
YES_WAYS: Mapping[str, Words] = {
    YesWay.IN_PERSON: _("Said so in person"),
    YesWay.BY_PHONE: _("Said so by phone"),
    YesWay.OWN_PAGE: _("On their own page"),
}
NO_WAYS: Mapping[str, Words] = {
    NoWay.IN_PERSON: _("Said so in person"),
    NoWay.BY_PHONE: _("Said so by phone"),
    NoWay.OWN_PAGE: _("On their own page"),
    NoWay.BY_MESSAGE: _("By message"),
}
ASKED_BY_OFFICERS = (YesWay.IN_PERSON, YesWay.BY_PHONE)
LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("fr", "Français"), ("ar", "العربية"))
