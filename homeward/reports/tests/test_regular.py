"""Reports that are made by themselves: once, of an extract of their own time, whatever crashed between."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.evaluation.tests.asked import an_extract
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from homeward.reports.commands import move_schedule, schedule_report
from homeward.reports.queries import visible_schedules
from homeward.reports.regular import make_due
from homeward.reports.rules import Frequency, last_period
from homeward.reports.tests.made import worker
from tests.cast import rosa

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture
def due():
    """Two schedules whose month is over today."""
    made = [
        schedule_report(rosa, template=one, language="en", frequency=Frequency.MONTHLY)
        for one in ("public_summary", "partner_feedback")
    ]
    return [_is_due(one) for one in made]


def _is_due(schedule, day=None):
    return move_schedule(
        worker, schedule_id=schedule.id, extract_id=None, next_due_on=day or localdate().replace(day=1)
    )


def test_one_extract_is_asked_for_and_each_report_is_made_of_it_once(due):
    today = localdate()
    assert make_due(worker, today) == make_due(worker, today) == []
    with acting_as(rosa):
        (extract,) = Extract.objects.filter(state=ExtractState.ASKED)
        Extract.objects.filter(id=extract.id).update(
            state=ExtractState.READY, manifest_sha256="0", kept_until=today
        )
    made = make_due(worker, today)
    assert {one.template_key for one in made} == {"public_summary", "partner_feedback"}
    assert {one.period_from for one in made} == {last_period(Frequency.MONTHLY, today)[0]}
    assert make_due(worker, today) == []


def test_what_was_made_before_a_crash_is_not_made_twice(due):
    an_extract(rosa)
    assert len(make_due(worker, localdate())) == 2
    _is_due(due[0])
    assert make_due(worker, localdate()) == []
    with acting_as(rosa):
        assert all(one.next_due_on > localdate() for one in visible_schedules(rosa))


def test_the_last_period_is_over():
    assert last_period(Frequency.QUARTERLY, date(2026, 2, 3)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert last_period(Frequency.MONTHLY, date(2026, 3, 1))[1] == date(2026, 3, 1) - timedelta(days=1)
