"""How strongly something not measured would have to go with both treatment and outcome to explain a ratio.

VanderWeele & Ding (2017), Ann. Intern. Med. 167; numbers as in R's EValue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, sqrt

from homeward.estimators.refusals import CannotEstimate

MEASURES = ("RR", "OR", "HR", "SMD")


@dataclass(frozen=True)
class Ratio:
    """A risk ratio with its interval; None where no interval is known."""

    estimate: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class EValue:
    """The E-value of an estimate, and of the end of its interval nearest to the value compared with."""

    estimate: float
    interval: float | None
    as_ratio: Ratio


def e_value(given: Ratio, true: float = 1.0) -> EValue:
    """Risk ratios of the unmeasured with treatment and with outcome that would move the ratio to `true`.

    At least 1 on the scale of risk ratios; of the interval it is 1 where the interval holds `true` already.
    """
    ends = [one for one in (given.low, given.estimate, given.high) if one is not None]
    if min(ends) <= 0 or true <= 0 or sorted(ends) != ends:
        raise CannotEstimate("out_of_range", {"ratio": "above 0, within its interval"})
    near = given.low if given.estimate > true else given.high
    if near is None:
        return EValue(_needed(given.estimate, true), None, given)
    holds = near <= true if given.estimate > true else near >= true
    return EValue(_needed(given.estimate, true), 1.0 if holds else _needed(near, true), given)


def ratio_of_odds(given: Ratio, *, rare: bool) -> Ratio:
    """An odds ratio as a risk ratio: the same where the outcome is rare (below 15%), else its root."""
    return given if rare else _each(given, sqrt)


def ratio_of_hazards(given: Ratio, *, rare: bool) -> Ratio:
    """A hazard ratio as a risk ratio: the same where the outcome is rare by the end of follow-up."""
    return given if rare else _each(given, lambda one: (1 - 0.5 ** sqrt(one)) / (1 - 0.5 ** sqrt(1 / one)))


def ratio_of_difference(standardised: float, standard_error: float | None = None) -> Ratio:
    """A standardised mean difference as a risk ratio, with the interval that its error gives."""
    if standard_error is None:
        return Ratio(exp(0.91 * standardised))
    reach = 1.78 * standard_error
    at = 0.91 * standardised
    return Ratio(exp(at), exp(at - reach), exp(at + reach))


def _needed(ratio: float, true: float) -> float:
    if ratio < 1:
        ratio, true = 1 / ratio, 1 / true
    if true <= ratio:
        return (ratio + sqrt(ratio * (ratio - true))) / true
    return true / ratio + sqrt(true / ratio * (true / ratio - 1))


def _each(given: Ratio, change: Callable[[float], float]) -> Ratio:
    low, high = (None if one is None else change(one) for one in (given.low, given.high))
    return Ratio(change(given.estimate), low, high)
