"""Reports that are due by themselves: an extract is asked for, then the report is made of it, once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.extracts.commands import ask_extract
from homeward.extracts.queries import visible_extracts
from homeward.extracts.rules import UNDER_WAY, ExtractState
from homeward.reports.commands import make_report, move_schedule
from homeward.reports.models import Report, ReportSchedule
from homeward.reports.queries import due_schedules
from homeward.reports.rules import Frequency, last_period, next_due

if TYPE_CHECKING:
    from homeward.extracts.models import Extract


def make_due(actor: Actor, today: date) -> list[Report]:
    """Ask for what is due; a period that nobody was there for is made once, when the worker is back."""
    with acting_as(actor):
        due = list(due_schedules(actor, today))
    return [made for one in due if (made := _made(actor, one, today))]


def _made(actor: Actor, schedule: ReportSchedule, today: date) -> Report | None:
    period_from, period_until = last_period(Frequency(schedule.frequency), today)
    with acting_as(actor):
        extract = _newest(actor, period_until)
        is_waiting = _is_under_way(actor, schedule)
    if extract is None:
        if not is_waiting:
            asked = ask_extract(actor, why=_("For the reports that are made regularly"))
            move_schedule(
                actor, schedule_id=schedule.id, extract_id=asked.id, next_due_on=schedule.next_due_on
            )
        return None
    made = make_report(
        actor,
        template=str(schedule.template_id or schedule.template_key),
        extract_id=extract.id,
        language=schedule.language,
        period_from=period_from,
        period_until=period_until,
        schedule_id=schedule.id,
    )
    due = next_due(Frequency(schedule.frequency), today)
    move_schedule(actor, schedule_id=schedule.id, extract_id=None, next_due_on=due)
    return made


def _newest(actor: Actor, period_until: date) -> Extract | None:
    """A ready extract of all cases, asked for after the period was over."""
    ready = visible_extracts(actor).filter(state=ExtractState.READY, opened_from=None, opened_until=None)
    return ready.filter(asked_at__date__gt=period_until).first()


def _is_under_way(actor: Actor, schedule: ReportSchedule) -> bool:
    if schedule.extract_id is None:
        return False
    waiting = [str(one) for one in UNDER_WAY]
    return visible_extracts(actor).filter(id=schedule.extract_id, state__in=waiting).exists()
