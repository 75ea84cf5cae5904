"""The list of reports with what makes one, the page of one with its files, and an own template."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.lib.problems import NotFound, Problem, Refused, WrongState
from homeward.reports.commands import made as commands
from homeward.reports.commands import planned as planning_commands
from homeward.reports.documents import Block, document_from
from homeward.reports.handing import TYPES, name_of
from homeward.reports.queries import made as queries
from homeward.reports.rules import (
    FROZEN,
    UNDER_WAY,
    Frequency,
    ReportAudience,
    ReportFormat,
    ReportState,
    last_period,
)
from homeward.web.files import NOTHING_RUNS
from homeward.web.forms import posted, put_problem
from homeward.web.reports.forms import (
    CopyForm,
    HandingForm,
    MakeForm,
    RegularForm,
    TemplateForm,
    WithdrawReportForm,
)
from homeward.web.reports.words import AUDIENCES, FORMATS, FREQUENCIES, KINDS, MEANS, STATES

if TYPE_CHECKING:
    from homeward.access.actor import Actor
    from homeward.reports.models import Report

ON_A_PAGE = 20
FORMS = {"make": MakeForm, "regular": RegularForm, "copy": CopyForm}


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """Every report, the newest first; made here, also regularly, of shipped templates or own ones."""
    actor = actor_of(request)
    actor.require(Action.REPORT_MAKE if request.method == "POST" else Action.REPORT_VIEW)
    forms = _forms(request, actor) if actor.may(Action.REPORT_MAKE) else {}
    if "end" in request.POST:
        planning_commands.end_schedule(actor, schedule_id=_id(request.POST["end"]))
        return redirect("reports")
    for name, form in forms.items():
        done = _done(request, actor, name, form)
        if done:
            return done
    page = Paginator(queries.listed_reports(actor), ON_A_PAGE).get_page(request.GET.get("page"))
    language = (get_language() or "en")[:2]
    names = {one.code: one.name for one in queries.choosable_templates(actor, language)}
    regular = [
        (one, names.get(str(one.template_id or one.template_key), ""), FREQUENCIES[one.frequency])
        for one in queries.visible_schedules(actor)
    ]
    shown = {
        "rows": [(one, *STATES[one.state], AUDIENCES[one.audience]) for one in page],
        "page": page,
        "forms": forms,
        "regular": regular,
        "own": queries.visible_templates(actor),
    }
    return render(request, "reports/reports.html", shown, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: how far it is, what it says, its files, who let it go, and who received it."""
    actor = actor_of(request)
    one = queries.get_report(actor, report_id)
    withdrawing = WithdrawReportForm(posted(request) if "withdraw" in request.POST else None)
    handing = HandingForm(
        posted(request) if "hand" in request.POST else None, initial={"handed_on": localdate()}
    )
    if request.method == "POST":
        answered = _acted(request, actor, one, withdrawing, handing)
        if answered:
            return answered
    else:
        remember_reading(actor, Action.REPORT_VIEW, subject_id=one.id)
    shown = _shown(actor, one) | {"withdrawing": withdrawing, "handing": handing}
    return render(request, "reports/report.html", shown, status=422 if request.method == "POST" else 200)


