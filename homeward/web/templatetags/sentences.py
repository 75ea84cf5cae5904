"""Names, days and commas inside sentences, in every template."""

from collections.abc import Iterable

from django import template
from django.utils.translation import pgettext

from homeward.web.words_in_order import isolated, listed

register = template.Library()


@register.filter(is_safe=True)
def isolate(value: object) -> str:
    """A name or a day that keeps its own direction inside a sentence."""
    return isolated(value)


@register.filter
def in_a_row(words: Iterable[object]) -> str:
    """Several words with the comma of the reader's language between them."""
    return listed(words)


@register.simple_tag
def comma() -> str:
    """The comma between words of a list."""
    return pgettext("between the items of a list", ", ")
