"""Codes of scores in the reader's words."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from homeward.outcomes.rules import Meanwhile, Side
from homeward.surveys.scoring.profile import Reason

Words = str | Promise
SIDES: Mapping[str, Words] = {
    Side.ECONOMIC: _("Economic"),
    Side.SOCIAL: _("Social"),
    Side.PSYCHOSOCIAL: _("Psychosocial"),
    Side.COMPOSITE: _("All three together"),
}
BANDS: Mapping[str, Words] = {"low": _("low"), "middle": _("in the middle"), "high": _("high")}
REASONS: Mapping[str, Words] = {
    Reason.NOTHING_ANSWERED: _("Nothing was answered."),
    Reason.NOTHING_APPLIES: _("None of the questions apply."),
    Reason.LOW_COVERAGE: _("Too little was answered for a score."),
    Reason.REQUIRED_MISSING: _("An answer is missing that the score needs."),
    Reason.DIMENSION_MISSING: _("One of the three has no score."),
}
MEANWHILE: Mapping[str, Words] = {
    Meanwhile.ARRIVED: _("Arrived"),
    Meanwhile.PLAN_AGREED: _("Plan agreed"),
    Meanwhile.DELIVERED: _("Delivered"),
    Meanwhile.REFERRED: _("Referred"),
    Meanwhile.REFERRAL_ENDED: _("Referral ended"),
    Meanwhile.CONTACT_LOST: _("Contact lost"),
    Meanwhile.CLOSED: _("Closed"),
}


def missing_words(kind: str, count: int) -> str:
    """How many answers are missing, and in which way."""
    told = {
        Reason.NOT_ASKED: ngettext("%(n)s not asked", "%(n)s not asked", count),
        Reason.NOT_APPLICABLE: ngettext("%(n)s does not apply", "%(n)s do not apply", count),
        Reason.DONT_KNOW: ngettext("%(n)s not known", "%(n)s not known", count),
        Reason.REFUSED: ngettext("%(n)s not answered by choice", "%(n)s not answered by choice", count),
        Reason.UNKNOWN_ANSWER: ngettext("%(n)s unreadable", "%(n)s unreadable", count),
    }
    return told[Reason(kind)] % {"n": count}


def when_words(on: date, arrived_on: date | None) -> str:
    """How long after the arrival a round was held."""
    if arrived_on is None:
        return ""
    if on < arrived_on:
        return gettext("before arrival")
    months = round((on - arrived_on).days / 30.44)
    return ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
