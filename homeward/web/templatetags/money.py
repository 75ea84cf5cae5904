"""Amounts of money in templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from homeward.lib.money import Money
from homeward.web.money import money_words

register = template.Library()


@register.filter
def money(amount: Money | None) -> SafeString | str:
    """An amount with its currency, kept together and in its own direction; nothing for no amount."""
    return format_html('<bdi class="num">{}</bdi>', money_words(amount)) if amount is not None else ""


@register.filter
def percent_of(part: Money, whole: Money) -> str:
    """The share of one amount in another, for the width of a bar: 0 to 100, one decimal."""
    if not whole.minor:
        return "0"
    return f"{min(max(100 * part.minor / whole.minor, 0), 100):.1f}"
