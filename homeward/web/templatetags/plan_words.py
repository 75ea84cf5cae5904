"""Codes of plans and approvals in the reader's words, in templates."""

from django import template
from django.utils.translation import get_language

from homeward.access.roles import Role
from homeward.programmes.terms import Label
from homeward.web.approvals import words as approval_words
from homeward.web.labels import ROLE_LABELS
from homeward.web.plans import words
from homeward.web.words_in_order import listed

register = template.Library()


@register.filter
def plan_words(code: str, kind: str) -> words.Words:
    """A code of a plan in words."""
    return words.CODES[kind].get(str(code), "") if code else ""


@register.filter
def detail_name(name: str) -> words.Words:
    """What a detail of an activity is called."""
    return words.DETAILS.get(name, name)


@register.filter
def label(text: Label) -> str:
    """A programme's own words in the reader's language."""
    return text.read(get_language() or "en")


@register.filter
def approval_words_for(code: str, kind: str) -> words.Words:
    """A code of an approval in words."""
    return approval_words.CODES[kind].get(str(code), "")


@register.filter
def roles_words(roles: list[str]) -> str:
    """Roles, any of which may answer."""
    return listed(words for role, words in ROLE_LABELS.items() if role.value in roles)


@register.filter
def step_roles(roles: frozenset[Role]) -> str:
    """The same, of a step that is about to be asked for."""
    return roles_words([role.value for role in roles])
