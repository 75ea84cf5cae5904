"""H5 and H6: nothing released tells of a few, table by table and release after release."""

from types import SimpleNamespace

import numpy as np
import pytest

from homeward.estimators.disclosure_audit import exposed, intervals
from homeward.estimators.linked_cells import Counted, linked
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import INSIDE, OUTSIDE, suppressed
from homeward.estimators.tests.linked import linked_tables
from homeward.lib.identifiers import new_id
from homeward.privacy.releases.knowing import known_to, of_subject, written
from tests.promises.bounds import figure, full, none_in

AGES, PLACES, PROGRAMMES = ("18-34", "35-59", "60+"), ("x", "y", "z"), ("P1", "P2")
RULES = (INSIDE, OUTSIDE)
QUERIES_EACH = 10


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
        given[names[0]] = str(draws.choice(there[names[0]]))
        kept &= there[names[0]] == given[names[0]]
    if draws.random() < 0.5:
        last = int(draws.integers(9, 13))
        given["period"] = f"2025-01/2025-{last:02}"
        kept &= there["month"] <= last
    dimensions = tuple(names[1 : 2 + int(draws.random() < 0.3)])
    values = [{"age_band": AGES, "district": PLACES, "programme": PROGRAMMES}[name] for name in dimensions]
    cells = {
        tuple(values[place][one] for place, one in enumerate(at)): 0
        for at in np.ndindex(*[len(one) for one in values])
    }
    for row in np.flatnonzero(kept):
        cells[tuple(str(there[name][row]) for name in dimensions)] += 1
    return Counted("asked", dimensions, cells, given=given)


def told_by_queries(seed: int) -> tuple[int, int]:
    """Ask one thing after another, at times of a few people more; how many small cells came out."""
    draws = np.random.default_rng(seed)
    there, moment, log, refused = people(draws), str(new_id()), [], 0
    for _ in range(QUERIES_EACH):
        if draws.random() < 0.1:
            moment = str(new_id())
            there = {name: np.append(column, draws.choice(column, 3)) for name, column in there.items()}
        one = of_subject(asked(draws, there), "cases", moment)
        try:
            earlier = known_to(log, [one], OUTSIDE.threshold)
            every = [one, *earlier.tables]
            hidden = suppressed(every, OUTSIDE, known=earlier.known, seconds=0.05).hidden
        except CannotEstimate:
            refused += 1
            continue
        if exposed(every, hidden, OUTSIDE, known=earlier.known):
            refused += 1
            continue
        log.append(
            SimpleNamespace(id=new_id(), tables=[written(one, hidden["asked"], one.cells | margins(one))])
        )
    return attacked(log), refused


def margins(one: Counted) -> dict:
    cells = linked([one])
    return {at: int(cells.counts[number]) for (_, at), number in cells.places.items()}


def attacked(log) -> int:
    """What all releases together tell, moment by moment, of the cells that were hidden."""
    told = 0
    for moment in {kept["moment"] for one in log for kept in one.tables}:
        tables, hidden = [], {}
        for number, one in enumerate(log):
            for kept in one.tables:
                if kept["moment"] == moment:
                    cells = {tuple(at): count for at, count, _ in kept["cells"]}
                    table = Counted(str(number), tuple(kept["dimensions"]), cells, given=kept["given"])
                    tables.append(table)
                    hidden[table.name] = [tuple(at) for at, _, is_shown in kept["cells"] if not is_shown]
        told += len(exposed(tables, hidden, OUTSIDE))
    return told


def test_no_small_cell_of_a_few_linked_releases_is_told() -> None:
    assert all(small_cells_told(seed)[0] == 0 for seed in range(1000, 1006))


def test_a_few_questions_side_by_side_tell_of_nobody() -> None:
    assert all(told_by_queries(seed)[0] == 0 for seed in range(2))


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
    none_in(tries, "sets of linked tables told a cell below the threshold", "H5")
    figure("H5", f"hidden on average: {lost / tries:.0%} of what the tables tell")


@pytest.mark.drill
def test_no_adjacent_query_discloses() -> None:
    tries, refused = full(100_000, QUERIES_EACH), 0
    for seed in range(tries // QUERIES_EACH):
        told, stayed = told_by_queries(10_000 + seed)
        assert told == 0, seed
        refused += stayed
    none_in(tries, "queries side by side, filtered or later, told a small cell", "H6")
    figure("H6", f"refused: {refused / tries:.1%} of the queries")
