"""Which population a comparison speaks of, as weights made of the propensity to be treated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from homeward.estimators.arrays import Floats
from homeward.estimators.refusals import CannotEstimate

Of = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Tilt:
    """A population: weights of the untreated and treated by propensity e, and their slopes.

    population, population_slope: how much each propensity counts in the target population itself; by_arm is
    0 or 1 where the population is that arm, whose members count one each, whatever their propensity.
    """

    weights: tuple[Of, Of]
    slopes: tuple[Of, Of]
    population: Of
    population_slope: Of
    by_arm: int | None = None


def _ones(e: Floats) -> Floats:
    return np.ones_like(e)


def _zeros(e: Floats) -> Floats:
    return np.zeros_like(e)


TILTS: Mapping[str, Tilt] = MappingProxyType(
    {
        "ATE": Tilt(
            (lambda e: 1 / (1 - e), lambda e: 1 / e),
            (lambda e: 1 / (1 - e) ** 2, lambda e: -1 / e**2),
            _ones,
            _zeros,
        ),
        "ATT": Tilt(
            (lambda e: e / (1 - e), _ones), (lambda e: 1 / (1 - e) ** 2, _zeros), lambda e: e, _ones, by_arm=1
        ),
        "ATC": Tilt(
            (_ones, lambda e: (1 - e) / e),
            (_zeros, lambda e: -1 / e**2),
            lambda e: 1 - e,
            lambda e: -_ones(e),
            by_arm=0,
        ),
        "ATO": Tilt(
            (lambda e: e, lambda e: 1 - e),
            (_ones, lambda e: -_ones(e)),
            lambda e: e * (1 - e),
            lambda e: 1 - 2 * e,
        ),
        "ATM": Tilt(
            (lambda e: np.minimum(1, e / (1 - e)), lambda e: np.minimum(1, (1 - e) / e)),
            (
                lambda e: np.where(e < 0.5, 1 / (1 - e) ** 2, 0.0),
                lambda e: np.where(e < 0.5, 0.0, -1 / e**2),
            ),
            lambda e: np.minimum(e, 1 - e),
            lambda e: np.where(e < 0.5, 1.0, -1.0),
        ),
    }
)


def tilt_of(target: str) -> Tilt:
    """The tilt of a target population; "unknown_target" for one that is not known."""
    if target not in TILTS:
        raise CannotEstimate("unknown_target", {"targets": ", ".join(TILTS)})
    return TILTS[target]


def members(tilt: Tilt, scores: Floats, treated: Floats) -> Floats:
    """How much each person counts in the target population: (n,)."""
    if tilt.by_arm is None:
        return tilt.population(scores)
    return treated if tilt.by_arm else 1 - treated


def members_slope(tilt: Tilt, scores: Floats) -> Floats:
    """The slope of `members` in the propensity: zero where the population is an arm."""
    return np.zeros_like(scores) if tilt.by_arm is not None else tilt.population_slope(scores)
