"""Codes of sharing in the reader's words, in templates."""

from __future__ import annotations

import json

from django import template

from homeward.web import sharing_words as words

register = template.Library()


@register.filter
def basis_words(code: str) -> words.Words:
    """The ground of sharing in words."""
    return words.BASES[code]


@register.filter
def condition_words(code: str) -> words.Words:
    """The second condition in words."""
    return words.CONDITIONS[code]


@register.filter
def purpose_words(code: str) -> words.Words:
    """What something is shared for, in words."""
    return words.PURPOSES.get(code, code)


@register.filter
def purposes_words(codes: list[str]) -> list[words.Words]:
    """Purposes in words."""
    return words.words_of(codes, words.PURPOSES)


@register.filter
def categories_words(codes: list[str]) -> list[words.Words]:
    """Categories of data in words."""
    return words.words_of(codes, words.CATEGORIES)


@register.filter
def transfer_words(code: str) -> words.Words:
    """What lets data cross a border, in words."""
    return words.TRANSFERS.get(code, "")


@register.filter
def agreement_state_words(code: str) -> words.Words:
    """How far an agreement is, in words."""
    return words.STATES[code]


@register.filter
def disclosure_kind_words(code: str) -> words.Words:
    """How the recipient sees what is disclosed."""
    return words.KINDS[code]


@register.filter
def ending_words(code: str) -> words.Words:
    """Why a disclosure ended."""
    return words.ENDINGS[code]


@register.filter
def contact_line(told: str) -> str:
    """A way to reach the person, out of a package."""
    return words.contact_words(json.loads(told))
