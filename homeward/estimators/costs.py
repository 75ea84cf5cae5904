"""What an effect costs: ratios of means, never means of ratios, and net benefit where a ratio has no bounds.

Costs in one currency of one year (see `ledger`), effects in points or any unit; willingness to pay, `value`,
in currency per unit of effect. What a forced return would have cost is a line of its own, never netted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, codes, numbers, truths
from homeward.estimators.bootstraps import cluster_differences
from homeward.estimators.refusals import CannotEstimate

Perspective = Literal["programme", "public", "society"]


@dataclass(frozen=True)
class Increments:
    """Differences of mean cost and mean effect, treated less others, with their 2 x 2 covariance."""

    cost: float
    effect: float
    cost_variance: float
    effect_variance: float
    covariance: float
    people: int
    clusters: int

    def net_benefit(self, value: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Incremental net monetary benefit, value x effect - cost, and its standard error, by value."""
        v = np.atleast_1d(np.asarray(value, dtype=np.float64))
        variance = v**2 * self.effect_variance + self.cost_variance - 2 * v * self.covariance
        return v * self.effect - self.cost, np.sqrt(np.maximum(variance, 0.0))

    def acceptability(self, value: npt.ArrayLike) -> Floats:
        """P(net benefit > 0) by value, normal approximation: the analytic acceptability curve."""
        benefit, se = self.net_benefit(value)
        return np.where(
            se > 0, stats.norm.cdf(benefit / np.where(se > 0, se, 1)), (benefit > 0).astype(float)
        )


@dataclass(frozen=True)
class Ratio:
    """Incremental cost per unit of effect with Fieller's limits; a quadrant of the plane in words."""

    ratio: float
    low: float
    high: float
    quadrant: str


@dataclass(frozen=True)
class LedgerLine:
    """One cost: amount in its currency and year; rate: units of the common currency for one of it."""

    label: str
    amount: float
    rate: float = 1.0
    years_from_now: float = 0.0
    perspectives: tuple[Perspective, ...] = ("programme", "public", "society")
    overhead: bool = False


@dataclass(frozen=True)
class Ledger:
    """Lines in the common currency, discounted; overhead is the share of the direct costs."""

    lines: Mapping[str, float]
    direct: float
    overhead: float
    total: float
    per_returnee: float | None


def increments(
    costs: npt.ArrayLike,
    effects: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    clusters: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
) -> Increments:
    """Differences of weighted means of cost and effect with their joint covariance.

    Each (n,). Without clusters variances are those of means, s² / n; with them influences are summed within
    clusters, G / (G - 1). Costs and effects of one person are correlated, and this correlation is kept.
    """
    c, e = numbers(costs, "costs"), numbers(effects, "effects")
    a = truths(treated, "treated", size=c.size)
    w = np.ones(c.size) if weights is None else numbers(weights, "weights", size=c.size)
    if min(a.sum(), (~a).sum()) < 2 or e.size != c.size:
        raise CannotEstimate("too_few", {"people_per_arm": 2, "found": int(min(a.sum(), (~a).sum()))})
    both, influence = np.column_stack((c, e)), np.zeros((c.size, 2))
    difference = np.zeros(2)
    for arm, sign in ((a, 1.0), (~a, -1.0)):
        mean = np.average(both[arm], axis=0, weights=w[arm])
        difference += sign * mean
        factor = 1.0 if clusters is not None else np.sqrt(arm.sum() / (arm.sum() - 1))
        influence[arm] = sign * factor * w[arm, None] * (both[arm] - mean) / w[arm].sum()
    size = c.size
    if clusters is not None:
        group, labels = codes(clusters, "clusters", size=c.size)
        if labels.size < 2:
            raise CannotEstimate("too_few", {"clusters": 2, "found": int(labels.size)})
        summed = np.zeros((labels.size, 2))
        np.add.at(summed, group, influence)
        size, influence = int(labels.size), summed * np.sqrt(labels.size / (labels.size - 1))
    v = influence.T @ influence
    cost, effect = float(difference[0]), float(difference[1])
    return Increments(cost, effect, float(v[0, 0]), float(v[1, 1]), float(v[0, 1]), int(c.size), size)


def cost_ratio(given: Increments, *, confidence: float = 0.95, df: float | None = None) -> Ratio:
    """Incremental cost-effectiveness ratio, cost / effect, with Fieller's interval.

    Refused ("ratio_unbounded") where effect² - z² var(effect) <= 0: the effect may be nothing, and the cost
    per unit cannot be bounded. df: of t instead of the normal. Fieller (1954); Briggs & Fenn (1998).
    """
    q = stats.norm.ppf((1 + confidence) / 2) if df is None else stats.t.ppf((1 + confidence) / 2, df)
    leading = given.effect**2 - q**2 * given.effect_variance
    if leading <= 0:
        needed = float(q * np.sqrt(given.effect_variance))
        raise CannotEstimate("ratio_unbounded", {"effect_beyond": needed, "found": given.effect})
    middle = given.effect * given.cost - q**2 * given.covariance
    last = given.cost**2 - q**2 * given.cost_variance
    root = float(np.sqrt(max(middle**2 - leading * last, 0.0)))
    low, high = (middle - root) / leading, (middle + root) / leading
    return Ratio(given.cost / given.effect, float(low), float(high), quadrant(given.cost, given.effect))


