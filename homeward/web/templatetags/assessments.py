"""Words of assessments, in templates."""

from django import template

from homeward.web.assessments import words

register = template.Library()


@register.filter
def kind_words(kind: str) -> words.Words:
    """What an assessment is about."""
    return words.KINDS[kind]


@register.filter
def freshness_words(freshness: str) -> words.Words:
    """Whether what was found still tells of the person."""
    return words.FRESHNESS[freshness]


@register.filter
def origin_words(origin: str) -> words.Words:
    """From where a proposal comes."""
    return words.ORIGINS[origin]


@register.filter
def conclusion_words(code: str) -> words.Words:
    """An assessor's conclusion."""
    return words.CHOICES[code]
