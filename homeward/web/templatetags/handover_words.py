"""Codes of handovers in the reader's words, in templates."""

from django import template

from homeward.web.handovers.words import REASONS, STATES, Words

register = template.Library()


@register.filter
def handover_state(state: str) -> Words:
    """Where a handover stands."""
    return STATES[state]


@register.filter
def decline_reason(reason: str) -> Words:
    """Why a handover was declined."""
    return REASONS[reason]
