"""What waits for the reader, oldest promise first. Nothing else competes with it.

Each source is one function that returns tasks; a new kind of waiting is one more function in `SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.assessments.queries import drafts_of as assessment_drafts_of
from homeward.assessments.queries import proposals_waiting
from homeward.cases.queries import (
    CaseFilters,
    emergencies_to_review,
    expected_arrivals,
    listed_cases,
)
from homeward.cases.queries.gates import cases_to_confirm, cases_with_closed_gates, late_arrivals
from homeward.cases.queries.journey import applications_to_decide, appointments_of, drafts_of
from homeward.cases.rules import DECISION_DAYS, EMERGENCY_REVIEW_DAYS, Scope
from homeward.exchange.queries import imports_of
from homeward.exchange.rules import ImportState
from homeward.web.agreements.inbox import agreements, vital_interests
from homeward.web.case_words import latin_name
from homeward.web.consents.own_page import waiting_complaints, waiting_questions
from homeward.web.due import due
from homeward.web.followup.inbox import visits
from homeward.web.handovers.inbox import asked_by_reference, later_questions, to_answer
from homeward.web.inbox_task import MOST_OF_A_KIND, InboxTask
from homeward.web.ledger.inbox import approved, payments
from homeward.web.openings import alerts as alerts_of_openings
from homeward.web.packages.inbox import packages
from homeward.web.people.asking import partners_who_asked
from homeward.web.planning_inbox import approvals, plans
from homeward.web.protection.inbox import corrections, requests_about_data, unconfirmed_by_recipients
from homeward.web.referrals import tasks as referral_tasks
from homeward.web.reports.inbox import recommendations, reports_to_read
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.cases.models import Case

WEEK, AHEAD = timedelta(days=6), timedelta(days=30)
COUNT_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Shown:
    """A task with its clock as it stands today."""

    task: InboxTask
    clock: str
    is_late: bool
    fraction: float


@dataclass(frozen=True)
class Group:
    """Tasks under one heading."""

    id: str
    label: str | Promise
    words: str
    tasks: Sequence[Shown]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this reader."""
    actor, today = actor_of(request), localdate()
    tasks = waiting(actor, today)
    keep_count(actor, tasks)
    if actor.may(Action.CASE_LIST):
        remember_reading(actor, Action.CASE_LIST, subject_id=None)
    shown = {
        "groups": groups(tasks, today),
        "count": sum(not task.is_running for task in tasks),
        "today": today,
    }
    return render(request, "inbox/inbox.html", shown)


def waiting(actor: Actor, today: date) -> list[InboxTask]:
    """Every task of every source, oldest promise first, those without a day last."""
    tasks = [task for source in SOURCES for task in source(actor, today)]
    return sorted(tasks, key=lambda task: (task.is_running, task.when or date.max, task.at))


def waiting_count(actor: Actor) -> int:
    """How many tasks wait, for the menu; asked anew once a minute and whenever the inbox is read."""
    if connection.needs_rollback:
        return 0  # the page of a problem, whose work was undone: the database answers nothing any more
    known = cache.get(_count_key(actor))
    if known is None:
        known = keep_count(actor, waiting(actor, localdate()))
    return int(known)


def keep_count(actor: Actor, tasks: Iterable[InboxTask]) -> int:
    """Remember for a minute how many tasks wait."""
    count = sum(not task.is_running for task in tasks)
    cache.set(_count_key(actor), count, COUNT_KEPT_SECONDS)
    return count


def groups(tasks: Sequence[InboxTask], today: date) -> list[Group]:
    """Tasks under Late, Today, This week, Later and Running; empty groups are left out."""
    parted: dict[str, list[Shown]] = {}
    for task in tasks:
        parted.setdefault(_group_of(task, today), []).append(_shown(task, today))
    return [
        Group(code, label, words(len(parted[code])), parted[code])
        for code, (label, words) in GROUPS.items()
        if code in parted
    ]


def next_steps(actor: Actor, today: date) -> Iterable[InboxTask]:
    """What the reader promised on their cases."""
    mine = listed_cases(actor, CaseFilters(mine=True), today).exclude(next_step="")
    for row in mine.order_by("next_step_on", "id")[:MOST_OF_A_KIND]:
        yield InboxTask(
            row.next_step,
            reverse("case", args=[row.case_id]),
            "flag",
            when=row.next_step_on,
            reference=row.reference,
            name=row.latin_name,
            native_name=row.native_name,
        )


