"""What is recorded of people, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language

from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.lib.dates import PartialDate
from homeward.web.people import words
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.people.models import Contact, Person

register = template.Library()


@register.filter
def sex_words(code: str) -> str | Promise:
    return words.SEXES[code]


@register.filter
def paper_words(code: str) -> str | Promise:
    return words.DOCUMENTS[code]


@register.filter
def contact_words(code: str) -> str | Promise:
    return words.CONTACTS[code]


@register.filter
def relative_words(code: str) -> str | Promise:
    """What the other one is to the person whose relation it is."""
    return words.RELATIVES[code]


@register.filter
def safety_rules(contact: Contact) -> list[str]:
    return words.safety_rules(contact)


@register.filter
def birth_words(birth: PartialDate) -> str:
    """How much of a birth date is known, where that is not a day or month."""
    return words.birth_in_words(birth)


@register.filter
def countries_in_words(codes: list[str]) -> str:
    return listed(country_name(code, get_language() or "en") for code in codes)


@register.filter
def languages_in_words(codes: list[str]) -> str:
    return listed(language_name(code, get_language() or "en") for code in codes)


@register.filter
def country_in_words(code: str) -> str:
    return country_name(code, get_language() or "en")


@register.filter
def latin_name(person: Person) -> str:
    """Given names and family name; empty when only the native name is known."""
    return " ".join(part for part in (person.given_names, person.family_name) if part)
