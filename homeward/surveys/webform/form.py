"""What a form is made of once it was read: its questions, groups and repeats, and their logic."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from homeward.surveys.webform.nodes import Node
from homeward.surveys.webform.xpath import Expression

Part = str | Expression


@dataclass(frozen=True)
class Words:
    """What is said at one place: in each language, as text with answers between, or fetched by name."""

    by_language: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_language)


@dataclass(frozen=True)
class Logic:
    """What a form says about one of its places."""

    type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    constraint_words: Words = Words()
    required_words: Words = Words()
    preload: str = ""
    preload_what: str = ""


@dataclass(frozen=True)
class Setting:
    """An answer that a form gives by itself when something happens."""

    when: str
    path: str
    value: Expression | None
    text: str = ""


class Control(StrEnum):
    """How an answer is given."""

    LINE = "line"
    ONE = "one"
    SEVERAL = "several"
    RANKED = "ranked"
    FILE = "file"
    TICK = "tick"
    RANGE = "range"
    NOTE = "note"


@dataclass(frozen=True)
class Choice:
    code: str
    words: Words


@dataclass(frozen=True)
class Choices:
    """A list of choices: written out, or chosen from nodes by an expression."""

    fixed: tuple[Choice, ...] = ()
    nodes: Expression | None = None
    code: str = "name"
    label: Expression | None = None


@dataclass(frozen=True)
class Asked:
    """One question as it is put: `index` is its place among all, the same whatever is answered."""

    index: int
    path: str
    control: Control
    type: str
    label: Words = Words()
    hint: Words = Words()
    choices: Choices = Choices()
    appearance: str = ""
    media: str = ""
    least: str = ""
    most: str = ""
    step: str = ""
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class Together:
    """A group of questions."""

    path: str
    label: Words
    inside: tuple["Element", ...]
    appearance: str = ""


@dataclass(frozen=True)
class Repeated:
    """Questions that are asked any number of times, or as often as `count` says."""

    path: str
    label: Words
    inside: tuple["Element", ...]
    count: Expression | None = None
    is_fixed: bool = False
    settings: tuple[Setting, ...] = ()


Element = Asked | Together | Repeated


class Why(StrEnum):
    """What keeps a form from being filled as a page."""

    FUNCTION = "function"
    LOGIC = "logic"
    KIND = "kind"
    FILE = "file"
    ENCRYPTED = "encrypted"
    PATTERN = "pattern"
    PROGRAM = "program"
    SHAPE = "shape"


@dataclass(frozen=True)
class Obstacle:
    """One thing that a page cannot do, at which question."""

    why: Why
    path: str = ""
    what: str = ""


@dataclass(frozen=True)
class WebForm:
    """A form that can be filled, or the obstacles that say why it cannot."""

    code: str
    version: str
    root: Node
    templates: Mapping[str, Node]
    logic: Mapping[str, Logic]
    elements: tuple[Element, ...]
    languages: tuple[str, ...]
    itexts: Mapping[str, Words]
    lists: Mapping[str, Node]
    settings: tuple[Setting, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    meta_space: str = ""

    def asked(self) -> Iterator[Asked]:
        """All questions in their order."""
        yield from questions_in(self.elements)

    def repeats(self) -> Iterator[Repeated]:
        """All repeats, an outer one before those inside."""
        yield from repeats_in(self.elements)


def repeats_in(elements: tuple[Element, ...]) -> Iterator[Repeated]:
    """The repeats among these elements and in their groups."""
    for one in elements:
        if isinstance(one, Repeated):
            yield one
        if not isinstance(one, Asked):
            yield from repeats_in(one.inside)


def questions_in(elements: tuple[Element, ...]) -> Iterator[Asked]:
    """The questions among these elements and in their groups."""
    for one in elements:
        if isinstance(one, Asked):
            yield one
        else:
            yield from questions_in(one.inside)