def arrivals(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Arrivals to confirm: those expected until the end of this week."""
    if not actor.may(Action.ARRIVAL_CONFIRM):
        return
    soon = expected_arrivals(actor).filter(expected_on__lte=today + WEEK)
    for row in soon[:MOST_OF_A_KIND]:
        is_known = row.scope != Scope.ARRIVAL
        yield InboxTask(
            _("Confirm an arrival"),
            reverse("case", args=[row.case_id]) if is_known else reverse("arrivals"),
            "plane",
            when=row.expected_on,
            detail="" if is_known else _("Anticipated; no identity shared yet."),
            reference=row.reference,
            name=row.latin_name,
            native_name=row.native_name,
        )


def appointments(actor: Actor, today: date) -> Iterable[InboxTask]:
    """The reader's own appointments of the next weeks, and past ones of which nobody said how they went."""
    if not actor.may(Action.CASE_VIEW):
        return
    for one in appointments_of(actor, now() + AHEAD)[:MOST_OF_A_KIND]:
        starts = localtime(one.starts_at)
        is_past = starts.date() < today
        yield InboxTask(
            _("Say how the appointment went") if is_past else _("Appointment"),
            reverse("end_appointment", args=[one.case_id, one.id])
            if is_past
            else reverse("case", args=[one.case_id]),
            "calendar",
            when=starts.date(),
            at=time_format(starts, "H:i"),
            reference=one.case.reference,
            name=latin_name(one.case.person),
            native_name=one.case.person.native_name,
        )


def decisions(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Applications that wait for the reader's decision."""
    for one in applications_to_decide(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            _("Decide about an application"),
            reverse("decide_application", args=[one.case_id, one.id]),
            "file",
            when=one.submitted_on + timedelta(days=DECISION_DAYS),
            detail=one.organisation.name,
            reference=one.case.reference,
            name=latin_name(one.case.person),
            native_name=one.case.person.native_name,
        )


def drafts(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Applications the reader began to fill in and has not submitted."""
    for one in drafts_of(actor)[:MOST_OF_A_KIND]:
        yield InboxTask(
            _("Go on with an application"),
            reverse("resume_application", args=[one.case_id]),
            "edit",
            reference=one.case.reference,
            name=latin_name(one.case.person),
            native_name=one.case.person.native_name,
        )


def gates(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Journeys that a clearance still bars, those ready to be confirmed, and arrivals past a closed gate."""
    for case in cases_with_closed_gates(actor)[:MOST_OF_A_KIND]:
        yield _gate_task(_("Clear the gates before travel"), "case_gates", case, case.expected_on)
    for case in cases_to_confirm(actor, today + AHEAD)[:MOST_OF_A_KIND]:
        yield _gate_task(_("Confirm travel"), "confirm_travel", case, case.expected_on)
    for arrival in late_arrivals(actor)[:MOST_OF_A_KIND]:
        title = _("See to somebody who arrived past a closed gate")
        yield _gate_task(title, "case_gates", arrival.case, arrival.arrived_on)


def assessments(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Assessments the reader has begun, and what was proposed for the profiles of people they lead."""
    for one in assessment_drafts_of(actor)[:MOST_OF_A_KIND]:
        yield _gate_task(_("Go on with an assessment"), "case_profile", one.case, None)
    for case in {one.case_id: one.case for one in proposals_waiting(actor)[:MOST_OF_A_KIND]}.values():
        yield _gate_task(_("Confirm what is known of a person"), "case_profile", case, None)


def _gate_task(title: Promise, url_name: str, case: Case, when: date | None) -> InboxTask:
    return InboxTask(
        title,
        reverse(url_name, args=[case.id]),
        "shield",
        when=when,
        reference=case.reference,
        name=latin_name(case.person),
        native_name=case.person.native_name,
    )


def emergencies(actor: Actor, today: date) -> Iterable[InboxTask]:
    """Emergency access of colleagues to review."""
    if not actor.may(Action.CASE_EMERGENCY_REVIEW):
        return
    for one in emergencies_to_review(actor).select_related("case")[:MOST_OF_A_KIND]:
        yield InboxTask(
            gettext("Review what %(name)s opened in an emergency") % {"name": one.user_name},
            reverse("emergency_review", args=[one.id]),
            "shield",
            when=one.since.date() + timedelta(days=EMERGENCY_REVIEW_DAYS),
            reference=one.case.reference,
        )


def imports(actor: Actor, today: date) -> Iterable[InboxTask]:
    """The reader's own lists: those that wait for answers, and those that are at work."""
    if not actor.may(Action.IMPORT_PREPARE):
        return
    for one in imports_of(actor)[:MOST_OF_A_KIND]:
        is_running = one.state in (ImportState.READING, ImportState.SAVING)
        yield InboxTask(
            gettext("Bringing in %(name)s") % {"name": one.name}
            if is_running
            else gettext("Check the list %(name)s before it is saved") % {"name": one.name},
            reverse("import", args=[one.id]),
            "upload",
            done=one.work_done if is_running else 0,
            all=max(one.work_all, 1) if is_running else 0,
        )


SOURCES: Sequence[Callable[[Actor, date], Iterable[InboxTask]]] = (
    next_steps,
    to_answer,
    asked_by_reference,
    later_questions,
    packages,
    agreements,
    vital_interests,
    arrivals,
    appointments,
    visits,
    decisions,
    approvals,
    plans,
    payments,
    approved,
    drafts,
    gates,
    assessments,
    referral_tasks.received,
    referral_tasks.sent,
    emergencies,
    waiting_questions,
    waiting_complaints,
    requests_about_data,
    unconfirmed_by_recipients,
    corrections,
    partners_who_asked,
    alerts_of_openings,
    reports_to_read,
    recommendations,
    imports,
)


def _due_words(count: int) -> str:
    return ngettext("%(n)s due", "%(n)s due", count) % {"n": count}


GROUPS: dict[str, tuple[str | Promise, Callable[[int], str]]] = {
    "late": (
        _("Late"),
        lambda n: ngettext("%(n)s promise passed", "%(n)s promises passed", n) % {"n": n},
    ),
    "today": (_("Today"), _due_words),
    "week": (_("This week"), _due_words),
    "later": (_("Later"), _due_words),
    "undated": (_("No day promised"), lambda n: ngettext("%(n)s task", "%(n)s tasks", n) % {"n": n}),
    "running": (_("Running"), lambda n: gettext("You may leave this page")),
}


def _group_of(task: InboxTask, today: date) -> str:
    if task.is_running:
        return "running"
    if task.when is None:
        return "undated"
    if task.when <= today:
        return "late" if task.when < today else "today"
    return "week" if task.when <= today + WEEK else "later"


def _shown(task: InboxTask, today: date) -> Shown:
    if task.when is None:
        return Shown(task, "", False, 0)
    clock = due(task.when, today)
    text = listed((clock.text, task.at)) if task.at and not clock.is_late else clock.text
    return Shown(task, text, clock.is_late, clock.fraction)


def _count_key(actor: Actor) -> str:
    return f"waiting-{actor.membership_id}"
