"""What is hidden withstands an attack that shares no line with the choice of what to hide."""

from itertools import product

import numpy as np
import pytest

from homeward.estimators.disclosure_audit import exposed
from homeward.estimators.suppression import of_shares
from homeward.indicators.hiding import RULE, Cell, hidden_among, place_of, tables_of

SEXES, COUNTRIES, PERIODS = ("female", "male", "other"), ("XM", "XN"), ("2025", "2026")


def some_cells(seed):
    """Margins of sex, country and period as a table of values has them, small ones among them."""
    rng = np.random.default_rng(seed)
    inner = {}
    for sex, country, period in product(SEXES, COUNTRIES, PERIODS):
        asked = int(rng.integers(0, 40) * (0.2 if sex == "other" else 1))
        n = int(rng.binomial(asked, 0.8))
        inner[sex, country, period] = (n, asked, int(rng.binomial(n, 0.2)))
    made = {}
    for sex, country, period in product(("", *SEXES), ("", *COUNTRIES), ("", *PERIODS)):
        parts = [
            counts
            for at, counts in inner.items()
            if all(
                not wanted or wanted == here for wanted, here in zip((sex, country, period), at, strict=True)
            )
        ]
        sums = [sum(one) for one in zip(*parts, strict=True)]
        made["", country, "", sex, "", "", period] = Cell(*sums)
    return made


def attacked(cells, hidden, count):
    tables = tables_of({place: count(one) for place, one in cells.items()})
    withheld = {one.name: [at for at in one.cells if place_of(one, at) in hidden] for one in tables}
    return exposed(tables, withheld, RULE)


@pytest.mark.parametrize("seed", range(2))
def test_neither_who_answered_nor_who_was_asked_comes_out(seed):
    cells = some_cells(seed)
    hidden = hidden_among(cells)
    assert any(0 < one.n < 5 for one in cells.values())
    assert not attacked(cells, hidden, lambda one: one.n)
    assert not attacked(cells, hidden, lambda one: one.asked)


def test_the_total_is_hidden_last():
    cells = some_cells(0)
    hidden = hidden_among(cells)
    assert hidden
    assert not {place for place in hidden if not any(place)}


def test_an_attack_finds_what_is_not_hidden():
    cells = some_cells(0)
    assert attacked(cells, {}, lambda one: one.n)


@pytest.mark.parametrize("seed", range(2))
def test_few_who_are_so_do_not_come_out_where_the_answer_tells(seed):
    cells = some_cells(seed)
    hidden = hidden_among(cells, tells=True)
    tables = [
        of_shares(one, {at: cells[place_of(one, at)].yes for at in one.cells})
        for one in tables_of({place: cell.n for place, cell in cells.items()})
    ]
    withheld = {one.name: [at for at in one.cells if place_of(one, at) in hidden] for one in tables}
    assert not exposed(tables, withheld, RULE)
