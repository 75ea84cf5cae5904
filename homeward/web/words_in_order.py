"""Words inside a sentence that runs the other way: names and days keep their own direction."""

from collections.abc import Iterable

from django.utils.translation import get_language_bidi, pgettext

FIRST_STRONG, POP = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE


def isolated(value: object) -> str:
    """A name, reference or day as it stands in a sentence of the reader's language."""
    text = str(value)
    return f"{FIRST_STRONG}{text}{POP}" if text and get_language_bidi() else text


def listed(words: Iterable[object]) -> str:
    """Several words one after the other, with the comma of the reader's language."""
    return pgettext("between the items of a list", ", ").join(str(one) for one in words)
