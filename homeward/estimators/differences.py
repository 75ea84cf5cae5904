"""Differences in differences by regression with fixed effects of places and periods, for few places too.

With one or a few treated places a standard error says little (one treated state: error 0.006, yet five of 27
placebos are as large): take the permutation p-value. Projects that begin at different times: `staggered`.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import linalg, stats

from homeward.estimators.arrays import Floats, Ints, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

Errors = Literal["CR0", "CR1", "CR2", "HC1", "classical"]
MOST_LISTED = 20_000
CHUNK = 2_000_000


@dataclass(frozen=True)
class Rows:
    """Rows of units by periods: outcome (n,), exposed (n,) 1 where the project runs in that row, labels."""

    outcome: npt.ArrayLike
    exposed: npt.ArrayLike
    unit: npt.ArrayLike
    time: npt.ArrayLike
    clusters: npt.ArrayLike | None = None  # the units where none are given
    covariates: npt.ArrayLike | None = None
    weights: npt.ArrayLike | None = None


@dataclass(frozen=True)
class Difference:
    """The effect on the exposed rows with its error; df of its t distribution."""

    estimate: float
    se: float
    low: float
    high: float
    p_value: float
    df: float
    clusters: int
    treated_clusters: int
    rows: int
    errors: Errors


@dataclass(frozen=True)
class Path:
    """Effects by period relative to the beginning (the reference is 0), with their covariance."""

    at: Floats
    effects: Floats
    se: Floats
    low: Floats
    high: Floats
    covariance: Floats
    df: float
    pretrend_statistic: float | None  # F
    pretrend_df: tuple[int, float] | None
    pretrend_p: float | None


@dataclass(frozen=True)
class Gap:
    """The change among returnees: what changed for everybody there, and what changed between the two."""

    change: float
    context: float
    gap_change: float
    gap_before: float
    gap_after: float
    context_se: float | None = None
    gap_change_se: float | None = None


def difference_in_differences(rows: Rows, *, errors: Errors = "CR1", confidence: float = 0.95) -> Difference:
    """Beta of y = unit + period + beta exposed (+ covariates), 2x2 or with more periods of one beginning.

    CR1: G / (G - 1) (n - 1) / (n - k), k without effects nested in clusters, t with G - 1 degrees of freedom,
    as pyfixest's CRV1; CR2: Bell & McCaffrey (2002) with Satterthwaite's degrees of freedom.
    Refused: nobody exposed or not, exposure that places and periods explain ("no_variation"), one cluster.
    """
    held = _held(rows)
    d = held.residual(held.exposed[:, None])[:, 0]
    if d @ d <= 1e-10 * held.exposed.size:
        raise CannotEstimate("no_variation", {"of": "exposed"})
    y = held.residual(held.outcome[:, None])[:, 0]
    beta = float(d @ y / (d @ d))
    covariance, df = _covariance(held, d[:, None], y - d * beta, errors)
    se = float(np.sqrt(covariance[0, 0]))
    reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
    p = float(2 * stats.t.sf(abs(beta) / se, df)) if se > 0 else float("nan")
    treated = np.unique(held.clusters[held.exposed > 0]).size
    return Difference(
        beta, se, beta - reach, beta + reach, p, df, held.groups, treated, held.exposed.size, errors
    )


def wild_bootstrap_p(rows: Rows, *, draws: int = 9_999, seed: int = 0) -> tuple[float, int]:
    """p-value of no effect by the wild cluster bootstrap of t with the null imposed, and how many draws.

    Rademacher signs, all of them where 2^G is no more than draws; with fewer than 12 clusters Webb's six
    points. Cameron, Gelbach & Miller (2008); Webb (2014). Unsure with very few treated clusters.
    """
    held = _held(rows)
    d = held.residual(held.exposed[:, None])[:, 0]
    y = held.residual(held.outcome[:, None])[:, 0]
    signs = _signs(held.groups, draws, seed)
    real = abs(_t_of(held, d, y[:, None])[0])
    found = np.concatenate(
        [
            np.abs(_t_of(held, d, held.residual(y[:, None] * part[held.clusters])))
            for part in np.array_split(signs, max(1, signs.shape[1] * y.size // CHUNK), axis=1)
        ]
    )
    return float(np.mean(found >= real - 1e-10)), int(found.size)


def permutation_p(rows: Rows, *, draws: int = 9_999, seed: int = 0) -> tuple[float, int, Floats]:
    """Share of ways to give the clusters' exposures to clusters with so large an effect; the real one counts.

    All ways where they are at most 20,000, else `draws` at random; the effects of all ways come back too.
    With one treated place of 27, p is at least 1/27. As the placebos of Abadie et al. (2010).
    """
    held = _held(rows)
    period = codes(rows.time, "time")[0]
    pattern = _patterns(held, period)
    y = held.residual(held.outcome[:, None])[:, 0]
    ways = _ways(pattern, draws, seed)
    effects = []
    for part in np.array_split(ways, max(1, ways.shape[0] * y.size // CHUNK)):
        given = pattern[part[:, held.clusters], period[None, :]].T * held.root[:, None]
        d = held.residual(given)
        effects.append(np.einsum("nb,n->b", d, y) / np.maximum(np.einsum("nb,nb->b", d, d), 1e-300))
    found = np.concatenate(effects)
    d = held.residual(held.exposed[:, None])[:, 0]
    real = abs(float(d @ y / (d @ d)))
    larger = np.sum(np.abs(found) >= real - 1e-10)
    if ways.shape[0] == draws:  # drawn: the real way is one of them by definition
        return float((larger + 1) / (draws + 1)), draws, found
    return float(larger / found.size), int(found.size), found


def event_study(
    rows: Rows,
    since: npt.ArrayLike,
    *,
    reference: float = -1.0,
    ends: tuple[float, float] | None = None,
    confidence: float = 0.95,
) -> Path:
    """Effects by period since the beginning, the reference left out, and the joint test of those before it.

    since: (n,) period less first treated period, nan for units never treated; ends: periods beyond are put
    together with the end. Rows.exposed is not used. One beginning for all: else effects of different ages mix
    (Sun & Abraham 2021) and `staggered` is right. Errors CR1, F with G - 1 degrees of freedom.
    """
    held = _held(rows, needs_exposed=False)
    s = np.asarray(since, dtype=np.float64)
    if ends is not None:
        s = np.clip(s, ends[0], ends[1])
    at = np.unique(s[np.isfinite(s)])
    if reference not in at:
        raise CannotEstimate("no_reference_period", {"reference": reference})
    at = at[at != reference]
    indicators = (s[:, None] == at[None, :]).astype(np.float64) * held.root[:, None]
    d = held.residual(indicators)
    if np.linalg.matrix_rank(d, tol=1e-8 * float(np.linalg.norm(indicators))) < at.size:
        raise CannotEstimate("no_comparison", {"units_never_treated": 1})
    y = held.residual(held.outcome[:, None])[:, 0]
    effects: Floats = np.linalg.solve(d.T @ d, d.T @ y).astype(np.float64)
    covariance, df = _covariance(held, d, y - d @ effects, "CR1")
    se = np.sqrt(np.diag(covariance))
    reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
    f, freedom, p = _joint(effects[at < reference], covariance[np.ix_(at < reference, at < reference)], df)
    return Path(at, effects, se, effects - reach, effects + reach, covariance, df, f, freedom, p)


def gap_decomposition(
    returnees: tuple[float, float],
    local: tuple[float, float],
    *,
    returnee_se: tuple[float, float] | None = None,
    local_se: tuple[float, float] | None = None,
) -> Gap:
    """Means (before, after): the change among returnees is that of their neighbours plus that of the gap.

    The first is the context ("labour market"), the second programme, selection and the rest. Errors take the
    four means for independent.
    """
    context, change = local[1] - local[0], returnees[1] - returnees[0]
    before, after = returnees[0] - local[0], returnees[1] - local[1]
    context_se = float(np.hypot(*local_se)) if local_se else None
    gap_se = (
        float(np.sqrt(np.sum(np.square([*local_se, *returnee_se])))) if local_se and returnee_se else None
    )
    return Gap(change, context, after - before, before, after, context_se, gap_se)


@dataclass(frozen=True)
class _Held:
    """Rows weighted by the root of their weight, and what is held constant: units, a basis of the rest."""

    outcome: Floats
    exposed: Floats
    unit: Ints
    clusters: Ints
    groups: int
    basis: Floats
    counted: int  # columns that count as parameters: effects nested in clusters do not
    absorbed: int  # all of them
    root: Floats

    def residual(self, columns: Floats) -> Floats:
        """Columns (n, k) less what units, periods and covariates explain of them."""
        left = _within(columns, self.unit, self.root)
        return np.asarray(left - self.basis @ (self.basis.T @ left))

    def hat(self, rows: Ints) -> Floats:
        """The block of the hat matrix of what is held constant."""
        same = self.unit[rows][:, None] == self.unit[rows][None, :]
        whole = np.bincount(self.unit, weights=self.root**2)[self.unit[rows]]
        part = same * np.outer(self.root[rows], self.root[rows]) / whole[:, None]
        return np.asarray(part + self.basis[rows] @ self.basis[rows].T)


def _within(columns: Floats, unit: Ints, root: Floats) -> Floats:
    sums = np.zeros((int(unit.max()) + 1, columns.shape[1]))
    np.add.at(sums, unit, columns * root[:, None])
    means = sums / np.bincount(unit, weights=root**2)[:, None]
    return np.asarray(columns - means[unit] * root[:, None])


def _held(rows: Rows, *, needs_exposed: bool = True) -> _Held:
    y = numbers(rows.outcome, "outcome")
    unit, units = codes(rows.unit, "unit", size=y.size)
    period, periods = codes(rows.time, "time", size=y.size)
    given = rows.unit if rows.clusters is None else rows.clusters
    cluster, labels = codes(given, "clusters", size=y.size)
    exposed = numbers(rows.exposed, "exposed", size=y.size) if needs_exposed else np.zeros(y.size)
    w = np.ones(y.size) if rows.weights is None else numbers(rows.weights, "weights", size=y.size)
    if labels.size < 2:
        raise CannotEstimate("too_few", {"clusters": 2, "found": int(labels.size)})
    if needs_exposed and np.ptp(exposed) == 0:
        raise CannotEstimate("no_variation", {"of": "exposed"})
    if (w <= 0).any():
        raise CannotEstimate("weights_not_positive", {})
    root = np.sqrt(w)
    x = (
        np.zeros((y.size, 0))
        if rows.covariates is None
        else table(rows.covariates, "covariates", size=y.size)
    )
    rest = np.column_stack((np.eye(periods.size)[period][:, 1:], x)) * root[:, None]
    basis = _basis(_within(rest, unit, root))
    nested = np.unique(np.column_stack((unit, cluster)), axis=0).shape[0] == units.size
    absorbed = units.size + basis.shape[1]
    counted = basis.shape[1] if nested else absorbed
    groups = int(labels.size)
    return _Held(y * root, exposed * root, unit, cluster, groups, basis, counted, absorbed, root)


def _basis(columns: Floats) -> Floats:
    if not columns.shape[1]:
        return columns
    q, r, _pivot = linalg.qr(columns, mode="economic", pivoting=True)
    steps = np.abs(np.diag(r))
    return np.asarray(q[:, : int((steps > max(steps[0], 1e-8) * 1e-10).sum())], dtype=np.float64)


def _covariance(held: _Held, d: Floats, residual: Floats, errors: Errors) -> tuple[Floats, float]:
    n, k, g = residual.size, held.counted + d.shape[1], held.groups
    inverse: Floats = np.linalg.inv(d.T @ d).astype(np.float64)
    if errors == "CR2":
        return _bell_mccaffrey(held, d, residual, inverse)
    free = n - held.absorbed - d.shape[1]
    if errors == "classical":
        return inverse * float(residual @ residual) / free, free
    scores = d * residual[:, None]
    if errors == "HC1":
        return inverse @ (scores.T @ scores) @ inverse * n / free, free
    summed = np.zeros((g, d.shape[1]))
    np.add.at(summed, held.clusters, scores)
    factor = g / (g - 1) * (n - 1) / (n - k) if errors == "CR1" else 1.0
    return inverse @ (summed.T @ summed) @ inverse * factor, float(g - 1)


def _bell_mccaffrey(held: _Held, d: Floats, residual: Floats, inverse: Floats) -> tuple[Floats, float]:
    """CR2 and Satterthwaite's degrees of freedom for the first column of d."""
    scaled = d @ linalg.cholesky(inverse, lower=True)
    meat, wide = np.zeros_like(inverse), np.zeros((residual.size, held.groups))
    for one in range(held.groups):
        rows = np.flatnonzero(held.clusters == one)
        hat = held.hat(rows) + scaled[rows] @ scaled[rows].T
        values, vectors = np.linalg.eigh(np.eye(rows.size) - hat)
        fit = values > 1e-9
        adjusted = (vectors[:, fit] / np.sqrt(values[fit])) @ (vectors[:, fit].T @ d[rows])
        score = adjusted.T @ residual[rows]
        meat += np.outer(score, score)
        wide[rows, one] = adjusted @ inverse[:, 0]
    kernel = wide.T @ (held.residual(wide) - scaled @ (scaled.T @ wide))
    df = float(np.trace(kernel) ** 2 / np.sum(kernel**2))
    return inverse @ meat @ inverse, df


