"""Matching the columns of a list with what they mean."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from homeward.access.request import actor_of
from homeward.exchange import commands
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.keeping import open_choices, open_layout
from homeward.exchange.queries import get_import
from homeward.exchange.rules import ImportState
from homeward.lib.problems import WrongState
from homeward.web.imports.forms import ColumnsForm
from homeward.web.imports.steps import steps


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what each column is taken for; changed answers have the list read again."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    if given.state != ImportState.PREVIEWED or given.layout is None:
        raise WrongState
    layout, kept = open_layout(given), open_choices(given)
    sent = request.POST if request.method == "POST" else None
    form = ColumnsForm(layout, kept, get_language() or "en", sent)
    if form.is_bound and form.is_valid():
        commands.set_choices(actor, import_id=given.id, choices=form.choices())
        return redirect("import", given.id)
    shown = {
        "given": given,
        "form": form,
        "layout": layout,
        "is_remembered": kept != ReadingChoices(),
        "steps": steps(1, given),
    }
    return render(request, "imports/columns.html", shown, status=422 if form.is_bound else 200)
