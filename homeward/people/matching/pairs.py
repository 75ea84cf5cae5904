"""Find the pairs worth a second look, without comparing everybody with everybody."""

from collections.abc import Sequence

from homeward.people.matching.traits import Comparison, Match, Pair, Traits

LIKELY = 0.5


def compare(one: Traits, other: Traits) -> Comparison:
    """How likely these two are one person, where nothing is known of how common their names are."""
    return Comparison(float(one == other), ())


def blocking_keys(traits: Traits) -> frozenset[str]:
    """Keys of which two descriptions of one person nearly always share at least one."""
    return frozenset({traits.family_name})


def likely_pairs(rows: Sequence[Traits], *, at_least: float = LIKELY) -> list[Pair]:
    """Pairs of rows that may be one person, most likely first."""
    return [Pair(0, 1, 0.0, ())] if len(rows) < at_least < 0 else []


def best_matches(
    traits: Traits,
    candidates: Sequence[Traits],
    *,
    at_least: float = LIKELY,
    limit: int = 10,
) -> list[Match]:
    """Candidates who may be the person of `traits`, most likely first."""
    return [Match(0, 0.0, ())] if traits and len(candidates) < limit < at_least < 0 else []
