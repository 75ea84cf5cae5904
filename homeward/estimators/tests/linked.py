"""Tables drawn at random over the same people, as a release links them."""

from itertools import product

import numpy as np

from homeward.estimators.linked_cells import Counted


def linked_tables(draws: np.random.Generator, *, names: str = "abc", most: int = 400) -> list[Counted]:
    """Two to four tables by one or two of the dimensions, some of them filtered by a third."""
    values = {name: [f"{name}{n}" for n in range(draws.integers(2, 5))] for name in names}
    people = {name: _uneven(draws, found, size=most) for name, found in values.items()}
    there = np.arange(most) < draws.integers(30, most)
    return [_table(draws, f"t{n}", values, people, there) for n in range(draws.integers(2, 5))]


def _uneven(draws: np.random.Generator, values: list[str], size: int) -> np.ndarray:
    shares = 4.0 ** -np.arange(len(values))
    return draws.choice(values, size=size, p=shares / shares.sum())


def _table(draws, name: str, values: dict, people: dict, there: np.ndarray) -> Counted:
    kept = sorted(draws.choice(list(values), size=draws.integers(1, 3), replace=False).tolist())
    others = [one for one in values if one not in kept]
    given = {others[0]: values[others[0]][0]} if others and draws.random() < 0.3 else {}
    for one, value in given.items():
        there = there & (people[one] == value)
    cells = {
        at: int(
            np.logical_and.reduce([there, *(people[one] == v for one, v in zip(kept, at, strict=True))]).sum()
        )
        for at in product(*[values[one] for one in kept])
    }
    return Counted(name, tuple(kept), cells, given=given)
