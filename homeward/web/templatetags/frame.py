"""What the frame and the components need beyond plain templates."""

from collections.abc import Iterable, Mapping, Sequence
from unicodedata import bidirectional

from django import template
from django.conf import settings
from django.forms import BoundField, Field
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from homeward.access.roles import Role
from homeward.web.fields import Boxes
from homeward.web.labels import ROLE_LABELS
from homeward.web.navigation import Menu, menu

register = template.Library()

CHOSEN = {True: mark_safe(" selected"), False: ""}  # noqa: S308 - our own constant
RING = 50.3  # the circumference of the reply clock's ring, radius 8


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> Menu:
    """The main menu of this reader."""
    request = context.get("request")
    return menu(request, getattr(request, "actor", None)) if request else Menu()


@register.simple_tag
def languages_by_name() -> Sequence[tuple[str, str]]:
    """Each language under the name that its readers give it; Django's own tag translates that name."""
    return list(settings.LANGUAGES)


@register.filter
def role_label(role: str) -> str:
    """A role in words."""
    return str(ROLE_LABELS[Role(role)])


@register.simple_tag
def control(field: BoundField, width: str = "", voice: bool = False, rows: int | str = 0) -> SafeString:
    """The control of a form field, with its classes and the boxes that are wrong."""
    attrs: dict[str, str | bool] = {}
    css = " ".join(part for part in (f"w-{width}" if width else "", "voice" if voice else "") if part)
    if css:
        attrs["class"] = css
    if int(rows):
        attrs["rows"] = str(rows)
    if isinstance(field.field.widget, Boxes):
        attrs["wrong_box"] = wrong_box(field)
    return field.as_widget(attrs=attrs)


@register.simple_tag
def options(groups: Iterable[tuple[str | None, list[Mapping[str, object]], int]]) -> SafeString:
    """The options of a select. In Python: by templates, 250 countries cost more than the rest of a page."""
    return format_html_join("\n", "{}", ((_group(name, choices),) for name, choices, _index in groups))


def _group(name: str | None, choices: Iterable[Mapping[str, object]]) -> SafeString:
    told = ((one["value"], CHOSEN[bool(one["selected"])], one["label"]) for one in choices)
    inside = format_html_join("\n", '<option value="{}"{}>{}</option>', told)
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


@register.filter
def control_kind(field: BoundField) -> str:
    """How a field is laid out: `group`, `boxes`, `check`, `file` or `line`."""
    widget = field.field.widget
    if isinstance(widget, Boxes):
        return "boxes"
    if widget.use_fieldset:
        return "group"
    kind = getattr(widget, "input_type", "")
    return {"checkbox": "check", "file": "file"}.get(kind, "line")


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link from the error summary must lead to."""
    if isinstance(field.field.widget, Boxes):
        return f"{field.auto_id}_{wrong_box(field) or field.field.widget.names[0]}"
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else str(field.id_for_label)


def wrong_box(field: BoundField) -> str:
    """Which box of a date the error is about, or none in particular."""
    codes = [error.code for error in field.errors.as_data()]
    return next((str(code) for code in codes if code in field.field.widget.names), "")


@register.filter
def said_here(field: BoundField) -> str:
    """The first error beside its question."""
    if not field.errors:
        return ""
    return str(_("An answer is needed here")) if _is_bare(field) else str(field.errors[0])


@register.filter
def said_on_top(field: BoundField) -> str:
    """The first error in the summary, where the question is not in sight."""
    if _is_bare(field):
        return _("An answer is needed: %(question)s") % {"question": field.label}
    return str(field.errors[0])


def _is_bare(field: BoundField) -> bool:
    """True for Django's own "This field is required.", which names no question."""
    first = field.errors.as_data()[0]
    return first.code == "required" and first.messages[0] == str(Field.default_error_messages["required"])


@register.simple_tag
def clock_dash(fraction: float | str | None) -> str:
    """How much of the reply clock's ring is drawn, between nothing and all of it."""
    part = min(max(float(fraction or 0), 0.0), 1.0)
    return f"{part * RING:.1f} {RING}"


@register.simple_tag
def in_readers_order(latin: str, native: str) -> tuple[str, str]:
    """Both spellings of a name, the one in the reader's script first; a missing one stays empty."""
    reads_native = get_language_bidi() and _runs_right_to_left(native)
    return (native, latin) if native and (reads_native or not latin) else (latin, native)


@register.filter
def runs_right_to_left(text: str) -> bool:
    """True when the first letter with a direction is Arabic, Hebrew or alike."""
    return _runs_right_to_left(text)


def _runs_right_to_left(text: str) -> bool:
    directions: Sequence[str] = [bidirectional(letter) for letter in text]
    strong = next((found for found in directions if found in {"L", "R", "AL"}), "L")
    return strong != "L"
