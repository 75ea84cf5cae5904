"""Codes of the ledger in the reader's words, in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language

from homeward.web.ledger import words

if TYPE_CHECKING:
    from homeward.assistance.models import Entitlement

register = template.Library()


@register.filter
def ledger_words(code: str, kind: str) -> words.Words:
    """A code of this kind in the reader's words."""
    return words.BY_KIND[kind].get(code) or code


@register.filter
def package_words(entitlement: Entitlement) -> str:
    """The name of a package in the reader's language."""
    return entitlement.label_in(get_language() or "en")
