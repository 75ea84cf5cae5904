"""H5 and H6: nothing released tells of a few, table by table and release after release."""

from dataclasses import dataclass, field
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.linalg import null_space

from homeward.estimators.disclosure_audit import exposed, intervals
from homeward.estimators.linked_cells import Counted, completed, identity, linked, sums_among
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import INSIDE, OUTSIDE, suppressed
from homeward.estimators.tests.linked import linked_tables
from homeward.lib.identifiers import new_id
from homeward.privacy.releases.hiding import hidden_from, readers_of
from homeward.privacy.releases.knowing import of_subject, read, written
from tests.promises.bounds import figure, full, none_in

AGES, PLACES, PROGRAMMES = ("18-34", "35-59", "60+"), ("x", "y", "z"), ("P1", "P2")
VALUES = {"age_band": AGES, "district": PLACES, "programme": PROGRAMMES}
RULES = (INSIDE, OUTSIDE)
QUERIES_EACH = 10
AUDIENCES = ("donor", "donor", "donor", "inside")
MOST_LOST, MOST_HIDDEN = 0.6, 0.6  # a build that hides everything keeps no promise


def small_cells_told(seed: int) -> tuple[int, float]:
    """How many small cells of one random set of tables lie in too narrow an interval, and what it cost."""
    tables, rule = linked_tables(np.random.default_rng(seed)), RULES[seed % 2]
    found = suppressed(tables, rule, seconds=0.05)
    agree(tables, found.hidden)
    return len(exposed(tables, found.hidden, rule)), found.lost


def agree(tables, hidden) -> None:
    """Nothing was altered: every shown count is the true one, so totals are the same in every table."""
    cells = linked(tables)
    for number in cells.places.values():
        places = [place for place, other in cells.places.items() if other == number]
        assert len({place[1] in hidden[place[0]] for place in places}) == 1


def people(draws: np.random.Generator) -> dict[str, np.ndarray]:
    size = int(draws.integers(80, 400))
    return {
        "age_band": draws.choice(AGES, size, p=(0.5, 0.4, 0.1)),
        "district": draws.choice(PLACES, size, p=(0.6, 0.3, 0.1)),
        "programme": draws.choice(PROGRAMMES, size, p=(0.8, 0.2)),
        "month": draws.integers(1, 13, size),
    }


def asked(draws: np.random.Generator, there: dict[str, np.ndarray]) -> Counted:
    """One question to the same people: a dimension or two, perhaps a filter, perhaps a period."""
    kept = np.ones(there["month"].size, dtype=bool)
    names = draws.permutation(["age_band", "district", "programme"]).tolist()
    given = {}
    if draws.random() < 0.5:
        given[names[0]] = str(draws.choice(VALUES[names[0]]))
        kept &= there[names[0]] == given[names[0]]
    if draws.random() < 0.5:
        last = int(draws.integers(9, 13))
        given["period"] = f"2025-01/2025-{last:02}"
        kept &= there["month"] <= last
    dimensions = tuple(names[1 : 2 + int(draws.random() < 0.3)])
    values = [VALUES[name] for name in dimensions]
    cells = {
        tuple(values[place][one] for place, one in enumerate(at)): 0
        for at in np.ndindex(*[len(one) for one in values])
    }
    for row in np.flatnonzero(kept):
        cells[tuple(str(there[name][row]) for name in dimensions)] += 1
    return Counted("asked", dimensions, cells, given=given)


@dataclass
class Answers:
    """What ten questions brought: small cells worked out, questions refused, and how much was hidden."""

    told: int = 0
    refused: int = 0
    cells: int = 0
    hidden: int = 0
    log: list = field(default_factory=list)


def told_by_queries(seed: int) -> Answers:
    """Ask one thing after another, at times of a few people more or of many, for donors or for colleagues.

    Every other question is one that was asked before, as those of each quarter are.
    """
    draws, moment, got = np.random.default_rng(seed), str(new_id()), Answers()
    there, before = people(draws), [seed]
    for _ in range(QUERIES_EACH):
        if draws.random() < 0.2:
            moment, more = str(new_id()), int(draws.choice((3, 40)))
            there = {name: np.append(column, draws.choice(column, more)) for name, column in there.items()}
        before.append(int(draws.choice(before) if draws.random() < 0.5 else draws.integers(1 << 32)))
        one = asked(np.random.default_rng(before[-1]), there)
        answer(got, of_subject(one, "cases", moment), str(draws.choice(AUDIENCES)))
    for audience in set(AUDIENCES):
        readers = readers_of(got.log, audience)
        got.told += attacked(readers) + attacked_between(readers)
    return got


def answer(got: Answers, one: Counted, audience: str) -> None:
    """What `release_tables` does with one table, without the database."""
    colleagues = None if audience == "inside" else readers_of(got.log, "inside")
    try:
        hidden = hidden_from([one], readers_of(got.log, audience), colleagues, seconds=0.05)["asked"]
    except CannotEstimate:
        got.refused += 1
        return
    cells = completed(one)
    got.cells, got.hidden = got.cells + len(cells), got.hidden + len(hidden)
    got.log.append(SimpleNamespace(id=new_id(), audience=audience, tables=[written(one, hidden, cells)]))


