"""How well the matcher does on people whose names, scripts and mess it was not made for."""

import sys
from collections import Counter
from time import perf_counter

import pytest

from homeward.people.matching import likely_pairs
from homeward.people.tests.synthetic_people import told_people


@pytest.mark.parametrize("seed", [1, 2])
def test_most_doubles_among_invented_families_are_proposed_and_few_relatives(seed, capsys):
    told = told_people(1000, seed=seed)
    proposed = {(pair.i, pair.j) for pair in likely_pairs(told.rows)}
    right = len(proposed & told.doubles)
    recall, precision = right / len(told.doubles), right / len(proposed)
    with capsys.disabled():
        sys.stdout.write(
            f"\ninvented families {seed}: recall {recall:.3f}, precision {precision:.3f} "
            f"of {len(told.doubles)} doubles in {len(told.rows)} rows\n"
        )
    assert recall >= 0.88  # one in ten has lost name, number and date alike; nobody could tell
    assert precision >= 0.95


def test_a_score_means_what_it_says():
    told = told_people(2500, seed=7)
    pairs = likely_pairs(told.rows, at_least=0.05)
    bands: Counter[int] = Counter()
    true: Counter[int] = Counter()
    for pair in pairs:
        band = min(int(pair.score * 4), 3)
        bands[band] += 1
        true[band] += (pair.i, pair.j) in told.doubles
    shares = [true[band] / bands[band] for band in sorted(bands)]
    assert shares == sorted(shares)
    assert shares[-1] > 0.97


@pytest.mark.slow
@pytest.mark.alone
def test_twenty_thousand_rows_take_less_than_twenty_seconds(capsys):
    rows = told_people(7700, seed=3).rows[:20_000]
    started = perf_counter()
    pairs = likely_pairs(rows)
    seconds = perf_counter() - started
    with capsys.disabled():
        sys.stdout.write(f"\n{len(rows)} rows: {len(pairs)} pairs in {seconds:.1f} s\n")
    assert seconds < 20
