"""Patterns that answers must match, kept to those whose matching cannot take long."""

import re
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST_MATCHED = 255
MOST_PATTERN = 1000
# Within something that repeats, a part of varying length may vary by no more than this in all.
MOST_WITHIN = 20
MOST_WAYS = 30_000_000
REPEATS = {signs.MAX_REPEAT, signs.MIN_REPEAT}
LOOKS = {signs.ASSERT, signs.ASSERT_NOT}
REFERENCES = {signs.GROUPREF, signs.GROUPREF_EXISTS}


class SlowPattern(ValueError):
    """A pattern whose matching may take very long, or that cannot be read."""


@lru_cache(maxsize=512)
def pattern_of(text: str) -> re.Pattern[str]:
    """The pattern, or SlowPattern; a pattern matches the whole answer."""
    try:
        if len(text) > MOST_PATTERN or _ways(parser.parse(text), 1) > MOST_WAYS:
            raise SlowPattern(text[:80])
        return re.compile(rf"\A(?:{text})\Z")
    except (re.error, RecursionError, OverflowError) as bad:
        raise SlowPattern(text[:80]) from bad


def _ways(tree: Iterable[Any], within: int) -> int:
    """In how many ways one text may be tried; `within` is how often all of it may come."""
    ways = 1
    for sign, given in tree:
        ways *= _ways_of(sign, given, within)
        if ways > MOST_WAYS:
            break
    return ways


def _ways_of(sign: Any, given: Any, within: int) -> int:
    if sign in REPEATS:
        least, most, inner = given
        return _ways_of_repeat(least, most, inner, within)
    if sign in REFERENCES or (sign is signs.BRANCH and within > MOST_WITHIN):
        return MOST_WAYS + 1
    if sign is signs.BRANCH:
        return sum(_ways(one, within) for one in given[1])
    if sign is signs.SUBPATTERN or sign in LOOKS:
        return _ways(given[-1], within)
    return 1


def _ways_of_repeat(least: int, most: int, inner: Any, within: int) -> int:
    often = min(int(most), MOST_MATCHED)
    varies = often - least + 1
    if varies > 1 and within > 1 and within * often > MOST_WITHIN:
        return MOST_WAYS + 1
    return varies * _ways(inner, within * max(often, 1))
