"""The choice of further cells to hide: a safe one by linear programmes, then a better one by cuts."""

from dataclasses import dataclass
from time import monotonic

import numpy as np

from homeward.estimators.arrays import Bools, Floats, Ints
from homeward.estimators.linked_cells import Linked
from homeward.estimators.masters import Master
from homeward.estimators.movements import FARTHEST, Movements
from homeward.estimators.refusals import CannotEstimate

NEARLY = 1e-6
PATIENCE = 60  # times the seconds for betterment, for a first safe choice
SOLVED_EXACTLY = 400  # cells; more are left to the linear programmes


@dataclass(frozen=True)
class Asked:
    """Which cells (n,) must be hidden, how wide the interval of each must be, and which readers know."""

    small: Bools
    needs: Ints
    shown: Bools


@dataclass(frozen=True)
class Selected:
    """Hidden cells (n,), the share of information they hold, and whether no safe choice hides less."""

    hidden: Bools
    lost: float
    is_proven: bool


def weights_of(cells: Linked) -> Floats:
    """What hiding a cell costs: more for a larger one, nothing for a remainder, which no table shows."""
    worth: Floats = np.where(cells.remainders, 0.0, 1.0 + np.log1p(cells.counts))
    return worth


def selected(cells: Linked, asked: Asked, seconds: float) -> Selected:
    """A safe choice; a better one, perhaps the best, as far as the seconds go."""
    until = monotonic() + seconds
    work = _Work(cells, asked)
    hidden, is_proven = work.hidden, False
    if work.protect_all(monotonic() + max(PATIENCE * seconds, PATIENCE)):
        work.show_again(until)
        hidden, is_proven = work.hidden, not work.has_secondary()
        if not is_proven and cells.counts.size <= SOLVED_EXACTLY:
            hidden, is_proven = work.by_cuts(until)
    else:
        hidden = ~asked.shown
    weights = weights_of(cells)
    whole = float(weights.sum())
    return Selected(hidden, float(weights[hidden].sum()) / whole if whole else 0.0, is_proven)


class _Work:
    """The state of one search: what is hidden, and the movement that protects each small cell."""

    def __init__(self, cells: Linked, asked: Asked) -> None:
        self.cells, self.asked = cells, asked
        self.weights = weights_of(cells)
        self.hidden: Bools = asked.small | cells.remainders
        self.movements = Movements(cells.sums, cells.counts)
        self.targets = np.flatnonzero(asked.small)
        self.order = self.targets[np.argsort(-asked.needs[self.targets], kind="stable")]
        self.proofs: dict[int, Bools] = {}

    def has_secondary(self) -> bool:
        return bool((self.hidden & ~self.asked.small & ~self.cells.remainders).any())

    def protect_all(self, until: float) -> bool:
        """Hide what the cheapest movement of each small cell needs; whether the time was enough."""
        for target in self.order:
            if target in self.proofs:
                continue
            if monotonic() > until:
                return False
            self._protect(int(target))
        return True

    def _protect(self, target: int) -> None:
        """Upwards by all that it needs; where readers know too much for that, up and down together."""
        need = int(self.asked.needs[target])
        costs = np.where(self.hidden, self.weights * 1e-4 + 1e-5, self.weights)
        moved = self.movements.cheapest(target, need, costs, ~self.asked.shown)
        if moved is not None:
            self.hidden |= np.abs(moved) > NEARLY
            self._note(moved)
            return
        used = self._either_way(target, need, self.hidden)
        if used is None:
            used = self._either_way(target, need, ~self.asked.shown)
        if used is None:
            raise CannotEstimate("cannot_be_hidden", {"cells": int(self.targets.size)})
        self.hidden |= used
        self.proofs[target] = used

    def _either_way(self, target: int, need: int, free: Bools) -> Bools | None:
        """What moves when a cell goes as far up, and as far down, as it can: if that is far enough."""
        width, used = 0.0, np.zeros_like(free)
        for sign in (1.0, -1.0):
            gains = np.zeros(self.cells.counts.size)
            gains[target] = sign
            moved = self.movements.farthest(gains, free)
            if moved is None:
                return free.copy()
            width += sign * moved[target]
            used |= np.abs(moved) > NEARLY
        return used if width >= need - NEARLY else None

    def _note(self, moved: Floats) -> None:
        """One movement protects every small cell that it moves far enough."""
        used = np.abs(moved) > NEARLY
        far = np.abs(moved[self.targets]) >= self.asked.needs[self.targets] - NEARLY
        for target in self.targets[far]:
            self.proofs.setdefault(int(target), used)

    def show_again(self, until: float) -> None:
        """Show what turned out not to be needed, the dearest first, while there is time."""
        extra = np.flatnonzero(self.hidden & ~self.asked.small & ~self.cells.remainders)
        for cell in extra[np.argsort(-self.weights[extra], kind="stable")]:
            if monotonic() > until:
                return
            self._try_without(int(cell))

    def _try_without(self, cell: int) -> None:
        hidden = self.hidden.copy()
        hidden[cell] = False
        kept = dict(self.proofs)
        for target in [one for one, used in self.proofs.items() if used[cell]]:
            if kept[target] is not self.proofs[target]:
                continue
            moved = self.movements.cheapest(
                target, int(self.asked.needs[target]), self.weights + 1e-5, hidden
            )
            if moved is None:
                return
            kept[target] = np.abs(moved) > NEARLY
        self.hidden, self.proofs = hidden, kept

    def by_cuts(self, until: float) -> tuple[Bools, bool]:
        """The least to hide, by a master programme and a cut for each small cell that it leaves open."""
        forced = self.asked.small | self.cells.remainders
        master = Master(self.weights, forced, self.asked.shown, self.cells.sums, self.asked.small)
        while monotonic() < until:
            hidden = master.solve(until - monotonic())
            if hidden is None:
                break
            if self.weights[hidden].sum() > self.weights[self.hidden].sum() - NEARLY:
                return self.hidden, True  # what is at hand costs no more
            if not self._cut(master, hidden):
                return hidden, True
        return self.hidden, False

    def _cut(self, master: Master, hidden: Bools) -> bool:
        """Whether any small cell was open, each of them told to the master."""
        is_open = False
        for target in self.targets:
            need = float(self.asked.needs[target])
            width, worth = self._width(int(target), hidden)
            if width < need - NEARLY:
                master.cut(worth, need)
                is_open = True
        return is_open

    def _width(self, target: int, hidden: Bools) -> tuple[float, Floats]:
        """How far a cell moves up and down with these hidden, and what hiding any other could add to it."""
        width, worth = 0.0, np.zeros(self.cells.counts.size)
        for sign in (1.0, -1.0):
            gains = np.zeros(self.cells.counts.size)
            gains[target] = sign
            moved = self.movements.farthest(gains, hidden)
            if moved is None:
                return float("inf"), worth
            prices = self.movements.prices()
            width += sign * moved[target]
            worth += FARTHEST * np.maximum(prices, 0) + self.cells.counts * np.maximum(-prices, 0)
        return width, worth
