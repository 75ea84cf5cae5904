"""Sizes, draws, rates and double samples against closed forms and published numbers."""

import random
from statistics import fmean

import pytest

from homeward.estimators.draws import (
    neyman,
    number_of,
    proportional,
    simple,
    stratified,
    systematic_pps,
)
from homeward.estimators.responses import (
    Dispositions,
    contact_rate,
    cooperation_rate,
    refusal_rate,
    response_rate,
)
from homeward.estimators.sizes import (
    design_effect,
    detectable_difference,
    size_for_difference,
    size_for_mean,
    size_for_share,
    to_contact,
)
from homeward.estimators.unreachable import double_sample, share_to_follow_up

KEYS = [f"case {n}" for n in range(500)]


def test_sizes_for_a_share_are_those_of_every_textbook():
    assert size_for_share(0.10) == 97  # 96.04
    assert size_for_share(0.05) == 385  # 384.15
    assert size_for_share(0.10, population=120) == 54
    assert size_for_share(0.10, effect=1.5) == 145
    assert size_for_share(0.03, expected=0.1, confidence=0.9) == 271  # 1.6449² x .09 / .0009 = 270.6
    assert size_for_share(0.5, population=1) == 1


def test_answers_become_contacts():
    assert to_contact(54, 0.6) == 90
    with pytest.raises(ValueError, match="so many"):
        to_contact(97, 0.5, population=150)


def test_a_mean_and_a_difference_by_hand():
    assert size_for_mean(0.05, 0.18) == 50  # (1.96 x .18 / .05)² = 49.8
    assert size_for_difference(0.5, 1.0) == 63  # 2 x (2.8016 / .5)² = 62.8
    # 150 against 150 with a baseline that correlates 0.5 find 0.28 of a standard deviation; in clusters 0.34
    assert detectable_difference((150, 150), 1, baseline_correlation=0.5) == pytest.approx(0.28, abs=0.002)
    clustered = design_effect(10, 0.05)
    assert clustered == pytest.approx(1.45)
    found = detectable_difference((150, 150), 1, baseline_correlation=0.5, effect=clustered)
    assert found == pytest.approx(0.337, abs=0.001)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: size_for_share(0),
        lambda: size_for_share(0.1, expected=2),
        lambda: size_for_share(0.1, effect=0.5),
        lambda: size_for_mean(0.1, 0),
        lambda: size_for_difference(0, 1),
        lambda: design_effect(0.5, 0.1),
        lambda: to_contact(10, 0),
        lambda: simple(["a", "a"], 1, "s"),
        lambda: simple(["a"], 2, "s"),
        lambda: stratified({"a": ["x"]}, {"b": 1}, "s"),
        lambda: systematic_pps({"a": 0}, 1, "s"),
        lambda: Dispositions(-1),
        lambda: double_sample([1, 2], [1], 5),
        lambda: share_to_follow_up(1, 1, 0, not_answering=0.5),
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):  # noqa: PT011
        wrong()


def test_the_same_seed_draws_the_same_people_in_whatever_order_they_stand():
    first = simple(KEYS, 40, "round 2 of 2026")
    assert simple(KEYS[::-1], 40, "round 2 of 2026") == first
    assert set(simple(KEYS, 40, "another").chosen) != set(first.chosen)
    assert first.probability == 0.08
    assert len(set(first.chosen + first.next_in_line)) == 500


def test_who_joins_the_frame_moves_nobody_else():
    before, after = simple(KEYS, 40, "s"), simple([*KEYS, "new"], 40, "s")
    assert len(set(before.chosen) - set(after.chosen)) <= 1


def test_numbers_are_even():
    numbers = [number_of("s", key) for key in KEYS]
    assert fmean(numbers) == pytest.approx(0.5, abs=0.04)
    assert 0 <= min(numbers) < max(numbers) < 1


def test_strata_get_their_sizes_and_draw_apart():
    strata = {"north": KEYS[:100], "south": KEYS[100:]}
    sizes = proportional({name: len(keys) for name, keys in strata.items()}, 50)
    assert sizes == {"north": 10, "south": 40}
    drawn = stratified(strata, sizes, "s")
    assert [len(one.chosen) for one in drawn.values()] == [10, 40]
    assert set(drawn["north"].chosen) <= set(KEYS[:100])


