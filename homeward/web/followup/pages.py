"""The week of an officer, one visit, and what can be recorded of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.followup import commands, queries
from homeward.followup.rules import NotNeeded, VisitState
from homeward.lib.problems import Problem, Refused
from homeward.people.queries import contacts_of
from homeward.web.followup.forms import AreaForm, AttemptForm, CallOffForm, DayForm, GiveForm
from homeward.web.followup.words import unplaced
from homeward.web.forms import posted, put_problem

if TYPE_CHECKING:
    from django.forms import Form

    from homeward.followup.models import Visit

MOST = 300
WEEK, AHEAD = timedelta(days=6), timedelta(days=34)


@dataclass(frozen=True)
class Place:
    """The visits in one place."""

    name: str
    visits: list[Visit] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A part of the week, place by place."""

    id: str
    title: str | Promise
    places: list[Place]


PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("today", _("Today")),
    ("late", _("Late")),
    ("week", _("Within seven days")),
    ("later", _("Can be made already, due later")),
    ("ahead", _("The four weeks after that")),
)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """What the reader has to visit, the nearest promise first and place by place."""
    actor, today = actor_of(request), localdate()
    actor.require(Action.VISIT_VIEW)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=None)
    visits = list(queries.visits_assigned(actor).filter(opens_on__lte=today + AHEAD)[: MOST + 1])
    found = {
        "parts": parts_of(visits[:MOST], today),
        "count": len(visits[:MOST]),
        "has_more": len(visits) > MOST,
        "today": today,
        "is_everybodys": not actor.may(Action.VISIT_RECORD),
        "may_monitor": actor.may(Action.ROUND_MONITOR),
        "may_assign": actor.may(Action.VISIT_ASSIGN),
    }
    return render(request, "followup/week.html", found)


def parts_of(visits: Iterable[Visit], today: date) -> list[Part]:
    """Visits under Today, Late, This week and so on; empty parts are left out."""
    parted: dict[str, list[Visit]] = {}
    for visit in visits:
        parted.setdefault(_part(visit, today), []).append(visit)
    return [Part(code, title, _by_place(parted[code])) for code, title in PARTS if code in parted]


def _part(visit: Visit, today: date) -> str:
    day = visit.planned_on or visit.due_on
    if day == today:
        return "today"
    if day < today:
        return "late"
    if day <= today + WEEK:
        return "week"
    return "later" if visit.opens_on <= today else "ahead"


def _by_place(visits: list[Visit]) -> list[Place]:
    ordered = sorted(visits, key=lambda one: (not one.place, one.place.casefold()))
    grouped = groupby(ordered, key=lambda one: one.place)
    return [Place(name or unplaced(), list(each)) for name, each in grouped]


