"""How well answers that are added up belong together, and how well people who judge agree in numbers."""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from homeward.estimators.arrays import Floats, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

Form = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
LEAST_UNIQUE = 0.005


@dataclass(frozen=True)
class Reliability:
    """How items belong together.

    alpha with Feldt's interval; standardised: of items of one spread; omega: of one factor; without: alpha
    without each item; with_rest: its correlation with the others; error: of one person's sum (SEM).
    """

    alpha: float
    low: float
    high: float
    standardised: float
    omega: float | None
    loadings: tuple[float, ...]
    without: tuple[float, ...]
    with_rest: tuple[float, ...]
    error: float
    n: int
    items: int
    confidence: float


@dataclass(frozen=True)
class Intraclass:
    """An intraclass correlation with its interval by F and its test of 0. It can be negative."""

    estimate: float
    low: float
    high: float
    f: float
    df: tuple[float, float]
    p: float
    confidence: float


def reliability(items: npt.ArrayLike, *, confidence: float = 0.95) -> Reliability:
    """Cronbach's alpha and McDonald's omega of items that are added up.

    items: (n people, k items), higher the same way in all, no answer missing; at least 2 items and 3 people.
    omega: (sum of loadings)² over that and the unique variances, by maximum likelihood of one factor; None
    with two items, which do not tell it. Cronbach (1951); Feldt (1965), Psychometrika 30; McDonald (1999).
    """
    given = table(items, "items")
    n, k = given.shape
    if k < 2 or n < 3:
        raise CannotEstimate("too_few", {"items": 2, "people": 3})
    covariance = np.cov(given.T)
    if (np.diag(covariance) <= 0).any() or covariance.sum() <= 0:
        raise CannotEstimate("no_variation", {"of": "items"})
    alpha = _alpha(covariance)
    tail = (1 - confidence) / 2
    df = (n - 1, (n - 1) * (k - 1))
    low = 1 - (1 - alpha) * float(stats.f.ppf(1 - tail, *df))
    high = 1 - (1 - alpha) * float(stats.f.ppf(tail, *df))
    omega, loadings = _omega(covariance) if k > 2 else (None, ())
    rest = given.sum(axis=1)[:, None] - given
    keep = [np.delete(np.arange(k), one) for one in range(k)]
    return Reliability(
        alpha=alpha,
        low=low,
        high=high,
        standardised=_alpha(np.atleast_2d(np.corrcoef(given.T))),
        omega=omega,
        loadings=loadings,
        without=tuple(_alpha(covariance[np.ix_(one, one)]) for one in keep) if k > 2 else (),
        with_rest=tuple(float(np.corrcoef(given[:, one], rest[:, one])[0, 1]) for one in range(k)),
        error=sqrt(max(float(covariance.sum()) * (1 - alpha), 0.0)),
        n=n,
        items=k,
        confidence=confidence,
    )


