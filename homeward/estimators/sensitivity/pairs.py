"""How far chance in who was treated, within pairs that look alike, would have to be unequal to matter.

gamma: the most by which the odds of treatment differ within a pair; 1 is a coin. Rosenbaum (2002),
Observational Studies, ch. 4; numbers as in R's rbounds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, norm, rankdata

from homeward.estimators.arrays import Floats, numbers
from homeward.estimators.refusals import CannotEstimate

HALVINGS = 200
MOST_GAMMA = 1e4


@dataclass(frozen=True)
class PairBounds:
    """At one gamma: one-sided p-values at best and worst, and where shown the shift between both states.

    lower, upper: bounds of the p-value that treatment raises the outcome; shift_low, shift_high: of the
    Hodges–Lehmann estimate, in the unit of the outcome; None where only signs are known.
    """

    gamma: float
    lower: float
    upper: float
    shift_low: float | None = None
    shift_high: float | None = None


@dataclass(frozen=True)
class ShiftInterval:
    """An interval of the shift at one gamma, in the unit of the outcome."""

    gamma: float
    low: float
    high: float


def signed_rank_bounds(differences: npt.ArrayLike, gamma: float = 1.0) -> PairBounds:
    """Bounds from Wilcoxon's signed ranks of differences (n,), treated less control in each pair.

    Differences of zero are ranked with the others first and dropped then. Normal approximation without a
    correction, as in rbounds (psens, hlsens).
    """
    given = _differences(differences, gamma)
    low, high = (_p_value(given, odds) for odds in (1 / gamma, gamma))
    ends = [_shift_at(given, odds, 0.0) for odds in (gamma, 1 / gamma)]
    return PairBounds(gamma, low, high, ends[0], ends[1])


def shift_interval(differences: npt.ArrayLike, gamma: float = 1.0, confidence: float = 0.95) -> ShiftInterval:
    """The interval of a shift that is the same for everybody, at one gamma: half the rest on each side."""
    given = _differences(differences, gamma)
    reach = float(norm.ppf((1 + confidence) / 2))
    return ShiftInterval(gamma, _shift_at(given, gamma, reach), _shift_at(given, 1 / gamma, -reach))


def sign_bounds(differences: npt.ArrayLike, gamma: float = 1.0) -> PairBounds:
    """Bounds from the signs of differences (n,) alone: exact, differences of zero dropped."""
    given = _differences(differences, gamma)
    return mcnemar_bounds(int((given > 0).sum()), int((given < 0).sum()), gamma)


def mcnemar_bounds(treated_only: int, control_only: int, gamma: float = 1.0) -> PairBounds:
    """Exact bounds for outcomes of yes and no, from the pairs in which only one of both has it.

    treated_only: pairs in which only the treated has the outcome; control_only: the others (binarysens).
    """
    if min(treated_only, control_only) < 0 or treated_only + control_only < 1 or gamma < 1:
        raise CannotEstimate("out_of_range", {"pairs": 1, "gamma": "1 or more"})
    whole = treated_only + control_only
    low, high = (float(binom.sf(treated_only - 1, whole, odds / (1 + odds))) for odds in (1 / gamma, gamma))
    return PairBounds(gamma, low, high)


def critical_gamma(worst: Callable[[float], float], alpha: float = 0.05) -> float:
    """The gamma up to which the worst p-value stays at or below alpha: 1 where it never does.

    worst: the upper p-value at a gamma, e.g. lambda gamma: signed_rank_bounds(d, gamma).upper.
    """
    if worst(1.0) > alpha:
        return 1.0
    if worst(MOST_GAMMA) <= alpha:
        return inf
    return _crossing(lambda gamma: alpha - worst(gamma), 1.0, MOST_GAMMA)


def amplified(gamma: float, with_treatment: float) -> float:
    """How much something not measured that multiplies the odds of treatment so must multiply the outcome's.

    gamma = (L D + 1) / (L + D), with L above gamma. Rosenbaum & Silber (2009), J. Am. Stat. Assoc. 104.
    """
    if not 1 <= gamma < with_treatment:
        raise CannotEstimate("out_of_range", {"with_treatment": "above gamma"})
    return (gamma * with_treatment - 1) / (with_treatment - gamma)


def _differences(given: npt.ArrayLike, gamma: float) -> Floats:
    found = numbers(given, "differences")
    if gamma < 1:
        raise CannotEstimate("out_of_range", {"gamma": "1 or more"})
    if not (found != 0).any():
        raise CannotEstimate("no_variation", {"of": "differences"})
    return found


def _deviate(differences: Floats, odds: float) -> float:
    ranks = rankdata(np.abs(differences))
    counted = differences != 0
    chance = odds / (1 + odds)
    expected = chance * ranks[counted].sum()
    spread = sqrt(chance * (1 - chance) * float((ranks[counted] ** 2).sum()))
    return float((ranks[differences > 0].sum() - expected) / spread) if spread > 0 else 0.0


def _p_value(differences: Floats, odds: float) -> float:
    return float(norm.sf(_deviate(differences, odds)))


def _shift_at(differences: Floats, odds: float, deviate: float) -> float:
    """The shift whose taking away leaves this deviate: the middle of where it passes."""
    span = float(np.abs(differences).max()) + 1.0
    above = _crossing(lambda shift: _deviate(differences - shift, odds) - deviate - 1e-12, -span, span)
    below = _crossing(lambda shift: _deviate(differences - shift, odds) - deviate + 1e-12, -span, span)
    return (above + below) / 2


def _crossing(falling: Callable[[float], float], low: float, high: float) -> float:
    for _round in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
