"""Weights worked out from answers: polychoric correlations, their first principal component, reliability.

Pure. The result is a profile to look at, with everything by which somebody can judge it; it is provisional,
and nothing uses it until somebody puts it in use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

from homeward.estimators.components import components, cronbach_alpha, standardised_alpha
from homeward.estimators.correlations import pearson, polychoric
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.rules import Missing
from homeward.surveys.scoring.profile import Dimension, DimensionRule, Item, Profile
from homeward.surveys.scoring.score import points_of, score

FEWEST_FORMS = 200
FEWEST_PAIRS = 100  # people who answered both of two questions
PLACES = 4
METHOD = "polychoric correlations in two steps; first principal component of each dimension"
Given = Sequence[Mapping[str, Any]]


class CannotDerive(Exception):
    """The answers carry no weights: too few, all alike, or an item that runs against the others."""

    def __init__(self, code: str, paths: Sequence[str] = ()) -> None:
        self.code, self.paths = code, tuple(paths)
        super().__init__(code)


@dataclass(frozen=True)
class Derivation:
    """A profile with weights from answers, and what they were worked out from, as it is kept with it."""

    profile: Profile
    told: Mapping[str, Any]


def derive(forms: Given, start: Profile) -> Derivation:
    """Work out the weights of a profile's items and dimensions from forms; all else stays as it is."""
    if len(forms) < FEWEST_FORMS:
        raise CannotDerive("too_few")
    weights: dict[str, float] = {}
    told: dict[str, Any] = {}
    for dimension in start.dimensions:
        items = [one for one in start.items if one.dimension == dimension]
        found, about = _weigh(items, forms)
        weights |= found
        told[dimension.value] = about
    weighed = replace(start, items=tuple(replace(one, weight=weights[one.path]) for one in start.items))
    dimensions, across = _across(weighed, forms)
    profile = replace(weighed, dimensions=dimensions, is_provisional=True, verified_by="", verified_on=None)
    return Derivation(
        profile, {"method": METHOD, "forms": len(forms), "dimensions": told, "composite": across}
    )


def _weigh(items: Sequence[Item], forms: Given) -> tuple[dict[str, float], dict[str, Any]]:
    """The weights of one dimension's items, adding up to their number, and what is told about them."""
    columns = [_column(item, forms) for item in items]
    if len(items) == 1:
        return {items[0].path: 1.0}, {"items": {items[0].path: {"answered": _count(columns[0])}}}
    matrix = _matrix(items, columns)
    found = components(matrix)
    first = found[0]
    against = [item.path for item, one in zip(items, first.loadings, strict=True) if one <= 0]
    if against:
        raise CannotDerive("runs_against", against)
    whole = fsum(first.loadings)
    weights = [one / whole * len(items) for one in first.loadings]
    about = {
        "eigenvalues": [round(one.eigenvalue, PLACES) for one in found],
        "explained": round(first.eigenvalue / len(items), PLACES),
        "ordinal_alpha": round(standardised_alpha(matrix), PLACES),
        "alpha": _alpha(columns),
        "items": {
            item.path: {
                "answered": _count(column),
                "loading": round(loading, PLACES),
                "weight": round(weight, PLACES),
            }
            for item, column, loading, weight in zip(items, columns, first.loadings, weights, strict=True)
        },
    }
    rounded = {item.path: round(weight, PLACES) for item, weight in zip(items, weights, strict=True)}
    return rounded, about


def _column(item: Item, forms: Given) -> list[float | None]:
    given = (answer_of(answers, item.path) for answers in forms)
    return [None if isinstance(one, Missing) else points_of(item, one) for one in given]


def _matrix(items: Sequence[Item], columns: Sequence[Sequence[float | None]]) -> list[list[float]]:
    size = len(columns)
    matrix = [[1.0] * size for _row in range(size)]
    for i in range(size):
        for j in range(i):
            try:
                matrix[i][j] = matrix[j][i] = polychoric(_table(columns[i], columns[j]))
            except ValueError as alike:
                raise CannotDerive("all_alike", (items[i].path, items[j].path)) from alike
    return matrix


def _table(x: Sequence[float | None], y: Sequence[float | None]) -> list[list[float]]:
    both = [(a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None]
    if len(both) < FEWEST_PAIRS:
        raise CannotDerive("too_few")
    rows, columns = sorted({a for a, _b in both}), sorted({b for _a, b in both})
    table = [[0.0] * len(columns) for _row in rows]
    at_row, at_column = {a: n for n, a in enumerate(rows)}, {b: n for n, b in enumerate(columns)}
    for a, b in both:
        table[at_row[a]][at_column[b]] += 1
    return table


def _alpha(columns: Sequence[Sequence[float | None]]) -> float | None:
    """Alpha of those who answered every item; None when they are too few."""
    whole = [row for row in zip(*columns, strict=True) if None not in row]
    if len(whole) < FEWEST_PAIRS:
        return None
    people: list[list[float]] = [[one for one in row if one is not None] for row in whole]
    try:
        return round(cronbach_alpha(list(zip(*people, strict=True))), PLACES)
    except ValueError:
        return None


def _across(profile: Profile, forms: Given) -> tuple[dict[Dimension, DimensionRule], dict[str, Any]]:
    """Weights of the dimensions in the composite, from those who have a score in each."""
    kept = dict(profile.dimensions)
    scored = [score(answers, profile).dimensions for answers in forms]
    whole = [
        [one.value for one in row.values() if one.value is not None]
        for row in scored
        if all(one.value is not None for one in row.values())
    ]
    if len(kept) < 2 or len(whole) < FEWEST_PAIRS:
        return kept, {"forms": len(whole)}
    columns = list(zip(*whole, strict=True))
    try:
        matrix = [[pearson(x, y) for y in columns] for x in columns]
    except ValueError as alike:
        raise CannotDerive("all_alike", [one.value for one in kept]) from alike
    matrix = [[(matrix[i][j] + matrix[j][i]) / 2 for j in range(len(matrix))] for i in range(len(matrix))]
    first = components(matrix)[0]
    against = [one.value for one, loading in zip(kept, first.loadings, strict=True) if loading <= 0]
    if against:
        raise CannotDerive("runs_against", against)
    share = len(kept) / fsum(first.loadings)
    for dimension, loading in zip(profile.dimensions, first.loadings, strict=True):
        kept[dimension] = replace(kept[dimension], weight=round(loading * share, PLACES))
    about = {
        "forms": len(whole),
        "explained": round(first.eigenvalue / len(kept), PLACES),
        "loadings": {
            one.value: round(loading, PLACES) for one, loading in zip(kept, first.loadings, strict=True)
        },
    }
    return kept, about


def _count(column: Sequence[float | None]) -> int:
    return sum(one is not None for one in column)
