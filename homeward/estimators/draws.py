"""Drawing a sample that anybody can draw again: by a number for each person that the seed decides.

Each key has one number between 0 and 1 under a seed, whatever the order or the size of the frame: the first
64 bits of SHA-256 of seed and key. A person who joins the frame moves nobody else's number (Ohlsson 1995,
permanent random numbers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Drawn:
    """Who is drawn, in the order of their numbers, and who comes next when one of them cannot be asked."""

    chosen: tuple[str, ...]
    next_in_line: tuple[str, ...]
    probability: float


def number_of(seed: str, key: str) -> float:
    """The number of a key under a seed, from 0 up to but not including 1."""
    return int.from_bytes(sha256(f"{seed}\x1f{key}".encode()).digest()[:8]) / 2**64


def simple(keys: Sequence[str], size: int, seed: str) -> Drawn:
    """A simple random sample without replacement; ValueError for keys that repeat or a size beyond them.

    Whoever is next in line takes the place of somebody who turns out not to belong to the frame, never of
    somebody who refuses or is not reached: that would hide non-response.
    """
    if len(set(keys)) != len(keys) or not 0 <= size <= len(keys):
        raise ValueError("each key once, and no more drawn than there are")
    ordered = sorted(keys, key=lambda key: (number_of(seed, key), key))
    return Drawn(tuple(ordered[:size]), tuple(ordered[size:]), size / len(keys) if keys else 0.0)


def stratified(strata: Mapping[str, Sequence[str]], sizes: Mapping[str, int], seed: str) -> dict[str, Drawn]:
    """A simple random sample in each stratum; none where no size is given. ValueError: an unknown stratum."""
    if set(sizes) - set(strata):
        raise ValueError("a size for a stratum that is not there")
    return {name: simple(keys, sizes.get(name, 0), f"{seed}/{name}") for name, keys in strata.items()}


def proportional(counts: Mapping[str, int], size: int, *, least: int = 0) -> dict[str, int]:
    """Sizes of strata in proportion to their counts, at least `least` where there are so many.

    Whole numbers by Webster's divisors: they add up to `size` unless `least` asks for more. ValueError when
    `size` is larger than all counts.
    """
    whole = sum(counts.values())
    if not 0 <= size <= whole:
        raise ValueError("no more than there are")
    return _shared({name: float(count) for name, count in counts.items()}, counts, size, least)


def neyman(
    counts: Mapping[str, int], sds: Mapping[str, float], size: int, *, least: int = 2
) -> dict[str, int]:
    """Sizes of strata in proportion to count times standard deviation: the most exact mean for its size.

    No stratum gets more than it has. Neyman (1934); Cochran (1977), 5.5.
    """
    if size > sum(counts.values()):
        raise ValueError("no more than there are")
    return _shared({name: count * sds[name] for name, count in counts.items()}, counts, size, least)


def systematic_pps(sizes: Mapping[str, float], number: int, seed: str) -> dict[str, float]:
    """Units drawn in proportion to size, each with its probability, in steps along the list.

    sizes: a measure above 0 of each unit, in the order of the list (sort it by place for an even spread).
    Units as large as a step are taken for certain first. Madow (1949); Särndal et al. (1992), 3.6.2.
    ValueError for a number below 1 or beyond the units, or a size that is not above 0.
    """
    if not 1 <= number <= len(sizes) or min(sizes.values()) <= 0:
        raise ValueError("sizes above 0, and no more units drawn than there are")
    certain = _certain(sizes, number)
    rest = {key: size for key, size in sizes.items() if key not in certain}
    left = number - len(certain)
    drawn = dict.fromkeys(certain, 1.0)
    if not left:
        return drawn
    step = sum(rest.values()) / left
    at, begun = number_of(seed, "start") * step, 0.0
    for key, size in rest.items():
        if begun <= at < begun + size:
            drawn[key] = size / step
            at += step
        begun += size
    return drawn


def _certain(sizes: Mapping[str, float], number: int) -> set[str]:
    certain: set[str] = set()
    while len(certain) < number:
        rest = {key: size for key, size in sizes.items() if key not in certain}
        step = sum(rest.values()) / (number - len(certain))
        large = {key for key, size in rest.items() if size >= step}
        if not large:
            break
        certain |= large
    return certain


def _shared(shares: Mapping[str, float], counts: Mapping[str, int], size: int, least: int) -> dict[str, int]:
    """Whole numbers in these proportions, none beyond its count: Webster's divisors, ties by name."""
    given = {name: min(least, counts[name]) for name in counts}
    for _one in range(size - sum(given.values())):
        open_ = [name for name in sorted(counts) if given[name] < counts[name] and shares[name] > 0]
        if not open_:
            break
        given[max(open_, key=lambda name: shares[name] / (2 * given[name] + 1))] += 1
    return given