Joint = tuple[float | None, tuple[int, float] | None, float | None]


def _joint(effects: Floats, covariance: Floats, df: float) -> Joint:
    if not effects.size or effects.size > df:
        return None, None, None
    f = float(effects @ np.linalg.pinv(covariance) @ effects) / effects.size
    return f, (effects.size, df), float(stats.f.sf(f, effects.size, df))


def _t_of(held: _Held, d: Floats, outcomes: Floats) -> Floats:
    """The t of each column of residualised outcomes (n, b), CR0: constants are the same in every draw."""
    beta = d @ outcomes / (d @ d)
    scores = d[:, None] * (outcomes - d[:, None] * beta)
    summed = np.zeros((held.groups, outcomes.shape[1]))
    np.add.at(summed, held.clusters, scores)
    spread = np.sqrt((summed**2).sum(axis=0))
    return np.asarray(beta * (d @ d) / np.maximum(spread, 1e-300))


def _signs(groups: int, draws: int, seed: int) -> Floats:
    if 2**groups <= draws and groups >= 12:
        listed = (np.arange(2**groups)[None, :] >> np.arange(groups)[:, None]) & 1
        return np.asarray(listed * 2.0 - 1, dtype=np.float64)
    rng = np.random.default_rng(seed)
    points = np.array([-np.sqrt(1.5), -1, -np.sqrt(0.5), np.sqrt(0.5), 1, np.sqrt(1.5)])
    given = points if groups < 12 else np.array([-1.0, 1.0])
    return np.asarray(rng.choice(given, (groups, draws)), dtype=np.float64)


def _patterns(held: _Held, period: Ints) -> Floats:
    """Exposure of each cluster in each period; nan never: refused where rows of one differ."""
    exposed = held.exposed / held.root
    pattern = np.zeros((held.groups, int(period.max()) + 1))
    pattern[held.clusters, period] = exposed
    if not np.allclose(pattern[held.clusters, period], exposed):
        raise CannotEstimate("exposure_differs_within_clusters", {})
    return pattern


def _ways(pattern: Floats, draws: int, seed: int) -> Ints:
    """Rows of numbers: which cluster's exposure each cluster is given."""
    groups = pattern.shape[0]
    kinds, kind = np.unique(pattern, axis=0, return_inverse=True)
    if kinds.shape[0] == 2:
        few = int(np.argmin(np.bincount(kind)))
        chosen = np.flatnonzero(kind == few)
        if comb(groups, chosen.size) <= MOST_LISTED:
            other = int(np.flatnonzero(kind != few)[0])
            ways = np.full((comb(groups, chosen.size), groups), other)
            for number, places in enumerate(combinations(range(groups), chosen.size)):
                ways[number, list(places)] = chosen[0]
            return ways
    rng = np.random.default_rng(seed)
    return np.array([rng.permutation(groups) for _draw in range(draws)])
