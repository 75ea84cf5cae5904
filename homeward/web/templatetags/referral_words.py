"""Codes of referrals in the reader's words, and how their clocks stand, in templates."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext

from homeward.codelists.needs import need_name
from homeward.referrals.rules import UNDER_WAY, WAITING
from homeward.web.due import Due, due
from homeward.web.referrals.words import CODES, Words
from homeward.web.services.words import DOUBTS, REASONS

if TYPE_CHECKING:
    from homeward.referrals.models import Referral

register = template.Library()


@register.filter
def referral_word(code: str, kind: str) -> Words:
    """A code of a referral in words."""
    return CODES[kind].get(str(code), "") if code else ""


@register.filter
def need_words(code: str) -> str:
    """A need in the reader's language."""
    return need_name(code, get_language() or "en")


@register.filter
def match_word(code: str) -> Words:
    """Why a service fits, or what to ask it first."""
    return REASONS.get(str(code)) or DOUBTS.get(str(code), "")


@register.filter
def referral_clock(referral: Referral) -> Due | None:
    """The clock of the next word that is due, while one is."""
    if referral.reply_due_at is None or referral.state not in WAITING | UNDER_WAY:
        return None
    return due(localdate(referral.reply_due_at), localdate())


@register.filter
def reply_days(referral: Referral) -> int | None:
    """In how many days the service answered."""
    if referral.replied_at is None or referral.sent_at is None:
        return None
    return (localdate(referral.replied_at) - localdate(referral.sent_at)).days


@register.filter
def in_days(time: timedelta) -> str:
    """A span of time in days, or in hours where it is less than two of them."""
    hours = round(time.total_seconds() / 3600)
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
