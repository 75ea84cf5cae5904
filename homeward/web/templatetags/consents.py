"""Codes of consents and of the own page in the reader's words, in templates."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import get_language

from homeward.web.consents.words import BY_KIND, CATEGORIES, Words, in_order

if TYPE_CHECKING:
    from homeward.consent.models import Notice

register = template.Library()


@register.filter
def said(code: str, kind: str) -> Words:
    """A code of this kind in the reader's words."""
    return BY_KIND[kind].get(code) or code.replace("_", " ").capitalize()


@register.filter
def categories_said(categories: Iterable[str]) -> list[Words]:
    """Categories in words, in their usual order."""
    return [CATEGORIES[one] for one in in_order(categories)]


@register.simple_tag
def notice_text(notice: "Notice", part: str, language: str = "") -> str:
    """One part of a notice in this language, or the reader's, or English."""
    texts = notice.texts
    chosen = language or (get_language() or "en")[:2]
    return str((texts.get(chosen) or texts["en"])[part])
