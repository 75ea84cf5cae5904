"""Codes of the journey in the reader's words, in templates."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from homeward.cases.gates import GATE_WORDS
from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.web.journey import gate_words, words

register = template.Library()

BY_KIND: Mapping[str, Mapping[str, words.Words]] = {
    "gate": GATE_WORDS,
    "clearance": gate_words.STATES,
    "because": gate_words.BECAUSE,
    "who_clears": gate_words.WHO_CLEARS,
    "flag": gate_words.FLAGS,
    "profile_source": gate_words.SOURCES,
    "topic": words.TOPICS,
    "decision": words.DECISIONS,
    "interpreting": words.INTERPRETING,
    "application": words.APPLICATION_STATES,
    "readiness": words.READINESS,
    "appointment": words.APPOINTMENT_STATES,
    "note": words.NOTE_KINDS,
    "paper": words.PAPER_KINDS,
    "way": words.CONTACT_WAYS,
    "outcome": words.CONTACT_OUTCOMES,
    "exit": words.EXITS,
    "moved": words.WAYS,
    "cause": words.CAUSES,
    "closing": words.CLOSING_REASONS,
    "own_view": words.OWN_VIEWS,
}


@register.filter
def in_words(code: str, kind: str) -> words.Words:
    """A code of this kind in the reader's words; one that nobody named yet as it is written."""
    return BY_KIND[kind].get(code) or code.replace("_", " ").capitalize()


@register.filter
def country_words(code: str) -> str:
    """A country in the reader's language."""
    return country_name(code, get_language() or "en") if code else ""


@register.filter
def language_words(code: str) -> str:
    """A language in the reader's language."""
    return language_name(code, get_language() or "en") if code else ""
