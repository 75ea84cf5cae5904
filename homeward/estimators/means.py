"""Means, shares, ratios, totals and quantiles of everybody, from a sample drawn by a design."""

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Bools, Floats, codes, numbers, truths
from homeward.estimators.designs import Design
from homeward.estimators.refusals import CannotEstimate

Interval = Literal["mean", "beta", "logit"]
NOTHING = 1e-13  # an error below this share of the estimate is rounding


@dataclass(frozen=True)
class Estimate:
    """An estimate in the unit of what was measured, its error and its interval.

    se: None where no error can be told; df: PSUs less strata of the whole design; n: answers it stands on;
    n_eff: answers of a simple sample that would be as exact; design_effect: n / n_eff, the variance over
    that of a simple sample with replacement (R's deff="replace"); scores: (n of the design,) what each row
    adds to the linearised total.
    """

    estimate: float
    se: float | None
    low: float | None
    high: float | None
    df: int
    n: int
    n_eff: float
    design_effect: float | None
    confidence: float
    scores: Floats = field(repr=False, compare=False)


@dataclass(frozen=True)
class Domains:
    """Estimates of several parts of one population with the covariance (k, k) between them."""

    labels: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    covariance: Floats = field(repr=False, compare=False)

    def contrast(self, weights: npt.ArrayLike) -> tuple[float, float]:
        """A sum of the estimates times weights (k,), and its standard error."""
        by = numbers(weights, "weights", size=len(self.labels))
        value = float(by @ np.array([one.estimate for one in self.estimates]))
        return value, sqrt(max(float(by @ self.covariance @ by), 0.0))


def mean(
    y: npt.ArrayLike, design: Design, *, domain: npt.ArrayLike | None = None, confidence: float = 0.95
) -> Estimate:
    """The Hájek mean sum(w d y) / sum(w d) with its linearised error and a t interval.

    y: (n,) in any unit; domain: (n,) whom it is asked about, and y may be missing elsewhere. The error is of
    w d (y - mean) / sum(w d) by the design, so that rows outside keep their PSUs. Binder (1983), Int. Stat.
    Rev. 51; Lumley (2004), J. Stat. Softw. 9(8).
    """
    inside = _inside(domain, design)
    return _ratio(_values(y, inside), inside.astype(np.float64), inside, design, confidence)


