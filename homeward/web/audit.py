"""The trail: who did what and when, for the data protection officer."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.cases.queries.references import case_of_reference, references_of
from homeward.lib.cells import safe_cell
from homeward.privacy.trail import TrailLine, export_trail, people_on_trail, search_trail, state_of_trail
from homeward.web.audit_forms import TrailForm, address_of, asked_by, filters_of
from homeward.web.audit_words import action_words
from homeward.web.labels import ROLE_LABELS

COLUMNS = (
    "at",
    "organisation",
    "who",
    "role",
    "action",
    "refused",
    "case_reference",
    "case_id",
    "subject_id",
    "purpose",
    "note",
    "entry_id",
)

# A role of a later version keeps its code.
ROLES = {str(role): words for role, words in ROLE_LABELS.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """Search the trail. What is typed is posted; the address then holds ids and days only."""
    actor = actor_of(request)
    people = people_on_trail(actor)
    if request.method != "POST":
        return _found(request, actor, people)
    form = TrailForm(request.POST, people)
    case_id = _case_of(actor, form)
    if not form.is_valid():
        return render(request, "audit/trail.html", {"form": form, "state": state_of_trail(actor)}, status=422)
    return redirect(f"{reverse('audit')}?{address_of(form.cleaned_data, case_id)}")


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything the address asks for as a CSV file, at most 50,000 entries."""
    actor = actor_of(request)
    lines = export_trail(actor, filters_of(asked_by(request.GET)))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(lines, references_of(actor, (line.case_id for line in lines))))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(request: HttpRequest, actor: Actor, people: Mapping[UUID, str]) -> HttpResponse:
    asked = asked_by(request.GET)
    page = search_trail(actor, filters_of(asked), after=request.GET.get("after", ""))
    references = references_of(actor, [*(line.case_id for line in page.lines), asked.get("case")])
    shown = {**asked, "case": references.get(asked["case"], "") if asked.get("case") else ""}
    parts = request.GET.copy()
    parts.pop("after", None)
    context = {
        "form": TrailForm(None, people, initial=shown),
        "rows": [_row(line, references) for line in page.lines],
        "older": page.older,
        "is_later_page": "after" in request.GET,
        "parts": parts.urlencode(),
        "chosen": sum(bool(value) for value in asked.values()),
        "state": state_of_trail(actor),
    }
    return render(request, "audit/trail.html", context)


def _case_of(actor: Actor, form: TrailForm) -> UUID | None:
    """The case somebody typed; a wrong reference is an error beside its box."""
    form.is_valid()  # errors can only be added to a form that was checked
    typed = form.data.get("case", "").strip()
    found = case_of_reference(actor, typed) if typed else None
    if typed and found is None:
        form.add_error("case", _("No case of yours has this reference. Check it sign by sign."))
    return found


def _row(line: TrailLine, references: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "line": line,
        "what": action_words(line.action),
        "role": ROLES.get(line.role, line.role),
        "reference": references.get(line.case_id, "") if line.case_id else "",
    }


def _cells(lines: Iterable[TrailLine], references: Mapping[UUID, str]) -> Iterable[list[str]]:
    for line in lines:
        texts = (
            line.at.isoformat(),
            line.organisation,
            line.who,
            line.role,
            line.action,
            "yes" if line.refused else "no",
            references.get(line.case_id, "") if line.case_id else "",
            str(line.case_id or ""),
            str(line.subject_id or ""),
            line.purpose,
            line.note,
            str(line.id),
        )
        yield [safe_cell(text) for text in texts]
