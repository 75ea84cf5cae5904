"""Small places that borrow from the others: each place's own estimate and what its traits foretell."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, numbers, table
from homeward.estimators.meta_analysis import fit, variance_between
from homeward.estimators.refusals import CannotEstimate

Between = Literal["REML", "ML", "FH"]


@dataclass(frozen=True)
class Areas:
    """Fay and Herriot's estimates, (m,) for m places in the unit of the direct ones.

    estimates: the empirical best; mse: their mean squared errors; synthetic: what traits alone foretell; own:
    weight of a place's own estimate, 0 to 1; variance_between: sigma²_u, 0 where places differ no more than
    by chance; coefficients (p,), intercept first, with their covariance (p, p).
    """

    estimates: Floats = field(repr=False)
    mse: Floats = field(repr=False)
    synthetic: Floats = field(repr=False)
    own: Floats = field(repr=False)
    variance_between: float
    coefficients: Floats
    covariance: Floats = field(repr=False)
    method: Between


def fay_herriot(
    direct: npt.ArrayLike,
    variances: npt.ArrayLike,
    traits: npt.ArrayLike | None = None,
    *,
    method: Between = "REML",
) -> Areas:
    """Shrink direct estimates of places towards a regression on what is known of the places.

    direct: (m,) estimates; variances: (m,) their squared errors, taken as known and above 0; traits: (m, p)
    without the intercept, which is added. method: "REML", "ML", or "FH" of moments (Paule & Mandel's
    equation). Errors are those of Prasad & Rao (1990, J. Am. Stat. Assoc. 85), less the bias of ML and FH
    (Datta & Lahiri 2000; Datta, Rao & Smith 2005). Refuses "too_few" places for the traits. Fay & Herriot
    (1979), J. Am. Stat. Assoc. 74; Rao & Molina (2015), Small Area Estimation, ch. 6.
    """
    y = numbers(direct, "direct")
    v = numbers(variances, "variances", size=len(y))
    x = np.ones((len(y), 1))
    if traits is not None:
        x = np.column_stack([x, table(traits, "traits", size=len(y))])
    if len(y) <= x.shape[1]:
        raise CannotEstimate("too_few", {"places": x.shape[1] + 1, "found": len(y)})
    if (v <= 0).any():
        raise CannotEstimate("variance_not_above_zero", {"of": "variances"})
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotEstimate("traits_collinear", {"of": "traits"})
    between, _error = variance_between(y, v, x, "PM" if method == "FH" else method)
    found = fit(y, v, x, between)
    synthetic = x @ found.coefficients
    own = between * found.weights
    return Areas(
        estimates=own * y + (1 - own) * synthetic,
        mse=_errors(v, x, between, method),
        synthetic=synthetic,
        own=own,
        variance_between=between,
        coefficients=found.coefficients,
        covariance=found.covariance,
        method=method,
    )


def _errors(v: Floats, x: Floats, between: float, method: Between) -> Floats:
    """g1 of the place, g2 of the coefficients, twice g3 of the variance between, less its bias."""
    weights = 1 / (v + between)
    covariance = np.linalg.inv(x.T @ (weights[:, None] * x))
    given = (v * weights) ** 2
    first = between * v * weights
    second = given * np.einsum("ij,jk,ik->i", x, covariance, x)
    one, two = float(weights.sum()), float((weights**2).sum())
    of_between = 2 * len(v) / one**2 if method == "FH" else 2 / two
    third = given * weights * of_between
    bias = 0.0
    if method == "ML":
        bias = -float(np.trace(covariance @ (x.T @ (weights[:, None] ** 2 * x)))) / two
    elif method == "FH":
        bias = 2 * (len(v) * two - one**2) / one**3
    return np.asarray(first + second + 2 * third - bias * given)
