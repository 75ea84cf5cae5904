"""One screen of a form as a reader sees it, and what they send of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, QueryDict

from homeward.surveys.receiving import Sent
from homeward.surveys.webform.checking import Fault
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Control
from homeward.surveys.webform.nodes import Node
from homeward.surveys.webform.screens import Screen, asked_now, screens_of
from homeward.surveys.webform.turning import Given, Go
from homeward.web.asking.fields import Reasons, field_of, name_of, plain, reason_field, typed_of
from homeward.web.asking.words import REASONS, told
from homeward.web.words_in_order import listed

Missing = Mapping[str, Reasons]
CHOSEN = frozenset({Control.ONE, Control.SEVERAL})


class ScreenForm(forms.Form):
    """The controls of one screen. What is wrong was found by the form's own logic, not by the controls."""

    def __init__(
        self, fields: Mapping[str, forms.Field], faults: Mapping[str, str], posted: QueryDict | None
    ) -> None:
        super().__init__(posted)
        self.fields.update(fields)
        self.faults = faults

    def full_clean(self) -> None:
        self.cleaned_data = {}
        wrong = {name: ErrorList([text]) for name, text in self.faults.items() if name in self.fields}
        self._errors = ErrorDict(wrong)


@dataclass(frozen=True)
class Part:
    """One thing on a screen: a heading, words to read, or a question."""

    heading: str = ""
    note: str = ""
    field: BoundField | None = None
    reason: BoundField | None = None


@dataclass(frozen=True)
class Shown:
    """A screen ready to be shown."""

    form: ScreenForm
    parts: Sequence[Part]
    title: str
    above: Sequence[str]
    seal: str
    shown: str
    number: int
    of: int
    screen: Screen


def show(
    filling: Filling,
    screen: Screen,
    missing: Missing,
    faults: Mapping[int, Fault],
    posted: QueryDict | None = None,
) -> Shown:
    """A screen with its answers; with what was sent instead, where something is wrong with that."""
    applying = [(asked, node) for asked, node in screen.questions if node.applies]
    fields: dict[str, forms.Field] = {}
    for asked, node in applying:
        if asked.control == Control.NOTE:
            continue
        reasons = _reasons(asked, missing)
        fields[name_of(asked)] = field_of(filling, asked, node, reasons)
        if reasons:
            fields[f"{name_of(asked)}_none"] = reason_field(asked, node, reasons)
    said = {f"q{index}": told(fault) for index, fault in faults.items()}
    form = ScreenForm(fields, said, posted if posted is not None else (QueryDict() if said else None))
    if posted is None and said:
        form.data = _as_posted(form)
    titles = [text for words, node in screen.title if (text := plain(filling.say(words, node)))]
    keys = [one.key for one in asked_now(screens_of(filling))]
    return Shown(
        form=form,
        parts=_parts(filling, screen, form),
        title=titles[-1] if titles else "",
        above=titles[:-1],
        seal=screen.seal(),
        shown=",".join(str(asked.index) for asked, _node in applying if asked.control != Control.NOTE),
        number=keys.index(screen.key) + 1 if screen.key in keys else 0,
        of=len(keys),
        screen=screen,
    )


def given_in(request: HttpRequest, filling: Filling, screen: Screen) -> Given:
    """What a reader sent of a screen; only what was shown to them was answered, or left empty."""
    shown = {int(one) for one in request.POST.get("shown", "").split(",") if one.isascii() and one.isdigit()}
    typed = {
        asked.index: typed_of(asked, request.POST)
        for asked, _node in screen.questions
        if asked.index in shown and asked.control not in (Control.NOTE, Control.FILE)
    }
    for asked, node in screen.questions:
        if asked.control == Control.FILE and asked.index in shown:
            typed[asked.index] = node.text
    go = request.POST.get("go", "")
    return Given(screen.key, request.POST.get("seal", ""), typed, Go(go) if go in set(Go) else Go.ON)


def files_in(request: HttpRequest, screen: Screen) -> list[tuple[int, Sent]]:
    """The files a reader sent with a screen."""
    found = []
    for asked, _node in screen.questions:
        file = request.FILES.get(name_of(asked)) if asked.control == Control.FILE else None
        if file is not None and file.name:
            kind = file.content_type or "application/octet-stream"
            found.append((asked.index, Sent(file.name, file.read(), kind)))
    return found


def answer_told(filling: Filling, asked: Asked, node: Node, reasons: Reasons) -> str:
    """An answer as a reader says it."""
    if node.text in reasons and asked.control not in CHOSEN:
        return str(REASONS[reasons[node.text]])
    if asked.control in CHOSEN:
        labels = {one.code: plain(one.label) for one in filling.offered(asked, node)}
        return listed(labels.get(code, code) for code in node.text.split())
    return " ".join(node.text.split()[:2]).replace(" ", ", ") if asked.type == "geopoint" else node.text


def _reasons(asked: Asked, missing: Missing) -> Reasons:
    return {} if asked.control in CHOSEN else missing.get(asked.path, {})


def _parts(filling: Filling, screen: Screen, form: ScreenForm) -> list[Part]:
    parts: list[Part] = []
    for line in screen.lines:
        if not line.node.applies:
            continue
        if line.asked is None:
            parts.append(Part(heading=plain(filling.say(line.heading, line.node))))
        elif line.asked.control == Control.NOTE:
            words = plain(filling.say(line.asked.label, line.node))
            hint = plain(filling.say(line.asked.hint, line.node))
            parts.append(Part(note="\n".join(one for one in (words, hint, line.node.text) if one)))
        else:
            name = name_of(line.asked)
            reason = form[f"{name}_none"] if f"{name}_none" in form.fields else None
            parts.append(Part(field=form[name], reason=reason))
    # A heading above nothing says nothing.
    return [
        part
        for at, part in enumerate(parts)
        if not part.heading or (at + 1 < len(parts) and not parts[at + 1].heading)
    ]


def _as_posted(form: ScreenForm) -> QueryDict:
    """The answers as if they were sent, so that what is wrong stands beside them."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        _put(data, name, field.initial)
    return data


def _put(data: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, dict):
        for box, text in value.items():
            data[f"{name}_{box}"] = text
    elif isinstance(value, list):
        data.setlist(name, value)
    elif value:
        data[name] = "on" if value is True else str(value)
