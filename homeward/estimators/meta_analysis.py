"""Several estimates of one thing drawn together, and how far they differ among themselves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from homeward.estimators.arrays import Floats, numbers, table
from homeward.estimators.refusals import CannotEstimate

Between = Literal["REML", "ML", "DL", "PM", "HE", "SJ", "HS", "FE"]
Errors = Literal["hksj", "normal", "truncated"]
MOST_STEPS = 500
TOLERANCE = 1e-12
WIDEST = 1e6  # times the largest variance or spread: where a root is no longer looked for


@dataclass(frozen=True)
class Pooled:
    """Estimates drawn together, in the unit of the effects; tau2 and its limits in that unit squared.

    estimate, se, low, high, p: of the first coefficient (the mean, where there are no moderators); df: of
    its t, None for a normal interval. prediction_low, prediction_high: where the effect of one more such
    study lies; None with moderators. q, q_df, q_p: Cochran's test that there is nothing but chance between
    them; i2 (0 to 1) and h2 after Higgins & Thompson (2002, Stat. Med. 21). moderators_q: the test of all
    coefficients but the first, F (errors "hksj", "truncated") or chi².
    """

    estimate: float
    se: float
    low: float
    high: float
    p: float
    df: int | None
    tau2: float
    tau2_se: float | None
    tau2_low: float | None
    tau2_high: float | None
    i2: float
    h2: float
    q: float
    q_df: int
    q_p: float
    prediction_low: float | None
    prediction_high: float | None
    k: int
    confidence: float
    weights: Floats = field(repr=False, compare=False)
    coefficients: Floats = field(repr=False, compare=False)
    covariance: Floats = field(repr=False, compare=False)
    moderators_q: float | None = None
    moderators_p: float | None = None


@dataclass(frozen=True)
class Fit:
    """Weighted least squares at one variance between: what every method of finding it stands on."""

    weights: Floats
    coefficients: Floats
    covariance: Floats
    residual: Floats
    projected: Floats  # P = W - W X (X'WX)^-1 X'W

    @property
    def q(self) -> float:
        return float(self.weights @ self.residual**2)


def fit(effects: Floats, variances: Floats, x: Floats, tau2: float) -> Fit:
    """The weighted fit of effects (k,) on x (k, p) with weights 1 / (variance + tau2)."""
    weights = 1 / (variances + tau2)
    covariance: Floats = np.asarray(np.linalg.inv(x.T @ (weights[:, None] * x)))
    coefficients = covariance @ x.T @ (weights * effects)
    weighted = weights[:, None] * x
    projected = np.diag(weights) - weighted @ covariance @ weighted.T
    return Fit(weights, coefficients, covariance, effects - x @ coefficients, projected)


def variance_between(
    effects: Floats, variances: Floats, x: Floats, method: Between
) -> tuple[float, float | None]:
    """The variance between effects that chance within them does not account for, and its error if known.

    REML and ML by Fisher scoring; DL DerSimonian & Laird (1986); PM Paule & Mandel (1982), which is the
    empirical Bayes one too; HE Hedges & Olkin; SJ Sidik & Jonkman (2005); HS Hunter & Schmidt; FE is 0.
    Never below 0. Formulas with moderators as in R's metafor (Viechtbauer 2010, J. Stat. Softw. 36(3)).
    """
    if method == "FE":
        return 0.0, None
    found = METHODS[method](effects, variances, x)
    if method not in ("REML", "ML", "DL"):
        return found, None
    return found, _error_of(found, effects, variances, x, method)


def pooled(
    effects: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    method: Between = "REML",
    errors: Errors = "hksj",
    moderators: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Pooled:
    """Draw k estimates together as a random sample of such estimates (method "FE": as measures of one).

    effects: (k,) in one unit; variances: (k,) their squared errors, above 0; moderators: (k, m), to which an
    intercept is added. errors: "hksj" Hartung-Knapp-Sidik-Jonkman with t of k - p, "truncated" the same never
    below the normal one, "normal" Wald. The interval of prediction uses the same df (metafor's rule).
    Refuses "too_few" with no more estimates than coefficients. Hartung & Knapp (2001), Stat. Med. 20;
    Q-profile limits of tau2 after Viechtbauer (2007), Stat. Med. 26.
    """
    y = numbers(effects, "effects")
    v = numbers(variances, "variances", size=len(y))
    x = np.ones((len(y), 1))
    if moderators is not None:
        x = np.column_stack([x, table(moderators, "moderators", size=len(y))])
    left = _left(x)
    if left < 1:
        raise CannotEstimate("too_few", {"estimates": x.shape[1] + 1, "found": len(y)})
    if (v <= 0).any():
        raise CannotEstimate("variance_not_above_zero", {"of": "variances"})
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotEstimate("moderators_collinear", {"of": "moderators"})
    tau2, tau2_se = variance_between(y, v, x, method)
    return _told(y, v, x, (tau2, tau2_se), (method, errors, confidence))


def _told(
    y: Floats,
    v: Floats,
    x: Floats,
    between: tuple[float, float | None],
    asked: tuple[Between, Errors, float],
) -> Pooled:
    (tau2, tau2_se), (method, errors, confidence) = between, asked
    left = _left(x)
    fixed, found = fit(y, v, x, 0.0), fit(y, v, x, tau2)
    scale = _scale(found, left, errors)
    covariance = found.covariance * scale
    crit = _critical(left, errors, confidence)
    estimate, se = float(found.coefficients[0]), sqrt(float(covariance[0, 0]))
    statistic = abs(estimate) / se
    p = 2 * float(stats.norm.sf(statistic) if errors == "normal" else stats.t.sf(statistic, left))
    typical = left / float(np.trace(fixed.projected))
    i2, h2 = tau2 / (tau2 + typical), (tau2 + typical) / typical
    if method == "FE":
        i2, h2 = max(0.0, 1 - left / fixed.q) if fixed.q > 0 else 0.0, fixed.q / left
    alone = x.shape[1] == 1
    apart = crit * sqrt(se**2 + tau2)
    low, high = _profile(y, v, x, confidence) if method != "FE" else (None, None)
    test = _of_moderators(found.coefficients, covariance, left, errors)
    return Pooled(
        estimate=estimate,
        se=se,
        low=estimate - crit * se,
        high=estimate + crit * se,
        p=p,
        df=None if errors == "normal" else left,
        tau2=tau2,
        tau2_se=tau2_se,
        tau2_low=low,
        tau2_high=high,
        i2=i2,
        h2=h2,
        q=fixed.q,
        q_df=left,
        q_p=float(stats.chi2.sf(fixed.q, left)),
        prediction_low=estimate - apart if alone and method != "FE" else None,
        prediction_high=estimate + apart if alone and method != "FE" else None,
        k=len(y),
        confidence=confidence,
        weights=found.weights / found.weights.sum(),
        coefficients=found.coefficients,
        covariance=covariance,
        moderators_q=test[0] if test else None,
        moderators_p=test[1] if test else None,
    )


def _left(x: Floats) -> int:
    return int(x.shape[0] - x.shape[1])


def _scale(found: Fit, left: int, errors: Errors) -> float:
    if errors == "normal":
        return 1.0
    scale = found.q / left
    if errors == "truncated":
        return max(1.0, scale)
    if scale <= 0:
        raise CannotEstimate("no_variation", {"estimates_that_differ": 2})
    return scale


def _critical(left: int, errors: Errors, confidence: float) -> float:
    upper = (1 + confidence) / 2
    return float(stats.norm.ppf(upper) if errors == "normal" else stats.t.ppf(upper, left))


def _of_moderators(
    coefficients: Floats, covariance: Floats, left: int, errors: Errors
) -> tuple[float, float] | None:
    rest = coefficients[1:]
    if not len(rest):
        return None
    q = float(rest @ np.linalg.solve(covariance[1:, 1:], rest))
    if errors == "normal":
        return q, float(stats.chi2.sf(q, len(rest)))
    return q / len(rest), float(stats.f.sf(q / len(rest), len(rest), left))


def _of_likelihood(restricted: bool) -> Callable[[Floats, Floats, Floats], float]:
    def found(y: Floats, v: Floats, x: Floats) -> float:
        tau2 = max(0.0, _he(y, v, x), _dl(y, v, x))
        for _step in range(MOST_STEPS):
            at = fit(y, v, x, tau2)
            apart = at.weights * at.residual  # P y
            if restricted:
                score, information = float(np.trace(at.projected)), float((at.projected**2).sum())
            else:
                score, information = float(at.weights.sum()), float((at.weights**2).sum())
            new = max(0.0, tau2 + (float(apart @ apart) - score) / information)
            if abs(new - tau2) <= TOLERANCE * max(1.0, new):
                return new
            tau2 = new
        raise CannotEstimate("no_convergence", {"steps": MOST_STEPS})

    return found


def _dl(y: Floats, v: Floats, x: Floats) -> float:
    at = fit(y, v, x, 0.0)
    return max(0.0, (at.q - _left(x)) / float(np.trace(at.projected)))


def _he(y: Floats, v: Floats, x: Floats) -> float:
    at = fit(y, np.ones_like(v), x, 0.0)
    return max(0.0, (at.q - float(np.diag(at.projected) @ v)) / _left(x))


def _hs(y: Floats, v: Floats, x: Floats) -> float:
    at = fit(y, v, x, 0.0)
    return max(0.0, (at.q - len(y)) / float(at.weights.sum()))


def _sj(y: Floats, v: Floats, x: Floats) -> float:
    start = float(np.var(y))
    return 0.0 if start == 0 else start * fit(y, v, x, start).q / _left(x)


def _pm(y: Floats, v: Floats, x: Floats) -> float:
    return _where_q_is(y, v, x, float(_left(x))) or 0.0


METHODS = {
    "REML": _of_likelihood(restricted=True),
    "ML": _of_likelihood(restricted=False),
    "DL": _dl,
    "PM": _pm,
    "HE": _he,
    "SJ": _sj,
    "HS": _hs,
}


def _where_q_is(y: Floats, v: Floats, x: Floats, wanted: float) -> float | None:
    """The variance between at which the generalised Q is so much; None where Q is below it at 0 already."""

    def above(tau2: float) -> float:
        return fit(y, v, x, tau2).q - wanted

    if above(0.0) <= 0:
        return None
    top = max(float(v.max()), float(np.var(y)), 1e-300)
    high = top
    while above(high) > 0:
        high *= 4
        if high > WIDEST * top:
            return high
    return float(optimize.brentq(above, 0.0, high, xtol=1e-14 * max(1.0, high), rtol=1e-13))


def _profile(y: Floats, v: Floats, x: Floats, confidence: float) -> tuple[float, float]:
    left = _left(x)
    low = _where_q_is(y, v, x, float(stats.chi2.ppf((1 + confidence) / 2, left)))
    high = _where_q_is(y, v, x, float(stats.chi2.ppf((1 - confidence) / 2, left)))
    return low or 0.0, high or 0.0


def _error_of(tau2: float, y: Floats, v: Floats, x: Floats, method: Between) -> float:
    if method == "DL":
        at = fit(y, v, x, 0.0)
        trace = float(np.trace(at.projected))
        square = float((at.projected**2).sum())
        left = _left(x)
        return sqrt(2 * left + 4 * tau2 * trace + 2 * tau2**2 * square) / trace
    at = fit(y, v, x, tau2)
    information = (at.projected**2).sum() if method == "REML" else (at.weights**2).sum()
    return sqrt(2 / float(information))
