"""What an audience has already, as the estimators take it; and tables as they are written down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from homeward.estimators.linked_cells import Cell, Coordinates, Counted, Identity, Known, identity, linked
from homeward.privacy.models import Release

Hidden = Mapping[str, Iterable[Coordinates]]


@dataclass(frozen=True)
class Earlier:
    """Tables of earlier releases that count the same cells, and what their readers know from all of them."""

    tables: tuple[Counted, ...]
    known: Known


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


def known_to(releases: Sequence[Release], tables: Sequence[Counted], least_change: int) -> Earlier:
    """What readers of these releases, the oldest first, bring to new tables.

    Cells that changed by less than `least_change` since they were shown are kept secret: the change tells of
    the few who came or went. Cells not counted anew may hold still.
    """
    now = set(linked(tables).cells)
    shown: dict[Cell, None] = {}
    cells: set[Cell] = set()
    kept: list[Counted] = []
    for release in releases:
        found = [read(f"{release.id}/{one['name']}", one) for one in release.tables]
        shown |= {(identity(one, at), one.cells[at]): None for one, seen in found for at in seen}
        counted = {(identity(one, at), count) for one, _ in found for at, count in one.cells.items()}
        if counted & now or any(one.moment == tables[0].moment for one, _ in found):
            kept.extend(one for one, _ in found)
            cells |= counted
    known = _known(shown, now, tables[0].moment, least_change)
    return Earlier(tuple(kept), replace(known, unseen=cells - now - set(shown)))


def _known(shown: Mapping[Cell, None], now: set[Cell], moment: str, least_change: int) -> Known:
    counts = dict(now)
    latest: dict[Identity, int] = dict(list(shown))
    secret = {
        (which, counts[which])
        for which, count in shown
        if which in counts and 0 < abs(count - counts[which]) < least_change
    }
    carried = {which: count for which, count in latest.items() if which not in counts}
    return Known(shown=set(shown), secret=secret, carried=carried, moment=moment)


def of_subject(one: Counted, subject: str, moment: str) -> Counted:
    """The table as a part of everything that is ever released about its subject."""
    return replace(one, given={**one.given, "counted": subject}, moment=moment)
