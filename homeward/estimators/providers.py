"""Partners beside one another: shrunk to their mean, told apart where data tell, never ranked singly."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special, stats

from homeward.estimators.arrays import Floats, Ints, numbers
from homeward.estimators.refusals import CannotEstimate

LEAST_UNITS = 3
LEAST_PEOPLE = 10  # of a provider that is put in a tier
PRIOR_DF = 4
HALVINGS = 50


class Tier(StrEnum):
    """Where a provider certainly is, beside the benchmark."""

    ABOVE = "above"
    NOT_TOLD_APART = "not_told_apart"
    BELOW = "below"


@dataclass(frozen=True)
class Providers:
    """The posterior of G providers, arrays (G,) in the unit of their values.

    means, sds, low, high: of each one's true value; above: probability that it is above the benchmark;
    rank_low, rank_high: an interval of ranks, 1 the highest, at `rank_confidence`; tiers: above or below
    only where that has more probability than `certain` and enough people stand behind it; mu, mu_sd: the
    mean of such providers; tau: the posterior mean of the SD between them, tau_low, tau_high its interval.
    """

    means: Floats = field(repr=False)
    sds: Floats = field(repr=False)
    low: Floats = field(repr=False)
    high: Floats = field(repr=False)
    above: Floats = field(repr=False)
    rank_low: Ints = field(repr=False)
    rank_high: Ints = field(repr=False)
    tiers: tuple[Tier, ...] = field(repr=False)
    mu: float
    mu_sd: float
    tau: float
    tau_low: float
    tau_high: float
    confidence: float


@dataclass(frozen=True)
class Grid:
    """The posterior over T values of tau: weights (T,), and given each the mean and variance of mu (T,)."""

    tau: Floats
    weights: Floats
    mu: Floats
    mu_variance: Floats


@dataclass(frozen=True)
class Asked:
    """How providers are looked at: the benchmark is a value, or the mean of such providers where None."""

    benchmark: float | None = None
    confidence: float = 0.95
    rank_confidence: float = 0.90
    certain: float = 0.95
    draws: int = 4000
    seed: int = 20250101


def partial_pooling(
    values: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    counts: npt.ArrayLike | None = None,
    scale: float | None = None,
    points: int = 200,
    asked: Asked | None = None,
) -> Providers:
    """What providers' own values say of each, given how much providers differ at all.

    values: (G,) adjusted means; variances: (G,) their squared errors, above 0; counts: (G,) people behind
    them (below 10: shrunk, no tier). A normal model of a normal model; mu has a flat prior and tau a half-t
    prior of 4 df and `scale` (by default the SD of the values), integrated over `points` of its quantiles, so
    that its doubt counts: an estimate plugged in covers too little, and REML's is 0 where units are few.
    Means, intervals and probabilities are exact given the grid, ranks from `draws`. Refuses fewer than 3.
    Efron & Morris (1975); Gelman (2006), Bayesian Anal. 1; Goldstein & Spiegelhalter (1996).
    """
    y = numbers(values, "values")
    v = numbers(variances, "variances", size=len(y))
    n = None if counts is None else numbers(counts, "counts", size=len(y))
    if len(y) < LEAST_UNITS:
        raise CannotEstimate("too_few", {"providers": LEAST_UNITS, "found": len(y)})
    if (v <= 0).any():
        raise CannotEstimate("variance_not_above_zero", {"of": "variances"})
    how = asked or Asked()
    wide = float(y.std(ddof=1)) if scale is None else scale
    if wide <= 0:
        raise CannotEstimate("no_variation", {"of": "values"})
    grid = posterior_of_tau(y, v, wide, points)
    return _told(y, v, n, grid, how)


def posterior_of_tau(y: Floats, v: Floats, scale: float, points: int) -> Grid:
    """Weights of tau at equally probable quantiles of its prior: the likelihood with mu integrated out."""
    share = (np.arange(points) + 0.5) / points
    tau = scale * stats.t.ppf((1 + share) / 2, PRIOR_DF)
    precision = 1 / (v + tau[:, None] ** 2)
    mu_variance = 1 / precision.sum(axis=1)
    mu = mu_variance * (precision @ y)
    apart = (precision * (y - mu[:, None]) ** 2).sum(axis=1)
    log = 0.5 * (np.log(precision).sum(axis=1) + np.log(mu_variance) - apart)
    weights = np.exp(log - log.max())
    return Grid(tau, weights / weights.sum(), mu, mu_variance)


def _told(y: Floats, v: Floats, n: Floats | None, grid: Grid, how: Asked) -> Providers:
    squared = grid.tau[:, None] ** 2
    own = squared / (squared + v)  # B_g, (T, G)
    means = own * y + (1 - own) * grid.mu[:, None]
    variances = own * v + (1 - own) ** 2 * grid.mu_variance[:, None]
    weights = grid.weights[:, None]
    mean = (weights * means).sum(axis=0)
    sd = np.sqrt((weights * (variances + means**2)).sum(axis=0) - mean**2)
    above = _above(y, v, own, grid, how.benchmark)
    tail = (1 - how.confidence) / 2
    low = _quantiles(means, variances, grid.weights, tail)
    high = _quantiles(means, variances, grid.weights, 1 - tail)
    ranks = _ranks(y, v, grid, how)
    mu = float(grid.weights @ grid.mu)
    mu_variance = float(grid.weights @ (grid.mu_variance + grid.mu**2)) - mu**2
    below = np.cumsum(grid.weights)
    ends = np.searchsorted(below, [tail, 1 - tail]).clip(0, len(below) - 1)
    return Providers(
        means=mean,
        sds=sd,
        low=low,
        high=high,
        above=above,
        rank_low=ranks[0],
        rank_high=ranks[1],
        tiers=_tiers(above, n, how.certain),
        mu=mu,
        mu_sd=float(np.sqrt(max(mu_variance, 0.0))),
        tau=float(grid.weights @ grid.tau),
        tau_low=float(grid.tau[ends[0]]),
        tau_high=float(grid.tau[ends[1]]),
        confidence=how.confidence,
    )


def _above(y: Floats, v: Floats, own: Floats, grid: Grid, benchmark: float | None) -> Floats:
    """P(theta_g > benchmark), or > mu, which is itself uncertain: theta_g - mu = B (y - mu) + noise."""
    if benchmark is None:
        middle = own * (y - grid.mu[:, None])
        variance = own * v + own**2 * grid.mu_variance[:, None]
    else:
        middle = own * y + (1 - own) * grid.mu[:, None] - benchmark
        variance = own * v + (1 - own) ** 2 * grid.mu_variance[:, None]
    return np.asarray(grid.weights @ special.ndtr(middle / np.sqrt(variance)))


def _quantiles(means: Floats, variances: Floats, weights: Floats, share: float) -> Floats:
    """Where mixtures of normal distributions, one a column, have so much below: by halving, all at once."""
    sds = np.sqrt(variances)
    low, high = (means - 12 * sds).min(axis=0), (means + 12 * sds).max(axis=0)
    for _half in range(HALVINGS):
        middle = (low + high) / 2
        under = weights @ special.ndtr((middle - means) / sds) < share
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return np.asarray((low + high) / 2)


def _ranks(y: Floats, v: Floats, grid: Grid, how: Asked) -> tuple[Ints, Ints]:
    draw = np.random.default_rng(how.seed)
    at = draw.choice(len(grid.tau), size=how.draws, p=grid.weights)
    squared = grid.tau[at, None] ** 2
    own = squared / (squared + v)
    mu = grid.mu[at] + np.sqrt(grid.mu_variance[at]) * draw.standard_normal(how.draws)
    noise = np.sqrt(own * v) * draw.standard_normal((how.draws, len(y)))
    theta = own * y + (1 - own) * mu[:, None] + noise
    ranks = np.argsort(np.argsort(-theta, axis=1), axis=1) + 1
    tail = (1 - how.rank_confidence) / 2
    low = np.quantile(ranks, tail, axis=0, method="inverted_cdf")
    high = np.quantile(ranks, 1 - tail, axis=0, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)


def _tiers(above: Floats, n: Floats | None, certain: float) -> tuple[Tier, ...]:
    enough = np.ones(len(above), dtype=bool) if n is None else n >= LEAST_PEOPLE
    return tuple(
        Tier.NOT_TOLD_APART
        if not known or 1 - certain <= share <= certain
        else (Tier.ABOVE if share > certain else Tier.BELOW)
        for share, known in zip(above, enough, strict=True)
    )
