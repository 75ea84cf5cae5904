"""Which cells of an indicator are not shown, so that no small one can be worked out from the others.

Inside an organisation the threshold is 5, and 10 for groups that are sealed; what leaves is hidden anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from homeward.estimators.suppression import INSIDE, Counted, Suppression, suppressed
from homeward.indicators.rules import SEALED_GROUPS, Dimension
from homeward.indicators.rules import Why as Reason

Place = tuple[str, ...]
NAMES = (*(str(one) for one in Dimension), "period")
GROUP = NAMES.index(str(Dimension.GROUP))
RULE = replace(INSIDE, shows_zeros=True)
SECONDS = 5.0


def hidden_among(counts: Mapping[Place, int]) -> dict[Place, str]:
    """Places of cells to hide, each with why; equal counts of another indicator are not solved twice."""
    if not any(is_small(place, count) for place, count in counts.items()):
        return {}
    return dict(_hidden(tuple(sorted(counts.items()))))


def is_small(place: Place, count: int) -> bool:
    """Whether a cell has to be hidden for its own sake; nobody at all is nobody's secret here."""
    least = RULE.sealed_threshold if place[GROUP] in SEALED_GROUPS else RULE.threshold
    return 0 < count < least


@lru_cache(maxsize=8)
def _hidden(counts: tuple[tuple[Place, int], ...]) -> tuple[tuple[Place, str], ...]:
    tables = tables_of(dict(counts))
    found: Suppression = suppressed(tables, RULE, seconds=SECONDS)
    known = dict(counts)
    made: dict[Place, str] = {}
    for table in tables:
        for coordinates in found.hidden.get(table.name, {}):
            place = _place(table.dimensions, coordinates)
            if place in known:
                small = is_small(place, known[place])
                made[place] = str(Reason.FEW if small else Reason.COMPLEMENT)
    return tuple(made.items())


def tables_of(counts: Mapping[Place, int]) -> list[Counted]:
    """The linked tables that these cells make: one for each set of dimensions that no larger set holds."""
    shapes = {tuple(at for at, value in enumerate(place) if value) for place in counts}
    widest = [one for one in shapes if not any(set(one) < set(other) for other in shapes)]
    return [_table(shape, counts) for shape in sorted(widest)]


def _table(shape: tuple[int, ...], counts: Mapping[Place, int]) -> Counted:
    cells: dict[tuple[str | None, ...], int] = {}
    for place, count in counts.items():
        if all(not value or at in shape for at, value in enumerate(place)):
            cells[tuple(place[at] or None for at in shape)] = count
    names = tuple(NAMES[at] for at in shape)
    sealed: frozenset[tuple[str | None, ...]] = frozenset()
    if GROUP in shape:
        at = shape.index(GROUP)
        sealed = frozenset(one for one in cells if one[at] in SEALED_GROUPS)
    return Counted("-".join(names), names, cells, sealed)


def _place(dimensions: tuple[str, ...], coordinates: tuple[str | None, ...]) -> Place:
    told = dict(zip(dimensions, coordinates, strict=True))
    return tuple(told.get(name) or "" for name in NAMES)
