"""Regression of a measure, of yes and no, or of counts: the models that stand behind effects.

Columns are centred and scaled before anything is solved, so that squares of years or of large sums are as
exact as anything else; what is made of a model (means, slopes, influence) does not depend on it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit, log_ndtr, ndtr

from homeward.estimators.arrays import Floats
from homeward.estimators.refusals import CannotEstimate

MOST_STEPS = 40
CLOSE = 1e-6  # a Newton step this small leaves an error of its square
COLLINEAR = 1e-11
LONGEST = 5.0
CERTAIN = 1e-6
STILL = 1e-12
BLOCK = 4096
MANY = 20_000
HALF_LOG_TWO_PI = 0.9189385332046727


@dataclass(frozen=True)
class Family:
    """A family of models. All take the linear predictor; residual and curvature take the outcome as well."""

    mean: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    residual: Callable[[Floats, Floats], Floats]
    curvature: Callable[[Floats, Floats], Floats]
    is_linear: bool = False


def _mills(outcome: Floats, eta: Floats) -> Floats:
    side = np.where(outcome == 1, 1.0, -1.0)
    return np.asarray(side * np.exp(-0.5 * eta * eta - HALF_LOG_TWO_PI - log_ndtr(side * eta)))


def _logit_slope(eta: Floats) -> Floats:
    mean = expit(eta)
    return np.asarray(mean * (1 - mean))


LINEAR = Family(
    mean=lambda eta: eta,
    slope=np.ones_like,
    residual=lambda outcome, eta: outcome - eta,
    curvature=lambda outcome, eta: np.ones_like(eta),
    is_linear=True,
)
LOGIT = Family(
    mean=expit,
    slope=_logit_slope,
    residual=lambda outcome, eta: outcome - expit(eta),
    curvature=lambda outcome, eta: _logit_slope(eta),
)
PROBIT = Family(
    mean=ndtr,
    slope=lambda eta: np.exp(-0.5 * eta * eta - HALF_LOG_TWO_PI),
    residual=_mills,
    curvature=lambda outcome, eta: _mills(outcome, eta) * (_mills(outcome, eta) + eta),
)
POISSON = Family(
    mean=np.exp,
    slope=np.exp,
    residual=lambda outcome, eta: outcome - np.exp(eta),
    curvature=lambda outcome, eta: np.exp(eta),
)
FAMILIES: Mapping[str, Family] = MappingProxyType(
    {"linear": LINEAR, "logit": LOGIT, "probit": PROBIT, "poisson": POISSON}
)


@dataclass(frozen=True)
class Fitted:
    """A model that was fitted.

    coefficients: (p,) of the design that was given; inverse: (p, p), the inverse of the sum of weight times
    curvature times x x'; scores: (n,), weight times residual, so that the sum of scores times x is zero.
    """

    family: Family
    coefficients: Floats
    inverse: Floats
    scores: Floats

    def linear(self, design: Floats) -> Floats:
        """The linear predictor of each row of a design (n, p)."""
        return np.asarray(design @ self.coefficients)

    def influence(self, design: Floats, direction: Floats) -> Floats:
        """What each row adds to direction' (found - true coefficients): (n,), of the rows fitted."""
        return np.asarray(self.scores * (design @ (self.inverse @ direction)))


def scaled(covariates: Floats) -> Floats:
    """A design: ones first, then each column less its mean and over its standard deviation.

    covariates: (n, p). A column without variation is refused ("no_variation"), its place named.
    """
    rows = covariates.shape[0]
    found = np.empty((rows, covariates.shape[1] + 1))
    found[:, 0] = 1.0
    apart = found[:, 1:]
    np.subtract(covariates, covariates.mean(axis=0), out=apart)
    spread = np.sqrt(np.einsum("ij,ij->j", apart, apart) / rows)
    still = np.flatnonzero(spread <= STILL * np.maximum(1.0, np.abs(covariates[:1]).max(axis=0, initial=0)))
    if still.size:
        raise CannotEstimate("no_variation", {"of": "covariates", "column": int(still[0])})
    apart /= spread
    return found


