"""Effects of projects that begin at different times in different places: Callaway & Sant'Anna's ATT(g, t).

Each cohort g (first period of the project) is compared, period by period, with places that have none (yet):
never a place that is treated already. Callaway & Sant'Anna (2021), J. Econometrics 225.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

from homeward.estimators.arrays import Bools, Floats, Ints, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

Comparison = Literal["never", "not_yet"]
Method = Literal["dr", "reg", "ipw"]
Aggregation = Literal["simple", "dynamic", "group", "calendar"]


@dataclass(frozen=True)
class Panel:
    """Rows of places by periods. cohort: (n,) first treated period, nan, inf or 0 where never treated.

    One row for each unit and period. covariates: (n, p), taken from the period before; clusters: of units.
    """

    outcome: npt.ArrayLike
    unit: npt.ArrayLike
    time: npt.ArrayLike
    cohort: npt.ArrayLike
    covariates: npt.ArrayLike | None = None
    clusters: npt.ArrayLike | None = None


@dataclass(frozen=True)
class GroupTime:
    """ATT(g, t) with their influence functions (units, cells), from which every error follows."""

    cohorts: Floats
    times: Floats
    att: Floats
    influence: Floats
    treated: Ints  # units behind each cell
    controls: Ints
    unit_cohort: Floats  # inf: never
    clusters: Ints
    left_out: tuple[float, ...] = field(default=())  # cohorts without a period before

    @property
    def se(self) -> Floats:
        """Analytic standard errors, summed within clusters."""
        return errors_of(self.influence, self.clusters)


@dataclass(frozen=True)
class Aggregated:
    """One number of many ATT(g, t), and the numbers by event time, cohort or calendar period behind it."""

    kind: Aggregation
    estimate: float
    se: float
    at: Floats
    att: Floats
    att_se: Floats
    influence: Floats
    influence_of_parts: Floats


def att_gt(
    panel: Panel,
    *,
    comparison: Comparison = "never",
    method: Method = "dr",
    anticipation: int = 0,
    universal_base: bool = False,
) -> GroupTime:
    """ATT(g, t) for each cohort and period but the first, also before treatment, where they should be 0.

    Without covariates the difference of mean changes since the last period before treatment, g - 1 -
    anticipation; before it, changes from one period to the next unless `universal_base`, as R's did. With
    covariates doubly robust (Sant'Anna & Zhao 2020), by regression or by weights. Refused: no treated or no
    comparison unit, no period before any cohort, more than one row for a unit and period.
    """
    wide = _wide(panel)
    cells: list[tuple[float, float, float, Floats, int, int]] = []
    left_out = []
    for g in np.unique(wide.cohort[np.isfinite(wide.cohort)]).tolist():
        before = np.flatnonzero(wide.times < g - anticipation)
        if not before.size:
            left_out.append(g)
            continue
        for place in range(wide.times.size):
            base = _base(wide.times, place, g - anticipation, universal_base)
            if base is None:
                continue
            found = _cell(wide, (g, place, base), comparison, method, anticipation)
            if found is not None:
                cells.append((g, float(wide.times[place]), *found))
    if not cells:
        raise CannotEstimate("no_comparison", {"periods_before": 1, "comparison_units": 1})
    return GroupTime(
        np.array([one[0] for one in cells]),
        np.array([one[1] for one in cells]),
        np.array([one[2] for one in cells]),
        np.column_stack([one[3] for one in cells]),
        np.array([one[4] for one in cells]),
        np.array([one[5] for one in cells]),
        wide.cohort,
        wide.clusters,
        tuple(left_out),
    )


def aggregate(found: GroupTime, kind: Aggregation = "simple", *, longest: float | None = None) -> Aggregated:
    """Weighted means of ATT(g, t) with shares of cohorts as weights, whose own error is counted.

    simple: all cells since treatment; dynamic: by periods since treatment, then their plain mean from 0 on
    (up to `longest`); group: by cohort; calendar: by period. As aggte of R's did.
    """
    units = found.unit_cohort
    since = found.times - found.cohorts
    post = since >= 0
    if not post.any():
        raise CannotEstimate("too_few", {"periods_after": 1, "found": 0})
    if kind == "simple":
        estimate, influence = _weighted(found, post, units)
        none = np.zeros(0)
        se = float(errors_of(influence[:, None], found.clusters)[0])
        return Aggregated(kind, estimate, se, none, none, none, influence, np.zeros((units.size, 0)))
    key = {"dynamic": since, "group": found.cohorts, "calendar": found.times}[kind]
    kept = np.ones_like(post) if kind == "dynamic" else post
    at = np.unique(key[kept])
    if kind == "dynamic" and longest is not None:
        at = at[at <= longest]
    parts = [_weighted(found, kept & (key == one), units) for one in at]
    att, influences = np.array([one for one, _psi in parts]), np.column_stack([psi for _one, psi in parts])
    if kind == "group":
        estimate, influence = _over_groups(att, influences, at, units)
    else:
        counted = at >= 0 if kind == "dynamic" else np.ones(at.size, dtype=bool)
        estimate, influence = float(att[counted].mean()), influences[:, counted].mean(axis=1)
    se = float(errors_of(influence[:, None], found.clusters)[0])
    return Aggregated(
        kind, estimate, se, at, att, errors_of(influences, found.clusters), influence, influences
    )


def errors_of(influence: Floats, clusters: Ints) -> Floats:
    """Standard errors of the columns of an influence matrix (units, k), summed within clusters."""
    summed = np.zeros((int(clusters.max()) + 1, influence.shape[1]))
    np.add.at(summed, clusters, influence)
    return np.asarray(np.sqrt((summed**2).sum(axis=0)) / influence.shape[0])


def multiplier_bootstrap(
    influence: Floats, clusters: Ints, *, draws: int = 999, seed: int = 0, confidence: float = 0.95
) -> tuple[Floats, float]:
    """Errors by the multiplier bootstrap, and the critical value of a band that covers all columns at once.

    Rademacher weights for clusters; errors from interquartile ranges, as R's did.
    """
    rng = np.random.default_rng(seed)
    summed = np.zeros((int(clusters.max()) + 1, influence.shape[1]))
    np.add.at(summed, clusters, influence)
    signs = rng.integers(0, 2, (draws, summed.shape[0])) * 2.0 - 1
    drawn = signs @ summed / influence.shape[0]
    spread = np.diff(np.quantile(drawn, [0.25, 0.75], axis=0), axis=0)[0]
    se = spread / float(stats.norm.ppf(0.75) - stats.norm.ppf(0.25))
    fit = se > 1e-12
    if not fit.any():
        return se, float(stats.norm.ppf((1 + confidence) / 2))
    highest = np.max(np.abs(drawn[:, fit]) / se[fit], axis=1)
    return se, float(np.quantile(highest, confidence))


def pretrend_test(found: GroupTime) -> tuple[float, int, float]:
    """Wald's statistic, its degrees of freedom and p-value for all ATT(g, t) before treatment being 0."""
    before = found.times < found.cohorts
    before &= found.se > 1e-12
    if not before.any():
        raise CannotEstimate("too_few", {"periods_before": 2, "found": 1})
    influence = found.influence[:, before]
    summed = np.zeros((int(found.clusters.max()) + 1, influence.shape[1]))
    np.add.at(summed, found.clusters, influence)
    covariance = summed.T @ summed / influence.shape[0] ** 2
    df = int(np.linalg.matrix_rank(covariance))
    statistic = float(found.att[before] @ np.linalg.pinv(covariance, rcond=1e-10) @ found.att[before])
    return statistic, df, float(stats.chi2.sf(statistic, df))


def permuted_cohorts_p(
    panel: Panel, statistic: Callable[[Panel], float], *, draws: int = 999, seed: int = 0
) -> tuple[float, int]:
    """Share of assignments of cohorts to units that give so large a number, the real one among them.

    For few treated places, where no standard error can be trusted. Every assignment is drawn at random.
    """
    unit, _labels = codes(panel.unit, "unit")
    cohort = _cohorts(panel)
    first = np.full(int(unit.max()) + 1, np.inf)
    first[unit] = cohort
    real = abs(statistic(panel))
    rng, larger = np.random.default_rng(seed), 1
    for _draw in range(draws):
        moved = rng.permutation(first)[unit]
        other = Panel(panel.outcome, panel.unit, panel.time, moved, panel.covariates, panel.clusters)
        larger += abs(statistic(other)) >= real - 1e-12
    return larger / (draws + 1), draws + 1


@dataclass(frozen=True)
class _Wide:
    outcome: Floats  # (units, periods), nan where not seen
    covariates: Floats  # (units, periods, p)
    times: Floats
    cohort: Floats
    clusters: Ints


def _cohorts(panel: Panel) -> Floats:
    given = np.asarray(panel.cohort, dtype=np.float64)
    return np.where(np.isfinite(given) & (given != 0), given, np.inf)


def _wide(panel: Panel) -> _Wide:
    y = numbers(panel.outcome, "outcome")
    unit, units = codes(panel.unit, "unit", size=y.size)
    period, times = codes(numbers(panel.time, "time", size=y.size), "time")
    cohort = _cohorts(panel)
    x = (
        np.zeros((y.size, 0))
        if panel.covariates is None
        else table(panel.covariates, "covariates", size=y.size)
    )
    group = unit if panel.clusters is None else codes(panel.clusters, "clusters", size=y.size)[0]
    if np.unique(unit * times.size + period).size < y.size:
        raise CannotEstimate("repeated_rows", {"rows_per_unit_and_period": 1})
    wide = np.full((units.size, times.size), np.nan)
    wide[unit, period] = y
    wide_x = np.full((units.size, times.size, x.shape[1]), np.nan)
    wide_x[unit, period] = x
    first, cluster = np.full(units.size, np.inf), np.zeros(units.size, dtype=np.int64)
    first[unit], cluster[unit] = cohort, group
    if (first[unit] != cohort).any() or (cluster[unit] != group).any():
        raise CannotEstimate("changing_cohort", {"cohorts_per_unit": 1})
    begun = first <= times[0]  # treated from the first period on: neither treated nor comparison
    if not (~begun & np.isfinite(first)).any():
        raise CannotEstimate("no_treated", {"treated_units": 1})
    return _Wide(wide[~begun], wide_x[~begun], times.astype(np.float64), first[~begun], cluster[~begun])


def _base(times: Floats, place: int, begins: float, universal: bool) -> int | None:
    last_before = int(np.flatnonzero(times < begins)[-1])
    if universal:
        return None if place == last_before else last_before
    if times[place] >= begins:
        return last_before
    return place - 1 if place else None


def _cell(
    wide: _Wide, at: tuple[float, int, int], comparison: Comparison, method: Method, anticipation: int
) -> tuple[float, Floats, int, int] | None:
    g, place, base = at
    latest = max(wide.times[place], wide.times[base]) + anticipation
    never = np.isinf(wide.cohort)
    control = never if comparison == "never" else never | ((wide.cohort > latest) & (wide.cohort != g))
    treated = wide.cohort == g
    change = wide.outcome[:, place] - wide.outcome[:, base]
    x = wide.covariates[:, min(place, base)]
    seen = (treated | control) & np.isfinite(change) & np.isfinite(x).all(axis=1)
    d = treated[seen]
    if not d.any() or d.all():
        return None
    att, influence = _att(change[seen], d, x[seen], method)
    whole = np.zeros(wide.cohort.size)
    whole[seen] = influence * wide.cohort.size / seen.sum()
    return att, whole, int(d.sum()), int((~d).sum())


def _att(change: Floats, d: Bools, x: Floats, method: Method) -> tuple[float, Floats]:
    """Sant'Anna & Zhao's estimators for two periods of a panel, with influence functions."""
    n, treated = change.size, d.astype(np.float64)
    if not x.shape[1]:
        share, mean, other = treated.mean(), change[d].mean(), change[~d].mean()
        influence = treated / share * (change - mean) - (1 - treated) / (1 - share) * (change - other)
        return float(mean - other), influence
    x = np.column_stack((np.ones(n), x))
    fitted, pull = np.zeros(n), np.zeros((n, x.shape[1]))
    if method != "ipw":
        fitted, pull = _outcome_model(change, treated, x)
    residual = change - fitted
    mean = float((treated * residual).mean() / treated.mean())
    inner = treated * (residual - mean) - pull @ (treated[:, None] * x).mean(axis=0)
    if method == "reg":
        return mean, inner / treated.mean()
    chance, lean = _propensity(treated, x)
    w = chance * (1 - treated) / (1 - chance)
    other = float((w * residual).mean() / w.mean())
    outer = w * (residual - other) + lean @ (w[:, None] * (residual - other)[:, None] * x).mean(axis=0)
    outer = outer - pull @ (w[:, None] * x).mean(axis=0)
    return mean - other, inner / treated.mean() - outer / w.mean()


def _outcome_model(change: Floats, treated: Floats, x: Floats) -> tuple[Floats, Floats]:
    control = (1 - treated)[:, None] * x
    gram = control.T @ x
    if np.linalg.matrix_rank(gram) < x.shape[1]:
        raise CannotEstimate("collinear", {})
    fitted = x @ np.linalg.solve(gram, control.T @ change)
    pull = (control * (change - fitted)[:, None]) @ np.linalg.inv(gram / x.shape[0])
    return np.asarray(fitted), np.asarray(pull)


def _propensity(treated: Floats, x: Floats) -> tuple[Floats, Floats]:
    def loss(beta: Floats) -> tuple[float, Floats]:
        index = x @ beta
        return float(np.logaddexp(0, index).sum() - treated @ index), x.T @ (special.expit(index) - treated)

    fit = optimize.minimize(loss, np.zeros(x.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-9})
    beta = fit.x
    for _round in range(5):  # Newton's last steps
        chance = special.expit(x @ beta)
        beta = (
            beta + np.linalg.lstsq((x * (chance * (1 - chance))[:, None]).T @ x, x.T @ (treated - chance))[0]
        )
    chance = special.expit(x @ beta)
    if not np.isfinite(beta).all() or chance[treated == 0].max() > 0.999:
        raise CannotEstimate("perfect_separation", {})
    information = (x * (chance * (1 - chance))[:, None]).T @ x / x.shape[0]
    return chance, np.asarray((x * (treated - chance)[:, None]) @ np.linalg.inv(information))


def _weighted(found: GroupTime, kept: Bools, units: Floats) -> tuple[float, Floats]:
    """The mean of kept cells weighted by shares of cohorts, with the shares' own influence."""
    cohorts = found.cohorts[kept]
    share = np.array([(units == g).mean() for g in cohorts])
    weights = share / share.sum()
    estimate = float(weights @ found.att[kept])
    member = (units[:, None] == cohorts[None, :]) - share
    drift = member / share.sum() - member.sum(axis=1, keepdims=True) * share / share.sum() ** 2
    return estimate, np.asarray(found.influence[:, kept] @ weights + drift @ found.att[kept])


def _over_groups(
    att: Floats, influences: Floats, groups: Sequence[float] | Floats, units: Floats
) -> tuple[float, Floats]:
    share = np.array([(units == g).mean() for g in groups])
    weights = share / share.sum()
    member = (units[:, None] == np.asarray(groups)[None, :]) - share
    drift = member / share.sum() - member.sum(axis=1, keepdims=True) * share / share.sum() ** 2
    return float(weights @ att), np.asarray(influences @ weights + drift @ att)
