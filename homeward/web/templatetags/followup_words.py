"""Codes of visits in the reader's words, in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import template
from django.utils.timezone import localdate

from homeward.web.due import Due, due
from homeward.web.followup import words
from homeward.web.followup.words import Words

if TYPE_CHECKING:
    from homeward.followup.models import Visit

register = template.Library()
KINDS: Mapping[str, Mapping[str, Words]] = {
    "state": words.STATES,
    "why": words.WHYS,
    "outcome": words.OUTCOMES,
    "not_needed": words.NOT_NEEDED,
    "business": words.BUSINESS_STATES,
    "closed": words.CLOSED_BECAUSE,
}


@register.filter
def visit_word(code: str, kind: str) -> Words:
    """A code of following up in words."""
    return KINDS[kind].get(str(code), "") if code else ""


@register.filter
def round_words(code: str) -> Words:
    """A round in words."""
    return words.round_name(code)


@register.filter
def visit_clock(visit: Visit) -> Due:
    """The clock of a visit: of the day agreed on, else of the day it is due."""
    return due(visit.planned_on or visit.due_on, localdate())
