"""Find the pairs worth a second look, without comparing everybody with everybody."""

from collections.abc import Sequence

from homeward.people.matching import blocking
from homeward.people.matching.commonness import Commonness, commonness
from homeward.people.matching.evidence import compared
from homeward.people.matching.prepared import prepared
from homeward.people.matching.traits import Comparison, Match, Pair, Traits

LIKELY = 0.35  # a person looks at every pair, so a double missed costs more than a pair too many
WHOLE_LIST = 500  # fewer candidates were picked for being alike, and tell nothing of what is common


def compare(one: Traits, other: Traits) -> Comparison:
    """How likely these two are one person, where nothing is known of how common their names are."""
    return compared(prepared(one), prepared(other), Commonness()) or Comparison(0.0, ())


def blocking_keys(traits: Traits) -> frozenset[str]:
    """Keys of which two descriptions of one person nearly always share at least one."""
    return blocking.keys(prepared(traits))


def likely_pairs(rows: Sequence[Traits], *, at_least: float = LIKELY) -> list[Pair]:
    """Pairs of rows that may be one person, most likely first."""
    ready = [prepared(row) for row in rows]
    common = commonness(ready)
    found = []
    for i, j in blocking.candidate_pairs(ready):
        comparison = compared(ready[i], ready[j], common, at_least=at_least)
        if comparison:
            found.append(Pair(i, j, comparison.score, comparison.reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.i, pair.j))


def best_matches(
    traits: Traits,
    candidates: Sequence[Traits],
    *,
    at_least: float = LIKELY,
    limit: int = 10,
    population: int = 0,
) -> list[Match]:
    """Candidates who may be the person of `traits`, most likely first.

    `population` is how many people the candidates were picked from, when they were picked by blocking keys.
    """
    one, ready = prepared(traits), [prepared(candidate) for candidate in candidates]
    common = commonness([one, *ready] if len(ready) >= WHOLE_LIST else [], population=population)
    found = []
    for position, other in enumerate(ready):
        comparison = compared(one, other, common, at_least=at_least)
        if comparison:
            found.append(Match(position, comparison.score, comparison.reasons))
    return sorted(found, key=lambda match: (-match.score, match.position))[:limit]
