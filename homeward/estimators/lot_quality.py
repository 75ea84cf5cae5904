"""Whether a site's delivery is acceptable, from a handful of people: a decision, not an estimate."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, numbers
from homeward.estimators.refusals import CannotEstimate

MOST_ASKED = 1000


@dataclass(frozen=True)
class Rule:
    """Accept where at least `accept` of n people were served.

    alpha: the chance to refuse a site at the upper threshold, beta: to accept one at the lower.
    """

    n: int
    accept: int
    upper: float
    lower: float
    alpha: float
    beta: float
    population: int | None = None

    def accepts(self, served: int) -> bool:
        return served >= self.accept

    def chance(self, coverage: npt.ArrayLike) -> Floats:
        """The chance to accept at each true coverage from 0 to 1: the operating characteristic."""
        return np.array(
            [1 - _below(self.accept, self.n, one, self.population) for one in numbers(coverage, "coverage")]
        )


@dataclass(frozen=True)
class Sequential:
    """Wald's bounds after each person asked, (n,): accept from `accept` served on, refuse to `refuse`."""

    accept: Floats
    refuse: Floats


def rule_for(
    n: int, upper: float, lower: float, *, most: float = 0.10, population: int | None = None
) -> Rule:
    """The decision rule for n people: the one with the least sum of both errors.

    upper, lower: coverage that is good and that is poor, 0 to 1; most: what neither error may pass, else
    "errors_too_large" says how many people would do; population: of the lot, for drawing without
    replacement. Valadez (1991); Robertson & Valadez (2006), Glob. Public Health 1.
    """
    _check(n, upper, lower, population)
    rules = [_rule(n, accept, upper, lower, population) for accept in range(1, n + 1)]
    good = [one for one in rules if max(one.alpha, one.beta) < most]
    if not good:
        enough = _enough(n, (upper, lower), most, population)
        raise CannotEstimate("errors_too_large", {"people": enough or f"more than {MOST_ASKED}"})
    return min(good, key=lambda one: (one.alpha + one.beta, one.accept))


def smallest_sample(
    upper: float, lower: float, *, alpha: float = 0.10, beta: float = 0.10, population: int | None = None
) -> Rule:
    """The fewest people, and their rule, with no more than these errors."""
    _check(1, upper, lower, population)
    for n in range(1, min(MOST_ASKED, population or MOST_ASKED) + 1):
        for accept in range(1, n + 1):
            one = _rule(n, accept, upper, lower, population)
            if one.alpha <= alpha and one.beta <= beta:
                return one
    raise CannotEstimate("errors_too_large", {"people": f"more than {MOST_ASKED}"})


def sequential(n: int, upper: float, lower: float, *, alpha: float = 0.10, beta: float = 0.10) -> Sequential:
    """Bounds by which asking may stop early: Wald's (1947) test of two shares, after 1 to n people."""
    _check(n, upper, lower, None)
    odds = np.log(upper * (1 - lower) / (lower * (1 - upper)))
    slope = np.log((1 - lower) / (1 - upper)) / odds
    asked = np.arange(1, n + 1)
    accept = np.ceil(np.log((1 - alpha) / beta) / odds + slope * asked - 1e-9)
    refuse = np.floor(np.log(alpha / (1 - beta)) / odds + slope * asked + 1e-9)
    return Sequential(np.where(accept <= asked, accept, np.nan), np.where(refuse >= 0, refuse, np.nan))


def _rule(n: int, accept: int, upper: float, lower: float, population: int | None) -> Rule:
    alpha = _below(accept, n, upper, population)
    beta = 1 - _below(accept, n, lower, population)
    return Rule(n, accept, upper, lower, alpha, beta, population)


def _below(accept: int, n: int, coverage: float, population: int | None) -> float:
    if population is None:
        return float(stats.binom.cdf(accept - 1, n, coverage))
    return float(stats.hypergeom.cdf(accept - 1, population, round(population * coverage), n))


def _enough(n: int, between: tuple[float, float], most: float, population: int | None) -> int | None:
    for more in range(n + 1, min(MOST_ASKED, population or MOST_ASKED) + 1):
        middle = int(more * sum(between) / 2)
        for accept in range(max(1, middle - 3), min(more, middle + 4) + 1):
            one = _rule(more, accept, *between, population)
            if max(one.alpha, one.beta) < most:
                return more
    return None


def _check(n: int, upper: float, lower: float, population: int | None) -> None:
    if not 0 < lower < upper < 1:
        raise CannotEstimate("share_out_of_range", {"lower": "below upper", "above": 0, "below": 1})
    if n < 1 or (population is not None and population < n):
        raise CannotEstimate("population_smaller_than_sample", {"people": n})
