"""Words for the codes of visits and businesses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.followup.rules import (
    ASKED_FOR,
    BusinessState,
    ClosedBecause,
    NotNeeded,
    VisitOutcome,
    VisitState,
    Why,
)

Words = str | Promise

STATES: Mapping[str, Words] = {
    VisitState.DUE: _("Due"),
    VisitState.DONE: _("Made"),
    VisitState.MISSED: _("Missed"),
    VisitState.NOT_NEEDED: _("Not needed"),
}
WHYS: Mapping[str, Words] = {
    Why.PROGRAMME: _("The programme asks for it"),
    Why.PROFILE: _("The least in such a situation"),
    Why.ASKED: _("Somebody asked for it"),
}
NOT_NEEDED: Mapping[str, Words] = {
    NotNeeded.SCHEDULE: _("The plan changed"),
    NotNeeded.DIED: _("The person has died"),
    NotNeeded.WANTS_NONE: _("The person wants no more visits"),
    NotNeeded.KNOWN_OTHERWISE: _("It is known from elsewhere how they are"),
    NotNeeded.TOO_DANGEROUS: _("A visit would be dangerous, for them or for us"),
    NotNeeded.OTHER: _("Another reason"),
}
OUTCOMES: Mapping[str, Words] = {
    VisitOutcome.COMPLETED: _("Met them, all was asked"),
    VisitOutcome.PARTLY: _("Met them, part of it was asked"),
    VisitOutcome.LATER: _("Met them, to come again later"),
    VisitOutcome.REFUSED: _("They did not want to"),
    VisitOutcome.BROKE_OFF: _("They broke it off"),
    VisitOutcome.NOT_THERE: _("Nobody there"),
    VisitOutcome.NO_ANSWER: _("No answer"),
    VisitOutcome.LEFT_MESSAGE: _("Left a message"),
    VisitOutcome.WRONG_NUMBER: _("Wrong number or address"),
    VisitOutcome.MOVED_AWAY: _("Moved to another place"),
    VisitOutcome.LEFT_COUNTRY: _("Said to have left the country"),
    VisitOutcome.NOT_REACHABLE: _("The place could not be reached"),
    VisitOutcome.NO_LANGUAGE: _("No common language"),
    VisitOutcome.NOT_ABLE: _("Not able to talk, ill for example"),
    VisitOutcome.DIED: _("Said to have died"),
    VisitOutcome.OTHER: _("Something else"),
}
BUSINESS_STATES: Mapping[str, Words] = {
    BusinessState.OPEN: _("Open"),
    BusinessState.CHANGED: _("Changed into something else"),
    BusinessState.CLOSED: _("Closed"),
}
CLOSED_BECAUSE: Mapping[str, Words] = {
    ClosedBecause.NO_CUSTOMERS: _("Too few customers"),
    ClosedBecause.NO_MONEY: _("No money to go on"),
    ClosedBecause.COSTS: _("Costs too high"),
    ClosedBecause.SECURITY: _("Not safe"),
    ClosedBecause.HEALTH: _("Illness"),
    ClosedBecause.FAMILY: _("Family"),
    ClosedBecause.BETTER_WORK: _("Found something better"),
    ClosedBecause.MOVED: _("Moved"),
    ClosedBecause.AUTHORITIES: _("Permits or authorities"),
    ClosedBecause.DISASTER: _("Disaster or theft"),
    ClosedBecause.OTHER: _("Another reason"),
}
ROUNDS: Mapping[str, Words] = {
    "baseline": _("First round"),
    "three_months": _("After 3 months"),
    "six_months": _("After 6 months"),
    "nine_months": _("After 9 months"),
    "twelve_months": _("After 12 months"),
    "eighteen_months": _("After 18 months"),
    "twenty_four_months": _("After 24 months"),
    "thirty_six_months": _("After 36 months"),
    ASKED_FOR: _("Asked for"),
}


def round_name(code: str) -> Words:
    """A round in words; one of a programme's own as the programme writes it."""
    if code.startswith("seen_") and code[5:].isdigit():
        months = int(code[5:])
        return ngettext("Visit after %(n)s month", "Visit after %(n)s months", months) % {"n": months}
    return ROUNDS.get(code) or code.replace("_", " ")


def unplaced() -> str:
    """What stands where a place would."""
    return gettext("Place not known")
