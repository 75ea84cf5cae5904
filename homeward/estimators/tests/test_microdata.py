"""Risk of records: by hand, and the sampled risk against the series it stands for."""

import numpy as np
import pytest
from scipy import stats

from homeward.estimators.microdata import Limits, microdata_risk
from homeward.estimators.refusals import CannotEstimate

KEYS = {"sex": ["f"] * 5 + ["m"] * 5 + ["f"], "age": ["18-34"] * 10 + ["65+"]}


def test_one_of_a_kind_is_found_again() -> None:
    found = microdata_risk(KEYS)
    assert (found.records, found.classes, found.k, found.below_k) == (11, 3, 1, 1)
    assert found.global_risk == pytest.approx(3 / 11)
    assert found.broken == ("k", "risk")
    assert not found.is_safe


def test_large_classes_with_several_answers_may_leave() -> None:
    found = microdata_risk({"sex": ["f", "m"] * 50}, {"answer": ["yes", "yes", "no", "no"] * 25})
    assert (found.k, found.diversity["answer"], found.global_risk) == (50, 2, 0.02)
    assert found.is_safe


def test_a_class_that_answers_alike_tells_its_answer() -> None:
    found = microdata_risk({"sex": ["f", "m"] * 50}, {"answer": ["yes", "no"] * 50})
    assert found.broken == ("diversity",)
    assert found.below_diversity["answer"] == 100


def test_a_missing_key_is_a_value_and_a_missing_answer_is_none() -> None:
    found = microdata_risk(
        {"sex": ["f"] * 9 + [None]}, {"answer": ["yes"] * 5 + [None, float("nan")] * 2 + ["no"]}
    )
    assert found.k == 1
    assert found.diversity["answer"] == 1


@pytest.mark.parametrize("size", [1, 2])
def test_the_risk_in_a_sample_is_the_mean_of_one_over_a_negative_binomial_class(size: int) -> None:
    weight = 8.0
    found = microdata_risk({"sex": ["f"] * size}, weights=np.full(size, weight))
    beyond = np.arange(20_000)
    by_hand = (stats.nbinom.pmf(beyond, size, 1 / weight) / (beyond + size)).sum()
    assert found.global_risk == pytest.approx(by_hand, rel=1e-6)


def test_a_sample_of_everybody_is_the_population() -> None:
    whole = microdata_risk(KEYS)
    assert microdata_risk(KEYS, weights=np.ones(11)).global_risk == pytest.approx(whole.global_risk)
    assert microdata_risk(KEYS, weights=np.full(11, 9.0)).global_risk < whole.global_risk


def test_what_cannot_be_judged_is_refused() -> None:
    for keys in ({}, {"sex": []}, {"sex": ["f"], "age": ["1", "2"]}):
        with pytest.raises(CannotEstimate):
            microdata_risk(keys)
    with pytest.raises(CannotEstimate):
        microdata_risk({"sex": ["f"]}, weights=[0.5])
    assert microdata_risk(KEYS, limits=Limits(1, 1, 1.0)).is_safe
