"""Partners with unequal caseloads and noisy baselines, whose true quality the tests know."""

from dataclasses import dataclass

import numpy as np

from homeward.estimators.adjusted import starting_point_adjusted
from homeward.estimators.providers import Tier, partial_pooling


@dataclass(frozen=True)
class Round:
    """What one simulated year tells: errors of raw and adjusted means, coverage, ranks, wrong tiers."""

    raw_error: float
    adjusted_error: float
    covered: float
    rank_covered: float
    wrong: float
    told_apart: float
    rank_width: float


def one_year(seed: int, partners: int = 30, spread: float = 0.05) -> Round:
    draws = np.random.default_rng(seed)
    quality = draws.normal(0, spread, partners)
    counts = draws.integers(15, 90, partners)
    unit = np.repeat(np.arange(partners), counts)
    start = draws.normal(0, 0.11, partners)[unit] + draws.normal(0, 0.15, len(unit))
    y = 0.5 + quality[unit] + 0.7 * start + draws.normal(0, 0.12, len(unit))
    noise = 0.05
    measured = start + draws.normal(0, noise, len(unit))
    found = starting_point_adjusted(y, measured, unit, reliability=0.15**2 / (0.15**2 + noise**2))
    pooled = partial_pooling(found.values, found.variances, counts=counts)
    truth = quality - np.average(quality, weights=counts)
    raw = np.bincount(unit, y) / counts - y.mean()
    ranks = np.argsort(np.argsort(-truth)) + 1
    about = truth - pooled.mu
    called = np.array([{Tier.ABOVE: 1, Tier.BELOW: -1}.get(one, 0) for one in pooled.tiers])
    return Round(
        raw_error=float(np.mean((raw - truth) ** 2)),
        adjusted_error=float(np.mean((pooled.means - truth) ** 2)),
        covered=float(np.mean((pooled.low <= truth) & (truth <= pooled.high))),
        rank_covered=float(np.mean((pooled.rank_low <= ranks) & (ranks <= pooled.rank_high))),
        wrong=float(np.mean(called * about < 0)),
        told_apart=float(np.mean(called != 0)),
        rank_width=float(np.mean(pooled.rank_high - pooled.rank_low + 1)),
    )


def years(number: int, first_seed: int = 1) -> dict[str, float]:
    """Means over simulated years, errors as their root."""
    rounds = [one_year(first_seed + one) for one in range(number)]
    told = {name: float(np.mean([getattr(one, name) for one in rounds])) for name in Round.__annotations__}
    return told | {name: told[name] ** 0.5 for name in ("raw_error", "adjusted_error")}
