"""The directory's codes in the reader's words, in templates."""

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.utils.translation import get_language

from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.codelists.needs import need_name
from homeward.services.rules import Opening
from homeward.web.services import words
from homeward.web.words_in_order import listed

register = template.Library()

KINDS = {
    "status": words.STATUSES,
    "for_whom": words.FOR_WHOM,
    "place": words.PLACE_KINDS,
    "change": words.CHANGES,
    "proposal": words.PROPOSAL_STATES,
    "reason": words.REASONS,
    "doubt": words.DOUBTS,
    "field": words.FIELDS,
    "day": words.DAYS,
}
LISTS: dict[str, Callable[[str, str], str]] = {
    "needs": need_name,
    "countries": country_name,
    "languages": language_name,
}


@register.filter
def service_word(code: str, kind: str) -> words.Words:
    """A code of that kind in words."""
    return KINDS[kind].get(code, code)


@register.filter
def own_words(service: Any, field: str) -> str:
    """A service's name or description in the reader's language, if somebody wrote it."""
    told = service.translations.get(get_language() or "en", {})
    return str(told.get(field) or getattr(service, field))


@register.filter
def needs_in_words(codes: Iterable[str]) -> list[str]:
    """What a service helps with."""
    return [need_name(code, get_language() or "en") for code in codes]


@register.filter
def in_words(codes: Iterable[str], kind: str) -> str:
    """Codes of needs, countries or languages, named in the reader's language."""
    return listed(_named(codes, kind))


def _named(codes: Iterable[str], kind: str) -> list[str]:
    return [LISTS[kind](code, get_language() or "en") for code in codes]


@register.filter
def days_in_words(opening: Opening) -> str:
    """Days of the week, in their order."""
    joiner = "، " if get_language() == "ar" else ", "
    return joiner.join(str(words.DAYS[day]) for day in opening.days)


@register.filter
def changed_field(name: str) -> words.Words:
    """What a line of the history is about."""
    kind, _, unit = name.partition(": ")
    return unit if kind == "room" and unit else words.FIELDS.get(name, name)


@register.filter
def changed_value(value: Any, name: str) -> str:
    """What a field was or became, in words."""
    if value in (None, "", [], {}):
        return "–"
    if name in LISTS:
        return listed(_named(value, name))
    if name in ("status", "for_whom"):
        return str(KINDS[name].get(value, value))
    if isinstance(value, list):
        return listed(_short(one) for one in value)
    return _short(value)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(part) for key, part in value.items() if key != "id")
    return str(value)
