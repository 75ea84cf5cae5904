"""Who leaves by which cause: cumulative incidence under competing causes (Aalen–Johansen), never 1 - KM.

Ties are exact: everybody who ends at one time ends together, nothing is jittered. Causes are labels; one of
them says "still here". Somebody who cannot be reached is in a state of its own, not censored: `three_ways`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, Ints, codes, numbers
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.survival import EventTable, Scale, Test, event_table, limits, steps_at

Variance = Literal["aalen", "delta", "jackknife"]


@dataclass(frozen=True)
class IncidenceCurve:
    """The share that has ended by one cause after each time, with its error; `last` is the largest time."""

    cause: Any
    times: Floats
    incidence: Floats
    se: Floats
    events: float
    last: float

    def at(
        self, times: npt.ArrayLike, *, confidence: float = 0.95, scale: Scale = "log-log"
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Incidence, error, low and high just after each time; nan beyond the last time observed."""
        share, se = steps_at(self.times, (self.incidence, self.se), times, first=(0.0, 0.0), last=self.last)
        low, high = limits(share, se, confidence, scale)
        return share, se, np.where(share == 0, 0.0, low), np.where(share == 0, np.nan, high)


def cumulative_incidence(
    times: npt.ArrayLike,
    causes: npt.ArrayLike,
    *,
    censored: Any = 0,
    weights: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    variance: Variance = "aalen",
) -> dict[Any, IncidenceCurve]:
    """F_k(t), the probability to have ended by cause k by t while others compete: one curve a cause.

    times: (n,); causes: (n,) labels, `censored` where nothing had ended at last contact. variance: "aalen"
    (as R's cmprsk and Gray 1988), "delta" (Marubini & Valsecchi 1995), or "jackknife" (infinitesimal, as R's
    survfit), which is the one with weights or clusters. Aalen & Johansen (1978), Scand. J. Stat. 5.
    """
    t = numbers(times, "times")
    given = np.asarray(causes)
    code, labels = _codes_of(given, censored, t.size)
    w = None if weights is None else numbers(weights, "weights", size=t.size)
    found = event_table(t, code, weights=w)
    kind: Variance = "jackknife" if w is not None or clusters is not None else variance
    group = None if clusters is None else codes(clusters, "clusters", size=t.size)[0]
    survival = _overall(found)
    curves = {}
    for number, label in enumerate(labels):
        steps = np.concatenate(([1.0], survival[:-1])) * found.ended[:, number] / found.at_risk
        share = np.cumsum(steps)
        if kind == "jackknife":
            spread = _jackknife(found, number, survival, share, _People(t, code, w, group))
        else:
            spread = (_aalen if kind == "aalen" else _delta)(found, number, survival, share)
        own, se = found.ended[:, number] > 0, np.sqrt(np.maximum(spread, 0.0))
        events = float(found.ended[:, number].sum())
        curves[label] = IncidenceCurve(label, found.times[own], share[own], se[own], events, float(t.max()))
    return curves


def _codes_of(given: npt.NDArray[Any], censored: Any, size: int) -> tuple[Ints, list[Any]]:
    place, labels = codes(given, "causes", size=size)
    known = [one for one in labels.tolist() if one != censored]
    if not known:
        raise CannotEstimate("too_few", {"events": 1, "found": 0})
    number = {label: n for n, label in enumerate(known, start=1)}
    return np.array([number.get(one, 0) for one in labels.tolist()], dtype=np.int64)[place], known


def _overall(found: EventTable) -> Floats:
    return np.cumprod(1 - found.ended.sum(axis=1) / found.at_risk)


def _aalen(found: EventTable, cause: int, survival: Floats, share: Floats) -> Floats:
    """Aalen's estimate: terms of own and of other causes apart, with the hypergeometric factor for ties."""
    n, own = found.at_risk, found.ended[:, cause]
    other = found.ended.sum(axis=1) - own
    before = np.concatenate(([1.0], survival[:-1]))
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(survival > 0, 1 / survival, 0.0)
        ties = [np.where((d > 1) & (n > 1), 1 - (d - 1) / (n - 1), 1.0) for d in (own, other)]
    mine = before**2 * ties[0] * own / n**2
    others = np.where(survival > 0, before**2 * ties[1] * other / n**2, 0.0)
    at_mine, at_others = 1 + inverse * share, inverse * share
    first = np.cumsum(at_mine**2 * mine + at_others**2 * others)
    cross = np.cumsum(inverse * (at_mine * mine + at_others * others))
    square = np.cumsum(inverse**2 * (mine + others))
    return np.asarray(first + share**2 * square - 2 * share * cross)


