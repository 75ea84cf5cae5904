"""Asking for a report, noting how far it is, freezing it, letting it go, and writing down who received it."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.queries import get_question
from homeward.extracts.queries import get_extract
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import Invalid, Refused, WrongState, type_of_message
from homeward.reports.documents import hash_of
from homeward.reports.models import Report, ReportFile, ReportRecipient
from homeward.reports.queries import chosen_template, locked_report
from homeward.reports.rules import (
    LANGUAGES,
    MAKING_JOB,
    SHORTEST_NAME,
    SHORTEST_REASON,
    Means,
    ReportAudience,
    ReportFormat,
    ReportState,
    is_whole_months,
    may_move,
)

S = ReportState


@command(Action.REPORT_MAKE)
def make_report(
    actor: Actor,
    *,
    template: str,
    extract_id: UUID,
    language: str,
    period_from: date,
    period_until: date,
    question_id: UUID | None = None,
    schedule_id: UUID | None = None,
) -> Report:
    """Ask for a report of an extract; the worker makes it, of the template as it is now."""
    _require_period(language, period_from, period_until)
    chosen = chosen_template(actor, template, language)
    extract = get_extract(actor, extract_id)
    if extract.state != ExtractState.READY:
        raise WrongState(_("This extract is not ready, or its time is over."))
    is_of_all = extract.opened_from is None and extract.opened_until is None
    if chosen.audience == ReportAudience.OUTSIDE and not is_of_all:
        # Numbers of some cases, taken from numbers of all, would tell of the others.
        raise Invalid(fields={"extract_id": _("What goes outside is made of an extract of all cases.")})
    about = get_question(actor, question_id) if question_id else None
    if about and about.extract_id != extract.id:
        raise Invalid(fields={"question_id": _("This question was put to another extract.")})
    plan = {"sections": chosen.sections, "question_id": str(about.id) if about else None}
    made = Report.objects.create(
        organisation_id=actor.organisation_id,
        title=about.title if about else chosen.name,
        template_key=chosen.key,
        template_id=chosen.template_id,
        plan=plan,
        plan_sha256=hash_of(plan),
        audience=chosen.audience,
        language=language,
        period_from=period_from,
        period_until=period_until,
        extract_id=extract.id,
        schedule_id=schedule_id,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    transaction.on_commit(lambda: _send_to_work(made))
    return made


@command(Action.REPORT_WRITE)
def begin_report(actor: Actor, *, report_id: UUID) -> Report:
    """Begin to make a report, or begin anew after a crash."""
    report = _moving(actor, report_id, S.MAKING)
    report.started_at, report.sections_done = now(), 0
    report.save(update_fields=["state", "started_at", "sections_done"])
    return report


@command(Action.REPORT_WRITE)
def note_report_progress(actor: Actor, *, report_id: UUID, sections_done: int) -> Report:
    """Note how many sections are written; WrongState when it was withdrawn meanwhile."""
    report = _moving(actor, report_id, S.MAKING)
    report.sections_done = sections_done
    report.save(update_fields=["sections_done"])
    return report


@command(Action.REPORT_WRITE)
def finish_report(
    actor: Actor,
    *,
    report_id: UUID,
    content: Mapping[str, Any],
    files: Mapping[ReportFormat, bytes],
    code_version: str,
    release_id: UUID | None,
) -> Report:
    """Freeze a report: what it says and each of its files stay as they are, byte by byte."""
    report = _moving(actor, report_id, S.READY)
    report.content, report.content_sha256 = dict(content), hash_of(content)
    report.code_version, report.release_id, report.ready_at = code_version, release_id, now()
    report.sections_done = len(report.plan["sections"])
    report.save()
    ReportFile.objects.bulk_create(
        ReportFile(
            organisation_id=report.organisation_id,
            report=report,
            kind=kind,
            content=written,
            sha256=sha256(written).hexdigest(),
            size_bytes=len(written),
        )
        for kind, written in files.items()
    )
    return report


@command(Action.REPORT_WRITE)
def fail_report(actor: Actor, *, report_id: UUID, trouble: str, is_unsafe: bool = False) -> Report:
    """Note why a report was not made; `is_unsafe`: because its tables would tell of people."""
    report = _moving(actor, report_id, S.REFUSED if is_unsafe else S.FAILED)
    report.trouble = trouble[:400]
    report.save(update_fields=["state", "trouble"])
    return report


@command(Action.REPORT_RELEASE)
def check_report(actor: Actor, *, report_id: UUID) -> Report:
    """Say, as the first of two people, that a report may go outside."""
    actor.require_person()
    report = _moving(actor, report_id, S.CHECKED)
    if report.audience == ReportAudience.INSIDE:
        raise WrongState
    report.checked_by_id, report.checked_by_name, report.checked_at = actor.user_id, actor.name, now()
    report.save(update_fields=["state", "checked_by_id", "checked_by_name", "checked_at"])
    return report


@command(Action.REPORT_RELEASE)
def release_report(actor: Actor, *, report_id: UUID) -> Report:
    """Let a report go; one for outside only as a second person, after another has read it."""
    actor.require_person()
    report = locked_report(actor, report_id)
    if report.audience == ReportAudience.OUTSIDE and report.state == S.READY:
        raise WrongState(_("Somebody has to read this report through first."))
    if report.checked_by_id == actor.user_id:
        raise Refused(_("Somebody other than who read it through lets a report go outside."))
    _move(report, S.RELEASED)
    report.released_by_id, report.released_by_name, report.released_at = actor.user_id, actor.name, now()
    report.save(update_fields=["state", "released_by_id", "released_by_name", "released_at"])
    return report


@command(Action.REPORT_WITHDRAW)
def withdraw_report(actor: Actor, *, report_id: UUID, why: str) -> Report:
    """Take a report back: nobody gets it any more; that it was made, and who has it, stays on record."""
    if len(why.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"why": _("Say why it is withdrawn.")})
    report = _moving(actor, report_id, S.WITHDRAWN)
    report.ended_at, report.ended_by_name, report.ended_why = now(), actor.name, why.strip()
    report.save(update_fields=["state", "ended_at", "ended_by_name", "ended_why"])
    return report


@command(Action.REPORT_HAND_OVER)
def hand_over_report(
    actor: Actor, *, report_id: UUID, kind: ReportFormat, recipient: str, means: Means, handed_on: date
) -> ReportRecipient:
    """Write down that a person handed a released report to somebody, how and when."""
    report = locked_report(actor, report_id)
    if report.state != S.RELEASED or report.released_at is None:
        raise WrongState(_("Only a report that was released is handed over."))
    problems: dict[str, type_of_message] = {}
    if len(recipient.strip()) < SHORTEST_NAME:
        problems["recipient"] = _("Say who received it: an office or an organisation.")
    if not localdate(report.released_at) <= handed_on <= localdate():
        problems["handed_on"] = _("A day from its release until today.")
    if problems:
        raise Invalid(fields=problems)
    return ReportRecipient.objects.create(
        organisation_id=actor.organisation_id,
        report=report,
        kind=kind,
        recipient=recipient.strip(),
        means=means,
        handed_on=handed_on,
        handed_by_id=actor.user_id,
        handed_by_name=actor.name,
    )


def _require_period(language: str, start: date, end: date) -> None:
    problems: dict[str, type_of_message] = {}
    if language not in LANGUAGES:
        problems["language"] = _("Choose one of the languages.")
    if end < start:
        problems["period_until"] = _("The period ends before it begins.")
    elif not is_whole_months(start, end):
        problems["period_until"] = _(
            "An extract knows months, no days: from the first day of a month until the last of one."
        )
    if problems:
        raise Invalid(fields=problems)


def _moving(actor: Actor, report_id: UUID, state: ReportState) -> Report:
    return _move(locked_report(actor, report_id), state)


def _move(report: Report, state: ReportState) -> Report:
    if not may_move(ReportState(report.state), state):
        raise WrongState
    report.state = state
    return report


def _send_to_work(report: Report) -> None:
    app.configure_task(MAKING_JOB, allow_unknown=True).defer(
        organisation_id=str(report.organisation_id), report_id=str(report.id)
    )
