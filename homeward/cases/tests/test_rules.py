from datetime import date

import pytest

from homeward.cases.rules import PATH, SIDE_EXITS, STAGE_FROM_FACTS, Stage, path_reached, stage_of

DAY = date(2026, 3, 1)


def test_every_stage_follows_from_some_fact():
    assert {stage for stage, _ in STAGE_FROM_FACTS} == set(Stage) == set(PATH) | set(SIDE_EXITS)


def test_a_plan_agreed_before_travel_does_not_make_a_traveller_reintegrate():
    facts = {"opened_on": DAY, "departed_on": DAY, "plan_agreed_on": DAY}
    assert stage_of(facts).stage is Stage.TRAVELLING


def test_a_stage_begins_with_the_latest_of_its_facts():
    facts = {"opened_on": DAY, "plan_agreed_on": DAY, "arrived_on": date(2026, 4, 2)}
    reached = stage_of(facts)
    assert (reached.stage, reached.since) == (Stage.REINTEGRATING, date(2026, 4, 2))


def test_a_side_exit_comes_before_the_path():
    assert stage_of({"opened_on": DAY, "arrived_on": DAY, "withdrawn_on": DAY}).stage is Stage.WITHDRAWN


def test_without_any_fact_there_is_no_case():
    with pytest.raises(ValueError, match="opened"):
        stage_of({})


def test_the_path_shows_only_what_was_reached():
    assert list(path_reached({"opened_on": DAY, "applied_on": DAY})) == [Stage.ENQUIRY, Stage.APPLICATION]