@require_safe
def report_file(request: HttpRequest, report_id: UUID, kind: str) -> HttpResponse:
    """One kind of file, as it was made."""
    actor = actor_of(request)
    if kind not in TYPES:
        raise NotFound
    file = queries.get_file_of_report(actor, report_id, ReportFormat(kind))
    remember_reading(actor, Action.REPORT_VIEW, subject_id=report_id)
    answer = HttpResponse(bytes(file.content), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name_of(file)}"'
    answer["Content-Security-Policy"] = NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def report_template(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """An own template: its sections in order, with their titles and words in three languages."""
    actor = actor_of(request)
    actor.require(Action.REPORT_TEMPLATE_EDIT)
    one = queries.get_template(actor, template_id)
    start = {"name": one.name, "audience": one.audience, "expected_version": one.version}
    form = TemplateForm(posted(request), sections=one.sections, initial=start)
    if form.is_valid():
        try:
            return _changed(request, actor, one.id, form)
        except Problem as problem:
            put_problem(form, problem)
    groups = [(KINDS[section["kind"]], section, boxes) for section, boxes in form.groups()]
    shown = {"one": one, "form": form, "groups": groups}
    return render(request, "reports/template.html", shown, status=422 if form.is_bound else 200)


def _changed(request: HttpRequest, actor: Actor, template_id: UUID, form: TemplateForm) -> HttpResponse:
    given = form.cleaned_data
    version = given["expected_version"]
    if "put_away" in request.POST:
        planning_commands.end_template(actor, template_id=template_id, expected_version=version)
        return redirect("reports")
    planning_commands.change_template(
        actor,
        template_id=template_id,
        name=given["name"],
        audience=ReportAudience(given["audience"]),
        sections=form.told(),
        expected_version=version,
    )
    messages.success(request, _("The template is saved."))
    return redirect("report_template", template_id)


def _forms(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    start, end = last_period(Frequency.QUARTERLY, localdate())
    initial = {"make": {"period_from": start, "period_until": end, "language": (get_language() or "en")[:2]}}
    return {
        name: form(
            posted(request) if name in request.POST else None,
            actor=actor,
            initial=initial.get(name),
            prefix=name,
        )
        for name, form in FORMS.items()
    }


def _done(request: HttpRequest, actor: Actor, name: str, form: Any) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        return _saved(request, actor, name, form.cleaned_data)
    except (NotFound, Refused):
        raise
    except Problem as problem:
        put_problem(form, problem)
        return None


def _saved(request: HttpRequest, actor: Actor, name: str, given: dict[str, Any]) -> HttpResponse:
    if name == "make":
        made = commands.make_report(actor, **given)
        messages.success(request, _("The report is asked for. It appears by itself."))
        return redirect("report", made.id)
    if name == "copy":
        language = (get_language() or "en")[:2]
        copied = planning_commands.copy_template(actor, **given, language=language)
        return redirect("report_template", copied.id)
    planning_commands.schedule_report(actor, **{**given, "frequency": Frequency(given["frequency"])})
    messages.success(request, _("The report will be made by itself; people still let it go."))
    return redirect("reports")


def _acted(
    request: HttpRequest, actor: Actor, one: Report, withdrawing: Any, handing: Any
) -> HttpResponse | None:
    try:
        if "check" in request.POST:
            commands.check_report(actor, report_id=one.id)
        elif "release" in request.POST:
            commands.release_report(actor, report_id=one.id)
        elif handing.is_valid():
            commands.hand_over_report(actor, report_id=one.id, **handing.cleaned_data)
        elif withdrawing.is_valid():
            commands.withdraw_report(actor, report_id=one.id, **withdrawing.cleaned_data)
        else:
            return None
    except (Refused, WrongState):
        raise
    except Problem as problem:
        put_problem(handing if handing.is_bound else withdrawing, problem)
        return None
    return redirect("report", one.id)


def _shown(actor: Actor, one: Report) -> dict[str, Any]:
    words, kind = STATES[one.state]
    is_frozen = one.state in FROZEN
    may_release = actor.may(Action.REPORT_RELEASE)
    is_outside = one.audience == ReportAudience.OUTSIDE
    waits_for_first = is_outside and one.state == ReportState.READY
    document = document_from(one.content) if is_frozen else None
    waits_for_second = one.state == (ReportState.CHECKED if is_outside else ReportState.READY)
    return {
        "one": one,
        "words": words,
        "kind": kind,
        "audience": AUDIENCES[one.audience],
        "is_outside": is_outside,
        "document": document,
        "blocks": [(each, _drawn(each), _columns(each)) for each in document.blocks] if document else [],
        "is_under_way": one.state in UNDER_WAY,
        "all_sections": len(one.plan["sections"]),
        "files": [(file, FORMATS[file.kind]) for file in queries.files_of_report(actor, one)]
        if is_frozen
        else [],
        "recipients": [(each, MEANS[each.means]) for each in queries.recipients_of(actor, one)],
        "may_check": may_release and waits_for_first,
        "may_release": may_release and waits_for_second and one.checked_by_id != actor.user_id,
        "waits_for_other": may_release and waits_for_second and one.checked_by_id == actor.user_id,
        "may_hand": one.state == ReportState.RELEASED and actor.may(Action.REPORT_HAND_OVER),
        "may_withdraw": one.state != ReportState.WITHDRAWN and actor.may(Action.REPORT_WITHDRAW),
    }


def _drawn(block: Block) -> str:
    """A figure as an address of its own: as an image nothing in it runs."""
    return f"data:image/svg+xml;base64,{b64encode(block.svg.encode()).decode()}" if block.svg else ""


def _columns(block: Block) -> dict[str, Any]:
    """Heads and cells, each with the class of its column: numbers end where their head ends."""
    sides = ["n" if one else "" for one in block.numbers]
    rows = [list(zip(row, sides, strict=True)) for row in block.rows] if block.head else []
    return {"head": list(zip(block.head, sides, strict=True)), "rows": rows}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise NotFound from wrong
