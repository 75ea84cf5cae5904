"""Traits of people come in; pairs that may be one person go out, each with a chance and its reasons."""

from homeward.people.matching.pairs import (
    best_matches,
    blocking_keys,
    compare,
    likely_pairs,
)
from homeward.people.matching.traits import (
    Comparison,
    Field,
    Match,
    Pair,
    Reason,
    Traits,
)

__all__ = [
    "Comparison",
    "Field",
    "Match",
    "Pair",
    "Reason",
    "Traits",
    "best_matches",
    "blocking_keys",
    "compare",
    "likely_pairs",
]
