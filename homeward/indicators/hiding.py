"""Which cells of an indicator are not shown, so that no small one can be worked out from the others.

Inside an organisation the threshold is 5, and 10 for groups that are sealed; what leaves is hidden anew.
Three counts of a cell are protected, for coverage and value tell them: who answered, who was asked, and,
where the answer itself tells of somebody, who said yes and who said no.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from homeward.estimators.linked_cells import Cell as Counting
from homeward.estimators.linked_cells import Coordinates, Counted, Known, completed, identity
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.suppression import INSIDE, Rule, Suppression, of_shares, suppressed
from homeward.indicators.rules import SEALED_GROUPS, Dimension
from homeward.indicators.rules import Why as Reason

Place = tuple[str, ...]
Counts = Mapping[Place, int]
DIMENSIONS = tuple(str(one) for one in Dimension)
NAMES = (*DIMENSIONS, "period")
GROUP, PERIOD = NAMES.index(str(Dimension.GROUP)), NAMES.index("period")
RULE = replace(INSIDE, shows_zeros=True)
OVER_ALL = {"over": "all periods"}  # apart from the periods, which do not add up to it
SECONDS = 1.0  # for showing more, once a safe choice is found


@dataclass(frozen=True)
class Cell:
    """How many cases a cell is asked about, how many of them answered, and how many said yes."""

    n: int
    asked: int
    yes: int


def hidden_among(
    cells: Mapping[Place, Cell], *, is_additive: bool = True, tells: bool = False, is_sealed: bool = False
) -> dict[Place, str]:
    """Places of cells to hide, each with why.

    is_additive: periods add up to the total over them; tells: answers are protected too, is_sealed: by the
    higher threshold.
    """
    rule = replace(RULE, threshold=RULE.sealed_threshold) if is_sealed else RULE
    found = _hidden(_sorted(cells, lambda one: one.n), is_additive, rule)
    if any(one.asked != one.n for one in cells.values()):
        small = frozenset(place for place, one in cells.items() if is_small(place, one.n, rule))
        found = {**_hidden(_sorted(cells, lambda one: one.asked), is_additive, rule, small), **found}
    if tells:
        answers = _hidden_answers(cells, is_additive=is_additive, rule=rule)
        found = {**dict.fromkeys(answers, str(Reason.COMPLEMENT)), **found}
    return found


def is_small(place: Place, count: int, rule: Rule = RULE) -> bool:
    """Whether a cell has to be hidden for its own sake; nobody at all is nobody's secret here."""
    least = rule.sealed_threshold if place[GROUP] in SEALED_GROUPS else rule.threshold
    return 0 < count < least


def tables_of(counts: Counts, *, is_additive: bool = True) -> list[Counted]:
    """The linked tables that these cells make: one for each set of dimensions that no larger set holds."""
    if is_additive:
        return _tables(counts, {})
    periods = sorted({place[PERIOD] for place in counts})
    made: list[Counted] = []
    for period in periods:
        own = {_without(place): count for place, count in counts.items() if place[PERIOD] == period}
        made += _tables(own, {NAMES[PERIOD]: period} if period else OVER_ALL)
    return made


def _sorted(cells: Mapping[Place, Cell], count: Callable[[Cell], int]) -> tuple[tuple[Place, int], ...]:
    return tuple(sorted((place, count(one)) for place, one in cells.items()))


@lru_cache(maxsize=16)  # indicators of the same cases are not solved again
def _solved(
    counts: tuple[tuple[Place, int], ...], is_additive: bool, rule: Rule, small: frozenset[Place]
) -> tuple[tuple[Place, str], ...]:
    known, tables = dict(counts), tables_of(dict(counts), is_additive=is_additive)
    which = {
        (identity(one, at), one.cells[at]) for one in tables for at in one.cells if place_of(one, at) in small
    }
    found = _safe(tables, rule, which)
    made: dict[Place, str] = {}
    for one in tables:
        for at in found.hidden.get(one.name, {}):
            place = place_of(one, at)
            if place in known:
                why = (
                    Reason.FEW if place in small or is_small(place, known[place], rule) else Reason.COMPLEMENT
                )
                made[place] = str(why)
    return tuple(made.items())


