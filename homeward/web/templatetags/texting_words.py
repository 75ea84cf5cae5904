"""Words for messages in templates."""

from collections.abc import Mapping

from django.template import Library
from django.utils.functional import Promise

from homeward.web.texting import words

register = Library()
LISTS: Mapping[str, Mapping[str, str | Promise]] = {
    "kind": words.KINDS,
    "told": words.TOLD,
    "state": words.STATES,
    "because": words.BECAUSE,
    "meaning": words.MEANINGS,
    "yes": words.YES_WAYS,
}


@register.filter
def text_word(code: str, kind: str) -> str | Promise:
    """A code in words; the code itself where there are none."""
    return LISTS[kind].get(code, code)