def moments(readers) -> dict[str, list]:
    """The tables of each moment with what was shown of them, the oldest first."""
    found = {}
    for number, one in enumerate(readers.releases):
        for kept in one.tables:
            found.setdefault(kept["moment"], []).append(read(str(number), kept))
    return found


def attacked(readers) -> int:
    """What all releases together tell, moment by moment, of the cells that were hidden."""
    told = 0
    for every in moments(readers).values():
        hidden = {one.name: set(one.cells) - shown for one, shown in every}
        told += len(exposed([one for one, _ in every], hidden, readers.rule))
    return told


def attacked_between(readers) -> int:
    """What comparing any two moments tells of fewer newcomers than the threshold; here nobody ever leaves."""
    counted = [
        (
            {identity(one, at): n for one, _ in every for at, n in one.cells.items()},
            {identity(one, at) for one, shown in every for at in shown},
        )
        for every in moments(readers).values()
    ]
    return sum(
        newcomers_told(earlier[0], later[0], earlier[1] & later[1], readers.rule.threshold)
        for earlier, later in combinations(counted, 2)
    )


def newcomers_told(before, now, seen, few) -> int:
    """How many numbers of newcomers below the threshold follow from those of the cells seen both times."""
    gains = {which: now[which] - before[which] for which in now if which in before}
    if not gains:
        return 0
    sums = [(total, parts) for total, parts, _ in sums_among(gains)]
    rests = [gains[total] - sum(gains[one] for one in parts) for total, parts in sums]
    beside = [
        gains[total] - sum(gains[one] for one in parts if one in seen)
        for total, parts in sums
        if total in seen
    ]
    values = np.array([*gains.values(), *rests])
    unknown = np.array([*(which not in seen for which in gains), *(True for _ in rests)])
    numbers = {which: number for number, which in enumerate(gains)}
    matrix = np.zeros((len(sums), values.size))
    for row, (total, parts) in enumerate(sums):
        matrix[row, numbers[total]] = 1
        matrix[row, [*(numbers[one] for one in parts), len(gains) + row]] = -1
    known = ~unknown
    if sums and unknown.any():
        known[unknown] = np.abs(null_space(matrix[:, unknown])).sum(axis=1) < 1e-9
    return int(((values > 0) & (values < few) & known).sum()) + sum(0 < one < few for one in beside)


def test_no_small_cell_of_a_few_linked_releases_is_told() -> None:
    found = [small_cells_told(seed) for seed in range(1000, 1006)]
    assert not any(told for told, _ in found)
    assert sum(lost for _, lost in found) / len(found) < 0.9


def test_a_few_questions_side_by_side_tell_of_nobody_and_are_answered() -> None:
    found = [told_by_queries(seed) for seed in range(2, 6)]
    assert not any(one.told for one in found)
    # A busy machine has no time to better what it found, and refuses more: how much is for the drill to say.
    assert sum(one.refused for one in found) < len(found) * QUERIES_EACH * 3 // 4
    assert sum(one.hidden for one in found) < sum(one.cells for one in found)


def test_the_attack_between_two_moments_finds_newcomers_that_no_count_tells() -> None:
    log = []
    for moment, women, of_district in (("1", 60, 40), ("2", 78, 55)):
        every = [
            Counted("all", (), {(): women}, moment=moment),
            Counted("x", (), {(): of_district}, given={"district": "x"}, moment=moment),
        ]
        kept = [written(one, (), one.cells) for one in every]
        log += [SimpleNamespace(id=new_id(), audience="donor", tables=[one]) for one in kept]
    assert attacked(readers_of(log, "donor")) == 0
    assert attacked_between(readers_of(log, "donor")) > 0


def test_the_attack_finds_what_a_careless_choice_tells() -> None:
    """The audit would notice: the small cells alone are hidden, and nothing beside them."""
    found = 0
    for seed in range(4):
        tables = linked_tables(np.random.default_rng(seed))
        cells = linked(tables)
        small = {one.name: [] for one in tables}
        for (name, at), number in cells.places.items():
            if cells.counts[number] < OUTSIDE.threshold:
                small[name].append(at)
        found += bool(exposed(tables, small, OUTSIDE))
        assert all(low <= high for low, high in intervals(tables, small).values())
    assert found >= 2


@pytest.mark.drill
def test_no_published_table_discloses() -> None:
    tries, lost = full(10_000), 0.0
    for seed in range(tries):
        told, cost = small_cells_told(seed)
        assert told == 0, seed
        lost += cost
    assert lost / tries < MOST_LOST
    none_in(tries, "sets of linked tables told a cell below the threshold", "H5")
    figure("H5", f"hidden on average: {lost / tries:.0%} of what the tables tell")


@pytest.mark.drill
def test_no_adjacent_query_discloses() -> None:
    tries, refused, hidden, cells = full(100_000, QUERIES_EACH), 0, 0, 0
    for seed in range(tries // QUERIES_EACH):
        found = told_by_queries(10_000 + seed)
        assert found.told == 0, seed
        refused, hidden, cells = refused + found.refused, hidden + found.hidden, cells + found.cells
    assert refused < tries // 3
    assert hidden / cells < MOST_HIDDEN
    none_in(tries, "queries side by side, filtered or later, told a small cell", "H6")
    figure("H6", f"refused: {refused / tries:.1%} of the queries; hidden: {hidden / cells:.0%} of the cells")
