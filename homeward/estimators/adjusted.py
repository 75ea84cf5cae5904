"""How people do beside what their starting point foretells, and what that says of those who helped them."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, Ints, codes, numbers, table
from homeward.estimators.cluster_errors import Contrast, regression
from homeward.estimators.refusals import CannotEstimate

LEAST_RELIABILITY = 0.3


@dataclass(frozen=True)
class Adjusted:
    """Outcomes beside what was to be expected, in the unit of the outcome.

    expected, residuals: (n,); units: labels (G,) with values (G,), the mean residual of each, their
    variances (G,) and counts (G,); slope of the baseline within units with its error and df; reliability:
    what the slope was divided by, 1 where it was taken as measured; r2: within units.
    """

    expected: Floats = field(repr=False)
    residuals: Floats = field(repr=False)
    units: tuple[str, ...]
    values: Floats
    variances: Floats
    counts: Ints
    slope: float
    slope_se: float
    slope_df: float
    reliability: float
    r2: float
    coefficients: Floats = field(repr=False)


def starting_point_adjusted(
    outcome: npt.ArrayLike,
    baseline: npt.ArrayLike,
    unit: npt.ArrayLike,
    *,
    covariates: npt.ArrayLike | None = None,
    cluster: npt.ArrayLike | None = None,
    reliability: float = 1.0,
) -> Adjusted:
    """What people reached less what is expected of anybody with their starting point.

    outcome, baseline: (n,) in one unit each; unit: who helped, labels, at least two; covariates: (n, k) fixed
    before assistance and nothing later; cluster: for errors of the slope (by default the unit, CR2);
    reliability: of the baseline, 0.3 to 1. The slope is estimated within units, so that what a unit does well
    does not pass for "expected"; expected scores use the mean intercept of everybody. A unit's variance is
    s²/n_g + (xbar_g - xbar)' V (xbar_g - xbar). Never a change score: that rewards starting low. Senn (2006),
    Stat. Med. 25; Raudenbush & Willms (1995), J. Educ. Behav. Stat. 20; Fuller (1987) for the reliability.
    """
    y = numbers(outcome, "outcome")
    b = numbers(baseline, "baseline", size=len(y))
    x = b[:, None]
    if covariates is not None:
        x = np.column_stack([x, table(covariates, "covariates", size=len(y))])
    place, names = codes(unit, "unit", size=len(y))
    if not LEAST_RELIABILITY <= reliability <= 1:
        raise CannotEstimate("reliability_out_of_range", {"least": LEAST_RELIABILITY, "most": 1})
    if len(names) < 2 or len(y) <= len(names) + x.shape[1]:
        needed = len(names) + x.shape[1] + 1
        raise CannotEstimate("too_few", {"units": 2, "rows": needed, "found": len(y)})
    counts = np.bincount(place)
    within = x - _means(x, place, counts)[place]
    if np.linalg.matrix_rank(within) < x.shape[1]:
        raise CannotEstimate("no_variation_within_units", {"of": "baseline"})
    fitted = regression(
        y - _means(y[:, None], place, counts)[place, 0],
        within,
        cluster=place if cluster is None else cluster,
    )
    return _told(y, x, (place, counts, names), fitted.coefficients, (fitted.coefficient(0), reliability))


def _told(
    y: Floats,
    x: Floats,
    units: tuple[Ints, Ints, npt.NDArray[np.object_]],
    beta: Floats,
    slope: tuple[Contrast, float],
) -> Adjusted:
    place, counts, names = units
    one, reliability = slope
    used = beta.copy()
    used[0] = beta[0] / reliability
    middle = x - x.mean(axis=0)
    expected = y.mean() + middle @ used  # the mean of the intercepts, each person's unit counting once
    residuals = y - expected
    values = _means(residuals[:, None], place, counts)[:, 0]
    left = len(y) - len(counts) - x.shape[1]
    within_x = x - _means(x, place, counts)[place]
    within_y = y - _means(y[:, None], place, counts)[place, 0]
    noise = within_y - within_x @ beta
    s2 = float(noise @ noise) / left
    of_beta = s2 * np.linalg.inv(within_x.T @ within_x)
    of_beta[0] /= reliability
    of_beta[:, 0] /= reliability
    apart = _means(middle, place, counts)
    whole = float(within_y @ within_y)
    return Adjusted(
        expected=expected,
        residuals=residuals,
        units=tuple(str(name) for name in names),
        values=values,
        variances=s2 / counts + np.einsum("gi,ij,gj->g", apart, of_beta, apart),
        counts=counts,
        slope=float(used[0]),
        slope_se=one.se / reliability,
        slope_df=one.df,
        reliability=reliability,
        r2=1 - float(noise @ noise) / whole if whole > 0 else 0.0,
        coefficients=used,
    )


def variance_factors(correlation: float) -> tuple[float, float, float]:
    """Variances of a difference by design over that without a baseline: after only, change, adjusted.

    1, 2 (1 - rho), 1 - rho²: McKenzie (2012), J. Dev. Econ. 99.
    """
    return 1.0, 2 * (1 - correlation), 1 - correlation**2


def _means(x: Floats, place: Ints, counts: Ints) -> Floats:
    sums = np.column_stack([np.bincount(place, column, len(counts)) for column in x.T])
    return np.asarray(sums / counts[:, None])
