"""Programmes' codes, amounts and facts in the reader's words, in templates."""

from django import template
from django.utils.translation import get_language

from homeward.access.roles import Role
from homeward.lib.money import Money
from homeward.programmes.eligibility import FactUsed
from homeward.programmes.expressions import read_condition
from homeward.programmes.facts import BY_NAME
from homeward.programmes.terms import Label, Package
from homeward.web.labels import ROLE_LABELS
from homeward.web.money import money_words
from homeward.web.programmes import words
from homeward.web.words_in_order import listed

register = template.Library()

KINDS = {
    "phase": words.PHASES,
    "form": words.FORMS,
    "subject": words.SUBJECTS,
    "answering": words.ANSWERING,
    "part": words.PARTS,
    "state": words.STATES,
    "outcome": words.OUTCOMES,
    "result": words.RESULTS,
    "override": words.OVERRIDES,
}


@register.filter
def programme_word(code: str, kind: str) -> words.Words:
    """A code of that kind in words."""
    return KINDS[kind].get(code, code)


@register.filter
def read_label(label: Label) -> str:
    """A label in the reader's language."""
    return label.read(get_language() or "en")


@register.filter
def minor_of(minor: int, currency: str) -> str:
    """Minor units of a currency as an amount in words."""
    return money_words(Money(minor, currency))


@register.filter
def fact_label(name: str) -> words.Words:
    """A fact in words."""
    return words.fact_label(name)


@register.filter
def facts_asked(expression: str) -> tuple[str, ...]:
    """The facts that a condition asks about."""
    return read_condition(expression).facts


@register.filter
def fact_source(name: str) -> words.Words:
    """Where a fact is recorded."""
    return words.SOURCES[BY_NAME[name].source] if name in BY_NAME else ""


@register.filter
def fact_value(fact: FactUsed) -> str:
    """The value of a fact in words."""
    return words.fact_value(fact)


@register.filter
def window_words(package: Package) -> words.Words:
    """Until when a package can be used."""
    return words.window_words(package)


@register.filter
def code_in_words(code: str, name: str) -> str:
    """A code of the fact of that name in words."""
    return words.code_words(name, code)


@register.filter
def roles_in_words(roles: tuple[Role, ...]) -> str:
    """Roles in words, one after the other."""
    return listed(ROLE_LABELS[role] for role in roles)