def _hidden(
    counts: tuple[tuple[Place, int], ...],
    is_additive: bool,
    rule: Rule,
    small: frozenset[Place] = frozenset(),
) -> dict[Place, str]:
    if not small and not any(is_small(place, count, rule) for place, count in counts):
        return {}
    return dict(_solved(counts, is_additive, rule, small))


def _hidden_answers(cells: Mapping[Place, Cell], *, is_additive: bool, rule: Rule) -> frozenset[Place]:
    """Places whose yes or no may not be shown."""
    tables: list[Counted] = []
    places: dict[tuple[str, Coordinates], Place] = {}
    for one in tables_of({place: cell.n for place, cell in cells.items()}, is_additive=is_additive):
        yes = {at: cells[place_of(one, at)].yes for at in one.cells}
        tables.append(of_shares(one, yes))
        places |= {(one.name, at): place_of(one, at) for at in one.cells}
    if not any(0 < count < rule.sealed_threshold for one in tables for count in one.cells.values()):
        return frozenset()
    hidden = _safe(tables, rule, frozenset()).hidden
    found = ((name, at[:-1]) for name, those in hidden.items() for at in those)
    return frozenset(places[one] for one in found if one in places)


def _safe(tables: Sequence[Counted], rule: Rule, secret: Collection[Counting]) -> Suppression:
    """A safe choice that leaves the totals, which most people read, where one does; else the total of all."""
    totals = {
        (identity(one, at), count)
        for one in tables
        for at, count in completed(one).items()
        if _is_total(one, at) and not 0 < count < rule.threshold
    }
    totals -= set(secret)
    whole = {(which, count) for which, count in totals if NAMES[PERIOD] not in dict(which)}
    for shown in (totals, whole):
        try:
            return suppressed(tables, rule, known=Known(shown=shown, secret=secret), seconds=SECONDS)
        except CannotEstimate:
            continue
    return suppressed(tables, rule, known=Known(secret=secret), seconds=SECONDS)


def _is_total(one: Counted, coordinates: Coordinates) -> bool:
    """Whether a cell tells of everybody, over all periods or in one."""
    told = zip(one.dimensions, coordinates, strict=True)
    return all(value is None or name not in DIMENSIONS for name, value in told)


def _tables(counts: Counts, given: Mapping[str, str]) -> list[Counted]:
    shapes = {tuple(at for at, value in enumerate(place) if value) for place in counts}
    widest = [one for one in shapes if not any(set(one) < set(other) for other in shapes)]
    return [_table(shape, counts, given) for shape in sorted(widest)]


def _table(shape: Sequence[int], counts: Counts, given: Mapping[str, str]) -> Counted:
    cells: dict[Coordinates, int] = {}
    for place, count in counts.items():
        if all(not value or at in shape for at, value in enumerate(place)):
            cells[tuple(place[at] or None for at in shape)] = count
    names = tuple(NAMES[at] for at in shape)
    sealed: frozenset[Coordinates] = frozenset()
    if GROUP in shape:
        at = shape.index(GROUP)
        sealed = frozenset(one for one in cells if one[at] in SEALED_GROUPS)
    return Counted("-".join((*names, *given.values())), names, cells, sealed, given)


def place_of(one: Counted, coordinates: Coordinates) -> Place:
    """Where in a table of values the cell of a linked table stands."""
    told = {**one.given, **dict(zip(one.dimensions, coordinates, strict=True))}
    return tuple(told.get(name) or "" for name in NAMES)


def _without(place: Place) -> Place:
    return (*place[:PERIOD], "", *place[PERIOD + 1 :])
