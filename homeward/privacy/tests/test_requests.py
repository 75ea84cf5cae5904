from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.privacy import commands
from homeward.privacy.models import Breach, LegalHold, RequestStep, SubjectRequest
from homeward.privacy.queries import live_holds, open_requests
from homeward.privacy.rules import (
    REQUEST_MOVES,
    BreachRisk,
    BreachStepKind,
    RequestKind,
    RequestState,
    answer_due_on,
    months_later,
)
from tests.cast import ACTORS, ines, nora, stranger

WHY = "A court asks for these records."


@pytest.fixture
def asked(sami):
    return commands.record_request(
        nora, subject_id=sami.person_id, kind=RequestKind.ACCESS, received_on=localdate()
    )


def test_strangers_cannot_ask_about_somebody_they_do_not_know(sami):
    given = {"kind": RequestKind.ACCESS, "received_on": localdate()}
    with pytest.raises(NotFound):
        commands.record_request(stranger, subject_id=sami.person_id, **given)


@pytest.mark.parametrize("name", sorted(set(ACTORS) - {"ines"}))
def test_only_an_officer_answers_holds_and_restricts(asked, name):
    actor, subject_id = ACTORS[name], asked.subject_id
    for act in (
        lambda: commands.answer_request(actor, request_id=asked.id, answer=WHY),
        lambda: commands.set_hold(actor, subject_id=subject_id, reason=WHY, review_on=localdate()),
        lambda: commands.restrict(actor, subject_id=subject_id, reason=WHY),
        lambda: open_requests(actor),
        lambda: live_holds(actor),
    ):
        with pytest.raises(Refused):
            act()


def test_nobody_is_answered_before_it_is_known_who_asks(asked):
    with pytest.raises(WrongState):
        commands.answer_request(ines, request_id=asked.id, answer=WHY)


def test_a_request_runs_from_receipt_to_answer_with_every_step_on_record(asked):
    commands.confirm_identity(ines, request_id=asked.id, how="Passport shown at the office")
    commands.extend_request(ines, request_id=asked.id, why="Records of three partners are asked for")
    done = commands.answer_request(ines, request_id=asked.id, answer="A copy was handed over")
    assert (done.state, done.ended_on) == (RequestState.ANSWERED, localdate())
    assert done.due_on == months_later(asked.received_on, 3)
    with acting_as(ines):
        kinds = [step.kind for step in RequestStep.objects.filter(request=asked).order_by("at")]
    assert kinds == ["received", "identified", "extended", "answered"]


def test_a_request_is_extended_once_and_within_its_month(asked):
    commands.extend_request(ines, request_id=asked.id, why="Records of three partners are asked for")
    with pytest.raises(WrongState):
        commands.extend_request(ines, request_id=asked.id, why="Records of three partners are asked for")


@pytest.mark.parametrize("end", [RequestState.ANSWERED, RequestState.REFUSED])
def test_what_has_ended_stays(end):
    assert REQUEST_MOVES[end] == frozenset()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_month_to_answer_ends_on_a_day_that_exists(received, due):
    assert answer_due_on(received) == due


def test_a_hold_stands_once_and_is_released_with_its_reason(sami):
    review = localdate() + timedelta(days=90)
    hold = commands.set_hold(ines, subject_id=sami.person_id, reason=WHY, review_on=review)
    with pytest.raises(WrongState):
        commands.set_hold(ines, subject_id=sami.person_id, reason=WHY, review_on=review)
    with pytest.raises(Invalid):
        commands.release_hold(ines, hold_id=hold.id, because="no")
    commands.release_hold(ines, hold_id=hold.id, because="The court has decided.")
    with acting_as(ines):
        assert not live_holds(ines)


def test_steps_are_never_changed(asked):
    with acting_as(ines), pytest.raises(ProgrammingError), transaction.atomic():
        RequestStep.objects.filter(request=asked).update(note="x")


def test_other_organisations_see_none_of_it(sami, asked):
    commands.set_hold(ines, subject_id=sami.person_id, reason=WHY, review_on=localdate())
    with acting_as(stranger):
        assert not SubjectRequest.objects.exists()
        assert not LegalHold.objects.exists()


def test_a_breach_is_told_in_time_or_with_a_reason_and_only_then_closed(cast, settings):
    settings.BREACH_HOURS = 96
    found = now() - timedelta(hours=2)
    breach = commands.record_breach(
        ines, what="A laptop was lost on a train", found_at=found, risk=BreachRisk.HIGH
    )
    assert breach.authority_due_at == found + timedelta(hours=96)
    with pytest.raises(WrongState):
        commands.note_breach_step(
            ines, breach_id=breach.id, kind=BreachStepKind.CLOSED, note="All is done now"
        )
    told = {"kind": BreachStepKind.AUTHORITY_TOLD, "note": "By the authority's own form"}
    commands.note_breach_step(ines, breach_id=breach.id, people_count=3, **told)
    commands.note_breach_step(ines, breach_id=breach.id, kind=BreachStepKind.CLOSED, note="All is done now")
    with acting_as(ines):
        kept = Breach.objects.get()
    assert kept.closed_at is not None
    assert kept.people_count == 3
