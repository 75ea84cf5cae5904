"""The statement of a period, on the page and as a file."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.assistance import queries
from homeward.assistance.sheets import WRITERS
from homeward.web.audit_forms import Calendar
from homeward.web.ledger.desk import KINDS

BY = [
    (queries.StatementBy.PROGRAMME, _("By programme")),
    (queries.StatementBy.PARTNER, _("By partner")),
    (queries.StatementBy.DONOR, _("By donor")),
]
CATEGORIES = [
    (queries.StatementCategory.FORM, _("Cash, kind and services")),
    (queries.StatementCategory.PACKAGE, _("Packages of the programme")),
]


class PeriodForm(forms.Form):
    """Which period, and how its lines are put together."""

    since = forms.DateField(label=_("From"), widget=Calendar())
    until = forms.DateField(label=_("Until"), widget=Calendar())
    by = forms.ChoiceField(label=_("Grouped"), choices=BY)
    category = forms.ChoiceField(label=_("Lines"), choices=CATEGORIES)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day cannot be before the first"))
        return asked


def _first() -> dict[str, str]:
    today = localdate()
    return {
        "since": today.replace(month=1, day=1).isoformat(),
        "until": today.isoformat(),
        "by": str(queries.StatementBy.PROGRAMME),
        "category": str(queries.StatementCategory.FORM),
    }


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """What was open, committed, paid and taken back, this year unless another period is asked for."""
    actor = actor_of(request)
    actor.require(Action.STATEMENT_VIEW)
    form = PeriodForm(_first() | {name: str(value) for name, value in request.GET.items()})
    groups = queries.period_statement(actor, **_asked(form)) if form.is_valid() else []
    status = 422 if form.errors else 200
    context = {"form": form, "groups": groups, "asked": form.cleaned_data}
    return render(request, "ledger/statement.html", context, status=status)


@require_POST
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The same as a file for other books."""
    actor = actor_of(request)
    actor.require(Action.STATEMENT_VIEW)
    form = PeriodForm(_first() | {name: str(value) for name, value in request.POST.items()})
    if not form.is_valid():
        context = {"form": form, "groups": [], "asked": form.cleaned_data}
        return render(request, "ledger/statement.html", context, status=422)
    asked = _asked(form)
    kind = request.POST.get("form", "xlsx")
    kind = kind if kind in KINDS else "xlsx"
    rows = queries.statement_rows(queries.period_statement(actor, **asked), asked["since"], asked["until"])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it when it is sent
    WRITERS[kind](file, rows, queries.STATEMENT_HEADINGS)
    remember_reading(actor, Action.STATEMENT_VIEW, subject_id=None)
    file.seek(0)
    name = f"statement-{asked['since']}-{asked['until']}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])


def _asked(form: PeriodForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        "since": told["since"],
        "until": told["until"],
        "by": queries.StatementBy(told["by"]),
        "category": queries.StatementCategory(told["category"]),
    }
