"""How hidden counts could be otherwise while every sum holds: one linear programme, asked again and again."""

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from homeward.estimators.arrays import Bools, Floats, Ints

FARTHEST = 1e5


class Movements:
    """Counts (n,) under sums (m, n): columns of what goes up, then of what comes down, at most to nought."""

    def __init__(self, sums: sparse.csr_array, counts: Ints) -> None:
        self.size = counts.size
        self.counts = counts.astype(np.float64)
        self.columns = np.arange(2 * self.size, dtype=np.int32)
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.passModel(self._model(sums))

    def cheapest(self, target: int, need: float, costs: Floats, free: Bools) -> Floats | None:
        """The movement of least cost that raises one cell by so much and moves none that is not free."""
        lower, upper = self._bounds(free)
        lower[target] = need
        upper[target], upper[self.size + target] = max(upper[target], need), 0.0
        return self._solved(np.concatenate([costs, costs]), lower, upper)

    def farthest(self, gains: Floats, free: Bools, most: Floats | None = None) -> Floats | None:
        """The movement that gains most, cell by cell upwards; most: how far up each may go, (n,)."""
        lower, upper = self._bounds(free)
        if most is not None:
            upper[: self.size] = np.minimum(upper[: self.size], most)
        return self._solved(np.concatenate([-gains, gains]), lower, upper)

    def prices(self) -> Floats:
        """Of the last `farthest`: what each cell (n,) would add to the gain by one more upwards."""
        duals = np.asarray(self.solver.getSolution().col_dual, dtype=np.float64)
        found: Floats = -duals[: self.size]
        return found

    def _bounds(self, free: Bools) -> tuple[Floats, Floats]:
        upper = np.concatenate([np.where(free, FARTHEST, 0.0), np.where(free, self.counts, 0.0)])
        return np.zeros(2 * self.size), upper

    def _solved(self, costs: Floats, lower: Floats, upper: Floats) -> Floats | None:
        self.solver.changeColsCost(self.columns.size, self.columns, costs)
        self.solver.changeColsBounds(self.columns.size, self.columns, lower, upper)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.asarray(self.solver.getSolution().col_value, dtype=np.float64)
        moved: Floats = values[: self.size] - values[self.size :]
        return moved

    def _model(self, sums: sparse.csr_array) -> highspy.HighsLp:
        matrix = sparse.hstack([sums, -sums], format="csc")
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = matrix.shape[1], matrix.shape[0]
        model.col_cost_ = np.zeros(matrix.shape[1])
        model.col_lower_ = np.zeros(matrix.shape[1])
        model.col_upper_ = np.zeros(matrix.shape[1])
        model.row_lower_ = np.zeros(matrix.shape[0])
        model.row_upper_ = np.zeros(matrix.shape[0])
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        model.a_matrix_.index_ = matrix.indices.astype(np.int32)
        model.a_matrix_.value_ = matrix.data.astype(np.float64)
        return model