def _delta(found: EventTable, cause: int, survival: Floats, share: Floats) -> Floats:
    n, own, every = found.at_risk, found.ended[:, cause], found.ended.sum(axis=1)
    before = np.concatenate(([1.0], survival[:-1]))
    spent = np.where(n > every, every / (n * np.maximum(n - every, 1e-300)), 0.0)
    # sum over j <= t of (F(t) - F(j))^2 spent_j, written out so that no table of times x times is made
    square, cross, plain = np.cumsum(spent * share**2), np.cumsum(spent * share), np.cumsum(spent)
    first = share**2 * plain - 2 * share * cross + square
    second = np.cumsum(before**2 * own * (n - own) / n**3)
    term = before * own / n**2
    third = share * np.cumsum(term) - np.cumsum(term * share)
    return np.asarray(first + second - 2 * third)


@dataclass(frozen=True)
class _People:
    times: Floats
    causes: Ints
    weights: Floats | None
    clusters: Ints | None


def _jackknife(found: EventTable, cause: int, survival: Floats, share: Floats, people: _People) -> Floats:
    """Sum over people (or clusters) of squared influences on F(t), one time after the other."""
    n, own, every = found.at_risk, found.ended[:, cause], found.ended.sum(axis=1)
    before = np.concatenate(([1.0], survival[:-1]))
    place = np.searchsorted(found.times, people.times)
    w = np.ones(place.size) if people.weights is None else people.weights
    group = np.arange(place.size) if people.clusters is None else people.clusters
    # influence of i on F(t): sum over j <= t of S(j-) dM1_ij / n_j - (F(t) - F(j)) dM_ij / (n_j - every_j)
    left = np.where(n > every, n - every, np.inf)
    mine, all_ = (people.causes == cause + 1).astype(float), (people.causes > 0).astype(float)
    spread = np.zeros(found.times.size)
    steps = _Steps(before * own / n**2, before / n, every / (n * left), 1 / left)
    for at in np.flatnonzero(own > 0).tolist():
        influence = np.multiply(w, _influence(steps, share, place, at, (mine, all_)))
        spread[at] = np.sum(np.bincount(group, weights=influence) ** 2)
    return spread


@dataclass(frozen=True)
class _Steps:
    own_expected: Floats
    own_counted: Floats
    every_expected: Floats
    every_counted: Floats


def _influence(steps: _Steps, share: Floats, place: Ints, at: int, ended: tuple[Floats, Floats]) -> Floats:
    mine, every = ended
    gap = share[at] - share
    expected = np.cumsum((gap * steps.every_expected - steps.own_expected)[: at + 1])
    seen = np.minimum(place, at)
    counted = steps.own_counted[seen] * mine - gap[seen] * steps.every_counted[seen] * every
    return np.asarray(expected[seen] + np.where(place <= at, counted, 0.0))


@dataclass(frozen=True)
class ThreeWays:
    """Incidence at some times when the unreachable all stayed, are left out, or all left by the cause."""

    times: Floats
    all_stayed: Mapping[Any, Floats]
    censored: Mapping[Any, Floats]
    all_left: Mapping[Any, Floats]
    unreachable: int


def three_ways(
    times: npt.ArrayLike,
    causes: npt.ArrayLike,
    at: npt.ArrayLike,
    *,
    unreachable: Any,
    censored: Any = 0,
    horizon: float | None = None,
) -> ThreeWays:
    """Bounds for what the unreachable did: all still here, like the others, or all gone by this cause.

    times: (n,) of the unreachable: the last time anybody knew; at: (m,) times asked for. All stayed: they
    are at risk up to the horizon (default: the largest time). All left: they ended by that cause, one cause
    at a time, when they were lost.
    """
    t = numbers(times, "times")
    given = np.asarray(causes, dtype=object)
    lost = np.array([one == unreachable for one in given], dtype=bool)
    asked = numbers(np.atleast_1d(np.asarray(at, dtype=np.float64)), "at")
    known = sorted({one for one in given[~lost].tolist() if one != censored}, key=str)
    if not known:
        raise CannotEstimate("too_few", {"events": 1, "found": 0})
    end = float(t.max()) if horizon is None else max(horizon, float(t.max()))

    def curves(when: Floats, of: npt.NDArray[Any]) -> dict[Any, Floats]:
        number = {label: n for n, label in enumerate(known, start=1)}
        coded = np.array([number.get(one, 0) for one in of.tolist()], dtype=np.int64)
        found = cumulative_incidence(when, coded)
        return {label: found[number[label]].at(asked)[0] for label in known if number[label] in found}

    stayed = curves(np.where(lost, end, t), np.where(lost, censored, given))
    left = {label: curves(t, np.where(lost, label, given))[label] for label in known}
    return ThreeWays(asked, stayed, curves(t, np.where(lost, censored, given)), left, int(lost.sum()))


