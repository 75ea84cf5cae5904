"""Keys that bring together rows worth comparing, so that 20,000 rows need not meet 20,000 others.

A key that very many rows share (a common name in a common year) cannot by itself tell one person from
another; pairs in such crowds are found through rarer keys (document, telephone, day of birth) or not at all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from homeward.lib.dates import PartialDate, Precision
from homeward.lib.names import Word, skeleton
from homeward.people.matching.prepared import Prepared

WORDS_PER_NAME = 3
YEARS_PER_BIRTH = 5
LARGEST_CROWD = {"doc": 50, "tel": 50, "day": 200, "name-year": 150, "name-day": 100, "word-month": 100}
LARGEST_CROWD |= {"native-year": 100, "name": 60}


def keys(row: Prepared) -> frozenset[str]:
    """Two descriptions of one person nearly always share at least one of these."""
    return frozenset(_keys(row))


def _keys(row: Prepared) -> Iterator[str]:
    yield from (f"doc:{number}" for number in row.documents)
    yield from (f"tel:{number}" for number in row.phones)
    given, family = _skeletons(row.given_words), _skeletons(row.family_words)
    names = {"/".join(sorted(pair)) for pair in product(given or [""], family or [""])} - {"/"}
    yield from (f"name:{name}" for name in names)
    if row.birth:
        yield from _birth_keys(row, row.birth, names, {*given, *family})


def _birth_keys(row: Prepared, birth: PartialDate, names: set[str], heard: set[str]) -> Iterator[str]:
    for year in _years(birth):
        yield from (f"name-year:{name}:{year}" for name in names)
        if row.native:
            yield f"native-year:{row.native}:{year}"
    if birth.precision == Precision.DAY:
        day = "-".join(sorted((f"{birth.earliest.month:02}", f"{birth.earliest.day:02}")))
        yield f"day:{birth.earliest.year}-{day}"
        yield from (f"name-day:{name}:{day}" for name in names)
    if birth.precision in {Precision.DAY, Precision.MONTH}:
        month = birth.earliest.strftime("%Y-%m")
        yield from (f"word-month:{word}:{month}" for word in heard)


def _years(birth: PartialDate) -> range:
    years = range(birth.earliest.year, birth.latest.year + 1)
    return years if len(years) <= YEARS_PER_BIRTH else range(0)


def _skeletons(heard: tuple[Word, ...]) -> list[str]:
    return [skeleton(word) for word in heard[:WORDS_PER_NAME]]


def candidate_pairs(rows: Sequence[Prepared]) -> set[tuple[int, int]]:
    """Positions of rows that share a key which few others share."""
    crowds: defaultdict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for key in _keys(row):
            crowds[key].append(position)
    pairs: set[tuple[int, int]] = set()
    for key, crowd in crowds.items():
        if 1 < len(crowd) <= LARGEST_CROWD[key.split(":", 1)[0]]:
            pairs.update(_pairs(key, crowd, rows))
    return pairs


def _pairs(key: str, crowd: list[int], rows: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """The name alone brings only those together of whom one has no date of birth."""
    if not key.startswith("name:"):
        return combinations(crowd, 2)
    return (pair for pair in combinations(crowd, 2) if not (rows[pair[0]].birth and rows[pair[1]].birth))
