"""Reports that are due by themselves: an extract is asked for, then the report is made of it, once."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.extracts.commands import ask_extract
from homeward.extracts.queries import visible_extracts
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import Problem
from homeward.reports.commands import make_report, move_schedule
from homeward.reports.models import Report, ReportSchedule
from homeward.reports.queries import due_schedules, is_made_for
from homeward.reports.rules import Frequency, last_period, next_due

if TYPE_CHECKING:
    from homeward.extracts.models import Extract

log = logging.getLogger(__name__)


def make_due(actor: Actor, today: date) -> list[Report]:
    """Ask for what is due; a period that nobody was there for is made once, when the worker is back."""
    with acting_as(actor):
        due = list(due_schedules(actor, today))
    made = []
    for one in due:
        try:
            report = _made(actor, one, today)
        except Problem:
            log.exception("A report that is due could not be asked for")
            continue
        made += [report] if report else []
    return made


def _made(actor: Actor, schedule: ReportSchedule, today: date) -> Report | None:
    frequency = Frequency(schedule.frequency)
    period_from, period_until = last_period(frequency, today)
    with acting_as(actor):
        is_made = is_made_for(actor, schedule.id, period_from)
        extract = None if is_made else _newest(actor, period_until)
        is_waiting = not extract and _is_under_way(actor, period_until, today)
    if not is_made and extract is None:
        if not is_waiting:
            asked = ask_extract(actor, why=_("For the reports that are made regularly"))
            move_schedule(
                actor, schedule_id=schedule.id, extract_id=asked.id, next_due_on=schedule.next_due_on
            )
        return None
    made = _asked(actor, schedule, extract, (period_from, period_until)) if extract else None
    move_schedule(actor, schedule_id=schedule.id, extract_id=None, next_due_on=next_due(frequency, today))
    return made


def _asked(actor: Actor, schedule: ReportSchedule, extract: Extract, period: tuple[date, date]) -> Report:
    return make_report(
        actor,
        template=str(schedule.template_id or schedule.template_key),
        extract_id=extract.id,
        language=schedule.language,
        period_from=period[0],
        period_until=period[1],
        schedule_id=schedule.id,
    )


def _newest(actor: Actor, period_until: date) -> Extract | None:
    """A ready extract of all cases, asked for after the period was over."""
    return _of_all(actor, period_until).filter(state=ExtractState.READY).first()


def _is_under_way(actor: Actor, period_until: date, today: date) -> bool:
    """Whether one is being made, for whatever schedule; one that failed is asked for anew the day after."""
    found = _of_all(actor, period_until)
    is_being_made = Q(state__in=[ExtractState.ASKED.value, ExtractState.MAKING.value])
    return found.filter(is_being_made | Q(state=ExtractState.FAILED, asked_at__date=today)).exists()


def _of_all(actor: Actor, period_until: date) -> QuerySet[Extract]:
    every = visible_extracts(actor).filter(opened_from=None, opened_until=None)
    return every.filter(asked_at__date__gt=period_until)
