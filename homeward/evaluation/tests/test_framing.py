"""Whom a question is about: what of an extract is looked at, and what is left out and told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.answering import finding_of
from homeward.evaluation.asking import Asked, Side, spec_of
from homeward.evaluation.cards import card_of
from homeward.evaluation.companions import companions_of, context_of
from homeward.evaluation.framing import gathered
from homeward.evaluation.specs import as_given
from homeward.evaluation.tests.framed import ARRIVED, AS_OF, changed, frames
from homeward.evaluation.writing import as_json
from homeward.lib.problems import Invalid

LEVEL = spec_of(Asked.LEVEL, Side.ECONOMIC, 12, sesoi=0.05)
PROVIDERS = spec_of(Asked.PROVIDERS, Side.ECONOMIC, 12, sesoi=0.05)


@pytest.fixture
def files(tmp_path):
    return frames(tmp_path)


def found_of(files, spec):
    """The finding, with what stands beside it, as the worker writes it."""
    people = gathered(files, spec, AS_OF)
    found = as_json(finding_of(people.rows, spec, "0" * 64))
    return {**found, "details": {**found["details"], **companions_of(files, people, spec, found)}}


def check_of(found, name):
    return next(one for one in found["checks"] if one["name"] == name)


def among(numbers, of=400):
    return np.isin(np.arange(of), numbers)


# the place


@pytest.mark.parametrize("place", ["north", "North ", "Elsewhere"])
def test_a_place_that_the_extract_has_not_is_never_answered_for_everybody(files, place):
    with pytest.raises(Invalid):
        gathered(files, replace(LEVEL, place=place), AS_OF)


def test_a_district_that_the_extract_blanks_has_no_name(files):
    changed(files, "cases", lambda cases: cases.assign(district=cases["district"].replace("South", None)))
    with pytest.raises(Invalid):
        gathered(files, replace(LEVEL, place="South"), AS_OF)
    assert gathered(files, replace(LEVEL, place="North"), AS_OF).left["other_place"] > 0


# who is due


def test_nobody_is_asked_about_who_did_not_come_or_came_lately(files):
    arrived = pd.Series(ARRIVED, index=range(400)).mask(among(range(100)))
    arrived = arrived.mask(among(range(100, 250)), pd.Timestamp("2025-06-01"))
    changed(files, "cases", lambda cases: cases.assign(arrived_month=arrived))
    found = found_of(files, LEVEL)
    flow = found["details"]["flow"]
    assert flow["entered"] == 400
    assert flow["steps"][0]["left"] == {"not_due": 250}
    assert check_of(found, "response_rate")["value"] > 0.75  # not a third of everybody


@pytest.mark.parametrize(("month", "is_due"), [("2024-11-01", True), ("2024-12-01", False)])
def test_answers_of_a_time_that_is_not_over_yet_are_not_counted(files, month, is_due):
    when = pd.Series(ARRIVED, index=range(400)).mask(among(range(200)), pd.Timestamp(month))
    changed(files, "cases", lambda cases: cases.assign(arrived_month=when))
    assert gathered(files, LEVEL, AS_OF).left["not_due"] == (0 if is_due else 200)


def test_where_nobody_is_due_nothing_is_answered(files):
    with pytest.raises(Invalid):
        gathered(files, replace(LEVEL, horizon_months=36), AS_OF)


def test_who_was_not_reached_stays_among_the_rows(files):
    rows = gathered(files, LEVEL, AS_OF).rows
    assert len(rows) == 400
    assert 0.1 < rows["economic"].isna().mean() < 0.2
    assert rows["baseline_economic"].notna().all()
    assert not {"case_id", "arrived_month"} & set(rows.columns)


def test_rounds_far_from_the_horizon_are_not_pooled(files):
    assert gathered(files, replace(LEVEL, horizon_months=18), AS_OF).rows["economic"].isna().all()


# one version of the questions


@pytest.mark.parametrize("column", ["instrument_version", "profile_version"])
def test_answers_to_other_questions_are_set_aside_and_that_is_said(files, column):
    def other(scores):
        is_other = (scores["months"] == 12) & scores["case_id"].isin(ids[:100])
        return scores.assign(**{column: scores[column].mask(is_other, 2)})

    ids = pd.read_parquet(files["cases"][0])["case_id"]
    changed(files, "scores", other)
    found = found_of(files, LEVEL)
    (set_aside,) = found["details"]["flow"]["steps"][0]["left"].items()
    assert set_aside[0] == "other_questions"
    assert 70 < set_aside[1] <= 100
    assert "another version of the questions" in card_of(found, as_given(LEVEL), "en").covered
    assert check_of(found, "response_rate")["value"] > 0.7


def test_a_baseline_of_other_questions_is_no_starting_point(files):
    changed(
        files,
        "scores",
        lambda scores: scores.assign(instrument_version=np.where(scores["months"] == 0, 1, 2)),
    )
    assert gathered(files, LEVEL, AS_OF).rows["baseline_economic"].isna().all()


def test_an_answer_that_does_not_say_is_no_answer(files):
    changed(
        files,
        "scores",
        lambda scores: scores.assign(economic=scores["economic"].mask(scores["months"] == 12)),
    )
    assert gathered(files, LEVEL, AS_OF).rows["economic"].isna().all()


# who was assisted


def test_what_came_after_the_horizon_is_no_assistance_before_it(files):
    before = gathered(files, LEVEL, AS_OF).rows["is_assisted"]
    assert before.dtype == bool
    assert 100 < before.sum() < 300
    changed(files, "costs", lambda costs: costs.assign(month=pd.Timestamp("2025-02-01")))
    assert not gathered(files, LEVEL, AS_OF).rows["is_assisted"].any()


def test_what_was_delivered_counts_as_well_as_what_was_paid(files, tmp_path):
    costs = pd.read_parquet(files["costs"][0])
    costs[["case_id", "month"]].to_parquet(tmp_path / "deliveries.parquet")
    files |= {"costs": (), "deliveries": (tmp_path / "deliveries.parquet",)}
    assert gathered(files, LEVEL, AS_OF).rows["is_assisted"].sum() == len(costs)


def test_a_payment_that_was_taken_back_is_none(files):
    changed(
        files,
        "costs",
        lambda costs: pd.concat([costs, costs.head(50).assign(amount=-100.0)], ignore_index=True),
    )
    rows = gathered(files, LEVEL, AS_OF).rows
    assert rows["is_assisted"].sum() == len(pd.read_parquet(files["costs"][0])) - 100


def test_where_money_is_not_shown_nobody_is_without_assistance(files):
    def hidden(cases):
        return cases.assign(is_assisted=cases["is_assisted"].astype(object).mask(~cases["is_assisted"], None))

    changed(files, "cases", hidden)
    rows = gathered(files, LEVEL, AS_OF).rows
    assert rows["is_assisted"].isna().sum() > 100
    assert context_of(rows, LEVEL) is None


# partners of whom few were reached


@pytest.mark.parametrize("asked", [Asked.PROVIDERS, Asked.PROGRESS])
def test_a_partner_of_whom_few_were_reached_is_not_compared_without_a_word(files, asked):
    cases = pd.read_parquet(files["cases"][0])
    lost = cases[cases["partner"] == "partner 3"]["case_id"].iloc[8:]
    changed(files, "scores", lambda scores: scores[(scores["months"] == 0) | ~scores["case_id"].isin(lost)])
    found = found_of(files, spec_of(asked, Side.ECONOMIC, 12, sesoi=0.05))
    assert found["refusals"] == ["unit_response_rate"]
    assert check_of(found, "response_rate")["state"] != "refuse"


def test_partners_are_told_apart_with_a_word_about_who_was_not_reached(files):
    changed(files, "scores", lambda scores: scores.drop(scores[scores["months"] == 12].index[::4]))
    found = found_of(files, PROVIDERS)
    assert check_of(found, "response_rate")["state"] == "warn"
    assert "were not reached" in found["sentence"]["en"]
