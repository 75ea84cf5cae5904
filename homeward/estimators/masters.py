"""The integer programme of which cells to hide: the cheapest that every cut so far allows."""

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from homeward.estimators.arrays import Bools, Floats

LEAST_WORTH = 1e-7


class Master:
    """One yes or no a cell (n,): hidden or shown; forced ones are hidden, known ones are shown."""

    def __init__(
        self, weights: Floats, forced: Bools, known: Bools, sums: sparse.csr_array, small: Bools
    ) -> None:
        self.size, self.forced = weights.size, forced
        self.columns = np.arange(self.size, dtype=np.int32)
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("mip_rel_gap", 0.0)
        self.solver.addVars(self.size, forced.astype(np.float64), (~known).astype(np.float64))
        self.solver.changeColsCost(self.size, self.columns, weights)
        whole = np.full(self.size, highspy.HighsVarType.kInteger)
        self.solver.changeColsIntegrality(self.size, self.columns, whole)
        for row in range(sums.shape[0]):
            self._never_alone(sums.indices[sums.indptr[row] : sums.indptr[row + 1]], small)

    def cut(self, worth: Floats, need: float) -> None:
        """What is hidden must together be worth the need; no cell is worth more than all of it."""
        left = need - float(worth[self.forced].sum())
        free = np.flatnonzero(~self.forced & (worth > LEAST_WORTH)).astype(np.int32)
        if left > 0:
            self._row(left, free, np.minimum(worth[free], left))

    def solve(self, seconds: float) -> Bools | None:
        """The cheapest choice; None when the time is over or nothing is left to choose."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + max(seconds, 0.01))
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        chosen: Bools = np.asarray(self.solver.getSolution().col_value) > 0.5
        return chosen

    def _never_alone(self, cells: Any, small: Bools) -> None:
        """In a sum whose other cells are all shown, a hidden cell is worked out."""
        for cell in cells[small[cells]]:
            others = cells[cells != cell].astype(np.int32)
            self._row(1.0, others, np.ones(others.size))

    def _row(self, least: float, cells: Any, worth: Floats) -> None:
        self.solver.addRow(least, highspy.kHighsInf, cells.size, cells, worth)
