"""The controls of one screen, and what was answered with them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from homeward.lib.digits import ascii_digits
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Control
from homeward.surveys.webform.nodes import Node
from homeward.web.asking.words import REASONS
from homeward.web.fields import Boxes

Reasons = Mapping[str, str]
MOST_RADIOS = 14
MARKS = re.compile(r"\*\*|__|^#{1,6}\s*|</?[a-zA-Z][^<>]*>", re.MULTILINE)


class DateBoxes(Boxes):
    """The boxes that a form asks of a date: all three, or only month and year, or only the year."""

    def __init__(self, appearance: str) -> None:
        super().__init__()
        if "month-year" in appearance:
            self.names = ("month", "year")
        elif "year" in appearance.split():
            self.names = ("year",)
        self.template_name = "widgets/asked_boxes.html"


def plain(text: str) -> str:
    """Words without the marks that telephones make bold and coloured letters of."""
    return MARKS.sub("", text)


def name_of(asked: Asked) -> str:
    """The name of the control of a question: its place in the form, nothing that says what it asks."""
    return f"q{asked.index}"


def field_of(filling: Filling, asked: Asked, node: Node, reasons: Reasons) -> forms.Field:
    """The control of a question with what is answered so far."""
    made = MAKERS.get(asked.control, _line)(filling, asked, node)
    made.label = worded(filling, plain(filling.say(asked.label, node)) or node.name)
    hint = plain(filling.say(asked.hint, node))
    made.help_text = hint or made.help_text
    made.required = filling.is_so(filling.logic(node).required, node)
    made.initial = "" if node.text in reasons else initial_of(asked, node.text)
    return made


def reason_field(asked: Asked, node: Node, reasons: Reasons) -> forms.Field:
    """Why there is no answer, for a question that is answered otherwise than by choices."""
    choices = [("", _("There is an answer"))] + [(code, REASONS[kind]) for code, kind in reasons.items()]
    return forms.ChoiceField(
        label=_("If there is no answer"),
        choices=choices,
        widget=forms.RadioSelect,
        initial=node.text if node.text in reasons else "",
    )


def worded(filling: Filling, text: str) -> str:
    """Words of a form, in whatever direction they are written."""
    return format_html('<span dir="auto">{}</span>', text)


def _choices(filling: Filling, asked: Asked, node: Node) -> list[tuple[str, str]]:
    return [(one.code, worded(filling, plain(one.label))) for one in filling.offered(asked, node)]


def _one(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    choices = _choices(filling, asked, node)
    if len(choices) > MOST_RADIOS:
        bare = [(one.code, plain(one.label)) for one in filling.offered(asked, node)]
        return forms.ChoiceField(choices=[("", _("Choose")), *bare])
    if node.text and not filling.is_so(filling.logic(node).required, node):
        choices.append(("", str(_("Take the answer back"))))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _several(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_choices(filling, asked, node), widget=forms.CheckboxSelectMultiple
    )


def _tick(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    return forms.BooleanField()


def _file(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    told = _("A file is here. Choose another to replace it.") if node.text else ""
    return forms.FileField(widget=forms.FileInput(attrs={"accept": asked.media or "*/*"}), help_text=told)


def _range(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    told = _("From %(least)s to %(most)s") % {"least": asked.least, "most": asked.most}
    return forms.CharField(widget=_text("decimal"), help_text=told)


def _line(filling: Filling, asked: Asked, node: Node) -> forms.Field:
    if asked.type == "date":
        return forms.Field(widget=DateBoxes(asked.appearance))
    if asked.type == "geopoint":
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "data-place": ""})
        return forms.CharField(widget=widget, help_text=_("Latitude and longitude, such as 36.5, 3.1"))
    if "multiline" in asked.appearance:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    attrs: dict[str, Any] = {"dir": "auto", "autocomplete": "off"}
    if "numbers" in asked.appearance:
        attrs["inputmode"] = "numeric"
    return forms.CharField(widget=forms.TextInput(attrs={**attrs, **LINES.get(asked.type, {})}))


WHOLE = {"inputmode": "numeric", "dir": "ltr", "class": "w-s"}
LINES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("int", "integer", "long"), WHOLE),
    "decimal": {"inputmode": "decimal", "dir": "ltr", "class": "w-s"},
    "time": {"type": "time", "class": "w-s"},
    "dateTime": {"type": "datetime-local", "class": "w-m"},
}


def _text(mode: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "dir": "ltr", "autocomplete": "off", "class": "w-s"})


MAKERS: Mapping[Control, Callable[[Filling, Asked, Node], forms.Field]] = {
    Control.ONE: _one,
    Control.SEVERAL: _several,
    Control.TICK: _tick,
    Control.FILE: _file,
    Control.RANGE: _range,
}


def initial_of(asked: Asked, text: str) -> Any:
    """What the control shows for an answer as it is kept."""
    if asked.control == Control.SEVERAL:
        return text.split()
    if asked.control == Control.TICK:
        return text == "OK"
    if asked.type == "date":
        return dict(zip(("year", "month", "day"), text.split("-"), strict=False)) if text else {}
    if asked.type == "geopoint" and len(text.split()) == 4:
        return ", ".join(text.split()[:2])
    return text[: {"time": 5, "dateTime": 16}.get(asked.type, len(text))]


def typed_of(asked: Asked, given: QueryDict) -> str:
    """What was answered with a control, as text."""
    name = name_of(asked)
    typed = _typed(asked, name, given)
    return typed or given.get(f"{name}_none", "").strip()


def _typed(asked: Asked, name: str, given: QueryDict) -> str:
    if asked.control == Control.SEVERAL:
        return " ".join(given.getlist(name))
    if asked.control == Control.TICK:
        return "OK" if given.get(name) else ""
    if asked.type == "date" and asked.control == Control.LINE:
        return _date(name, given, asked.appearance)
    return given.get(name, "")


def _date(name: str, given: QueryDict, appearance: str) -> str:
    year, month, day = (
        ascii_digits(given.get(f"{name}_{box}", "").strip()) for box in ("year", "month", "day")
    )
    if "month-year" in appearance:
        day = "01" if month or year else ""
    elif "year" in appearance.split():
        month, day = ("01", "01") if year else ("", "")
    if not (year or month or day):
        return ""
    return f"{year}-{month.zfill(2) if month else ''}-{day.zfill(2) if day else ''}"
