"""Least squares whose errors allow people of one place, partner or family to be alike."""

from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, Ints, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

Kind = Literal["CR0", "CR1", "CR1S", "CR1p", "CR2", "CR3"]
NOTHING = 1e-10


@dataclass(frozen=True)
class Contrast:
    """One combination of coefficients: its error, Satterthwaite's df, t and p, and its interval."""

    estimate: float
    se: float
    df: float
    statistic: float
    p: float
    low: float
    high: float
    confidence: float


@dataclass(frozen=True)
class Regression:
    """Coefficients (p,), their covariance (p, p), residuals (n,), and what makes df of their errors.

    df of a contrast: Satterthwaite's under the working model. `kind` and `clusters` say which errors.
    """

    coefficients: Floats
    covariance: Floats = field(repr=False)
    residuals: Floats = field(repr=False)
    n: int
    clusters: int
    kind: Kind
    parts: "Parts" = field(repr=False, compare=False)

    def contrast(self, weights: npt.ArrayLike, *, confidence: float = 0.95) -> Contrast:
        """The sum of coefficients times weights (p,), with df by Satterthwaite (Bell & McCaffrey 2002)."""
        c = numbers(weights, "weights", size=len(self.coefficients))
        estimate, se = float(c @ self.coefficients), sqrt(max(float(c @ self.covariance @ c), 0.0))
        df = self.parts.df(c)
        statistic = estimate / se if se > 0 else float("nan")
        p = 2 * float(stats.t.sf(abs(statistic), df))
        reach = float(stats.t.ppf((1 + confidence) / 2, df)) * se
        return Contrast(estimate, se, df, statistic, p, estimate - reach, estimate + reach, confidence)

    def coefficient(self, place: int, *, confidence: float = 0.95) -> Contrast:
        """One coefficient by its place."""
        return self.contrast(np.eye(len(self.coefficients))[place], confidence=confidence)


@dataclass(frozen=True)
class Parts:
    """By cluster, (G, p, p), sums that make the quadratic form of a variance without an n x n matrix.

    With Z = A'WX of a cluster: squares Z'ΦZ, crossed X'Z, weighted X'WΦZ; middle: X'WΦWX of all.
    """

    bread: Floats
    middle: Floats
    squares: Floats
    crossed: Floats
    weighted: Floats

    def df(self, c: Floats) -> float:
        """(tr Ω)² / tr Ω² of the quadratic form that estimates the variance of c'b."""
        direction = self.bread @ c
        own = np.einsum("i,gij,j->g", direction, self.squares, direction)
        crossed, weighted = self.crossed @ direction, self.weighted @ direction
        # Ω is a diagonal and a matrix L = left right' of rank 2p: never written out, however many clusters
        left = np.hstack([weighted, crossed])
        inner = self.bread @ self.middle @ self.bread
        right = np.hstack([-crossed @ self.bread, crossed @ inner - weighted @ self.bread])
        low = (left * right).sum(axis=1)
        turned = right.T @ left
        square = float((own**2).sum() + 2 * (own @ low) + np.trace(turned @ turned))
        return float((own.sum() + low.sum()) ** 2 / square) if square > 0 else float("nan")


def regression(
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    cluster: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    kind: Kind = "CR2",
    working: Literal["equal", "inverse"] = "equal",
) -> Regression:
    """Least squares of y on x as given, with errors by cluster.

    y: (n,); x: (n, p) with its column of ones where one is wanted; cluster: labels, or each row by itself
    (CR0 is then HC0, CR2 HC2, CR3 HC3); weights: above 0. kind: CR0 plain; CR1 times G/(G-1); CR1S times
    G(n-1)/((G-1)(n-p)), Stata's; CR1p times G/(G-p); CR2 Bell & McCaffrey's, unbiased under the working
    model; CR3 leaves each cluster out. working: variances taken for CR2 and df, all "equal" or "inverse" to
    the weights. Refuses "too_few" clusters or rows and "collinear" columns. Bell & McCaffrey (2002), Surv.
    Methodol. 28; Pustejovsky & Tipton (2018), J. Bus. Econ. Stat. 36; as R's clubSandwich.
    """
    outcome = numbers(y, "y")
    columns = table(x, "x", size=len(outcome))
    weight = np.ones(len(outcome)) if weights is None else numbers(weights, "weights", size=len(outcome))
    if (weight <= 0).any():
        raise CannotEstimate("weight_not_above_zero", {"of": "weights"})
    group = np.arange(len(outcome))
    if cluster is not None:
        group = codes(cluster, "cluster", size=len(outcome))[0]
    _enough(columns, group)
    root = np.sqrt(weight)[:, None]
    bread: Floats = np.asarray(np.linalg.inv((root * columns).T @ (root * columns)))
    coefficients: Floats = np.asarray(np.linalg.lstsq(root * columns, root[:, 0] * outcome, rcond=None)[0])
    residuals = outcome - columns @ coefficients
    phi = 1 / weight if working == "inverse" else np.ones(len(outcome))
    rows = _by_cluster(group)
    parts, scores = _parts(columns, (weight, phi), rows, (bread, kind), residuals)
    scale = _scale(kind, len(rows), *columns.shape)
    covariance = scale * bread @ scores.T @ scores @ bread
    return Regression(coefficients, covariance, residuals, len(outcome), len(rows), kind, parts)


def _enough(x: Floats, group: Ints) -> None:
    n, p = x.shape
    clusters = int(group.max()) + 1 if n else 0
    if n <= p:
        raise CannotEstimate("too_few", {"rows": p + 1, "found": n})
    if clusters < 2:
        raise CannotEstimate("too_few", {"clusters": 2, "found": clusters})
    if np.linalg.matrix_rank(x / np.maximum(np.abs(x).max(axis=0), 1e-300)) < p:
        raise CannotEstimate("collinear", {"of": "x", "columns_that_say_something_new": p})


