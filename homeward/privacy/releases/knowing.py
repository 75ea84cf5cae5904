"""What an audience has already, as the estimators take it; and tables as they are written down."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from homeward.estimators.changes import changed_by_few
from homeward.estimators.linked_cells import (
    Cell,
    Change,
    Coordinates,
    Counted,
    Identity,
    Known,
    identity,
    linked,
)
from homeward.estimators.suppression import Rule
from homeward.privacy.models import Release


@dataclass(frozen=True)
class Earlier:
    """Tables of earlier releases that count the same cells, and what their readers know from all of them.

    hidden: cells of these tables that they were not shown; before: what they were shown at each other moment;
    already: what they were shown at the moment of the new tables.
    """

    tables: tuple[Counted, ...]
    hidden: Mapping[str, frozenset[Coordinates]]
    before: tuple[Mapping[Identity, int], ...]
    already: frozenset[Identity]
    known: Known

    def changes(
        self, asked: Sequence[Counted], hidden: Mapping[str, Collection[Coordinates]] | None, rule: Rule
    ) -> frozenset[Change]:
        """What changed by a few since readers were shown it.

        hidden: of the tables asked now, for differences that are told; None: of all that is counted at this
        moment, for differences that must stay untold. What other tables of it have told in full is past.
        """
        tables = [*asked, *(one for one in self.tables if one.moment == self.known.moment)]
        unseen = {} if hidden is None else {**self.hidden, **hidden}
        found = changed_by_few(tables, unseen, self.before, rule, self.known.sealed)
        return frozenset(one for one in found if any(which not in self.already for which, _ in one.now))


def written(one: Counted, hidden: Iterable[Coordinates], cells: Mapping[Coordinates, int]) -> dict[str, Any]:
    """A table as the log keeps it, every cell with its count and whether it was shown."""
    kept = frozenset(hidden)
    return {
        "name": one.name,
        "dimensions": list(one.dimensions),
        "given": dict(one.given),
        "moment": one.moment,
        "sealed": [list(at) for at in sorted(one.sealed, key=str)],
        "impossible": [list(at) for at in sorted(one.impossible, key=str)],
        "cells": [[list(at), count, at not in kept] for at, count in cells.items()],
    }


def read(name: str, kept: Mapping[str, Any]) -> tuple[Counted, frozenset[Coordinates]]:
    """A table from the log, and which of its cells were shown."""
    table = Counted(
        name=name,
        dimensions=tuple(kept["dimensions"]),
        cells={tuple(at): count for at, count, _ in kept["cells"]},
        sealed=frozenset(tuple(at) for at in kept["sealed"]),
        given=kept["given"],
        impossible=frozenset(tuple(at) for at in kept["impossible"]),
        moment=kept["moment"],
    )
    return table, frozenset(tuple(at) for at, _, is_shown in kept["cells"] if is_shown)


def known_to(releases: Sequence[Release], tables: Sequence[Counted]) -> Earlier:
    """What readers of these releases, the oldest first, bring to new tables.

    What was shown at another moment and is not counted anew may hold still.
    """
    moment, now = tables[0].moment, set(linked(tables).cells)
    log = [[read(f"{release.id}/{one['name']}", one) for one in release.tables] for release in releases]
    every = [each for release in log for each in release]
    shown = [(one.moment, identity(one, at), one.cells[at]) for one, seen in every for at in seen]
    before: dict[str, dict[Identity, int]] = defaultdict(dict)
    for when, which, count in shown:
        before[when][which] = count
    cells: set[Cell] = set()
    kept: list[tuple[Counted, frozenset[Coordinates]]] = []
    for release in log:
        counted = {(identity(one, at), count) for one, _ in release for at, count in one.cells.items()}
        if counted & now or any(one.moment == moment for one, _ in release):
            kept.extend(release)
            cells |= counted
    told = {(which, count) for _, which, count in shown}
    anew = {which for which, _ in now}
    known = Known(
        shown=told,
        unseen=cells - now - told,
        carried={which: count for _, which, count in shown if which not in anew},
        moment=moment,
        sealed={identity(one, at) for one in (*tables, *(one for one, _ in every)) for at in one.sealed},
    )
    return Earlier(
        tables=tuple(one for one, _ in kept),
        hidden={one.name: frozenset(one.cells) - seen for one, seen in kept},
        before=tuple(counts for when, counts in before.items() if when != moment),
        already=frozenset(before.get(moment, ())),
        known=known,
    )


def of_subject(one: Counted, subject: str, moment: str) -> Counted:
    """The table as a part of everything that is ever released about its subject."""
    return replace(one, given={**one.given, "counted": subject}, moment=moment)
