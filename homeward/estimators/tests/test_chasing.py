"""How even answers are, and whose answer is worth most."""

from random import Random

import pytest

from homeward.estimators.chasing import Cell, chances, r_indicator, worth_of_answer


def test_what_cannot_be_is_refused():
    for wrong in (lambda: Cell(3, 4, 10), lambda: worth_of_answer(1.2, 0), lambda: chances({0: (1, 2)})):
        with pytest.raises(ValueError, match=r"from 0 on|more"):
            wrong()


def test_groups_that_answer_alike_make_one_and_all_or_nothing_makes_none():
    assert r_indicator([Cell(100, 60, 500), Cell(100, 60, 500)]) == 1
    assert r_indicator([Cell(100, 100, 500), Cell(100, 0, 500)]) == 0
    assert r_indicator([Cell(100, 60, 500)]) is None
    assert r_indicator([Cell(1, 1, 500), Cell(1, 0, 500)]) is None


def test_by_hand():
    # rates 0.8 and 0.4, halves: between = 0.04; chance = 0.25 (0.16 + 0.24) / 99
    found = r_indicator([Cell(100, 80, 1), Cell(100, 40, 1)])
    assert found == pytest.approx(1 - 2 * (0.04 - 0.25 * 0.40 / 99) ** 0.5)


def test_chance_alone_is_not_taken_for_a_difference_on_average():
    """Thirty people in each of eight groups with rates known: the squared spread is right on average."""
    chance = Random(7)  # noqa: S311 - drawn anew at each run, no secret
    rates = [0.35, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8]
    mean = sum(rates) / 8
    truth = sum((rate - mean) ** 2 for rate in rates) / 8
    spreads = []
    for _run in range(4000):
        cells = [Cell(30, sum(chance.random() < rate for _one in range(30)), 1) for rate in rates]
        spreads.append(((1 - (r_indicator(cells) or 1)) / 2) ** 2)
    assert sum(spreads) / 4000 == pytest.approx(truth, rel=0.04)


def test_an_answer_is_worth_most_where_many_stand_behind_few():
    assert worth_of_answer(0.5, 0) > worth_of_answer(0.5, 4) > worth_of_answer(0.5, 40)
    assert worth_of_answer(0.6, 4) > worth_of_answer(0.1, 4)
    assert worth_of_answer(0.5, 4) == pytest.approx(0.25 * (1 / 4.5 - 1 / 5.5))


def test_later_tries_are_never_likelier_and_no_tries_are_even_odds():
    found = chances({0: (98, 49), 1: (0, 0), 3: (8, 0)})
    assert found == {0: 0.5, 1: 0.5, 2: 0.5, 3: pytest.approx(0.1)}
    assert chances({}) == {}
