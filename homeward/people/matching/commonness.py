"""How common each name, place, date and number is in the list at hand."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from homeward.people.matching.prepared import Prepared
from homeward.people.matching.traits import Field

# what is expected of a value before the list is looked at, and for how many rows that counts
EXPECTED = {
    Field.GIVEN_NAMES: 0.01,
    Field.FAMILY_NAME: 0.01,
    Field.PLACE: 0.1,
    Field.NATIONALITY: 0.2,
    Field.RETURNED_FROM: 0.2,
    Field.BIRTH: 0.0,
    Field.DOCUMENT: 0.0,
    Field.PHONE: 0.0,
    Field.DEPARTURE: 0.0,
}
EXPECTATION_ROWS = 30
UNSEEN = 0.5  # a name nobody else in the list bears is still borne by somebody
PAIR = 2  # the two rows being compared do not speak for how common their value is


@dataclass(frozen=True)
class Commonness:
    """Counts by (field, nationality or "", value), and totals by (field, nationality or "")."""

    population: int = 0
    counts: Counter[tuple[Field, str, str]] = field(default_factory=Counter)
    totals: Counter[tuple[Field, str]] = field(default_factory=Counter)

    def share(self, what: Field, value: str, nationality: str = "") -> float:
        """The chance that a stranger of that nationality has this value."""
        others = max(self.counts[what, nationality, value] - PAIR, 0)
        total = max(self.totals[what, nationality] - PAIR, 0)
        expected = EXPECTED[what] * EXPECTATION_ROWS
        return (others + expected + (UNSEEN if expected else 0.0)) / (total + EXPECTATION_ROWS)


def commonness(rows: Sequence[Prepared], *, population: int = 0) -> Commonness:
    """Count every value once overall and once inside each nationality of the row."""
    found = Commonness(max(len(rows), population))
    for row in rows:
        groups = ("", *row.nationalities)
        for what, value in _values(row):
            for group in groups:
                found.counts[what, group, value] += 1
                found.totals[what, group] += 1
    return found


def _values(row: Prepared) -> Iterable[tuple[Field, str]]:
    yield from ((Field.NATIONALITY, code) for code in row.nationalities)
    yield from ((Field.DOCUMENT, number) for number in row.documents)
    yield from ((Field.PHONE, number) for number in row.phones)
    single = (
        (Field.GIVEN_NAMES, row.given_sounds),
        (Field.FAMILY_NAME, row.family_sounds),
        (Field.PLACE, row.place_sounds),
        (Field.RETURNED_FROM, row.returned_from),
        (Field.BIRTH, row.birth.earliest.isoformat() if row.birth else ""),
        (Field.DEPARTURE, row.departure.isoformat() if row.departure else ""),
    )
    yield from ((what, value) for what, value in single if value)
