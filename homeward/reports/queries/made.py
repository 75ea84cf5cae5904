"""Reading templates, schedules and reports: an organisation sees its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.lib.problems import EditConflict, NotFound
from homeward.reports.models import Report, ReportFile, ReportRecipient, ReportSchedule, ReportTemplate
from homeward.reports.rules import FROZEN, ReportAudience, ReportFormat, ReportState
from homeward.reports.sections import SHIPPED, in_language, shipped

HEAVY = ("content", "plan")


@dataclass(frozen=True)
class Choosable:
    """A template to make a report of: a shipped one by its key, an own one by its id."""

    key: str
    template_id: UUID | None
    name: str
    audience: ReportAudience
    sections: list[Mapping[str, Any]]

    @property
    def code(self) -> str:
        """What names it in a form or a call."""
        return str(self.template_id or self.key)


def visible_templates(actor: Actor) -> QuerySet[ReportTemplate]:
    """The organisation's own templates, by name."""
    actor.require(Action.REPORT_VIEW)
    own = ReportTemplate.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return own.order_by("name", "id")


def template_for_edit(actor: Actor, template_id: UUID, expected_version: int) -> ReportTemplate:
    """An own template, locked; EditConflict when somebody changed it after the actor read it."""
    found = visible_templates(actor).filter(id=template_id).select_for_update().first()
    if found is None:
        raise NotFound
    if found.version != expected_version:
        raise EditConflict
    return found


def get_template(actor: Actor, template_id: UUID) -> ReportTemplate:
    """One template of the organisation."""
    found = visible_templates(actor).filter(id=template_id).first()
    if found is None:
        raise NotFound
    return found


def choosable_templates(actor: Actor, language: str) -> list[Choosable]:
    """Own templates first, then those that come with the product."""
    own = [_own(one) for one in visible_templates(actor)]
    return own + [_shipped(key, language) for key in SHIPPED]


def chosen_template(actor: Actor, code: str, language: str) -> Choosable:
    """The template that a code names, as it is now."""
    actor.require(Action.REPORT_VIEW)
    if code in SHIPPED:
        return _shipped(code, language)
    try:
        return _own(get_template(actor, UUID(code)))
    except ValueError as wrong:
        raise NotFound from wrong


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The organisation's reports, newest first; who neither makes nor releases them sees released ones."""
    actor.require(Action.REPORT_VIEW)
    own = Report.objects.filter(organisation_id=actor.organisation_id).order_by("-asked_at", "-id")
    if actor.may(Action.REPORT_MAKE) or actor.may(Action.REPORT_RELEASE):
        return own
    return own.filter(state=ReportState.RELEASED)


def listed_reports(actor: Actor) -> QuerySet[Report]:
    """Reports for a list, without what they say."""
    return visible_reports(actor).defer(*HEAVY)


def get_report(actor: Actor, report_id: UUID) -> Report:
    """One report with what it says."""
    found = visible_reports(actor).filter(id=report_id).first()
    if found is None:
        raise NotFound
    return found


def locked_report(actor: Actor, report_id: UUID) -> Report:
    """One report, locked for change."""
    found = visible_reports(actor).filter(id=report_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def files_of_report(actor: Actor, report: Report) -> QuerySet[ReportFile]:
    """What the report was written as, without the bytes."""
    return ReportFile.objects.filter(report=report).defer("content").order_by("kind")


def get_file_of_report(actor: Actor, report_id: UUID, kind: ReportFormat) -> ReportFile:
    """One kind of file of a report that is still there to be had."""
    report = get_report(actor, report_id)
    found = ReportFile.objects.filter(report=report, kind=kind).first()
    if found is None or report.state not in FROZEN:
        raise NotFound
    found.report = report
    return found


def recipients_of(actor: Actor, report: Report) -> QuerySet[ReportRecipient]:
    """To whom a report was handed, the latest first."""
    return ReportRecipient.objects.filter(report=report).order_by("-handed_on", "-id")


def reports_left_behind(actor: Actor, stale_before: datetime) -> QuerySet[Report]:
    """Those that wait for the worker, and those begun before that moment that a crash left behind."""
    left = Q(state=ReportState.MAKING, started_at__lt=stale_before)
    waiting = listed_reports(actor).filter(Q(state=ReportState.ASKED) | left)
    return waiting.order_by("asked_at", "id")


def reports_to_release(actor: Actor) -> QuerySet[Report]:
    """What waits for this person: to be read through, or for the second pair of eyes."""
    waiting = [ReportState.READY.value, ReportState.CHECKED.value]
    found = listed_reports(actor).filter(state__in=waiting).order_by("asked_at", "id")
    return found.exclude(state=ReportState.CHECKED, checked_by_id=actor.user_id)


def visible_schedules(actor: Actor) -> QuerySet[ReportSchedule]:
    """What the organisation reports regularly, what is due next first."""
    actor.require(Action.REPORT_VIEW)
    own = ReportSchedule.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return own.select_related("template").order_by("next_due_on", "id")


def due_schedules(actor: Actor, today: date) -> QuerySet[ReportSchedule]:
    """Schedules whose period is over."""
    return visible_schedules(actor).filter(next_due_on__lte=today)


def is_made_for(actor: Actor, schedule_id: UUID, period_from: date) -> bool:
    """Whether a schedule has its report of a period, taken back or not: it is never made twice by itself."""
    return visible_reports(actor).filter(schedule_id=schedule_id, period_from=period_from).exists()


def _shipped(key: str, language: str) -> Choosable:
    found = shipped(key)
    if found is None:
        raise NotFound
    return Choosable(key, None, in_language(found.name, language), found.audience, list(found.sections))


def _own(one: ReportTemplate) -> Choosable:
    return Choosable(one.copied_from, one.id, one.name, ReportAudience(one.audience), one.sections)
