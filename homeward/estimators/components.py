"""Principal components of a correlation matrix, and how well its items belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt

Matrix = Sequence[Sequence[float]]
SMALL = 1e-12
MOST_ROUNDS = 100


@dataclass(frozen=True)
class Component:
    """One principal component: its eigenvalue, and loadings of the items that add up to no less than 0."""

    eigenvalue: float
    loadings: tuple[float, ...]


def components(matrix: Matrix) -> list[Component]:
    """The principal components of a symmetric matrix, the largest eigenvalue first.

    matrix: n x n, symmetric to 1e-9 (ValueError). A loading is the eigenvector's element times the root of
    the eigenvalue; where the eigenvalue is not positive, as pairwise matrices can have it, it is 0.
    Cyclic Jacobi rotations, Golub & Van Loan, Matrix Computations, 8.5.
    """
    size = len(matrix)
    if not size or any(len(row) != size for row in matrix):
        raise ValueError("a square matrix")
    if any(abs(matrix[i][j] - matrix[j][i]) > 1e-9 for i in range(size) for j in range(i)):
        raise ValueError("a symmetric matrix")
    values, vectors = _rotated([list(row) for row in matrix])
    found = [_component(values[n], [vectors[i][n] for i in range(size)]) for n in range(size)]
    return sorted(found, key=lambda one: -one.eigenvalue)


def cronbach_alpha(items: Sequence[Sequence[float]]) -> float:
    """How well items that are added up belong together, from the answers: Cronbach's alpha.

    items: one sequence per item, each with one number per person in the same order; at least two items and
    two people, and a sum that varies (ValueError). 1 is best; it can be negative. Cronbach (1951).
    """
    if len(items) < 2 or len({len(one) for one in items}) != 1:
        raise ValueError("at least two items with an answer of everybody")
    whole = _variance([fsum(person) for person in zip(*items, strict=True)])
    if whole <= 0:
        raise ValueError("a sum that never varies")
    return len(items) / (len(items) - 1) * (1 - fsum(_variance(one) for one in items) / whole)


def standardised_alpha(matrix: Matrix) -> float:
    """Alpha from a correlation matrix; of polychoric correlations, what is called ordinal alpha.

    matrix: n x n with ones in the diagonal, n at least 2 (ValueError). k r / (1 + (k - 1) r) with r the mean
    correlation. Zumbo, Gadermann & Zeisser (2007), J. Mod. Appl. Stat. Methods 6(1).
    """
    size = len(matrix)
    if size < 2:
        raise ValueError("at least two items")
    mean = fsum(matrix[i][j] for i in range(size) for j in range(i)) / (size * (size - 1) / 2)
    return size * mean / (1 + (size - 1) * mean)


def _variance(given: Sequence[float]) -> float:
    if len(given) < 2:
        raise ValueError("at least two people")
    mean = fsum(given) / len(given)
    return fsum((one - mean) ** 2 for one in given) / (len(given) - 1)


def _component(value: float, vector: Sequence[float]) -> Component:
    sign = -1.0 if fsum(vector) < 0 else 1.0
    return Component(value, tuple(sign * one * sqrt(max(value, 0.0)) for one in vector))


def _rotated(a: list[list[float]]) -> tuple[list[float], list[list[float]]]:
    """Eigenvalues, and eigenvectors as columns; turns `a` into a diagonal on the way."""
    size = len(a)
    vectors = [[float(i == j) for j in range(size)] for i in range(size)]
    for _round in range(MOST_ROUNDS):
        if fsum(a[i][j] ** 2 for i in range(size) for j in range(i)) < SMALL**2:
            break
        for p in range(size - 1):
            for q in range(p + 1, size):
                if abs(a[p][q]) > SMALL / size:
                    _rotate(a, vectors, p, q)
    return [a[i][i] for i in range(size)], vectors


def _rotate(a: list[list[float]], vectors: list[list[float]], p: int, q: int) -> None:
    theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
    t = (1.0 if theta >= 0 else -1.0) / (abs(theta) + hypot(theta, 1.0))
    c = 1 / hypot(t, 1.0)
    s = t * c
    for row in a:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
    a[p], a[q] = (
        [c * x - s * y for x, y in zip(a[p], a[q], strict=True)],
        [s * x + c * y for x, y in zip(a[p], a[q], strict=True)],
    )
    for row in vectors:
        row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