@require_safe
def show(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit: whom, where, how to reach them safely, and what was tried."""
    actor = actor_of(request)
    visit = queries.get_visit(actor, visit_id)
    remember_reading(actor, Action.VISIT_VIEW, subject_id=visit.id, case_id=visit.case_id)
    return _page(request, actor, visit)


@require_POST
def attempt(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Record one attempt, and the day agreed on for the next."""

    def record(actor: Actor, form: AttemptForm) -> None:
        commands.record_attempt(actor, visit_id=visit_id, tried=form.tried())

    return _act(request, visit_id, AttemptForm, "tries", record, _("The attempt is recorded."))


@require_POST
def agree(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Note the day on which the person expects the visit."""

    def record(actor: Actor, form: DayForm) -> None:
        commands.agree_on_day(actor, visit_id=visit_id, **form.cleaned_data)

    return _act(request, visit_id, DayForm, "days", record, _("The day is noted."))


@require_POST
def call_off(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Say that a visit is not needed, and why."""

    def record(actor: Actor, form: CallOffForm) -> None:
        given = form.cleaned_data
        because = NotNeeded(given["because"])
        commands.call_off_visit(actor, visit_id=visit_id, **{**given, "because": because})

    return _act(request, visit_id, CallOffForm, "ends", record, _("The visit is called off."))


@require_POST
def take_up(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Let a visit be due again."""
    actor = actor_of(request)
    actor.require(Action.VISIT_RECORD)
    visit = queries.get_visit(actor, visit_id)
    try:
        commands.take_up_visit(actor, visit_id=visit.id, expected_version=visit.version)
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, str(_("The visit is due again.")))
    return redirect("visit", visit.id)


@require_POST
def give(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Give a visit to a colleague."""
    actor = actor_of(request)
    actor.require(Action.VISIT_ASSIGN)
    visit = queries.get_visit(actor, visit_id)
    form = GiveForm(request.POST, actor=actor)
    if form.is_valid():
        try:
            chosen = UUID(form.cleaned_data["membership_id"])
            commands.assign_visits(actor, visit_ids=[visit.id], membership_id=chosen)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("The visit is given to them.")))
            return redirect("visit", visit.id)
    return _page(request, actor, visit, gives=form)


@require_http_methods(["GET", "HEAD", "POST"])
def areas(request: HttpRequest) -> HttpResponse:
    """Who makes the visits in which place."""
    actor = actor_of(request)
    actor.require(Action.VISIT_ASSIGN)
    form = AreaForm(posted(request), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = UUID(form.cleaned_data["membership_id"])
            commands.set_area(actor, place=form.cleaned_data["place"], membership_id=chosen)
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(_("They make the visits there from now on.")))
            return redirect("visit_areas")
    found = {"form": form, "areas": queries.areas_of(actor)}
    return render(request, "followup/areas.html", found, status=422 if form.errors else 200)


@require_POST
def clear_area(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Let whoever leads the case make the visits in a place again."""
    commands.clear_area(actor_of(request), area_id=area_id)
    return redirect("visit_areas")


def _act(
    request: HttpRequest,
    visit_id: UUID,
    form_class: type[Any],
    name: str,
    record: Callable[[Actor, Any], None],
    done: str | Promise,
) -> HttpResponse:
    """Check the form, record it, and lead back to the visit; what was typed stays when it is refused."""
    actor = actor_of(request)
    actor.require(Action.VISIT_RECORD)
    visit = queries.get_visit(actor, visit_id)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            record(actor, form)
        except Refused:
            raise
        except Problem as problem:
            put_problem(form, problem)
        else:
            messages.success(request, str(done))
            return redirect("visit", visit.id)
    return _page(request, actor, visit, **{name: form})


def _page(request: HttpRequest, actor: Actor, visit: Visit, **bound: Form) -> HttpResponse:
    is_due, may_record = visit.state == VisitState.DUE, actor.may(Action.VISIT_RECORD)
    version = {"expected_version": visit.version}
    forms: dict[str, Any] = {}
    if may_record and visit.state in (VisitState.DUE, VisitState.MISSED):
        forms = {
            "tries": AttemptForm(initial={"on": localdate()}),
            "ends": CallOffForm(initial=version),
        }
    if may_record and is_due:
        forms["days"] = DayForm(initial={**version, "planned_on": visit.planned_on})
    if actor.may(Action.VISIT_ASSIGN) and is_due and visit.organisation_id == actor.organisation_id:
        forms["gives"] = GiveForm(actor=actor)
    found = {
        "visit": visit,
        "case": visit.case,
        "person": visit.member or visit.case.person,
        "contacts": contacts_of(actor, visit.case.person_id),
        "attempts": queries.attempts_at(actor, visit),
        "business": queries.business_of_case(actor, visit.case_id)[:5],
        "form_title": queries.form_title(actor, visit.instrument),
        "may_open_case": actor.may(Action.CASE_VIEW),
        "may_take_up": may_record and visit.state == VisitState.NOT_NEEDED,
        **forms,
        **bound,
    }
    status = 422 if any(form.errors for form in bound.values()) else 200
    return render(request, "followup/visit.html", found, status=status)
