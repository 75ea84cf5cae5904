"""Which cells of tables are not shown, so that no small one can be worked out from those that are.

A cell is small below the rule's threshold; nought is small too, for a shown nought says of everybody in the
row that they are elsewhere. Small cells are hidden, and as many others as it takes that every small one could
be anything in an interval at least a threshold wide, given all that is shown, in all tables together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from homeward.estimators.arrays import Bools, Ints
from homeward.estimators.complementary import Asked, selected
from homeward.estimators.linked_cells import Coordinates, Counted, Known, Linked, completed, linked
from homeward.estimators.refusals import CannotEstimate

__all__ = ["INSIDE", "OUTSIDE", "Counted", "Known", "Rule", "Suppression", "Why", "of_shares", "suppressed"]

ANSWER, YES, NO = "answer", "yes", "no"


class Why(StrEnum):
    """Why a cell is hidden; never told to who gets the table, for it says which ones are small."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Rule:
    """From which count on a cell may be shown; shows_zeros: cells of nobody are nobody's secret here."""

    threshold: int = 10
    sealed_threshold: int = 20
    shows_zeros: bool = False


INSIDE, OUTSIDE = Rule(5, 10), Rule(10, 20)


@dataclass(frozen=True)
class Suppression:
    """Hidden cells of each table; lost: the share of what the cells tell that is hidden, 0 to 1.

    is_proven: no safe choice hides less.
    """

    hidden: Mapping[str, Mapping[Coordinates, Why]]
    lost: float
    is_proven: bool

    def is_shown(self, table: str, coordinates: Coordinates) -> bool:
        """Whether the cell, and every mean or rate that belongs to it, may be shown."""
        return coordinates not in self.hidden.get(table, {})


def suppressed(
    tables: Sequence[Counted], rule: Rule, *, known: Known | None = None, seconds: float = 10.0
) -> Suppression:
    """Hide small cells, and others so that no small one lies in an interval narrower than its threshold.

    seconds: how long to look for fewer hidden cells once a safe choice is found. Errors: "cells_disagree"
    where one cell has two counts, "already_known", "cannot_be_hidden" where what is known pins a small cell.
    Linear programmes protect one small cell after another by the cheapest movement of people that leaves all
    shown cells as they are (Kelly, Golden & Assad 1992); small releases are solved to the optimum by cuts
    (Fischetti & Salazar-González 2001, Management Science 47(7)).
    """
    cells = linked(tables, known)
    asked = asked_of(cells, rule, known or Known())
    if told := int((asked.small & asked.shown).sum()):
        raise CannotEstimate("already_known", {"cells": told})
    found = selected(cells, asked, seconds)
    hidden: dict[str, dict[Coordinates, Why]] = {one.name: {} for one in tables}
    for (table, coordinates), number in cells.places.items():
        if found.hidden[number]:
            hidden[table][coordinates] = Why.PRIMARY if asked.small[number] else Why.SECONDARY
    return Suppression(hidden, found.lost, found.is_proven)


def asked_of(cells: Linked, rule: Rule, known: Known) -> Asked:
    """Which cells are small, how wide the interval of each must be, and which are known already."""
    needs: Ints = np.where(cells.sealed, rule.sealed_threshold, rule.threshold).astype(np.int64)
    small: Bools = (cells.counts < needs) & ~(rule.shows_zeros & (cells.counts == 0))
    small[len(cells.cells) :] &= cells.counts[len(cells.cells) :] > 0  # a remainder of nobody
    shown = np.zeros_like(small)
    for number, which in enumerate(cells.cells):
        shown[number] = which in known.shown
        small[number] |= which in known.secret and not shown[number]
    return Asked(small, needs, shown)


def of_shares(given: Counted, yes: Mapping[Coordinates, int]) -> Counted:
    """The table by yes and no: a share may be shown only where both of its counts may.

    yes: how many of each cell said yes. A share of 0 or 100 % tells everybody's answer and is hidden so.
    """
    cells: dict[Coordinates, int] = {}
    for at, count in completed(given).items():
        if at in yes:
            cells[(*at, YES)], cells[(*at, NO)], cells[(*at, None)] = yes[at], count - yes[at], count
        else:
            cells[(*at, None)] = count
    sealed = frozenset((*at, one) for at in given.sealed for one in (YES, NO, None))
    impossible = frozenset((*at, None) for at in given.impossible)
    dimensions = (*given.dimensions, ANSWER)
    return replace(given, dimensions=dimensions, cells=cells, sealed=sealed, impossible=impossible)