def ratio(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    design: Design,
    *,
    domain: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """The ratio of two totals sum(w y) / sum(w x), never the mean of ratios; refuses a total of x of 0."""
    inside = _inside(domain, design)
    return _ratio(_values(y, inside), _values(x, inside), inside, design, confidence)


def total(
    y: npt.ArrayLike, design: Design, *, domain: npt.ArrayLike | None = None, confidence: float = 0.95
) -> Estimate:
    """The total sum(w y) of everybody; weights have to say how many people each row stands for."""
    inside = _inside(domain, design)
    values = _values(y, inside)
    weights = np.where(inside, design.weight, 0.0)
    spread = float(weights.sum()) ** 2 * _spread(values, weights, inside)
    return _told(float(weights @ values), weights * values, design, (_n(inside, design), spread), confidence)


def proportion(
    y: npt.ArrayLike,
    design: Design,
    *,
    domain: npt.ArrayLike | None = None,
    interval: Interval = "beta",
    confidence: float = 0.95,
) -> Estimate:
    """A share with an interval that stays within 0 and 1.

    y: (n,) yes or no. interval: "beta" is Korn & Graubard's (1998, Surv. Methodol. 24): Clopper-Pearson with
    n_eff = p(1-p)/se² (t_{n-1}/t_df)²; "logit" a t interval of the log odds; "mean" the plain one. Where
    everybody says the same the n of the domain stands for n_eff. As svyciprop in R's survey.
    """
    inside = _inside(domain, design)
    values = np.where(inside, np.asarray(y, dtype=np.float64), 0.0)
    plain = _ratio(
        truths(values, "y").astype(np.float64), inside.astype(np.float64), inside, design, confidence
    )
    if interval == "mean":
        return plain
    low, high = (_beta if interval == "beta" else _logit)(plain)
    return replace(plain, low=low, high=high)


def quantile(
    y: npt.ArrayLike,
    design: Design,
    share: float,
    *,
    domain: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """The smallest y with at least `share` of the weight at or below it, and Woodruff's interval.

    The interval is that of the share at or below the quantile, read back on y's own scale; se is half its
    width over t. None for an end beyond all answers. Woodruff (1952), J. Am. Stat. Assoc. 47; as
    svyquantile of R's survey from 4.1 on (qrule "math", interval "mean").
    """
    if not 0 < share < 1:
        raise CannotEstimate("share_out_of_range", {"above": 0, "below": 1})
    inside = _inside(domain, design)
    values = _values(y, inside)
    order = np.argsort(values[inside], kind="stable")
    ordered, weights = values[inside][order], design.weight[inside][order]
    below = np.cumsum(weights)

    def at(wanted: float) -> float:
        place = int(np.searchsorted(below, wanted * below[-1] * (1 - 1e-12)))
        return float(ordered[min(place, len(ordered) - 1)])

    def within(wanted: float | None) -> float | None:
        return at(wanted) if wanted is not None and 0 <= wanted <= 1 else None

    middle = at(share)
    under = _ratio(
        np.where(inside, values <= middle, 0.0), inside.astype(np.float64), inside, design, confidence
    )
    low, high = within(under.low), within(under.high)
    t = float(stats.t.ppf((1 + confidence) / 2, under.df))
    se = None if low is None or high is None else (high - low) / (2 * t)
    return replace(under, estimate=middle, se=se, low=low, high=high)


def means_by(y: npt.ArrayLike, design: Design, groups: npt.ArrayLike, *, confidence: float = 0.95) -> Domains:
    """The mean of each group as a domain of the whole design; y may be missing where the group is."""
    labels = np.asarray(groups, dtype=object)
    known = np.array([one is not None and one == one and one != "" for one in labels], dtype=bool)
    place, names = codes(np.where(known, labels.astype(str), ""), "groups", size=design.n)
    wanted = [one for one, name in enumerate(names) if name != ""]
    found = tuple(mean(y, design, domain=place == one, confidence=confidence) for one in wanted)
    scores = np.column_stack([one.scores for one in found])
    return Domains(tuple(str(names[one]) for one in wanted), found, design.covariance(scores))


def _inside(domain: npt.ArrayLike | None, design: Design) -> Bools:
    return np.ones(design.n, dtype=bool) if domain is None else truths(domain, "domain", size=design.n)


def _values(y: npt.ArrayLike, inside: Bools) -> Floats:
    given = np.asarray(y, dtype=np.float64)
    if given.shape != inside.shape:
        raise CannotEstimate("wrong_shape", {"of": "y"})
    return numbers(np.where(inside, given, 0.0), "y")


def _n(inside: Bools, design: Design) -> int:
    return int((inside & (design.weight > 0)).sum())


def _spread(values: Floats, weights: Floats, inside: Bools) -> float:
    """The variance a mean of a simple sample would have: S²/n."""
    n = int((weights > 0).sum())
    middle = weights @ values / weights.sum()
    return float(weights @ (inside * (values - middle) ** 2) / weights.sum()) / max(n - 1, 1)


def _ratio(y: Floats, x: Floats, inside: Bools, design: Design, confidence: float) -> Estimate:
    weights = np.where(inside, design.weight, 0.0)
    whole = float(weights @ x)
    n = _n(inside, design)
    if n < 2 or whole == 0:
        raise CannotEstimate("too_few", {"answers": 2, "found": n})
    value = float(weights @ y) / whole
    apart = y - value * x
    spread = (float(weights.sum()) / whole) ** 2 * _spread(apart, weights, inside)
    return _told(value, weights * apart / whole, design, (n, spread), confidence)


def _told(
    value: float, scores: Floats, design: Design, simple: tuple[int, float], confidence: float
) -> Estimate:
    n, spread = simple
    variance = float(design.covariance(scores[:, None])[0, 0])
    se = sqrt(max(variance, 0.0))
    if se <= NOTHING * max(abs(value), 1e-300):
        se = 0.0
    if design.df < 1:
        raise CannotEstimate("too_few", {"psus_above_strata": 1, "found": design.df})
    reach = float(stats.t.ppf((1 + confidence) / 2, design.df)) * se
    n_eff = n * spread / se**2 if se > 0 and spread > 0 else float(n)
    effect = n / n_eff if se > 0 and spread > 0 else None
    return Estimate(value, se, value - reach, value + reach, design.df, n, n_eff, effect, confidence, scores)


def _beta(plain: Estimate) -> tuple[float, float]:
    p, tail = plain.estimate, (1 - plain.confidence) / 2
    n_eff = p * (1 - p) / plain.se**2 if plain.se else float(plain.n)
    n_eff *= float(stats.t.ppf(tail, plain.n - 1) / stats.t.ppf(tail, plain.df)) ** 2
    x = n_eff * p
    low = 0.0 if x <= 0 else float(stats.beta.ppf(tail, x, n_eff - x + 1))
    high = 1.0 if x >= n_eff else float(stats.beta.ppf(1 - tail, x + 1, n_eff - x))
    return low, high


def _logit(plain: Estimate) -> tuple[float, float]:
    p = plain.estimate
    if not 0 < p < 1 or plain.se is None:
        return _beta(plain)
    reach = float(stats.t.ppf((1 + plain.confidence) / 2, plain.df)) * plain.se / (p * (1 - p))
    odds = np.log(p / (1 - p))
    return float(1 / (1 + np.exp(-(odds - reach)))), float(1 / (1 + np.exp(-(odds + reach))))
