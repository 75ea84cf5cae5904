"""Arrays as estimators take them: checked once, at the door. A missing answer is refused, never a zero."""

from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.estimators.refusals import CannotEstimate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def numbers(given: npt.ArrayLike, name: str, *, size: int | None = None) -> Floats:
    """A one-dimensional float array without missing or infinite values, of the size where one is given."""
    found = np.asarray(given, dtype=np.float64)
    if found.ndim != 1 or (size is not None and found.size != size):
        raise CannotEstimate("wrong_shape", {"of": name})
    if not np.isfinite(found).all():
        raise CannotEstimate("missing_values", {"of": name, "found": int((~np.isfinite(found)).sum())})
    return found


def table(given: npt.ArrayLike, name: str, *, size: int | None = None) -> Floats:
    """A two-dimensional float array (rows, columns) without missing values; one column may be given flat."""
    found = np.asarray(given, dtype=np.float64)
    found = found[:, None] if found.ndim == 1 else found
    if found.ndim != 2 or (size is not None and found.shape[0] != size):
        raise CannotEstimate("wrong_shape", {"of": name})
    if not np.isfinite(found).all():
        raise CannotEstimate("missing_values", {"of": name, "found": int((~np.isfinite(found)).sum())})
    return found


def truths(given: npt.ArrayLike, name: str, *, size: int | None = None) -> Bools:
    """A one-dimensional array of yes and no, from booleans or from 0 and 1 alone."""
    found = np.asarray(given)
    if found.dtype != np.bool_:
        found = numbers(found, name)
        if not np.isin(found, (0.0, 1.0)).all():
            raise CannotEstimate("not_yes_or_no", {"of": name})
        found = found == 1
    if found.ndim != 1 or (size is not None and found.size != size):
        raise CannotEstimate("wrong_shape", {"of": name})
    return np.asarray(found, dtype=np.bool_)


def codes(given: npt.ArrayLike, name: str, *, size: int | None = None) -> tuple[Ints, npt.NDArray[Any]]:
    """Labels of any kind as whole numbers from 0 on, and the sorted labels they stand for."""
    found = np.asarray(given)
    if found.ndim != 1 or (size is not None and found.size != size):
        raise CannotEstimate("wrong_shape", {"of": name})
    missing = np.array([one is None or one != one for one in found], dtype=bool)
    if missing.any():
        raise CannotEstimate("missing_values", {"of": name, "found": int(missing.sum())})
    labels, positions = np.unique(found, return_inverse=True)
    return positions.astype(np.int64), labels