def _by_cluster(group: Ints) -> list[Ints]:
    order = np.argsort(group, kind="stable")
    return np.split(order, np.cumsum(np.bincount(group))[:-1])


def _scale(kind: Kind, clusters: int, n: int, p: int) -> float:
    if kind == "CR1":
        return clusters / (clusters - 1)
    if kind == "CR1S":
        return clusters * (n - 1) / ((clusters - 1) * (n - p))
    if kind == "CR1p":
        if clusters <= p:
            raise CannotEstimate("too_few", {"clusters": p + 1, "found": clusters})
        return clusters / (clusters - p)
    return 1.0


def _parts(
    x: Floats,
    given: tuple[Floats, Floats],
    rows: list[Ints],
    how: tuple[Floats, Kind],
    residuals: Floats,
) -> tuple[Parts, Floats]:
    """The sums of all clusters, and each one's score (G, p)."""
    (weight, phi), (bread, kind) = given, how
    middle = x.T @ ((weight**2 * phi)[:, None] * x)
    if len(rows) == len(x):
        return _of_rows(x, given, middle, how, residuals)
    squares, crossed, weighted, scores = [], [], [], []
    for at in rows:
        own, w, f = x[at], weight[at], phi[at]
        adjusted = _adjusted(own, (w, f), bread, middle, kind)
        squares.append(adjusted.T @ (f[:, None] * adjusted))
        crossed.append(own.T @ adjusted)
        weighted.append(own.T @ ((w * f)[:, None] * adjusted))
        scores.append(adjusted.T @ residuals[at])
    stacked = (np.stack(one) for one in (squares, crossed, weighted))
    return Parts(bread, middle, *stacked), np.stack(scores)


def _of_rows(
    x: Floats,
    given: tuple[Floats, Floats],
    middle: Floats,
    how: tuple[Floats, Kind],
    residuals: Floats,
) -> tuple[Parts, Floats]:
    """The same where each row is its own cluster, all at once."""
    (w, f), (bread, kind) = given, how
    leverage = w * np.einsum("ij,jk,ik->i", x, bread, x)
    factor = np.ones(len(x))
    if kind == "CR3":
        factor = 1 / np.maximum(1 - leverage, NOTHING)
    elif kind == "CR2":
        other = np.einsum("ij,jk,ik->i", x, bread @ middle @ bread, x)
        kept = f**2 - 2 * f**2 * leverage + f * other
        factor = np.where(kept > NOTHING * f**2, f / np.sqrt(np.maximum(kept, NOTHING * f**2)), 0.0)
    adjusted = (w * factor)[:, None] * x
    outer = x[:, :, None] * adjusted[:, None, :]
    squares = (f * w * factor)[:, None, None] * outer
    parts = Parts(bread, middle, squares, outer, (w * f)[:, None, None] * outer)
    return parts, adjusted * residuals[:, None]


def _adjusted(x: Floats, given: tuple[Floats, Floats], bread: Floats, middle: Floats, kind: Kind) -> Floats:
    """A_j' W_j X_j of one cluster: its matrix is the unit one less one of low rank, so n_j may be large."""
    w, f = given
    weighted = w[:, None] * x
    if kind == "CR3":
        # (I - X M X'W)' ^-1 = I + W X (M^-1 - X'W X)^-1 X', by Woodbury
        left = np.linalg.pinv(np.linalg.inv(bread) - x.T @ weighted, hermitian=True)
        return np.asarray(weighted + weighted @ left @ x.T @ weighted)
    if kind != "CR2":
        return weighted
    root = np.sqrt(f)[:, None]
    # D B D with B = Φ - H Φ - Φ H' + H_j Φ H_j': the diagonal Φ² less U S U'
    own, other = root * x, root**3 * weighted
    zero = np.zeros_like(bread)
    inner = np.block([[-bread @ middle @ bread, bread], [bread, zero]])
    return _by_root(np.hstack([own, other]), inner, f, weighted)


def _by_root(u: Floats, inner: Floats, f: Floats, weighted: Floats) -> Floats:
    root = np.sqrt(f)
    scaled = u / f[:, None]  # (Φ² - U S U') = Φ (I - V S V') Φ where Φ is even within the cluster
    if not np.allclose(f, f[0]):
        return _by_whole(u, inner, f, weighted)
    basis, upper = np.linalg.qr(scaled)
    values, vectors = np.linalg.eigh(upper @ inner @ upper.T)
    kept = 1 - values
    factor = np.where(kept > NOTHING, 1 / np.sqrt(np.where(kept > NOTHING, kept, 1.0)), 0.0) - 1
    across = basis @ vectors
    rooted = weighted * root[:, None]
    changed = rooted + across @ (factor[:, None] * (across.T @ rooted))
    return np.asarray(changed * root[:, None] / f[:, None])


def _by_whole(u: Floats, inner: Floats, f: Floats, weighted: Floats) -> Floats:
    root = np.sqrt(f)[:, None]
    whole = np.diag(f**2) - u @ inner @ u.T
    values, vectors = np.linalg.eigh(whole)
    least = NOTHING * max(float(values.max()), 1e-300)
    inverse = np.where(values > least, 1 / np.sqrt(np.where(values > least, values, 1.0)), 0.0)
    return np.asarray(root * (vectors @ (inverse[:, None] * (vectors.T @ (root * weighted)))))
