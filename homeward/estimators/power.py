"""Power, numbers and detectable effects: two groups, shares, clusters, with a baseline taken into account.

Two-sided unless it says otherwise. Numbers of people come back exact; round up at the end. Margins of a mean
or a share: `sizes`. Cohen (1988); as R's pwr, power.prop.test and power.t.test.
"""

from collections.abc import Callable

import numpy as np
from scipy import optimize, stats

from homeward.estimators.refusals import CannotEstimate

MOST = 1e9


def power_t(
    n: float, d: float, *, alpha: float = 0.05, ratio: float = 1.0, kind: str = "two.sample"
) -> float:
    """Power of a t-test of a difference of d standard deviations.

    n: people in the first group (pairs, or people, where kind is "paired" or "one.sample"); ratio: size of
    the second over the first. Exact: the noncentral t distribution, both tails. R's pwr.t.test.
    """
    if n < 2:
        raise CannotEstimate("too_few", {"people": 2, "found": n})
    if kind == "two.sample":
        df, centre = n * (1 + ratio) - 2, d * np.sqrt(n * ratio / (1 + ratio))
    else:
        df, centre = n - 1, d * np.sqrt(n)
    edge = stats.t.ppf(1 - alpha / 2, df)
    return float(stats.nct.sf(edge, df, abs(centre)) + stats.nct.cdf(-edge, df, abs(centre)))


def power_shares(
    n: float, p1: float, p2: float, *, alpha: float = 0.05, ratio: float = 1.0, strict: bool = False
) -> float:
    """Power to tell two shares apart, normal approximation with a pooled variance; R's power.prop.test.

    strict: count the tail on the wrong side too.
    """
    pooled = (p1 + ratio * p2) / (1 + ratio)
    null = np.sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
    real = np.sqrt(p1 * (1 - p1) + p2 * (1 - p2) / ratio)
    z, gap = stats.norm.ppf(1 - alpha / 2), abs(p1 - p2) * np.sqrt(n)
    wrong = stats.norm.cdf((-z * null - gap) / real) if strict else 0.0
    return float(stats.norm.cdf((gap - z * null) / real) + wrong)


def effect_h(p1: float, p2: float) -> float:
    """Cohen's h, the difference of two shares on the arcsine scale."""
    return float(2 * np.arcsin(np.sqrt(p1)) - 2 * np.arcsin(np.sqrt(p2)))


def power_arcsine(n: float, h: float, *, alpha: float = 0.05, ratio: float = 1.0) -> float:
    """Power to tell two shares apart that differ by Cohen's h; n in the first group. R's pwr.2p.test."""
    centre = abs(h) * np.sqrt(n * ratio / (1 + ratio))
    z = stats.norm.ppf(1 - alpha / 2)
    return float(stats.norm.sf(z - centre) + stats.norm.cdf(-z - centre))


def variance_factor(
    *, baseline_correlation: float = 0.0, analysis: str = "ancova", r_squared: float = 0.0
) -> float:
    """What one baseline measure makes of the variance: post 1, did 2 (1 - rho), ancova 1 - rho².

    r_squared: of other covariates, after the baseline. McKenzie (2012), J. Dev. Econ. 99.
    """
    if not -1 < baseline_correlation < 1 or not 0 <= r_squared < 1:
        raise CannotEstimate("not_a_correlation", {"between": "-1 and 1"})
    factors = {
        "post": 1.0,
        "did": 2 * (1 - baseline_correlation),
        "ancova": 1 - baseline_correlation**2,
    }
    if analysis not in factors:
        raise CannotEstimate("unknown_analysis", {"one_of": ", ".join(factors)})
    return factors[analysis] * (1 - r_squared)


