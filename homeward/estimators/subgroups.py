"""For whom: effects by sub-group, whether they differ at all, and what is left after shrinking."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import f, t

from homeward.estimators.arrays import Floats, codes
from homeward.estimators.effects.results import Interval, covariance_of
from homeward.estimators.effects.studies import Study, everybody_observed
from homeward.estimators.generalised import LINEAR, fit
from homeward.estimators.multiplicity import adjusted_p_values
from homeward.estimators.refusals import CannotEstimate

GRID = 200
HALF_T_DF = 4
WIDEST = 5.0
LEAST_IN_ARM = 2


@dataclass(frozen=True)
class Subgroup:
    """One sub-group: its effect, how it differs from the others', and both after shrinking.

    contrast: its effect less the mean of the other sub-groups'; p_holm, p_bh: of the contrasts together;
    shrunk: the effect drawn towards all, as a posterior mean with its interval.
    """

    label: Any
    effect: Interval
    contrast: Interval
    p_holm: float
    p_bh: float
    shrunk: Interval
    n: int
    n_treated: int


@dataclass(frozen=True)
class Subgroups:
    """Effects by sub-group and the test that they are all the same.

    q: the statistic over its degrees, F-distributed with q_df; i2: the share of the variation between
    sub-groups that chance does not explain; spread: the posterior median of true differences' deviation.
    """

    groups: tuple[Subgroup, ...]
    overall: Interval
    q: float
    q_df: tuple[float, float]
    q_p_value: float
    i2: float
    spread: float


def subgroup_effects(given: Study, groups: npt.ArrayLike, *, confidence: float = 0.95) -> Subgroups:
    """Effects in each sub-group by one regression with all products of treatment and sub-group.

    groups: (n,) labels, each person in one. Covariates have one slope for all. Errors: of equal variance, or
    of sums by cluster. Test all the same first (q); contrasts adjusted after Holm where planned, after
    Benjamini and Hochberg where not. Shrinking: normal-normal, its deviation integrated over a half-t prior.
    Refused: fewer than two sub-groups, or fewer than two people in an arm of one.
    """
    everybody_observed(given, "subgroups")
    place, labels = codes(groups, "groups", size=given.size)
    _check(given, place, labels)
    effects, covariance, df = _effects(given, place, labels.size)
    counts = np.bincount(place, given.weights, labels.size).astype(np.float64)
    differ = np.eye(labels.size) - _others(counts)
    contrasts, contrast_covariance = differ @ effects, differ @ covariance @ differ.T
    reach = float(t.ppf((1 + confidence) / 2, df))
    apart = [
        _interval(one, var, reach, df)
        for one, var in zip(contrasts, np.diag(contrast_covariance), strict=True)
    ]
    p_values = [one.p_value for one in apart]
    holm, bh = (adjusted_p_values(p_values, method) for method in ("holm", "bh"))
    shrunk, spread = shrunk_effects(effects, covariance, confidence)
    q, q_df, q_p = _same(effects, covariance, df)
    mean = counts / counts.sum()
    return Subgroups(
        tuple(
            Subgroup(
                labels[one],
                _interval(effects[one], covariance[one, one], reach, df),
                apart[one],
                float(holm[one]),
                float(bh[one]),
                shrunk[one],
                int((place == one).sum()),
                int((given.treated & (place == one)).sum()),
            )
            for one in range(labels.size)
        ),
        _interval(float(mean @ effects), float(mean @ covariance @ mean), reach, df),
        q,
        q_df,
        q_p,
        max(0.0, 1 - 1 / q) if q > 0 else 0.0,
        spread,
    )


def shrunk_effects(
    effects: Floats, covariance: Floats, confidence: float = 0.95
) -> tuple[tuple[Interval, ...], float]:
    """Effects (k,) with their covariance (k, k) drawn towards their mean, and the median deviation.

    The deviation of the true effects has a half-t prior of 4 degrees on the scale of the largest error and
    is summed over a grid of 200; the mean has a flat one. Intervals are of the mixture's mean and variance.
    """
    scale = float(np.sqrt(np.diag(covariance).max()))
    if scale <= 0:
        return tuple(Interval(float(one), 0.0, float(one), float(one), 0.0) for one in effects), 0.0
    grid = scale * np.linspace(0, WIDEST, GRID)
    own, turned = np.linalg.eigh(covariance)
    ones, found = turned.sum(axis=0), effects @ turned
    precise = 1 / (np.maximum(own, 0.0) + np.maximum(grid[:, None], 1e-6 * scale) ** 2)
    total = precise @ ones**2
    centre = precise @ (ones * found) / total
    apart = found - centre[:, None] * ones
    levels = 0.5 * (np.log(precise).sum(axis=1) - np.log(total) - (precise * apart**2).sum(axis=1))
    chance = np.exp(levels - levels.max()) * t.pdf(grid / scale, HALF_T_DF)
    chance /= chance.sum()
    square = grid[:, None] ** 2
    means = centre[:, None] + square * (precise * apart) @ turned.T
    lift = 1 - square * (precise * ones) @ turned.T
    variances = square * (1 - square * (precise @ (turned**2).T)) + lift**2 / total[:, None]
    mean = chance @ means
    error = np.sqrt(chance @ (variances + (means - mean) ** 2))
    reach = float(t.ppf((1 + confidence) / 2, np.inf))
    median = float(grid[int(np.searchsorted(np.cumsum(chance), 0.5))])
    return tuple(
        _interval(float(one), float(sd) ** 2, reach, np.inf) for one, sd in zip(mean, error, strict=True)
    ), median


def _effects(given: Study, place: npt.NDArray[np.int64], size: int) -> tuple[Floats, Floats, float]:
    inside = (place[:, None] == np.arange(size)).astype(np.float64)
    treated = given.treated.astype(np.float64)[:, None]
    design = np.column_stack([inside, inside * treated, given.outcome_design[:, 1:]])
    model = fit(LINEAR, design, given.outcome, given.weights, "outcome by sub-group")
    kept = slice(size, 2 * size)
    n, p = design.shape
    if given.clusters is None and given.strata is None:
        left = given.outcome - model.linear(design)
        spread = float(given.weights @ left**2) / (n - p)
        return model.coefficients[kept], spread * model.inverse[kept, kept], float(n - p)
    shares = model.scores[:, None] * (design @ model.inverse[:, kept])
    covariance, df = covariance_of(shares, given.clusters, given.strata)
    return model.coefficients[kept], covariance, min(df, float(n - p))


def _others(counts: Floats) -> Floats:
    """Rows that make the mean of all other sub-groups, by their size."""
    found = np.tile(counts, (counts.size, 1))
    np.fill_diagonal(found, 0.0)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _same(effects: Floats, covariance: Floats, df: float) -> tuple[float, tuple[float, float], float]:
    steps = np.diff(np.eye(effects.size), axis=0)
    apart = steps @ effects
    number = effects.size - 1
    q = float(apart @ np.linalg.lstsq(steps @ covariance @ steps.T, apart, rcond=None)[0]) / number
    return q, (float(number), df), float(f.sf(q, number, df))


def _check(given: Study, place: npt.NDArray[np.int64], labels: npt.NDArray[Any]) -> None:
    if labels.size < 2:
        raise CannotEstimate("one_arm", {"of": "sub-groups", "groups": 2})
    for arm in given.arms:
        counts = np.bincount(place[arm], minlength=labels.size)
        if counts.min() < LEAST_IN_ARM:
            least = int(np.argmin(counts))
            raise CannotEstimate(
                "too_few", {"of": str(labels[least]), "rows": LEAST_IN_ARM, "found": int(counts[least])}
            )


def _interval(estimate: float, variance: float, reach: float, df: float) -> Interval:
    error = float(np.sqrt(max(variance, 0.0)))
    p_value = float(2 * t.sf(abs(estimate) / error, df)) if error > 0 else float(estimate == 0)
    return Interval(
        float(estimate), error, float(estimate) - reach * error, float(estimate) + reach * error, p_value
    )
