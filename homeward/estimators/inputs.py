"""Arrays as estimators take them: a missing answer is refused, never taken for zero."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from homeward.estimators.refusals import CannotEstimate

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]
Labels = npt.NDArray[Any]


def numbers(given: npt.ArrayLike, name: str, like: Numbers | None = None) -> Numbers:
    """One column of finite float64; CannotEstimate "missing_values" or "lengths_differ" otherwise."""
    column = np.asarray(given, dtype=np.float64)
    if column.ndim != 1:
        raise CannotEstimate("not_a_column", {"column": name})
    return _whole(column, name, like)


def matrix(given: npt.ArrayLike, name: str, like: Numbers | None = None) -> Numbers:
    """Finite float64 of n rows and k columns; one column may come without its second axis."""
    table = np.asarray(given, dtype=np.float64)
    return _whole(table[:, None] if table.ndim == 1 else table, name, like)


def truths(given: npt.ArrayLike, name: str, like: Numbers | None = None) -> Truths:
    """One column of yes and no, from booleans or from 0 and 1."""
    column = np.asarray(given)
    if column.dtype != np.bool_:
        column = numbers(column, name, like)
        if not np.isin(column, (0.0, 1.0)).all():
            raise CannotEstimate("not_yes_or_no", {"column": name})
    _same_length(column, name, like)
    return column.astype(np.bool_)


def codes(given: npt.ArrayLike, name: str, like: Numbers | None = None) -> tuple[Codes, Labels]:
    """Whole numbers from 0 on for labels of any kind, and the labels in their order."""
    column = np.asarray(given)
    _same_length(column, name, like)
    found, levels = pd.factorize(column, sort=True)
    if (found < 0).any():
        raise CannotEstimate("missing_values", {"column": name, "rows": int((found < 0).sum())})
    return np.asarray(found, dtype=np.intp), np.asarray(levels)


def _whole(column: Numbers, name: str, like: Numbers | None) -> Numbers:
    _same_length(column, name, like)
    missing = ~np.isfinite(column)
    if missing.any():
        raise CannotEstimate("missing_values", {"column": name, "rows": int(missing.sum())})
    return column


def _same_length(column: npt.NDArray[Any], name: str, like: Numbers | None) -> None:
    if like is not None and len(column) != len(like):
        raise CannotEstimate("lengths_differ", {"column": name, "rows": len(column), "wanted": len(like)})
