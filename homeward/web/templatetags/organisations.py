"""Words for organisations."""

from django import template
from django.utils.translation import get_language

from homeward.codelists.countries import country_name
from homeward.web.labels import CLASS_LABELS

register = template.Library()


@register.filter
def class_label(organisation_class: str) -> str:
    """A kind of organisation in words."""
    return str(CLASS_LABELS[organisation_class])


@register.filter
def country(code: str) -> str:
    """A country's name in the reader's language."""
    return country_name(code, get_language() or "en")
