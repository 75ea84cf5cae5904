"""Files made from an extract, on its page: asked for, followed, taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.exchange.analysts import commands
from homeward.exchange.analysts.queries import hand_out_file, path_of, visible_files
from homeward.exchange.analysts.rules import (
    LEAST_ALIKE,
    LEAST_ANSWERS,
    MEDIA_TYPE,
    MOST_RISK,
    OTHER,
    SUFFIX,
    AnalystAudience,
    AnalystFileState,
    AnalystFormat,
    AnalystUnit,
)
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.web.forms import put_problem
from homeward.web.journey.pages import long_text

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.exchange.models import AnalystFile
    from homeward.extracts.models import Extract

SHOWN = 20
FORMATS: Mapping[str, str | Promise] = {
    AnalystFormat.CSV: _("CSV with data package and codebook"),
    AnalystFormat.STATA: "Stata (.dta)",
    AnalystFormat.SPSS: "SPSS (.sav)",
    AnalystFormat.DDI: _("Codebook alone (DDI)"),
    AnalystFormat.EUROSTAT: _("Returns as a statistical table"),
    AnalystFormat.IATI: _("Results for IATI (2.03)"),
}
UNITS: Mapping[str, str | Promise] = {
    AnalystUnit.CASE: _("One row for each case"),
    AnalystUnit.CASE_ROUND: _("One row for each case and round"),
}
AUDIENCES: Mapping[str, str | Promise] = {
    AnalystAudience.INSIDE: _("Evaluators of your organisation"),
    AnalystAudience.OUTSIDE: _("Somebody outside: only if nobody could be found again by it"),
}
STATES: Mapping[str, tuple[str | Promise, str]] = {
    AnalystFileState.ASKED: (_("Waits to be made"), ""),
    AnalystFileState.MAKING: (_("Is being made"), ""),
    AnalystFileState.READY: (_("Ready"), ""),
    AnalystFileState.REFUSED: (_("Kept back"), "act"),
    AnalystFileState.FAILED: (_("Could not be made"), "act"),
}
GONE: tuple[str | Promise, str] = (_("Taken away"), "unknown")


class FileForm(forms.Form):
    format = forms.ChoiceField(label=_("Format"), choices=list(FORMATS.items()))
    unit = forms.ChoiceField(label=_("Rows"), choices=list(UNITS.items()))
    audience = forms.ChoiceField(label=_("Who gets it"), choices=list(AUDIENCES.items()))
    receiver = forms.CharField(label=_("Who outside"), max_length=200, required=False)
    columns = forms.CharField(
        label=_("Columns"),
        required=False,
        max_length=4000,
        help_text=_("Their names, as above, with commas; empty for all that may be in it."),
        widget=long_text(2),
    )
    reporting_org = forms.CharField(
        label=_("Who publishes, as IATI knows it"),
        help_text=_("For IATI only."),
        max_length=60,
        required=False,
    )
    file_why = forms.CharField(label=_("What the file is for"), max_length=400, widget=long_text(2))


def ask_file(actor: Actor, one: Extract, form: FileForm) -> HttpResponse | None:
    """Ask for what the form says; None when it needs another look."""
    actor.require(Action.EXTRACT_EXPORT)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    columns = re.findall(r"[^\s,;،؛]+", given["columns"])
    names = ("format", "unit", "audience", "receiver", "reporting_org")
    asked = {name: given[name] for name in names}
    try:
        commands.ask_file(actor, extract_id=one.id, why=given["file_why"], columns=columns, **asked)
    except (NotFound, Refused):
        raise
    except Problem as problem:
        problem.fields = {{"why": "file_why"}.get(name, name): text for name, text in problem.fields.items()}
        put_problem(form, problem)
        return None
    return redirect("extract", one.id)


def shown_files(actor: Actor, one: Extract, form: FileForm) -> dict[str, object]:
    """The files of an extract, and the form for another while it is ready."""
    is_ready = one.state == ExtractState.READY
    may = is_ready and actor.may(Action.EXTRACT_EXPORT)
    rows = [
        (file, FORMATS.get(file.format, file.format), *_state(file, is_ready), kept_back_because(file))
        for file in _files(actor, one)
    ]
    return {"files": rows, "file_form": form if may else None, "may_take": may, "other": OTHER}


@require_safe
def download(request: HttpRequest, extract_id: UUID, file_id: UUID) -> FileResponse:
    """The file itself; each time is on the record."""
    file = hand_out_file(actor_of(request), extract_id=extract_id, file_id=file_id)
    kind = MEDIA_TYPE[SUFFIX[AnalystFormat(file.format)]]
    return FileResponse(path_of(file).open("rb"), as_attachment=True, filename=file.name, content_type=kind)


def kept_back_because(file: AnalystFile) -> list[str | Promise]:
    """What the risk check missed, in words; nothing for a file that was not kept back."""
    if file.state != AnalystFileState.REFUSED:
        return []
    risk = file.risk
    told: list[str | Promise] = []
    if risk["k"] < LEAST_ALIKE:
        told.append(
            _(
                "The smallest group of people alike in what others know of them has %(found)s; "
                "it has to have %(least)s."
            )
            % {"found": risk["k"], "least": LEAST_ALIKE}
        )
    if risk["l"] < LEAST_ANSWERS:
        told.append(
            _("In a group of people alike, all give the same answer to something sensitive, or none.")
        )
    if risk["overall"] >= MOST_RISK:
        found, most = number_format(risk["overall"] * 100, 1), number_format(MOST_RISK * 100, 0)
        told.append(
            _("Of a hundred people, %(found)s could be found again; it has to be fewer than %(most)s.")
            % {"found": found, "most": most}
        )
    return told


def _files(actor: Actor, one: Extract) -> list[AnalystFile]:
    return list(visible_files(actor, one.id)[:SHOWN])


def _state(file: AnalystFile, is_ready: bool) -> tuple[str | Promise, str]:
    return STATES[file.state] if is_ready or file.state != AnalystFileState.READY else GONE
