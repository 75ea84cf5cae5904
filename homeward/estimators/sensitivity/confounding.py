"""How strong something not measured would have to be to explain the coefficient of a linear regression.

Cinelli & Hazlett (2020), J. R. Stat. Soc. B 82; numbers as in R's sensemakr.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import copysign, inf, sqrt

import numpy as np
import numpy.typing as npt
from scipy.stats import t

from homeward.estimators.arrays import Floats, numbers, table
from homeward.estimators.generalised import scaled
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its classical standard error and the residual degrees of freedom."""

    estimate: float
    standard_error: float
    df: float

    def __post_init__(self) -> None:
        if not self.standard_error > 0 or not self.df > 1:
            raise CannotEstimate("no_error", {"standard_error": "above 0", "df": "above 1"})

    @property
    def t(self) -> float:
        """The coefficient over its error."""
        return self.estimate / self.standard_error


@dataclass(frozen=True)
class Adjusted:
    """A coefficient as it would be with a confounder of the given strength (shares of variance, 0 to 1)."""

    label: str
    r2_treatment: float
    r2_outcome: float
    estimate: float
    standard_error: float
    t: float
    low: float
    high: float


@dataclass(frozen=True)
class Regression:
    """A regression's coefficient of treatment, and how much of both a group of covariates explains.

    benchmarks: by name, the partial R² with treatment given the other covariates, and with the outcome given
    treatment and the other covariates.
    """

    coefficient: Coefficient
    benchmarks: Mapping[str, tuple[float, float]]


def partial_r2(given: Coefficient) -> float:
    """The share of the outcome's remaining variance that treatment explains: t² / (t² + df), 0 to 1."""
    return given.t**2 / (given.t**2 + given.df)


def robustness_value(given: Coefficient, q: float = 1.0, alpha: float | None = None) -> float:
    """The least share of the remaining variance of both treatment and outcome that would take away q of it.

    q: the part of the coefficient to be explained away, above 0; alpha: with it, so much that the coefficient
    is no longer significant at that level. 0 to 1; 0 where nothing is needed.
    """
    if q <= 0 or (alpha is not None and not 0 < alpha < 1):
        raise CannotEstimate("out_of_range", {"q": "above 0", "alpha": "between 0 and 1"})
    strength = q * abs(given.t) / sqrt(given.df)
    critical = 0.0 if alpha is None else float(t.isf(alpha / 2, given.df - 1)) / sqrt(given.df - 1)
    left = strength - critical
    if left <= 0:
        return 0.0
    if critical > 0 and strength > 1 / critical:
        return (strength**2 - critical**2) / (1 + strength**2)
    return (sqrt(left**4 + 4 * left**2) - left**2) / 2


def extreme_robustness_value(given: Coefficient, q: float = 1.0, alpha: float | None = None) -> float:
    """The same for a confounder that explains all of the rest of the outcome: its share of treatment."""
    strength = (q * given.t) ** 2 / given.df
    critical = 0.0 if alpha is None else float(t.isf(alpha / 2, given.df - 1)) ** 2 / (given.df - 1)
    return max(0.0, (strength - critical) / (1 + strength))


def adjusted_for(
    given: Coefficient, r2_treatment: float, r2_outcome: float, *, alpha: float = 0.05, label: str = ""
) -> Adjusted:
    """The coefficient with a confounder that explains these shares (0 to 1) and pulls it towards zero."""
    if not 0 <= r2_treatment < 1 or not 0 <= r2_outcome <= 1:
        raise CannotEstimate("out_of_range", {"r2": "from 0 to 1"})
    bias = given.standard_error * sqrt(r2_outcome * r2_treatment / (1 - r2_treatment) * given.df)
    error = given.standard_error * sqrt((1 - r2_outcome) / (1 - r2_treatment) * given.df / (given.df - 1))
    estimate = copysign(abs(given.estimate) - bias, given.estimate)
    reach = float(t.isf(alpha / 2, given.df - 1)) * error
    over = estimate / error if error > 0 else copysign(inf, estimate)
    return Adjusted(
        label, r2_treatment, r2_outcome, estimate, error, over, estimate - reach, estimate + reach
    )


def benchmark(
    given: Coefficient,
    known: tuple[float, float],
    times: float = 1.0,
    *,
    alpha: float = 0.05,
    label: str = "",
) -> Adjusted:
    """The coefficient with a confounder `times` as strong as a known covariate, with treatment and outcome.

    known: partial R² of the covariate with treatment and with the outcome (see `Regression.benchmarks`).
    Refused where nothing can be so strong ("benchmark_too_strong").
    """
    with_treatment, with_outcome = known
    r2_treatment = times * with_treatment / (1 - with_treatment)
    between = times * with_treatment**2 / ((1 - times * with_treatment) * (1 - with_treatment))
    if r2_treatment >= 1 or not 0 <= between < 1:
        raise CannotEstimate("benchmark_too_strong", {"times": times, "of": label})
    strength = (sqrt(times) + sqrt(between)) / sqrt(1 - between)
    r2_outcome = min(1.0, strength**2 * with_outcome / (1 - with_outcome))
    return adjusted_for(given, r2_treatment, r2_outcome, alpha=alpha, label=label)


def regression(
    outcome: npt.ArrayLike,
    treatment: npt.ArrayLike,
    covariates: npt.ArrayLike,
    groups: Mapping[str, Sequence[int]],
) -> Regression:
    """The regression of an outcome (n,) on treatment (n,) and covariates (n, p), with its benchmarks.

    groups: by name, the places of the covariates that make a benchmark together.
    """
    y = numbers(outcome, "outcome")
    d = numbers(treatment, "treatment", size=y.size)
    x = scaled(table(covariates, "covariates", size=y.size))
    if y.size <= x.shape[1] + 2:
        raise CannotEstimate("too_few", {"rows": x.shape[1] + 3, "found": y.size})
    df = y.size - x.shape[1] - 1
    left_y, left_d = _left(x, y), _left(x, d)
    spread = float(left_d @ left_d)
    if spread <= 1e-12 * float(d @ d):
        raise CannotEstimate("collinear", {"model": "treatment"})
    estimate = float(left_d @ left_y) / spread
    rest = float(((left_y - estimate * left_d) ** 2).sum())
    found = {}
    for name, places in groups.items():
        others = np.delete(x, [place + 1 for place in places], axis=1)
        without = _left(np.column_stack([others, d]), y)
        less = _left(others, d)
        found[name] = (1 - spread / float(less @ less), 1 - rest / float(without @ without))
    return Regression(Coefficient(estimate, sqrt(rest / df / spread), df), found)


def _left(design: Floats, column: Floats) -> Floats:
    return np.asarray(column - design @ np.linalg.lstsq(design, column, rcond=None)[0])
