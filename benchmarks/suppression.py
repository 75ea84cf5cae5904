"""How long it takes to make a realistic release safe, and to attack it.

    PYTHONPATH=. .venv/bin/python benchmarks/suppression.py --people 20000

People are drawn by programme, country, partner, sex, age, group and period, unevenly, as caseloads are; the
release is eight linked tables of two or three of these. Prints cells, seconds and memory in Markdown.
"""

import argparse
import resource
from itertools import product
from time import monotonic

import numpy as np

from homeward.estimators.disclosure_audit import exposed
from homeward.estimators.linked_cells import Counted, linked
from homeward.estimators.suppression import OUTSIDE, suppressed

SIZES = {"programme": 4, "country": 12, "partner": 15, "sex": 3, "age_band": 5, "group": 4, "period": 8}
TABLES = (
    ("programme", "country"),
    ("country", "sex", "age_band"),
    ("country", "partner"),
    ("programme", "country", "period"),
    ("partner", "period"),
    ("country", "group"),
    ("partner", "sex", "age_band"),
    ("country", "age_band", "group"),
)


def people(count):
    draws = np.random.default_rng(1)
    found = {}
    for name, size in SIZES.items():
        shares = 1.4 ** -np.arange(size)
        found[name] = draws.choice(size, count, p=shares / shares.sum())
    return found


def table(there, names):
    counts = np.zeros([SIZES[name] for name in names], dtype=int)
    np.add.at(counts, tuple(there[name] for name in names), 1)
    values = [[f"{name}{one}" for one in range(SIZES[name])] for name in names]
    cells = {at: int(count) for at, count in zip(product(*values), counts.ravel(), strict=True)}
    return Counted("-".join(names), names, cells)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--tables", type=int, default=len(TABLES))
    asked = parser.parse_args()
    there = people(asked.people)
    tables = [table(there, names) for names in TABLES[: asked.tables]]
    cells = linked(tables)
    small = int((cells.counts[~cells.remainders] < OUTSIDE.threshold).sum())
    begun = monotonic()
    found = suppressed(tables, OUTSIDE, seconds=asked.seconds)
    hidden = monotonic() - begun
    begun = monotonic()
    told = exposed(tables, found.hidden, OUTSIDE)
    attacked = monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len({cells.places[name, at] for name, own in found.hidden.items() for at in own})
    print("| people | cells | small | hidden | lost | hiding | attack | told | memory |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(
        f"| {asked.people:,} | {cells.counts.size:,} | {small:,} | {count:,} | {found.lost:.1%} "
        f"| {hidden:.1f} s | {attacked:.1f} s | {len(told)} | {used:.0f} MiB |"
    )


if __name__ == "__main__":
    main()
