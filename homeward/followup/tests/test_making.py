"""Attempts at visits, days agreed on, visits called off, contact lost and found, and businesses."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.commands import record_contact_lost
from homeward.cases.journey_rules import ContactOutcome, ContactWay
from homeward.cases.queries import get_case
from homeward.cases.queries.journey import contacts_of_case
from homeward.cases.rules import Stage
from homeward.followup.commands import (
    Try,
    agree_on_day,
    call_off_visit,
    record_attempt,
    record_business,
    take_up_visit,
)
from homeward.followup.commands.business import BusinessSeen
from homeward.followup.models import Attempt
from homeward.followup.problems import VisitOver
from homeward.followup.queries import business_of, silence_in
from homeward.followup.rules import BusinessState, ClosedBecause, NotNeeded, VisitOutcome, VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from tests.cast import frida, hana, nora, rosa, stranger, tarek

TODAY = localdate()
SHOP = BusinessSeen("Barber shop", TODAY, BusinessState.OPEN, workers=2)


def tried(outcome=VisitOutcome.NO_ANSWER, days_ago=0, **given):
    return Try(TODAY - timedelta(days_ago), ContactWay.CALL, outcome, **given)


@pytest.fixture
def visit(sami):
    return a_visit(sami)


def test_only_who_makes_visits_records_them_and_only_their_own(visit, sami):
    for actor in (frida, rosa):
        with pytest.raises(Refused):
            record_attempt(actor, visit_id=visit.id, tried=tried())
    with pytest.raises(Refused):
        record_business(hana, case_id=sami.id, seen=SHOP)
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            record_attempt(actor, visit_id=visit.id, tried=tried())
        with pytest.raises(NotFound):
            record_business(actor, case_id=sami.id, seen=SHOP)
    others = a_visit(sami, to=nora, round="twelve_months")
    for act in (
        lambda: record_attempt(hana, visit_id=others.id, tried=tried()),
        lambda: agree_on_day(hana, visit_id=others.id, expected_version=1, planned_on=TODAY),
        lambda: call_off_visit(hana, visit_id=others.id, expected_version=1, because=NotNeeded.DIED),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_ago": -1},
        {"outcome": VisitOutcome.OTHER},
        {"planned_on": TODAY - timedelta(1)},
        {"planned_on": TODAY + timedelta(100)},
    ],
)
def test_what_cannot_be_is_refused(visit, wrong):
    with pytest.raises(Invalid):
        record_attempt(hana, visit_id=visit.id, tried=tried(**wrong))


def test_an_attempt_is_one_of_the_cases_attempts_too_and_is_never_changed(visit, sami):
    attempt = record_attempt(hana, visit_id=visit.id, tried=tried(note="Her phone is off."))
    now_is = fresh(visit)
    assert (now_is.state, now_is.outcome, now_is.attempts_made) == (VisitState.DUE, VisitOutcome.NO_ANSWER, 1)
    with acting_as(nora):
        contact = contacts_of_case(nora, sami.id).get(id=attempt.contact_id)
        assert (contact.outcome, contact.recorded_by_name) == (ContactOutcome.NO_ANSWER, hana.name)
        for change in (Attempt.objects.all().delete, lambda: Attempt.objects.update(note="")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()


def test_a_visit_without_questions_is_made_when_somebody_was_met(visit, sami):
    seeing = a_visit(sami, instrument="", round="seen_3")
    for one, state in ((seeing, VisitState.DONE), (visit, VisitState.DUE)):
        record_attempt(hana, visit_id=one.id, tried=tried(VisitOutcome.COMPLETED, days_ago=2))
        assert fresh(one).state == state  # one with questions waits for its answers
    assert fresh(seeing).done_on == TODAY - timedelta(2)
    with pytest.raises(VisitOver):
        record_attempt(hana, visit_id=seeing.id, tried=tried())


def test_a_day_is_agreed_on_within_the_time_for_the_visit(visit):
    with pytest.raises(EditConflict):
        agree_on_day(hana, visit_id=visit.id, expected_version=7, planned_on=TODAY)
    with pytest.raises(Invalid):
        agree_on_day(hana, visit_id=visit.id, expected_version=1, planned_on=visit.closes_on + timedelta(1))
    assert agree_on_day(hana, visit_id=visit.id, expected_version=1, planned_on=TODAY).planned_on == TODAY


def test_a_visit_is_called_off_with_a_reason_and_can_be_taken_up_again(visit):
    for because, note in ((NotNeeded.SCHEDULE, "x"), (NotNeeded.OTHER, "")):
        with pytest.raises(Invalid):
            call_off_visit(hana, visit_id=visit.id, expected_version=1, because=because, note=note)
    off = call_off_visit(hana, visit_id=visit.id, expected_version=1, because=NotNeeded.WANTS_NONE)
    assert off.state == VisitState.NOT_NEEDED
    with pytest.raises(WrongState):
        call_off_visit(hana, visit_id=visit.id, expected_version=2, because=NotNeeded.WANTS_NONE)
    assert take_up_visit(hana, visit_id=visit.id, expected_version=2).state == VisitState.DUE


def test_contact_may_be_lost_after_enough_attempts_and_ends_when_somebody_is_met(visit, sami):
    for days_ago in (40, 30, 20, 10):
        record_attempt(hana, visit_id=visit.id, tried=tried(days_ago=days_ago))
    with acting_as(nora):
        assert not silence_in(nora, sami.id).is_long
    record_attempt(hana, visit_id=visit.id, tried=tried(VisitOutcome.NOT_THERE))
    with acting_as(nora):
        silence = silence_in(nora, sami.id)
    assert (silence.attempts, silence.days, silence.is_long) == (5, 40, True)
    # the rule proposes, a person decides
    lost = record_contact_lost(nora, case_id=sami.id, on=TODAY, reason="Five calls in forty days.")
    assert lost.stage == Stage.LOST_CONTACT
    record_attempt(hana, visit_id=visit.id, tried=tried(VisitOutcome.LATER))
    with acting_as(nora):
        assert get_case(nora, sami.id).contact_lost_on is None
        assert silence_in(nora, sami.id).attempts <= 1


def test_a_closed_business_has_its_day_and_its_reason(sami):
    closed = BusinessSeen("Barber shop", TODAY, BusinessState.CLOSED)
    for wrong in (
        closed,
        BusinessSeen("", TODAY, BusinessState.OPEN),
        BusinessSeen("Shop", TODAY + timedelta(1), BusinessState.OPEN),
        BusinessSeen("Shop", TODAY, BusinessState.CLOSED, TODAY, TODAY - timedelta(9), ClosedBecause.COSTS),
    ):
        with pytest.raises(Invalid):
            record_business(nora, case_id=sami.id, seen=wrong)
    record_business(nora, case_id=sami.id, seen=SHOP)
    ended = BusinessSeen(
        "Barber shop", TODAY, BusinessState.CLOSED, None, TODAY - timedelta(3), ClosedBecause.BETTER_WORK
    )
    record_business(nora, case_id=sami.id, seen=ended)
    with acting_as(nora):
        assert [one.state for one in business_of(nora, sami.id)] == ["closed", "open"]
