"""Answers that are missing, filled in many times by chained equations, and results of them put together."""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from scipy.stats import t

from homeward.estimators.arrays import Bools, Floats, codes, numbers
from homeward.estimators.refusals import CannotEstimate

KINDS = ("linear", "matched", "logit")
DONORS = 5
LEAST_TIMES = 20
RIDGE = 1e-5
STEPS = 25


@dataclass(frozen=True)
class Pooled:
    """An estimate of several filled-in data sets, by Rubin's rules.

    within, between: variances; df: of Barnard and Rubin; riv: the relative increase of variance that missing
    answers bring; share: lambda, the share of the variance that comes of them; missing_information: fmi.
    """

    estimate: float
    standard_error: float
    low: float
    high: float
    p_value: float
    df: float
    within: float
    between: float
    riv: float
    share: float
    missing_information: float
    times: int


def times_needed(data: npt.ArrayLike) -> int:
    """How many times to fill in: a hundred times the share of incomplete rows, at least 20.

    White, Royston & Wood (2011), Stat. Med. 30. data: (n, p), NaN where an answer is missing.
    """
    given = np.asarray(data, dtype=np.float64)
    return max(LEAST_TIMES, ceil(100 * float(np.isnan(given).any(axis=1).mean())))


def impute(
    data: npt.ArrayLike,
    kinds: tuple[str, ...],
    seed: int,
    *,
    times: int | None = None,
    rounds: int = 10,
    by: npt.ArrayLike | None = None,
) -> Floats:
    """The data (n, p), NaN where missing, filled in `times` times: (times, n, p).

    kinds: by column, "linear" (a normal draw), "matched" (the answer of one of the five people with the
    nearest expectation) or "logit" (yes or no); each is drawn given all others, its model's coefficients
    drawn as well, `rounds` times around. by: (n,) arms, filled in apart, so that effects are not shrunk. What
    is missing is taken to depend on what is known only. The same seed gives the same. van Buuren &
    Groothuis-Oudshoorn (2011), J. Stat. Softw. 45(3); Rubin (1987). Refused: a column of which nothing is
    known, or fewer complete answers than columns.
    """
    given = np.asarray(data, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != len(kinds) or not set(kinds) <= set(KINDS):
        raise CannotEstimate("wrong_shape", {"of": "data", "kinds": ", ".join(KINDS)})
    if np.isinf(given).any():
        raise CannotEstimate("missing_values", {"of": "data", "found": int(np.isinf(given).sum())})
    number = times_needed(given) if times is None else times
    arms = np.zeros(given.shape[0], dtype=np.int64) if by is None else codes(by, "by", size=given.shape[0])[0]
    found = np.repeat(given[None], number, axis=0)
    for arm in np.unique(arms):
        rows = np.flatnonzero(arms == arm)
        _check(given[rows], kinds)
        for place, one in enumerate(np.random.SeedSequence([seed, int(arm)]).spawn(number)):
            found[place, rows] = _filled(given[rows], kinds, rounds, np.random.default_rng(one))
    return found


def pooled(
    estimates: npt.ArrayLike,
    variances: npt.ArrayLike,
    df_complete: float = np.inf,
    *,
    confidence: float = 0.95,
) -> Pooled:
    """One estimate of those (m,) of filled-in data sets with their variances (m,), by Rubin's rules.

    df_complete: the degrees of freedom if nothing were missing; with them Barnard & Rubin (1999), Biometrika
    86, as R's mice pools. At least two data sets.
    """
    given = numbers(estimates, "estimates")
    own = numbers(variances, "variances", size=given.size)
    m = given.size
    if m < 2 or (own < 0).any():
        raise CannotEstimate("too_few", {"of": "data sets", "rows": 2, "found": m})
    mean, within, between = float(given.mean()), float(own.mean()), float(given.var(ddof=1))
    total = within + (1 + 1 / m) * between
    if total <= 0:
        return Pooled(mean, 0.0, mean, mean, float(mean == 0), df_complete, 0.0, 0.0, 0.0, 0.0, 0.0, m)
    share = (1 + 1 / m) * between / total
    df = _degrees(m, share, df_complete)
    riv = (1 + 1 / m) * between / within if within > 0 else np.inf
    error = sqrt(total)
    reach = float(t.ppf((1 + confidence) / 2, df)) * error
    fmi = (riv + 2 / (df + 3)) / (riv + 1) if np.isfinite(riv) else 1.0
    p_value = float(2 * t.sf(abs(mean) / error, df))
    return Pooled(mean, error, mean - reach, mean + reach, p_value, df, within, between, riv, share, fmi, m)


def _degrees(m: int, share: float, df_complete: float) -> float:
    old = (m - 1) / share**2 if share > 0 else np.inf
    if np.isinf(df_complete):
        return old
    observed = (df_complete + 1) / (df_complete + 3) * df_complete * (1 - share)
    if np.isinf(old):
        return observed
    return old * observed / (old + observed)


def _check(given: Floats, kinds: tuple[str, ...]) -> None:
    for place, kind in enumerate(kinds):
        known = given[~np.isnan(given[:, place]), place]
        if known.size == given.shape[0]:
            continue
        if known.size <= len(kinds):
            raise CannotEstimate("too_few", {"column": place, "rows": len(kinds) + 1, "found": known.size})
        if kind == "logit" and not np.isin(known, (0.0, 1.0)).all():
            raise CannotEstimate("not_yes_or_no", {"column": place})


def _filled(given: Floats, kinds: tuple[str, ...], rounds: int, rng: np.random.Generator) -> Floats:
    missing = np.isnan(given)
    found = given.copy()
    for place in np.flatnonzero(missing.any(axis=0)):
        known = given[~missing[:, place], place]
        found[missing[:, place], place] = rng.choice(known, int(missing[:, place].sum()))
    order = np.argsort(missing.sum(axis=0), kind="stable")
    order = order[missing.sum(axis=0)[order] > 0]
    for _round in range(rounds):
        for place in order:
            rows = missing[:, place]
            design = _design(np.delete(found, place, axis=1))
            found[rows, place] = _drawn(kinds[place], design, found[:, place], rows, rng)
    return found


def _design(columns: Floats) -> Floats:
    spread = columns.std(axis=0)
    kept = columns[:, spread > 0]
    return np.column_stack([np.ones(columns.shape[0]), (kept - kept.mean(axis=0)) / spread[spread > 0]])


def _drawn(kind: str, design: Floats, column: Floats, rows: Bools, rng: np.random.Generator) -> Floats:
    known, y = design[~rows], column[~rows]
    if kind == "logit":
        return _yes_or_no(known, y, design[rows], rng)
    gram = known.T @ known
    gram[np.diag_indices_from(gram)] *= 1 + RIDGE
    inverse = np.linalg.inv(gram)
    beta = inverse @ (known.T @ y)
    df = max(y.size - known.shape[1], 1)
    sigma = sqrt(float(((y - known @ beta) ** 2).sum()) / float(rng.chisquare(df)))
    drawn = beta + sigma * np.linalg.cholesky(inverse) @ rng.normal(size=beta.size)
    expected = design[rows] @ drawn
    if kind == "linear":
        return np.asarray(expected + sigma * rng.normal(size=expected.size))
    return _matched(known @ beta, y, expected, rng)


def _matched(expected: Floats, answers: Floats, wanted: Floats, rng: np.random.Generator) -> Floats:
    """The answer of one of the people with the nearest expectation, for each wanted."""
    order = np.argsort(expected, kind="stable")
    donors = min(DONORS, order.size)
    at = np.searchsorted(expected[order], wanted)
    near = np.clip(at[:, None] + np.arange(-donors, donors), 0, order.size - 1)
    far = np.abs(expected[order][near] - wanted[:, None])
    far[:, 1:][near[:, 1:] == near[:, :-1]] = np.inf
    nearest = np.argsort(far, axis=1, kind="stable")[:, :donors]
    taken = nearest[np.arange(wanted.size), rng.integers(0, donors, wanted.size)]
    return np.asarray(answers[order][near[np.arange(wanted.size), taken]])


def _yes_or_no(design: Floats, y: Floats, asked: Floats, rng: np.random.Generator) -> Floats:
    """A draw by a logit whose coefficients are drawn; a weak prior keeps them where answers are told."""
    beta = np.zeros(design.shape[1])
    prior = np.full(beta.size, 1e-2)
    prior[0] = 1e-6
    for _step in range(STEPS):
        mean = expit(design @ beta)
        information = design.T @ (design * (mean * (1 - mean))[:, None]) + np.diag(prior)
        step = np.linalg.solve(information, design.T @ (y - mean) - prior * beta)
        beta = beta + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-8:
            break
    drawn = beta + np.linalg.cholesky(np.linalg.inv(information)) @ rng.normal(size=beta.size)
    return np.asarray(rng.random(asked.shape[0]) < expit(asked @ drawn), dtype=np.float64)