def intraclass(ratings: npt.ArrayLike, *, form: Form = "2,1", confidence: float = 0.95) -> Intraclass:
    """The intraclass correlation of n subjects that k judges rated, every one of them.

    ratings: (n, k). form after Shrout & Fleiss (1979, Psychol. Bull. 86): 1 judges differ by subject, 2 they
    are a sample, absolute agreement, 3 these judges, consistency; ",1" of one judge, ",k" of their mean. The
    interval of form 2 as McGraw & Wong (1996) give it.
    """
    given = table(ratings, "ratings")
    n, k = given.shape
    if n < 2 or k < 2:
        raise CannotEstimate("too_few", {"subjects": 2, "judges": 2})
    grand = given.mean()
    rows = k * float(((given.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    columns = n * float(((given.mean(axis=0) - grand) ** 2).sum()) / (k - 1)
    whole = float(((given - grand) ** 2).sum())
    error = (whole - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    inside = (whole - rows * (n - 1)) / (n * (k - 1))
    if whole <= 0 or inside <= 0:
        raise CannotEstimate("no_variation", {"of": "ratings"})
    one = _FORMS[form[0]]((rows, columns, error, inside), (n, k), confidence)
    return one if form.endswith("1") else _of_mean(one, k)


def intracluster(values: npt.ArrayLike, cluster: npt.ArrayLike, *, confidence: float = 0.95) -> Intraclass:
    """How alike people of one cluster are: (MSB - MSW) / (MSB + (n0 - 1) MSW), clusters of any size.

    values: (n,); cluster: labels, at least two with somebody beside another. The interval is that of equal
    clusters of the mean size n0. Donner (1986), Int. Stat. Rev. 54; Searle (1971).
    """
    y = numbers(values, "values")
    place, names = codes(cluster, "cluster", size=len(y))
    counts = np.bincount(place)
    groups, n = len(names), len(y)
    if groups < 2 or n <= groups:
        raise CannotEstimate("too_few", {"clusters": 2, "people_in_a_cluster": 2})
    means = np.bincount(place, y) / counts
    between = float(counts @ (means - y.mean()) ** 2) / (groups - 1)
    within = float(((y - means[place]) ** 2).sum()) / (n - groups)
    size = (n - float((counts**2).sum()) / n) / (groups - 1)
    if between + within <= 0:
        raise CannotEstimate("no_variation", {"of": "values"})
    f = between / within if within > 0 else float("inf")
    return _by_f(f, size, (groups - 1, n - groups), confidence)


def _alpha(covariance: Floats) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _omega(covariance: Floats) -> tuple[float, tuple[float, ...]]:
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    found = one_factor(correlation)
    common = float((spread * found).sum()) ** 2
    unique = float((spread**2 * (1 - found**2)).sum())
    return common / (common + unique), tuple(float(one) for one in found)


def one_factor(correlation: npt.ArrayLike) -> Floats:
    """Loadings (k,) of one factor by maximum likelihood, adding up to no less than 0.

    Unique variances are at least 0.005. Jöreskog (1967), Psychometrika 32; as R's factanal.
    """
    matrix = table(correlation, "correlation")

    def apart(unique: Floats) -> float:
        scaled = matrix / np.sqrt(np.outer(unique, unique))
        rest = np.linalg.eigvalsh(scaled)[:-1]
        return float(-(np.log(np.maximum(rest, 1e-12)) - rest).sum() - len(rest))

    try:
        start = 0.5 / np.diag(np.linalg.inv(matrix))
    except np.linalg.LinAlgError as singular:
        raise CannotEstimate("collinear", {"of": "items"}) from singular
    found = optimize.minimize(
        apart,
        np.clip(start, LEAST_UNIQUE, 1),
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE, 1.0)] * len(matrix),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    unique = np.asarray(found.x)
    values, vectors = np.linalg.eigh(matrix / np.sqrt(np.outer(unique, unique)))
    loadings = np.sqrt(unique) * vectors[:, -1] * sqrt(max(float(values[-1]) - 1, 0.0))
    return np.asarray(loadings if loadings.sum() >= 0 else -loadings)


def _by_f(f: float, size: float, df: tuple[float, float], confidence: float) -> Intraclass:
    tail = (1 - confidence) / 2
    low, high = f / float(stats.f.ppf(1 - tail, *df)), f / float(stats.f.ppf(tail, *df))

    def of(ratio: float) -> float:
        return 1.0 if ratio == float("inf") else (ratio - 1) / (ratio + size - 1)

    return Intraclass(of(f), of(low), of(high), f, df, float(stats.f.sf(f, *df)), confidence)


def _first(
    squares: tuple[float, float, float, float], size: tuple[int, int], confidence: float
) -> Intraclass:
    n, k = size
    return _by_f(squares[0] / squares[3], k, (n - 1, n * (k - 1)), confidence)


def _second(
    squares: tuple[float, float, float, float], size: tuple[int, int], confidence: float
) -> Intraclass:
    (rows, columns, error, _inside), (n, k) = squares, size
    if error <= 0:
        raise CannotEstimate("no_variation", {"of": "ratings"})
    estimate = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    ratio = columns / error
    top = (k - 1) * (n - 1) * (k * estimate * ratio + n * (1 + (k - 1) * estimate) - k * estimate) ** 2
    v = top / ((n - 1) * k**2 * estimate**2 * ratio**2 + (n * (1 + (k - 1) * estimate) - k * estimate) ** 2)
    upper = 1 - (1 - confidence) / 2
    f_low, f_high = float(stats.f.ppf(upper, n - 1, v)), float(stats.f.ppf(upper, v, n - 1))
    mixed = k * columns + (k * n - k - n) * error
    low = n * (rows - f_low * error) / (f_low * mixed + n * rows)
    high = n * (f_high * rows - error) / (mixed + n * f_high * rows)
    f = rows / error
    df = (n - 1, (n - 1) * (k - 1))
    return Intraclass(estimate, low, high, f, df, float(stats.f.sf(f, *df)), confidence)


def _third(
    squares: tuple[float, float, float, float], size: tuple[int, int], confidence: float
) -> Intraclass:
    n, k = size
    f = squares[0] / squares[2] if squares[2] > 0 else float("inf")
    return _by_f(f, k, (n - 1, (n - 1) * (k - 1)), confidence)


_FORMS = {"1": _first, "2": _second, "3": _third}


def _of_mean(one: Intraclass, k: int) -> Intraclass:
    """Spearman and Brown's step from one judge to the mean of k."""

    def of(value: float) -> float:
        return k * value / (1 + (k - 1) * value)

    return Intraclass(of(one.estimate), of(one.low), of(one.high), one.f, one.df, one.p, one.confidence)
