"""Which parts of a finding may be shown: none of too few people, none that would give one away."""

from collections.abc import Mapping, Sequence
from typing import Any

SMALLEST_PART = 10


def shown_parts(parts: Sequence[Mapping[str, Any]], smallest: int = SMALLEST_PART) -> list[Mapping[str, Any]]:
    """Parts with enough people; where a single one is hidden, the next smallest goes with it.

    Parts that count no people (a month, a value, a coefficient) are always shown.
    """
    counts = [one["n"] for one in parts]
    hidden = {at for at, n in enumerate(counts) if n is not None and n < smallest}
    if len(hidden) == 1 and None not in counts and len(counts) > 1:
        hidden.add(min((at for at in range(len(counts)) if at not in hidden), key=lambda at: counts[at]))
    return [one for at, one in enumerate(parts) if at not in hidden]