def test_sizes_add_up_and_no_stratum_gets_more_than_it_has():
    assert proportional({"a": 1, "b": 1, "c": 1}, 2) == {"a": 1, "b": 1, "c": 0}
    assert sum(proportional({"a": 333, "b": 333, "c": 334}, 100).values()) == 100
    # by hand: 100 x 1 and 50 x 4 are as 1 to 2
    assert neyman({"a": 100, "b": 50}, {"a": 1.0, "b": 4.0}, 30) == {"a": 10, "b": 20}
    assert neyman({"a": 100, "b": 5}, {"a": 1.0, "b": 90.0}, 30) == {"a": 25, "b": 5}
    assert proportional({"large": 990, "small": 10}, 20, least=2) == {"large": 18, "small": 2}


def test_villages_are_drawn_in_proportion_to_their_size():
    sizes = {"a": 10.0, "b": 20.0, "c": 30.0, "d": 40.0}
    counted = dict.fromkeys(sizes, 0)
    for seed in range(4000):
        drawn = systematic_pps(sizes, 2, str(seed))
        assert len(drawn) == 2
        for key, probability in drawn.items():
            counted[key] += 1
            assert probability == pytest.approx(2 * sizes[key] / 100)
    assert {key: count / 4000 for key, count in counted.items()} == pytest.approx(
        {"a": 0.2, "b": 0.4, "c": 0.6, "d": 0.8}, abs=0.03
    )


def test_a_village_larger_than_a_step_is_taken_for_certain():
    drawn = systematic_pps({"town": 80.0, "a": 10.0, "b": 10.0}, 2, "s")
    assert drawn["town"] == 1.0
    assert set(drawn.values()) == {1.0, 0.5}


def test_rates_by_hand():
    given = Dispositions(60, 5, 10, 15, 5, unknown=10, eligible=0.5)
    assert response_rate(given) == pytest.approx(60 / 100)
    assert response_rate(given, with_partial=True) == pytest.approx(65 / 100)
    assert response_rate(given, all_unknown=True) == pytest.approx(60 / 105)
    assert cooperation_rate(given) == pytest.approx(65 / 80)
    assert refusal_rate(given) == pytest.approx(0.1)
    assert contact_rate(given) == pytest.approx(0.8)
    assert response_rate(Dispositions(0)) is None


def test_the_best_share_to_follow_up():
    # c0 2, c1 3, c2 40, 45 % do not answer: sqrt(3.65 / 22)
    assert share_to_follow_up(2, 3, 40, not_answering=0.45) == pytest.approx(0.4073, abs=1e-4)
    assert share_to_follow_up(50, 50, 1, not_answering=0.45) == 1.0


def test_those_who_were_followed_up_stand_for_all_who_did_not_answer():
    found = double_sample([0.6, 0.8], [0.2, 0.4], not_answered=6)
    # 2 of 8 x .7 + 6 of 8 x .3
    assert found.mean == pytest.approx(0.4)
    assert found.weight_of_followed_up == 3.0


def test_the_double_sample_is_right_on_average_and_its_error_too():
    chance = random.Random(3)  # noqa: S311
    people = [(chance.gauss(0.6, 0.15), True) for _ in range(600)]
    people += [(chance.gauss(0.4, 0.2), False) for _ in range(400)]
    truth = fmean(value for value, _answers in people)
    means, errors = [], []
    for _try in range(600):
        sample = chance.sample(people, 120)
        answered = [value for value, answers in sample if answers]
        silent = [value for value, answers in sample if not answers]
        found = double_sample(answered, chance.sample(silent, len(silent) // 2), len(silent), 1000)
        means.append(found.mean)
        errors.append(found.standard_error)
    spread = (fmean((one - truth) ** 2 for one in means)) ** 0.5
    assert fmean(means) == pytest.approx(truth, abs=0.003)
    assert fmean(errors) == pytest.approx(spread, rel=0.08)
