"""What an effect can be when some people's outcomes are not known."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import norm

from homeward.estimators.arrays import Bools, Floats, Ints, numbers, truths
from homeward.estimators.effects.results import covariance_of
from homeward.estimators.effects.studies import Study
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class Bounds:
    """The least and the most that an effect can be, with errors, and the interval of the effect itself.

    low_error, high_error: standard errors of both bounds; interval: holds the effect, wherever between the
    bounds it is, in the share of samples asked for (Imbens & Manski 2004, Econometrica 72); trimmed: the
    share of an arm left out, where one was.
    """

    low: float
    high: float
    low_error: float
    high_error: float
    interval: tuple[float, float]
    n: int
    trimmed: float | None = None


@dataclass(frozen=True)
class Tipping:
    """How much worse the lost of the treated would have to be doing than supposed, in the outcome's unit.

    to_nothing: so that no effect is left; to_doubt: so that the interval holds zero; 0 where it does already;
    None where nobody of the treated is lost.
    """

    to_nothing: float | None
    to_doubt: float | None


def lee_bounds(given: Study, confidence: float = 0.95) -> Bounds:
    """Bounds of the effect on those whose outcome would be known whether treated or not.

    Supposes that treatment moves who is observed one way only. The arm that is observed more often is trimmed
    from below and from above by the excess; ties at the border count in part. Errors by each person's share,
    with weights and clusters. Refused: nobody observed in an arm. Lee (2009), Rev. Econ. Stud. 76.
    """
    rates = [_rate(given, arm) for arm in given.arms]
    more = int(rates[1] >= rates[0])
    kept = rates[1 - more] / rates[more]
    seen = [arm & given.observed for arm in given.arms]
    mean, share = _mean(given, seen[1 - more])
    moves = [_rate_shares(given, arm, rate) / rate for arm, rate in zip(given.arms, rates, strict=True)]
    change = kept * (moves[1 - more] - moves[more])
    sign = 1 if more else -1
    ends = []
    for side in (-1, 1):
        trimmed, own = _trimmed(given, seen[more], kept, side, change)
        ends.append((sign * (trimmed - mean), sign * (own - share)))
    (low, low_shares), (high, high_shares) = sorted(ends, key=lambda one: one[0])
    return _bounds(given, ((low, low_shares), (high, high_shares)), confidence, 1 - kept)


def manski_bounds(
    given: Study, least: float, most: float, confidence: float = 0.95, *, of: str = "lost"
) -> Bounds:
    """Bounds without any supposition but that outcomes lie between `least` and `most`.

    of: "lost" where treatment is as good as random and some outcomes are not known; "selection" where who was
    treated may follow from anything, so that everybody's other outcome is unknown. Manski (1990), Am. Econ.
    Rev. 80; Horowitz & Manski (2000), J. Am. Stat. Assoc. 95.
    """
    seen = given.outcome[given.observed]
    if not least < most or seen.min() < least or seen.max() > most:
        raise CannotEstimate("outcome_out_of_range", {"from": least, "to": most})
    if of not in ("lost", "selection"):
        raise CannotEstimate("unknown_bounds", {"of": "lost, selection"})
    ends = []
    for fill in ((most, least), (least, most)):
        found = [
            _filled(given, arm, (value, of == "selection"))
            for arm, value in zip(given.arms, fill, strict=True)
        ]
        ends.append((found[1][0] - found[0][0], found[1][1] - found[0][1]))
    return _bounds(given, (ends[0], ends[1]), confidence, None)


def tipping_point(
    effect: float, standard_error: float, lost_treated: float, *, confidence: float = 0.95
) -> Tipping:
    """How much worse the lost of the treated must do than supposed to overturn an effect, to either side.

    effect: as estimated while the lost are taken to be like the others; lost_treated: the share of treated
    without an outcome, 0 to 1. Each unit worse moves the effect by that share.
    """
    if not 0 <= lost_treated < 1 or standard_error < 0:
        raise CannotEstimate("share_out_of_range", {"from": 0, "to": 1})
    if lost_treated == 0:
        return Tipping(None, None)
    reach = float(norm.ppf((1 + confidence) / 2)) * standard_error
    near = max(0.0, abs(effect) - reach) * float(np.sign(effect))
    return Tipping(effect / lost_treated, near / lost_treated)


def delta_table(
    effect: float, lost: tuple[float, float], deltas: npt.ArrayLike
) -> tuple[tuple[float, float, float], ...]:
    """The effect when the lost (shares of control and treated) do worse than supposed by each pair of deltas.

    deltas: (k,), in the outcome's unit; rows of (delta of control, delta of treated, effect). Carpenter &
    Kenward (2013), ch. 10.
    """
    grid = numbers(deltas, "deltas")
    return tuple(
        (float(one), float(other), float(effect + one * lost[0] - other * lost[1]))
        for one in grid
        for other in grid
    )


def interval_of_bounds(
    low: float, high: float, errors: tuple[float, float], confidence: float
) -> tuple[float, float]:
    """Imbens and Manski's interval, which holds the effect itself in the share of samples asked for."""
    widest = max(errors)
    if widest <= 0:
        return low, high
    gap = (high - low) / widest
    reach = float(brentq(lambda one: norm.cdf(one + gap) - norm.cdf(-one) - confidence, 0, 10))
    return low - reach * errors[0], high + reach * errors[1]


