"""The list of imports, uploading one, and one import from preview to report."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.exchange import commands
from homeward.exchange.corrections import rows_to_correct
from homeward.exchange.keeping import open_choices, open_layout
from homeward.exchange.preview import preview
from homeward.exchange.problems import words_for
from homeward.exchange.queries import (
    Counts,
    counts_of,
    file_content,
    get_import,
    rows_of_state,
    visible_imports,
)
from homeward.exchange.rules import MOST_UNDONE_AFTER, ImportState, RowState, may_be_undone
from homeward.files.rules import XLSX
from homeward.lib.problems import NotFound, Problem, Refused
from homeward.web.forms import put_problem
from homeward.web.imports.answering import asked_groups, asked_pairs
from homeward.web.imports.forms import UploadForm
from homeward.web.imports.steps import steps
from homeward.web.imports.words import KEPT_BACK, SKIPPED, STATE_KINDS, STATES

if TYPE_CHECKING:
    from homeward.exchange.models import Import

MOST_SHOWN = 50
RUNNING = (ImportState.READING, ImportState.SAVING)
OPEN = (ImportState.PREVIEWED, ImportState.SAVED)


@dataclass(frozen=True)
class Entry:
    """One import in the list."""

    given: "Import"
    state: str | Promise
    kind: str


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Lists that were brought in, newest first."""
    actor = actor_of(request)
    known = visible_imports(actor).exclude(state=ImportState.DISCARDED)[:MOST_SHOWN]
    entries = [Entry(one, STATES[one.state], STATE_KINDS.get(one.state, "")) for one in known]
    return render(request, "imports/list.html", {"entries": entries})


@require_http_methods(["GET", "POST"])
def new_import(request: HttpRequest) -> HttpResponse:
    """Upload a list; it is read in the background."""
    actor = actor_of(request)
    actor.require(Action.IMPORT_PREPARE)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        name, content = form.content()
        try:
            given = commands.prepare_import(
                actor, name=name, content=content, sender=form.cleaned_data["sender"]
            )
            return redirect("import", given.id)
        except (NotFound, Refused):
            raise
        except Problem as problem:
            put_problem(form, Problem(fields={"file": problem.message}))
    shown = {"form": form, "steps": steps(0, None)}
    return render(request, "imports/new.html", shown, status=422 if form.is_bound else 200)


@require_safe
def one_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Wherever the import stands: progress, trouble, preview or report."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    if given.state in RUNNING:
        at = 1 if given.state == ImportState.READING else 3
        return render(request, "imports/running.html", _running(given, at))
    if given.state == ImportState.UNREADABLE:
        shown = {"given": given, "trouble": words_for(given.trouble), "steps": steps(1, given)}
        return render(request, "imports/trouble.html", shown)
    if given.state == ImportState.PREVIEWED and not given.columns_confirmed:
        return redirect("import_columns", given.id)
    template = "preview" if given.state == ImportState.PREVIEWED else "report"
    return render(request, f"imports/{template}.html", _whole(request, actor, given))


@require_safe
def problem_rows(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The rows that need an answer, as a workbook to correct and upload again."""
    actor = actor_of(request)
    given = get_import(actor, import_id)
    content, choices = file_content(actor, given), open_choices(given)
    read = preview(content, given.name, today=localdate(), choices=choices)
    answer = HttpResponse(rows_to_correct(content, read, choices), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="rows-to-correct.xlsx"'
    return answer


@require_POST
def save(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Save what is ready."""
    commands.save_import(actor_of(request), import_id=import_id)
    return redirect("import", import_id)


@require_POST
def undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take back everything that the import made."""
    commands.undo_import(actor_of(request), import_id=import_id)
    messages.success(request, _("The import was undone."))
    return redirect("import", import_id)


@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Throw the list away; nothing of it was saved."""
    commands.discard_import(actor_of(request), import_id=import_id)
    messages.success(request, _("The list was discarded. Nothing of it was saved."))
    return redirect("imports")


def _running(given: "Import", at: int) -> dict[str, Any]:
    if given.state == ImportState.SAVING:
        label = _("Saving")
    elif given.work_all and given.work_done >= given.work_all * 0.95:
        label = _("Looking for duplicates")
    else:
        label = _("Reading the list")
    detail = (
        _("%(done)s of %(all)s rows") % {"done": given.work_done, "all": given.work_all}
        if given.work_all
        else _("waiting for its turn")
    )
    return {"given": given, "label": label, "detail": detail, "steps": steps(at, given)}


def _whole(request: HttpRequest, actor: Actor, given: "Import") -> dict[str, Any]:
    counts, layout = counts_of(given), open_layout(given)
    is_open = given.state in OPEN and counts.not_saved
    groups = asked_groups(actor, given) if is_open else []
    return {
        "given": given,
        "counts": counts,
        "layout": layout,
        "skipped": [(SKIPPED.get(reason, reason), count) for reason, count in layout.skipped.items()],
        "questions": [group for group in groups if not group.is_note],
        "notes": [group for group in groups if group.is_note],
        **(asked_pairs(actor, given) if is_open else {}),
        "kinds": sum(1 for group in groups if not group.is_note and group.problems.open_count),
        "trouble": words_for(given.trouble) if given.trouble else "",
        "undo_until": _undo_until(given),
        "kept_back": _kept_back(given),
        "left": rows_of_state(actor, given, [RowState.LEFT_OUT], MOST_SHOWN),
        "steps": steps(2 if given.state == ImportState.PREVIEWED else 5, given),
        "ready_words": _ready_words(counts),
    }


def _undo_until(given: "Import") -> datetime | None:
    if given.state != ImportState.SAVED or given.saved_at is None or not may_be_undone(given.saved_at, now()):
        return None
    return given.saved_at + MOST_UNDONE_AFTER


def _kept_back(given: "Import") -> list[tuple[Any, str | Promise]]:
    stays = given.rows.exclude(kept_back="").order_by("number")[:MOST_SHOWN]
    return [(row, KEPT_BACK.get(row.kept_back, row.kept_back)) for row in stays]


def _ready_words(counts: Counts) -> str:
    return ngettext("Save %(n)s ready row", "Save %(n)s ready rows", counts.ready_now) % {
        "n": counts.ready_now
    }