def fit(family: Family, design: Floats, outcome: Floats, weights: Floats, name: str) -> Fitted:
    """Coefficients of most (weighted, quasi-) likelihood by Newton's steps, exact to about 1e-12.

    design: (n, p) as `scaled` makes it; outcome: (n,); weights: (n,), not negative; name: of the model, for
    refusals. Refused: fewer rows than columns ("too_few"), columns that say the same ("collinear"), columns
    that tell the outcome without fail or a likelihood without a top ("perfect_separation").
    """
    rows = int(np.count_nonzero(weights))
    if rows <= design.shape[1]:
        raise CannotEstimate("too_few", {"model": name, "rows": design.shape[1] + 1, "found": rows})
    beta = _start(family, design, outcome, weights)
    eta = design @ beta
    for number in range(MOST_STEPS):
        scores = weights * family.residual(outcome, eta)
        information = _gram(design, weights * family.curvature(outcome, eta))
        if not number:
            _check_rank(information, name)
        step = _solved(information, scores @ design, name)
        moved = design @ step
        reach = float(np.abs(moved).max())
        shrink = 1.0 if family.is_linear else min(1.0, LONGEST / max(reach, 1e-300))
        beta, eta = beta + shrink * step, eta + shrink * moved
        if family.is_linear or reach < CLOSE:
            inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
            return Fitted(family, beta, inverse, weights * family.residual(outcome, eta))
    raise _separated(family.mean(eta), name)


def _start(family: Family, design: Floats, outcome: Floats, weights: Floats) -> Floats:
    """Where the steps begin: at every column's zero; for many rows, where a part of them leads to."""
    beta = np.zeros(design.shape[1])
    if family is POISSON:
        beta[0] = np.log(max(np.average(outcome, weights=weights), 1e-300))
    if family.is_linear or design.shape[0] < MANY:
        return beta
    part = slice(None, None, design.shape[0] // MANY * 4 + 1)
    try:
        return fit(family, np.ascontiguousarray(design[part]), outcome[part], weights[part], "").coefficients
    except CannotEstimate:
        return beta


def _gram(design: Floats, weights: Floats) -> Floats:
    """The sum of weight times x x', in blocks that a processor keeps at hand."""
    columns = design.shape[1]
    found, space = np.zeros((columns, columns)), np.empty((BLOCK, columns))
    for first in range(0, design.shape[0], BLOCK):
        rows = design[first : first + BLOCK]
        weighted = space[: rows.shape[0]]
        np.multiply(rows, weights[first : first + BLOCK, None], out=weighted)
        found += rows.T @ weighted
    return found


def _check_rank(information: Floats, name: str) -> None:
    size = np.sqrt(np.diag(information))
    if (size <= 0).any():
        raise CannotEstimate("collinear", {"model": name, "column": int(np.argmin(size)) - 1})
    values, vectors = np.linalg.eigh(information / np.outer(size, size))
    if values[0] < COLLINEAR * values[-1]:
        raise CannotEstimate("collinear", {"model": name, "column": int(np.argmax(np.abs(vectors[1:, 0])))})


def _solved(information: Floats, right: Floats, name: str) -> Floats:
    try:
        found = np.linalg.solve(information, right)
    except np.linalg.LinAlgError as error:
        raise CannotEstimate("perfect_separation", {"model": name}) from error
    if not np.isfinite(found).all():
        raise CannotEstimate("perfect_separation", {"model": name})
    return np.asarray(found)


def _separated(mean: Floats, name: str) -> CannotEstimate:
    told = int(((mean < CERTAIN) | (mean > 1 - CERTAIN)).sum())
    return CannotEstimate("perfect_separation", {"model": name, "rows_told_without_fail": told})
