"""What is asked together: one group at a time, each time of a repeat on its own, in the order of the form."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256

from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Element, Repeated, Together, Words, questions_in, repeats_in
from homeward.surveys.webform.nodes import Node

MOST_TOGETHER = 10
SMALL_GROUP = 14


@dataclass(frozen=True)
class Line:
    """One question where it stands, or the heading of a group within a screen."""

    node: Node
    asked: Asked | None = None
    heading: Words = Words()


@dataclass(frozen=True)
class Time:
    """Which time of a repeat a screen is about."""

    mark: Node
    label: Words
    number: int
    of: int
    node: Node | None = None
    is_fixed: bool = False
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class Screen:
    """What is asked on one screen. Its key stays while answers come and go."""

    key: str
    title: tuple[tuple[Words, Node], ...]
    lines: tuple[Line, ...] = ()
    time: Time | None = None
    inside: Node = field(default_factory=lambda: Node("#nowhere"))

    @property
    def applies(self) -> bool:
        """Whether anything on it is asked now."""
        if not self.lines:
            return self.inside.applies
        return any(line.asked and line.node.applies for line in self.lines)

    @property
    def questions(self) -> list[tuple[Asked, Node]]:
        return [(line.asked, line.node) for line in self.lines if line.asked]

    def seal(self) -> str:
        """Changes with every answer on the screen: who saved over what they had not seen is told."""
        told = [f"{asked.index}\x1f{node.text}" for asked, node in self.questions]
        told.append(str(self.time.of if self.time else 0))
        return sha256("\x1e".join(told).encode()).hexdigest()[:20]


def screens_of(filling: Filling) -> list[Screen]:
    """All screens in their order, those that do not apply now too."""
    return list(_Walk(filling).screens(filling.form.elements, filling.root, (), None))


def asked_now(screens: list[Screen]) -> list[Screen]:
    """The screens on which something is asked now."""
    return [one for one in screens if one.applies]


class _Walk:
    def __init__(self, filling: Filling) -> None:
        self.filling = filling

    def screens(
        self,
        elements: tuple[Element, ...],
        inside: Node,
        title: tuple[tuple[Words, Node], ...],
        time: Time | None,
    ) -> Iterator[Screen]:
        """Questions in a row together; a group and each time of a repeat on screens of their own."""
        together: list[Line] = []
        for one in elements:
            if isinstance(one, Asked):
                together.append(Line(self._node(one.path, inside), one))
            elif isinstance(one, Together) and title and _is_small(one):
                together.extend(self._section(one, inside))
            else:
                yield from self._cut(together, title, time, inside)
                together = []
                yield from self._apart(one, inside, title, time)
        yield from self._cut(together, title, time, inside)

    def _apart(
        self,
        one: Together | Repeated,
        inside: Node,
        title: tuple[tuple[Words, Node], ...],
        time: Time | None,
    ) -> Iterator[Screen]:
        if isinstance(one, Repeated):
            yield from self._times(one, inside, title)
            return
        node = self._node(one.path, inside) if one.path else inside
        # Within a group without a name, smaller groups stay on its screens as well.
        more = ((one.label, node),) if one.label or not title else ()
        yield from self.screens(one.inside, node, (*title, *more), time)

    def _times(
        self, repeat: Repeated, inside: Node, title: tuple[tuple[Words, Node], ...]
    ) -> Iterator[Screen]:
        for mark in self.filling.marks_of(repeat, inside):
            times = self.filling.times_of(mark)
            for number, node in enumerate(times, start=1):
                time = Time(mark, repeat.label, number, len(times), node, repeat.is_fixed)
                yield from _ends(
                    list(self.screens(repeat.inside, node, (*title, (repeat.label, node)), time)), time
                )
            if not times and not repeat.is_fixed:
                time = Time(mark, repeat.label, 0, 0, is_last=True)
                first = next(questions_in(repeat.inside), None)
                above = "".join(f"-{each}" for each in _repeated(self.filling, inside))
                key = f"more{first.index if first else 0}{above}"
                yield Screen(key, (*title, (repeat.label, mark)), (), time, inside)

    def _section(self, one: Together, inside: Node) -> Iterator[Line]:
        node = self._node(one.path, inside) if one.path else inside
        if one.label:
            yield Line(node, heading=one.label)
        for each in one.inside:
            if isinstance(each, Asked):
                yield Line(self._node(each.path, node), each)
            elif isinstance(each, Together):
                yield from self._section(each, node)

    def _cut(
        self,
        together: list[Line],
        title: tuple[tuple[Words, Node], ...],
        time: Time | None,
        inside: Node,
    ) -> Iterator[Screen]:
        """Screens of a size that a reader takes in; where they are cut never depends on answers."""
        most = MOST_TOGETHER if len(together) > SMALL_GROUP else SMALL_GROUP
        for begin in range(0, len(together), most):
            lines = tuple(together[begin : begin + most])
            asked, node = next(((line.asked, line.node) for line in lines if line.asked), (None, None))
            if asked is not None and node is not None:
                times = "".join(f"-{number}" for number in _repeated(self.filling, node))
                yield Screen(f"{asked.index}{times}", title, lines, time, inside)

    def _node(self, path: str, inside: Node) -> Node:
        found = self.filling.near(path, inside)
        return found[0] if found else Node(path.rpartition("/")[2], applies=False)


def _ends(screens: list[Screen], time: Time) -> Iterator[Screen]:
    """The screens of one time; the first can take it away, the last can ask for another."""
    own = [at for at, one in enumerate(screens) if one.time is time]
    for at, one in enumerate(screens):
        if one.time is not time:
            yield one
            continue
        is_last = at == own[-1] and time.number == time.of
        yield replace(one, time=replace(time, is_first=at == own[0], is_last=is_last))


def _is_small(one: Together) -> bool:
    return len(list(questions_in(one.inside))) <= SMALL_GROUP and not any(repeats_in(one.inside))


def _repeated(filling: Filling, node: Node) -> list[int]:
    """Which time it is in each repeat above a node."""
    found = []
    at: Node | None = node
    while at is not None and at.parent is not None:
        if at.path in filling.form.templates:
            found.append(at.parent.named(at.name).index(at) + 1)
        at = at.parent
    return list(reversed(found))