def quadrant(cost: float, effect: float) -> str:
    """Where a point lies in the cost-effectiveness plane: dominant, dominated, or a trade-off."""
    if effect >= 0:
        return "dearer_better" if cost > 0 else "dominant"
    return "dominated" if cost >= 0 else "cheaper_worse"


def bootstrap_plane(
    costs: npt.ArrayLike,
    effects: npt.ArrayLike,
    treated: npt.ArrayLike,
    *,
    clusters: npt.ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Floats:
    """Joint replicates of (cost, effect), (draws, 2): the cloud of the plane. Of people without clusters."""
    c, e = numbers(costs, "costs"), numbers(effects, "effects")
    who = np.arange(c.size) if clusters is None else clusters
    return cluster_differences(np.column_stack((c, e)), treated, who, draws=draws, seed=seed)


def quadrant_shares(plane: Floats) -> dict[str, float]:
    """Which share of the replicates (draws, 2) lies in each quadrant."""
    cost, effect = plane[:, 0], plane[:, 1]
    better, dearer = effect >= 0, cost > 0
    shares = {
        "dominant": better & ~dearer,
        "dearer_better": better & dearer,
        "cheaper_worse": ~better & (cost < 0),
        "dominated": ~better & (cost >= 0),
    }
    return {name: float(np.mean(one)) for name, one in shares.items()}


def acceptability_curve(plane: Floats, values: npt.ArrayLike) -> Floats:
    """Share of joint replicates with a net benefit above 0, by value. Fenwick, Claxton & Sculpher (2001)."""
    v = np.atleast_1d(np.asarray(values, dtype=np.float64))
    return np.asarray((plane[:, 1][None, :] * v[:, None] - plane[:, 0][None, :] > 0).mean(axis=1))


def perfect_information(plane: Floats, values: npt.ArrayLike) -> Floats:
    """Expected value of perfect information per person, by value: E max(NB, 0) - max(E NB, 0)."""
    v = np.atleast_1d(np.asarray(values, dtype=np.float64))
    benefit = plane[:, 1][None, :] * v[:, None] - plane[:, 0][None, :]
    return np.asarray(np.maximum(benefit, 0).mean(axis=1) - np.maximum(benefit.mean(axis=1), 0))


def perfect_information_analytic(given: Increments, values: npt.ArrayLike) -> Floats:
    """The same under normal net benefit: the unit normal loss. Raiffa & Schlaifer (1961)."""
    benefit, se = given.net_benefit(values)
    safe = np.where(se > 0, se, 1.0)
    z = np.abs(benefit) / safe
    return np.where(se > 0, safe * (stats.norm.pdf(z) - z * stats.norm.sf(z)), 0.0)


def cost_per_returnee(
    costs: npt.ArrayLike, *, clusters: npt.ArrayLike | None = None, confidence: float = 0.95
) -> tuple[float, float, float, float]:
    """Mean cost with its error and limits (t), errors by clusters where they are given."""
    c = numbers(costs, "costs")
    if c.size < 2:
        raise CannotEstimate("too_few", {"people": 2, "found": int(c.size)})
    group = np.arange(c.size) if clusters is None else codes(clusters, "clusters", size=c.size)[0]
    pulls = np.bincount(group, weights=c - c.mean()) / c.size
    g = pulls.size
    if g < 2:
        raise CannotEstimate("too_few", {"clusters": 2, "found": int(g)})
    se = float(np.sqrt(g / (g - 1) * np.sum(pulls**2)))
    reach = float(stats.t.ppf((1 + confidence) / 2, g - 1)) * se
    return float(c.mean()), se, float(c.mean() - reach), float(c.mean() + reach)


def ledger(
    lines: Sequence[LedgerLine],
    *,
    perspective: Perspective = "programme",
    discount: float = 0.03,
    overhead_rate: float = 0.0,
    returnees: int | None = None,
) -> Ledger:
    """Costs as one perspective sees them, in one currency, discounted to the present.

    overhead_rate: share of direct costs that is added for overhead; lines marked overhead are added as they
    are. Refused: a rate or discount that cannot be. CHEERS (2022), items 8 to 16.
    """
    if discount <= -1 or overhead_rate < 0 or any(one.rate <= 0 for one in lines):
        raise CannotEstimate("not_a_rate", {"rate_above": 0})
    seen = [one for one in lines if perspective in one.perspectives]
    present = {one.label: 0.0 for one in seen}
    for one in seen:
        present[one.label] += one.amount * one.rate / (1 + discount) ** one.years_from_now
    marked = {one.label for one in seen if one.overhead}
    direct = sum(amount for label, amount in present.items() if label not in marked)
    overhead = sum(amount for label, amount in present.items() if label in marked) + overhead_rate * direct
    total = direct + overhead
    return Ledger(present, direct, overhead, total, total / returnees if returnees else None)


def tornado(
    base: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
    function: Callable[[Mapping[str, float]], float],
) -> list[tuple[str, float, float]]:
    """How far a result moves as one input at a time goes to its low and high end, the widest first."""
    moved = [
        (name, float(function({**base, name: low})), float(function({**base, name: high})))
        for name, (low, high) in ranges.items()
    ]
    return sorted(moved, key=lambda one: -abs(one[2] - one[1]))