def gray_test(
    times: npt.ArrayLike, causes: npt.ArrayLike, groups: npt.ArrayLike, *, cause: Any, censored: Any = 0
) -> Test:
    """Whether k groups have one cumulative incidence of a cause: Gray's test with rho 0, as R's cmprsk.

    df = groups - 1. Gray (1988), Ann. Stat. 16.
    """
    t = numbers(times, "times")
    code, labels = _codes_of(np.asarray(causes), censored, t.size)
    group, names = codes(groups, "groups", size=t.size)
    if cause not in labels or names.size < 2:
        raise CannotEstimate("no_variation", {"groups": 2, "found": int(names.size)})
    kind = np.where(code == labels.index(cause) + 1, 1, np.where(code > 0, 2, 0))
    distinct, place = np.unique(t, return_inverse=True)
    ended = np.zeros((distinct.size, names.size, 3))
    np.add.at(ended, (place, group, kind), 1.0)
    at_risk = np.cumsum(ended.sum(axis=2)[::-1], axis=0)[::-1]
    score, spread = _gray_parts(at_risk, ended[:, :, 1], ended[:, :, 2])
    df = names.size - 1
    statistic = float(score[:-1] @ np.linalg.pinv(spread[:-1, :-1]) @ score[:-1])
    return Test(statistic, df, float(stats.chi2.sf(statistic, df)))


def _gray_parts(n: Floats, own: Floats, other: Floats) -> tuple[Floats, Floats]:
    """Scores (groups,) and their covariance; rows of n, own, other are times, columns are groups."""
    with np.errstate(divide="ignore", invalid="ignore"):
        after = np.cumprod(np.where(n > 0, 1 - (own + other) / n, 1.0), axis=0)
        before = np.vstack((np.ones(n.shape[1]), after[:-1]))
        reach = np.where((n > 0) & (before > 0), n / before, 0.0)  # at risk in the subdistribution, over KM
        steps = np.where(n > 0, before * own / n, 0.0)
    own_before = np.cumsum(steps, axis=0) - steps
    whole, ends = reach.sum(axis=1), own.sum(axis=1)
    pooled = np.cumsum(ends / whole)
    pooled_before = pooled - ends / whole
    weight = reach * (1 - own_before)
    score = (own - weight * (ends / weight.sum(axis=1))[:, None]).sum(axis=0)
    a = (
        np.einsum("tk,kl->tkl", reach, np.eye(n.shape[1]))
        - reach[:, :, None] * (reach / whole[:, None])[:, None]
    )
    c = np.cumsum(a * (ends / (whole * (1 - pooled_before)))[:, None, None], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(after > 0, (1 - pooled)[:, None] / after, 0.0)
        ties = np.where(ends[:, None] > 1, 1 - (ends[:, None] - 1) / (whole[:, None] * before - 1), 1.0)
        own_terms = np.where(n > 0, ties * before * (ends / whole)[:, None] / n, 0.0)
        other_ties = np.where((other > 1) & (n > 1), 1 - (other - 1) / (n - 1), 1.0)
        other_terms = np.where((n > 0) & (after > 0), other_ties * before**2 * other / n**2, 0.0)
    ahead = c[-1] - c
    mine = a + (1 - ratio)[:, None, :] * ahead
    others = ratio[:, None, :] * ahead
    spread = np.einsum("tik,tjk,tk->ij", mine, mine, own_terms)
    return score, spread + np.einsum("tik,tjk,tk->ij", others, others, other_terms)
