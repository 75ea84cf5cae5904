"""Principal components of a correlation matrix, and how well its items belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Component:
    """One principal component: its eigenvalue, and loadings of the items that add up to no less than 0."""

    eigenvalue: float
    loadings: tuple[float, ...]


def components(matrix: Matrix) -> list[Component]:
    """The principal components of a symmetric matrix, the largest eigenvalue first.

    matrix: n x n, symmetric to 1e-9 (ValueError). A loading is the eigenvector's element times the root of
    the eigenvalue; where the eigenvalue is not positive, as pairwise matrices can have it, it is 0.
    """
    if not len(matrix) or any(len(row) != len(matrix) for row in matrix):
        raise ValueError("a square matrix")
    given = np.asarray(matrix, dtype=np.float64)
    if np.abs(given - given.T).max() > 1e-9:
        raise ValueError("a symmetric matrix")
    values, vectors = np.linalg.eigh(given)
    signs = np.where(vectors.sum(axis=0) < 0, -1.0, 1.0)
    loadings = signs * vectors * np.sqrt(np.maximum(values, 0.0))
    return [
        Component(float(values[at]), tuple(float(one) for one in loadings[:, at]))
        for at in range(len(values) - 1, -1, -1)
    ]


def cronbach_alpha(items: Sequence[Sequence[float]]) -> float:
    """How well items that are added up belong together, from the answers: Cronbach's alpha.

    items: one sequence per item, each with one number per person in the same order; at least two items and
    two people, and a sum that varies (ValueError). 1 is best; it can be negative. Cronbach (1951).
    """
    if len(items) < 2 or len({len(one) for one in items}) != 1:
        raise ValueError("at least two items with an answer of everybody")
    given = np.asarray(items, dtype=np.float64)
    if given.shape[1] < 2:
        raise ValueError("at least two people")
    whole = float(given.sum(axis=0).var(ddof=1))
    if whole <= 0:
        raise ValueError("a sum that never varies")
    return len(items) / (len(items) - 1) * (1 - float(given.var(axis=1, ddof=1).sum()) / whole)


def standardised_alpha(matrix: Matrix) -> float:
    """Alpha from a correlation matrix; of polychoric correlations, what is called ordinal alpha.

    matrix: n x n with ones in the diagonal, n at least 2 (ValueError). k r / (1 + (k - 1) r) with r the mean
    correlation. Zumbo, Gadermann & Zeisser (2007), J. Mod. Appl. Stat. Methods 6(1).
    """
    size = len(matrix)
    if size < 2:
        raise ValueError("at least two items")
    given = np.asarray(matrix, dtype=np.float64)
    mean = float(given[np.tril_indices(size, -1)].mean())
    return size * mean / (1 + (size - 1) * mean)
