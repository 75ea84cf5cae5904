"""Codes of cases in the reader's words, in templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django import template
from django.template.loader import get_template
from django.utils.timezone import localdate
from django.utils.translation import get_language

from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.web import case_words, listing_words
from homeward.web.due import Due, due
from homeward.web.journey.sections import Section

if TYPE_CHECKING:
    from homeward.cases.models import Listing
    from homeward.people.models import Person

register = template.Library()


@register.filter
def stage_words(stage: str) -> case_words.Words:
    """A stage in words."""
    return case_words.STAGES[stage]


@register.filter
def scope_words(scope: str) -> case_words.Words:
    """How much of a case is seen, in words."""
    return case_words.SCOPES[scope]


@register.filter
def return_type_words(kind: str) -> case_words.Words:
    """A type of return in words."""
    return case_words.RETURN_TYPES[kind]


@register.filter
def role_in_file_words(role: str) -> case_words.Words:
    """What somebody is to the principal applicant."""
    return case_words.ROLES_IN_FILE[role]


@register.filter
def tag_words(tag: str) -> case_words.Words:
    """A tag of a listing in words."""
    return case_words.tag_words(tag)


@register.filter
def listing_tags(row: Listing) -> list[listing_words.Tag]:
    """What a reader should notice about a listed case, the urgent first."""
    return listing_words.tags_of(row)


@register.filter
def country(code: str) -> str:
    """A country in the reader's language."""
    return country_name(code, get_language() or "en") if code else ""


@register.filter
def language(code: str) -> str:
    """A language in the reader's language."""
    return language_name(code, get_language() or "en")


@register.filter
def due_on(day: date) -> Due:
    """A promised day as the reply clock shows it today."""
    return due(day, localdate())


@register.filter
def latin_name(person: Person) -> str:
    """A person's names in Latin letters, as far as they are written so."""
    return case_words.latin_name(person)


@register.filter
def at(names: Mapping[object, object], key: object) -> object:
    """What a mapping holds for a key, or nothing."""
    return names.get(key, "")


@register.simple_tag(takes_context=True)
def section_panel(context: template.RequestContext, section: Section) -> str:
    """A part of the case file that its own stage draws."""
    scope: dict[str, object] = {str(name): value for name, value in context.flatten().items()}
    scope |= {**section.context, "section": section}
    return get_template(section.template).render(scope, context.request)
