"""Values that lie within each other, under whatever name: a quarter in its year, a band in a wider one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf

Span = tuple[float, float]  # from, up to and without
Pairs = Iterable[tuple[str, str]]  # dimensions or filters with their values
PERIOD, AGE = "period", "age"
OF_TIME = frozenset({PERIOD, "year", "half_year", "quarter", "month"})  # one clock
OF_AGE = frozenset({AGE, "age_band"})
_PERIOD = re.compile(r"^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?$")
_AGES = re.compile(r"^(\d{1,3})\s*[-–_]\s*(\d{1,3})$")
_FROM = re.compile(r"^(?:(\d{1,3})\s*\+|(?:>=|≥)\s*(\d{1,3}))$")
_UNDER = re.compile(r"^(?:<|under[_ ])\s*(\d{1,3})$")


def families(dimension: str, values: Sequence[str]) -> Iterator[tuple[str | None, list[str]]]:
    """Which values add up below which, None being the total over the dimension; parts never overlap."""
    spans = {value: found for value in values if (found := span(dimension, value))}
    if not _overlap(list(spans.values())):
        yield None, list(values)
        return
    plain = [value for value in values if value not in spans]
    tops = [value for value in spans if not any(_inside(spans[value], other) for other in spans.values())]
    yield from _divided(None, tops, spans, plain)
    for value in spans:
        below = [other for other in spans if _inside(spans[other], spans[value])]
        direct = [one for one in below if not any(_inside(spans[one], spans[other]) for other in below)]
        yield from _divided(value, direct, spans, [])


def overlapping(dimension: str, values: Sequence[str]) -> bool:
    """Whether somebody may be counted under two of the values."""
    return _overlap([found for value in values if (found := span(dimension, value))])


@lru_cache(maxsize=4096)
def span(dimension: str, value: str) -> Span | None:
    """From when to when, in months, or from which age to which, in years; None for any other value."""
    found = _months(value) if _clock(dimension) else _years(value) if dimension in OF_AGE else None
    return found if found and found[0] < found[1] else None


def one_name(dimension: str) -> str:
    """The name under which all dimensions of one clock, or of age, are one."""
    return _clock(dimension) or (AGE if dimension in OF_AGE else dimension)


def _clock(dimension: str) -> str:
    """Which clock a dimension is of: arrived_year and arrived_month are of one, departed_year of another."""
    of_what, _, word = dimension.rpartition("_")
    if dimension in OF_TIME:
        return PERIOD
    return f"{of_what}_{PERIOD}" if of_what and word in OF_TIME else ""


def named(pairs: Pairs) -> frozenset[tuple[str, str]]:
    """What is counted under all of these, in one spelling: a quarter filtered by its year is that quarter."""
    plain, spans = _narrowed(pairs)
    return frozenset([*plain, *((name, _spelt(name, found)) for name, found in spans.items())])


def is_nowhere(pairs: Pairs) -> bool:
    """Whether nobody can be under all of these, as under a year and a month of another."""
    return any(end <= start for start, end in _narrowed(pairs)[1].values())


def _narrowed(pairs: Pairs) -> tuple[list[tuple[str, str]], dict[str, Span]]:
    plain: list[tuple[str, str]] = []
    spans: dict[str, Span] = {}
    for dimension, value in pairs:
        name, found = one_name(dimension), span(dimension, value)
        if found is None:
            plain.append((name, value))
        else:
            start, end = spans.get(name, (-inf, inf))
            spans[name] = (max(start, found[0]), min(end, found[1]))
    return plain, spans


def _spelt(name: str, given: Span) -> str:
    if name == AGE:
        return f"{given[0]:.0f}+" if given[1] == inf else f"{given[0]:.0f}-{given[1] - 1:.0f}"
    first, last = int(given[0]), int(given[1]) - 1
    return f"{first // 12:04}-{first % 12 + 1:02}/{last // 12:04}-{last % 12 + 1:02}"


def _divided(
    above: str | None, values: Sequence[str], spans: dict[str, Span], plain: list[str]
) -> Iterator[tuple[str | None, list[str]]]:
    """One family of what stands side by side, and each value that overlaps another by itself."""
    chain: list[str] = []
    for value in sorted(values, key=lambda one: spans[one]):
        if not chain or spans[chain[-1]][1] <= spans[value][0]:
            chain.append(value)
        else:
            yield above, [value]
    if chain or plain:
        yield above, chain + plain


def _overlap(spans: Sequence[Span]) -> bool:
    return any(after[0] < before[1] for before, after in pairwise(sorted(spans)))


def _inside(inner: Span, outer: Span) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _months(value: str) -> Span | None:
    first, _, last = value.partition("/")
    start, end = _period(first), _period(last or first)
    return (start[0], end[1]) if start and end else None


def _period(value: str) -> Span | None:
    found = _PERIOD.match(value)
    if found is None:
        return None
    year, month, quarter, half = (int(one) if one else 0 for one in found.groups())
    if month:
        return (year * 12 + month - 1, year * 12 + month)
    size = 3 if quarter else 6 if half else 12
    begin = year * 12 + size * (max(quarter, half, 1) - 1)
    return (begin, begin + size)


def _years(value: str) -> Span | None:
    if found := _AGES.match(value):
        return (float(found[1]), float(found[2]) + 1)
    if found := _FROM.match(value):
        return (float(found[1] or found[2]), inf)
    return (0.0, float(found[1])) if (found := _UNDER.match(value)) else None