def detectable_effect(
    n: tuple[float, float],
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    variance: float = 1.0,
    df: float | None = None,
) -> float:
    """The smallest effect in standard deviations that two groups find with this power.

    variance: design effect times `variance_factor`; df: t instead of normal quantiles, e.g. clusters - 2.
    Bloom (1995), Eval. Rev. 19.
    """
    if min(n) < 1 or not 0 < power < 1 or variance <= 0:
        raise CannotEstimate("too_few", {"people_per_arm": 1, "found": min(n)})
    if df is None:
        multiple = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)
    else:
        multiple = stats.t.ppf(1 - alpha / 2, df) + stats.t.ppf(power, df)
    return float(multiple * np.sqrt(variance * (1 / n[0] + 1 / n[1])))


def cluster_detectable_effect(
    clusters: tuple[int, int],
    size: float,
    icc: float,
    *,
    variance: float = 1.0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> float:
    """The same for clusters of one size assigned as a whole: t with clusters - 2 degrees of freedom.

    Donner & Klar (2000); the variance of a cluster's mean is (1 + (m - 1) icc) / m.
    """
    if min(clusters) < 1 or sum(clusters) < 3 or size < 1 or not 0 <= icc <= 1:
        raise CannotEstimate("too_few", {"clusters": 3, "found": sum(clusters)})
    effect = 1 + (size - 1) * icc
    arms = (clusters[0] * size, clusters[1] * size)
    return detectable_effect(arms, power=power, alpha=alpha, variance=effect * variance, df=sum(clusters) - 2)


def cluster_power(
    d: float,
    clusters: tuple[int, int],
    size: float,
    icc: float,
    *,
    variance: float = 1.0,
    alpha: float = 0.05,
) -> float:
    """Power of a trial of clusters: noncentral t with clusters - 2 degrees of freedom."""
    effect = (1 + (size - 1) * icc) * variance
    centre = abs(d) / np.sqrt(effect / size * (1 / clusters[0] + 1 / clusters[1]))
    df = sum(clusters) - 2
    if df < 1:
        raise CannotEstimate("too_few", {"clusters": 3, "found": sum(clusters)})
    edge = stats.t.ppf(1 - alpha / 2, df)
    return float(stats.nct.sf(edge, df, centre) + stats.nct.cdf(-edge, df, centre))


def solve_n(power_of: Callable[[float], float], power: float = 0.8, *, least: float = 2.0) -> float:
    """The n at which a power function reaches the power, not rounded; refused where none does."""
    if power_of(least) >= power:
        return least
    if power_of(MOST) < power:
        raise CannotEstimate("no_number_is_enough", {"power": power})
    high = least
    while power_of(high) < power:
        high *= 2
    return float(optimize.brentq(lambda n: power_of(n) - power, high / 2, high, xtol=1e-10, rtol=1e-14))


def clusters_needed(
    d: float, size: float, icc: float, *, power: float = 0.8, alpha: float = 0.05, variance: float = 1.0
) -> int:
    """Clusters per arm, rounded up, for a trial of clusters of one size."""
    for number in range(2, 100_000):
        if cluster_power(d, (number, number), size, icc, variance=variance, alpha=alpha) >= power:
            return number
    raise CannotEstimate("no_number_is_enough", {"power": power})


def people_for_margin(
    margin: float,
    sd: float,
    *,
    confidence: float = 0.95,
    population: float | None = None,
    deff: float = 1.0,
) -> float:
    """People who have to answer to know a mean to ± margin, not rounded; of a share, sd is sqrt(p (1 - p)).

    Finite population correction n / (1 + (n - 1) / N). Cochran (1977), 4.4 to 4.7.
    """
    if margin <= 0 or sd <= 0 or deff <= 0:
        raise CannotEstimate("too_few", {"margin_above": 0})
    n = deff * (float(stats.norm.ppf((1 + confidence) / 2)) * sd / margin) ** 2
    return n if population is None else min(n / (1 + (n - 1) / population), population)


def subgroup_contrast_se(n: float, sd: float, *, share: float = 0.5) -> float:
    """Error of the difference of two arms of a sub-group of n people, a share of whom is in one arm."""
    return float(sd * np.sqrt(1 / (n * share) + 1 / (n * (1 - share))))
