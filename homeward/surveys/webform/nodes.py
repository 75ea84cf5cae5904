"""The answers of a form as a tree, and the lists of choices it looks things up in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# Where the times of a repeat begin among the answers beside it; no logic sees it.
MARK = "#times"


@dataclass(eq=False, slots=True)
class Node:
    """One place for an answer, or a group of them. What does not apply reads as empty, and keeps its text."""

    name: str
    text: str = ""
    path: str = ""  # as the form names it, without which time of a repeat
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    applies: bool = True
    _named: dict[str, list["Node"]] | None = None

    def add(self, child: "Node", place: int | None = None) -> "Node":
        child.parent, self._named = self, None
        self.children.insert(len(self.children) if place is None else place, child)
        return child

    def remove(self, child: "Node") -> None:
        self._named = None
        self.children.remove(child)

    def named(self, name: str) -> list["Node"]:
        """The children of that name, in their order."""
        if self._named is None:
            self._named = {}
            for child in self.children:
                self._named.setdefault(child.name, []).append(child)
        return self._named.get(name, [])

    def everything(self) -> Iterator["Node"]:
        """The node and all below it, in their order."""
        yield self
        for child in self.children:
            yield from child.everything()

    def copy(self) -> "Node":
        """The same again, with all below it, standing nowhere."""
        made = Node(self.name, self.text, self.path, self.attributes)
        for child in self.children:
            made.add(child.copy())
        return made

    @property
    def said(self) -> str:
        """What is answered here; nothing where the question does not apply."""
        if not self.applies:
            return ""
        return "".join(child.said for child in self.children) if self.children else self.text

    @property
    def root(self) -> "Node":
        """The node above all."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    @property
    def times(self) -> tuple[int, ...]:
        """Which time this is, for it and for each node above that shares its name with others."""
        found: list[int] = []
        node = self
        while node.parent is not None:
            found.append(node.parent.named(node.name).index(node) + 1)
            node = node.parent
        return tuple(reversed(found))
