"""The country with known effects: what is in it is what it says, and a careless look at it misleads."""

import numpy as np
import pytest

from homeward.exchange.demonstration.truth import LAST, ROUNDS, Truth, simulate
from homeward.extracts.frames import BY_NAME


def last_scores(country):
    scores = country.frames["scores"]
    first, last = (scores[scores["round"] == ROUNDS[place][0]].set_index("case_id") for place in (0, LAST))
    cases = country.frames["cases"].set_index("case_id")
    return cases.join(last["composite"].rename("score"), how="inner").join(first["composite"].rename("start"))


def careless(country):
    seen = last_scores(country)
    means = seen.groupby("is_assisted")["score"].mean()
    return means[True] - means[False]


def adjusted(country):
    seen = last_scores(country)
    columns = [
        np.ones(len(seen)),
        seen["is_assisted"],
        seen["start"],
        seen["return_basis"] == "forced",
        seen["age_band"] == "25-34",
        seen["sex"] == "female",
    ]
    columns += [seen["partner"] == one for one in sorted(set(seen["partner"]))[1:]]
    design = np.column_stack([np.asarray(one, dtype=float) for one in columns])
    return np.linalg.lstsq(design, seen["score"].to_numpy(), rcond=None)[0][1]


def test_frames_have_the_columns_of_an_extract_and_no_potential_outcome():
    country = simulate(1, cases=200)
    for name, frame in country.frames.items():
        assert list(frame.columns) == [column.name for column in BY_NAME[name].columns]
    assert "Known" not in repr(country)


def test_the_same_seed_gives_the_same_country_and_another_seed_another():
    first, again, other = simulate(1, cases=200), simulate(1, cases=200), simulate(2, cases=200)
    assert first.frames["scores"].equals(again.frames["scores"])
    assert not first.frames["scores"].equals(other.frames["scores"])


def test_a_missing_answer_is_no_row_and_never_a_zero():
    country = simulate(3, cases=500)
    visits, scores = country.frames["visits"], country.frames["scores"]
    assert set(scores["visit_id"]) == set(visits.loc[visits["state"] == "done", "visit_id"])
    assert 0.6 < (visits[visits["months"] == 18]["state"] == "done").mean() < 0.9


def test_partners_add_up_to_nothing_and_the_effect_of_cases_is_about_that_of_the_country():
    known = simulate(4, cases=20_000).known
    assert sum(known.quality.values()) == pytest.approx(0, abs=1e-12)
    assert known.effect_on_cases == pytest.approx(known.effect, abs=0.003)
    assert known.effect_by_sex["female"] - known.effect_by_sex["male"] == pytest.approx(0.02, abs=0.003)


def test_comparing_without_care_misleads_and_adjusting_does_not():
    countries = [simulate(seed, cases=1_500) for seed in range(16)]
    effect = countries[0].known.effect
    off = np.mean([careless(one) for one in countries]) - effect
    kept = np.mean([adjusted(one) for one in countries]) - effect
    assert off < -0.015, "assistance goes to who starts low"
    assert abs(kept) < 0.008


def test_who_is_lost_for_what_the_score_says_makes_the_mean_too_high():
    worse = Truth(lost_by_score=0.8)
    gaps = []
    for truth in (Truth(), worse):
        country = simulate(5, cases=20_000, truth=truth)
        gaps.append(last_scores(country)["score"].mean() - country.known.mean_if_all_answered)
    assert gaps[1] > gaps[0] + 0.01


def test_moving_on_keeps_the_ratio_of_hazards():
    country = simulate(6, cases=30_000, truth=Truth(chosen_by_need=0))
    moved = country.frames["cases"]["case_id"].isin(country.frames["movements"]["case_id"])
    assisted = country.frames["cases"]["is_assisted"]
    hazards = [-np.log(1 - moved[assisted == flag].mean()) for flag in (True, False)]
    assert hazards[0] / hazards[1] == pytest.approx(0.7, abs=0.06)
