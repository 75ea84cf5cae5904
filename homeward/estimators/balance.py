"""Whether two groups look alike before and after weighting, covariate by covariate."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Bools, Floats, numbers, table, truths
from homeward.estimators.refusals import CannotEstimate

FINE, TOO_FAR = 0.1, 0.25


@dataclass(frozen=True)
class Balance:
    """One covariate in both groups.

    smd, smd_weighted: standardised mean differences, treated less control, both over the same unweighted
    standard deviation so that weighting cannot shrink them by itself; variance_ratio: treated over control,
    None for yes-or-no covariates and where a group never varies.
    """

    mean_treated: float
    mean_control: float
    weighted_treated: float
    weighted_control: float
    smd: float
    smd_weighted: float
    variance_ratio: float | None
    variance_ratio_weighted: float | None


def balance(
    covariates: npt.ArrayLike,
    treated: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    sampling: npt.ArrayLike | None = None,
    target: str = "ATE",
) -> tuple[Balance, ...]:
    """The balance of each column of covariates (n, p), before and after the comparison's weights (n,).

    sampling: survey weights (n,), that count before and after. The standard deviation is the root of the mean
    of both variances; of the treated for "ATT", of the others for "ATC". A column of 0 and 1 has the
    deviation sqrt(p (1 - p)). Where neither group varies, the difference is 0, or refused when their means
    differ ("no_variation"). Austin (2009), Stat. Med. 28; Stuart (2010), Stat. Sci. 25.
    """
    arms = truths(treated, "treated")
    columns = table(covariates, "covariates", size=arms.size)
    before = np.ones(arms.size) if sampling is None else numbers(sampling, "sampling", size=arms.size)
    after = before if weights is None else numbers(weights, "weights", size=arms.size)
    if not 0 < arms.sum() < arms.size:
        raise CannotEstimate("too_few", {"of": "arm", "rows": 1, "found": 0})
    return tuple(
        _of(column, arms, (before, after), (target, place)) for place, column in enumerate(columns.T)
    )


def largest(found: tuple[Balance, ...], *, weighted: bool = True) -> float:
    """The largest standardised difference, whichever its sign; 0 without covariates."""
    return max((abs(one.smd_weighted if weighted else one.smd) for one in found), default=0.0)


def _of(column: Floats, arms: Bools, weights: tuple[Floats, Floats], told: tuple[str, int]) -> Balance:
    before, after = weights
    is_binary = bool(np.isin(column, (0.0, 1.0)).all())
    raw = [_moments(column[arm], before[arm], is_binary) for arm in (~arms, arms)]
    new = [_moments(column[arm], after[arm], is_binary) for arm in (~arms, arms)]
    target, place = told
    spread = np.sqrt({"ATT": raw[1][1], "ATC": raw[0][1]}.get(target, (raw[0][1] + raw[1][1]) / 2))
    return Balance(
        raw[1][0],
        raw[0][0],
        new[1][0],
        new[0][0],
        _standardised(raw[1][0] - raw[0][0], spread, place),
        _standardised(new[1][0] - new[0][0], spread, place),
        None if is_binary else _ratio(raw[1][1], raw[0][1]),
        None if is_binary else _ratio(new[1][1], new[0][1]),
    )


def _moments(values: Floats, weights: Floats, is_binary: bool) -> tuple[float, float]:
    mean = float(np.average(values, weights=weights))
    if is_binary:
        return mean, mean * (1 - mean)
    whole = float(weights.sum())
    squares = float((weights * (values - mean) ** 2).sum())
    return mean, squares * whole / max(whole**2 - float((weights**2).sum()), 1e-300)


def _standardised(difference: float, spread: float, place: int) -> float:
    if spread > 0:
        return float(difference / spread)
    if abs(difference) > 0:
        raise CannotEstimate("no_variation", {"of": "covariates", "column": place})
    return 0.0


def _ratio(treated: float, control: float) -> float | None:
    return treated / control if treated > 0 and control > 0 else None
