"""What was answered at a visit is scored once, by the profile in use, and anew by another when asked."""

import json

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.followup.commands import hand_in
from homeward.followup.tests.visits import a_visit
from homeward.lib.problems import NotFound, Refused, WrongState
from homeward.outcomes.commands import score_new, start_rescoring
from homeward.outcomes.jobs import drain, rescore
from homeward.outcomes.models import Outcome
from homeward.outcomes.queries import get_rescoring, outcomes_of, rounds_of
from homeward.outcomes.rules import Side
from homeward.outcomes.tests.answers import PROFILE, answers, form_of
from homeward.surveys.commands import erase_answers, load_shipped
from homeward.surveys.scoring.commands import import_profile, load_shipped_profile, use_profile
from homeward.surveys.scoring.tables import as_dict
from tests.cast import HARBOUR, RETURN_PARTNERS, frida, hana, jonas, nora, rosa, stranger
from tests.sami import samis_case

office = system_actor(RETURN_PARTNERS)


@pytest.fixture
def instrument(cast):
    made = load_shipped(rosa, name="sustainability").instrument
    load_shipped_profile(rosa, name="sustainability")
    return made


@pytest.fixture
def case(instrument):
    return samis_case()


def answered(case, given=None, round="six_months", **envelope):
    visit = a_visit(case, instrument="sustainability", round=round)
    return hand_in(
        hana, body=form_of(answers() if given is None else given, respondent=visit.key, **envelope)
    )


def rounds(case, actor=nora):
    with acting_as(actor):
        return rounds_of(actor, case.id)


def second_profile(instrument, **parts):
    content = json.dumps({**as_dict(PROFILE), "title": "Second", **parts}).encode()
    draft = import_profile(rosa, instrument_id=instrument.id, content=content)
    return use_profile(rosa, profile_id=draft.id, expected_version=draft.version)


def test_people_score_nothing_by_hand(case):
    for actor in (nora, frida, stranger):
        with pytest.raises(Refused):
            score_new(actor)


def test_a_filled_form_becomes_one_row_with_every_side_its_coverage_and_its_versions(case):
    answered(case, answers(1.0, works="no", has_document="refused", distress=None))
    assert drain(office) == 1
    (one,) = rounds(case)
    sides = one.sides
    assert sides[Side.ECONOMIC].value == 0.875  # seven of eight
    assert sides[Side.SOCIAL].value == 1.0
    assert sides[Side.SOCIAL].coverage == 0.9
    assert sides[Side.SOCIAL].missing == {"refused": 1}
    assert sides[Side.PSYCHOSOCIAL].missing == {"not_asked": 1}
    assert sides[Side.PSYCHOSOCIAL].coverage == pytest.approx(8 / 9, abs=1e-6)
    assert sides[Side.COMPOSITE].value == pytest.approx(2.875 / 3, abs=1e-6)
    assert (one.form_number, one.profile_number, one.is_provisional) == (1, 1, True)
    assert sides[Side.ECONOMIC].band == "high"


def test_no_answers_are_no_score_and_never_zero(case):
    answered(case, {})
    drain(office)
    (one,) = rounds(case)
    assert {side.value for side in one.sides.values()} == {None}
    assert one.sides[Side.SOCIAL].reason == "nothing_answered"
    assert one.sides[Side.COMPOSITE].reason == "dimension_missing"


def test_scored_once_however_often_it_is_asked_for(case):
    answered(case)
    assert [drain(office), drain(office)] == [1, 0]
    with acting_as(nora):
        assert Outcome.objects.count() == 1


def test_a_correction_counts_instead_of_what_it_corrects(case):
    visit = a_visit(case, instrument="sustainability")
    hand_in(hana, body=form_of(answers(0.0), respondent=visit.key, instance="uuid:a"))
    drain(office)
    hand_in(hana, body=form_of(answers(1.0), respondent=visit.key, instance="uuid:b", deprecated="uuid:a"))
    drain(office)
    assert [one.sides[Side.SOCIAL].value for one in rounds(case)] == [1.0]
    with acting_as(nora):
        assert Outcome.objects.filter(is_current=False).count() == 1


def test_another_profile_scores_what_comes_in_and_the_rest_only_when_asked(case, instrument):
    answered(case, answers(1.0, works="no"))
    drain(office)
    with pytest.raises(Refused):
        start_rescoring(nora, instrument_id=instrument.id)
    items = as_dict(PROFILE)["items"]
    next(one for one in items if one["path"] == "economic/works")["weight"] = 2
    used = second_profile(instrument, items=items)
    answered(case, answers(1.0, works="no"), round="twelve_months")
    drain(office)
    assert [one.profile_number for one in rounds(case)] == [1, 2]
    started = start_rescoring(rosa, instrument_id=instrument.id)
    assert (started.everything, started.done, started.finished_at) == (1, 0, None)
    rescore(str(RETURN_PARTNERS), str(started.id))
    with acting_as(rosa):
        assert (lambda one: (one.done, one.finished_at is not None))(get_rescoring(rosa, started.id)) == (
            1,
            True,
        )
    # (8 + 1 weights, of which the two of work are missing): 7 of 9, in both rounds
    assert [one.sides[Side.ECONOMIC].value for one in rounds(case)] == pytest.approx([7 / 9] * 2, abs=1e-6)
    assert {one.profile_id for one in rounds(case)} == {used.id}
    with acting_as(nora):
        assert Outcome.objects.filter(is_current=False).count() == 1
    # and it gives the same again: nothing is left to do
    again = start_rescoring(rosa, instrument_id=instrument.id)
    assert again.everything == 0


def test_without_a_profile_nothing_is_scored_and_nothing_scored_anew(cast):
    made = load_shipped(rosa, name="sustainability").instrument
    answered(samis_case())
    assert drain(office) == 0
    with pytest.raises(WrongState):
        start_rescoring(rosa, instrument_id=made.id)


def test_forms_that_belong_to_no_visit_are_kept_and_not_scored(case):
    hand_in(nora, body=form_of(answers()))
    assert drain(office) == 0


def test_scores_are_seen_by_who_works_with_the_case_and_made_by_nobody_else(case):
    answered(case)
    drain(office)
    for actor in (stranger, jonas):
        with pytest.raises(NotFound):
            rounds(case, actor)
    with pytest.raises(Refused):
        rounds(case, frida)
    with acting_as(stranger):
        assert Outcome.objects.count() == 0
    with acting_as(nora):
        row = Outcome.objects.get()
        for change in ({"economic": 0.1}, {"reasons": {}}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Outcome.objects.filter(id=row.id).update(**change)
        with pytest.raises(ProgrammingError), transaction.atomic():
            row.delete()
        row.pk, row.organisation_id, row.is_current = None, HARBOUR, False
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            row.save(force_insert=True)


def test_what_was_erased_is_not_scored_anew_from_nothing(case, instrument):
    visit = a_visit(case, instrument="sustainability")
    hand_in(hana, body=form_of(answers(0.5), respondent=visit.key))
    drain(office)
    erase_answers(office, respondent=visit.key)
    second_profile(instrument)
    started = start_rescoring(rosa, instrument_id=instrument.id)
    rescore(str(RETURN_PARTNERS), str(started.id))
    with acting_as(nora):
        assert [one.profile.number for one in outcomes_of(nora, case.id)] == [1]
