"""What changed between two moments by so few that the difference tells who came or went."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from homeward.estimators.linked_cells import (
    Change,
    Coordinates,
    Counted,
    Identity,
    completed,
    identity,
    sums_among,
)
from homeward.estimators.suppression import Rule


def changed_by_few(
    tables: Sequence[Counted],
    hidden: Mapping[str, Collection[Coordinates]],
    before: Sequence[Mapping[Identity, int]],
    rule: Rule,
    sealed: Collection[Identity],
) -> frozenset[Change]:
    """Every difference of a few between what these tables show and what was shown at other moments.

    tables: all of one moment; before: the counts shown at each other moment; sealed: what has the higher
    threshold. Besides the cells themselves, what lies between each of them and those of its parts that are
    shown at both moments: subtracting twice tells how it changed.
    """
    shown = {
        identity(one, at): count
        for one in tables
        for at, count in completed(one).items()
        if at not in hidden.get(one.name, ())
    }
    return frozenset(change for then in before for change in _between(shown, then, rule, sealed))


def _between(
    shown: Mapping[Identity, int], then: Mapping[Identity, int], rule: Rule, sealed: Collection[Identity]
) -> Iterator[Change]:
    both = {which: count for which, count in shown.items() if which in then}
    alone = ([which] for which in both)
    for cells in [*alone, *([total, *parts] for total, parts, _ in sums_among(both))]:
        few = rule.sealed_threshold if cells[0] in sealed else rule.threshold
        if 0 < abs(_rest(cells, both) - _rest(cells, then)) < few:
            yield Change(tuple((one, both[one]) for one in cells), tuple((one, then[one]) for one in cells))


def _rest(cells: Sequence[Identity], counts: Mapping[Identity, int]) -> int:
    total, *parts = (counts[one] for one in cells)
    return total - sum(parts)