def observed_share(observed: npt.ArrayLike, treated: npt.ArrayLike) -> tuple[float, float]:
    """The shares of control and of treated whose outcome is known."""
    arms = truths(treated, "treated")
    known = truths(observed, "observed", size=arms.size)
    return float(known[~arms].mean()), float(known[arms].mean())


def _rate(given: Study, arm: Bools) -> float:
    found = float(given.weights[arm & given.observed].sum() / given.weights[arm].sum())
    if found <= 0:
        raise CannotEstimate("too_few", {"of": "observed", "rows": 2, "found": 0})
    return found


def _rate_shares(given: Study, arm: Bools, rate: float) -> Floats:
    return np.asarray(np.where(arm, given.weights * (given.observed - rate), 0.0) / given.weights[arm].sum())


def _mean(given: Study, rows: Bools) -> tuple[float, Floats]:
    weights = np.where(rows, given.weights, 0.0)
    mean = float(weights @ given.outcome / weights.sum())
    return mean, weights * (given.outcome - mean) / weights.sum()


def _trimmed(given: Study, rows: Bools, kept: float, side: int, change: Floats) -> tuple[float, Floats]:
    """The mean of the share `kept` of rows at one end (1 the top), its shares with those of `kept` itself."""
    places = np.flatnonzero(rows)
    order = places[np.argsort(-side * given.outcome[places], kind="stable")]
    weights, total = given.weights[order], float(given.weights[order].sum())
    inside = np.clip(kept * total - (np.cumsum(weights) - weights), 0, weights)
    border = float(given.outcome[order[int(np.searchsorted(np.cumsum(weights), kept * total * (1 - 1e-12)))]])
    mean = float(inside @ given.outcome[order] / inside.sum())
    share = np.zeros(given.size)
    share[order] = inside * (given.outcome[order] - border) - weights * kept * (mean - border)
    return mean, share / (kept * total) + (border - mean) / kept * change


def _filled(given: Study, arm: Bools, fill: tuple[float, bool]) -> tuple[float, Floats]:
    value, everybody = fill
    rows = np.ones(given.size, dtype=bool) if everybody else arm
    known = arm & given.observed
    values = np.where(known, given.outcome, value)
    weights = np.where(rows, given.weights, 0.0)
    mean = float(weights @ values / weights.sum())
    return mean, weights * (values - mean) / weights.sum()


def _bounds(
    given: Study,
    ends: tuple[tuple[float, Floats], tuple[float, Floats]],
    confidence: float,
    trimmed: float | None,
) -> Bounds:
    (low, low_shares), (high, high_shares) = ends
    clusters: Ints | None = given.clusters
    covariance, _df = covariance_of(np.stack([low_shares, high_shares], axis=1), clusters, given.strata)
    errors = sqrt(max(float(covariance[0, 0]), 0.0)), sqrt(max(float(covariance[1, 1]), 0.0))
    interval = interval_of_bounds(low, high, errors, confidence)
    return Bounds(low, high, *errors, interval, int(given.observed.sum()), trimmed)
