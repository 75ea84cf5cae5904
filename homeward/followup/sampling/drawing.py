"""Drawing by design: the same frame and seed give the same sample, whoever draws it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from homeward.estimators.draws import Drawn, proportional, simple, stratified, systematic_pps
from homeward.followup.sampling.rules import Allocation, Design, MemberRole

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class How:
    """How to draw: so many, by this design, at least `least` of each group, from so many places."""

    design: Design
    size: int
    seed: str
    allocation: Allocation = Allocation.PROPORTIONAL
    least: int = 0
    clusters: int = 1


@dataclass(frozen=True)
class Placed:
    """One of the frame: drawn, next in line, or of a place that was not drawn; probability 0 then."""

    key: str
    group: str
    role: MemberRole
    line: int
    probability: float


def draw(groups: Groups, how: How) -> list[Placed]:
    """Everybody in the frame with their place in the draw; more than there are means everybody."""
    if how.design == Design.STRATIFIED:
        return _stratified(groups, how)
    if how.design == Design.CLUSTER:
        return _clusters(groups, how)
    group_of = {key: name for name, keys in groups.items() for key in keys}
    drawn = simple(list(group_of), min(how.size, len(group_of)), how.seed)
    return list(_placed(drawn, group_of))


def sizes_of_groups(counts: Mapping[str, int], how: How) -> dict[str, int]:
    """How many are drawn of each group of a stratified sample."""
    size = min(how.size, sum(counts.values()))
    if how.allocation == Allocation.PROPORTIONAL:
        return proportional(counts, size, least=how.least)
    least = min(how.least, size // len(counts)) if counts else 0
    return _equal(counts, size, max(least, 0))


def _equal(counts: Mapping[str, int], size: int, least: int) -> dict[str, int]:
    given = {name: min(count, least) for name, count in counts.items()}
    while sum(given.values()) < size:
        room = [name for name in sorted(counts) if given[name] < counts[name]]
        given[min(room, key=lambda name: given[name])] += 1
    return given


def _stratified(groups: Groups, how: How) -> list[Placed]:
    sizes = sizes_of_groups({name: len(keys) for name, keys in groups.items()}, how)
    drawn = stratified(groups, sizes, how.seed)
    return [one for name in sorted(drawn) for one in _placed(drawn[name], dict.fromkeys(groups[name], name))]


def _clusters(groups: Groups, how: How) -> list[Placed]:
    sizes = {name: float(len(groups[name])) for name in sorted(groups) if groups[name]}
    number = min(how.clusters, len(sizes))
    places = systematic_pps(sizes, number, how.seed) if number else {}
    of_each = ceil(how.size / number) if number else 0
    found: list[Placed] = []
    for name in sorted(groups):
        if name in places:
            keys = groups[name]
            drawn = simple(keys, min(of_each, len(keys)), f"{how.seed}/{name}")
            found += _placed(drawn, dict.fromkeys(keys, name), places[name])
        else:
            found += [Placed(key, name, MemberRole.FRAME, 0, 0.0) for key in sorted(groups[name])]
    return found


def _placed(drawn: Drawn, group_of: Mapping[str, str], place: float = 1.0) -> Iterable[Placed]:
    for line, key in enumerate((*drawn.chosen, *drawn.next_in_line), 1):
        role = MemberRole.CHOSEN if line <= len(drawn.chosen) else MemberRole.RESERVE
        yield Placed(key, group_of[key], role, line, drawn.probability * place)


def by_group(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Keys by their group."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, group in pairs:
        found[group].append(key)
    return dict(found)


def hash_of_frame(keys: Iterable[str]) -> str:
    """A number of the whole frame: another person more or less makes another one."""
    return sha256("\n".join(sorted(keys)).encode()).hexdigest()


def hash_of_draw(placed: Iterable[tuple[str, str, int]]) -> str:
    """A number of who was drawn: group, key and place in line of each."""
    lines = sorted(f"{group}\x1f{line}\x1f{key}" for group, key, line in placed)
    return sha256("\n".join(lines).encode()).hexdigest()
