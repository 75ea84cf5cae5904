"""Reading XPath 1.0, in which forms write their logic; nothing is evaluated here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MOST_CHARACTERS = 20_000
MOST_DEPTH = 80
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<name>[^\W\d][\w.\-]*(?::(?!:)[^\W\d][\w.\-]*)?)"
    r"|(?P<sign>//|::|\.\.|<=|>=|!=|[()\[\].@,/|+\-=<>*])"
    r"|(?P<end>$))"
)
# How strongly each operator binds; what stands further down binds its sides first.
STRENGTH = {
    **dict.fromkeys(("or",), 1),
    **dict.fromkeys(("and",), 2),
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "div", "mod"), 6),
}
NAMED_OPERATORS = frozenset({"and", "or", "div", "mod"})
# After one of these a name is a name and `*` is any name.
BEFORE_OPERAND = frozenset({"", "@", "::", "(", "[", ",", "/", "//", "|", *STRENGTH})
AXES = frozenset({"child", "parent", "self", "descendant", "descendant-or-self", "ancestor", "attribute"})
NODE_TESTS = frozenset({"node", "text"})


class BadLogic(ValueError):
    """An expression that cannot be read."""


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Call:
    name: str
    given: tuple["Expression", ...] = ()


@dataclass(frozen=True)
class Operation:
    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True)
class Negated:
    inner: "Expression"


@dataclass(frozen=True)
class Step:
    """One step of a path: along which axis, to what name, narrowed by which conditions."""

    axis: str
    name: str
    conditions: tuple["Expression", ...] = ()


@dataclass(frozen=True)
class Path:
    """Steps from the root, from where the question stands, or from what `start` gives."""

    steps: tuple[Step, ...]
    is_absolute: bool = False
    start: "Expression | None" = None
    conditions: tuple["Expression", ...] = ()


Expression = Number | Text | Call | Operation | Negated | Path
EVERYTHING_BELOW = Step("descendant-or-self", "node()")


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """The expression in a text, or BadLogic."""
    if len(text) > MOST_CHARACTERS:
        raise BadLogic("longer than any form needs")
    reader = _Reader(list(_tokens(text)))
    read = reader.operation(0)
    if reader.kind != "end":
        raise BadLogic(f"not expected: {reader.value}")
    return read


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expression and all that it is made of."""
    yield expression
    for inner in _inside(expression):
        yield from parts_of(inner)


def _inside(one: Expression) -> tuple[Expression, ...]:
    match one:
        case Call(given=given):
            return given
        case Operation(left=left, right=right):
            return left, right
        case Negated(inner=inner):
            return (inner,)
        case Path(steps=steps, start=start, conditions=conditions):
            narrowed = tuple(each for step in steps for each in step.conditions)
            return (*((start,) if start else ()), *conditions, *narrowed)
    return ()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, before = 0, ""
    while True:
        found = TOKEN.match(text, place)
        if found is None:
            raise BadLogic(f"not understood: {text[place : place + 20]}")
        kind, value = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "name" and value in NAMED_OPERATORS and before not in BEFORE_OPERAND:
            kind = "sign"
        elif value == "*" and before in BEFORE_OPERAND:
            kind = "name"
        yield kind, value
        if kind == "end":
            return
        # A named operator stands before an operand; a question of that name does not.
        before = value if kind == "sign" else "operand"
        place = found.end()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    @property
    def kind(self) -> str:
        return self.tokens[self.place][0]

    @property
    def value(self) -> str:
        return self.tokens[self.place][1]

    def next(self) -> str:
        value = self.value
        self.place += 1
        return value

    def at(self, *signs: str) -> bool:
        return self.kind == "sign" and self.value in signs

    def take(self, sign: str) -> None:
        if not self.at(sign):
            raise BadLogic(f"{sign} is missing")
        self.next()

    def operation(self, least: int) -> Expression:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise BadLogic("nested deeper than any form needs")
        left = self.negated()
        while self.kind == "sign" and STRENGTH.get(self.value, 0) > least:
            sign = self.next()
            left = Operation(sign, left, self.operation(STRENGTH[sign]))
        self.depth -= 1
        return left

    def negated(self) -> Expression:
        if self.at("-"):
            self.next()
            return Negated(self.negated())
        left = self.path()
        while self.at("|"):
            self.next()
            left = Operation("|", left, self.path())
        return left

    def path(self) -> Expression:
        if self._begins_a_path():
            return self._location()
        start = self._primary()
        conditions = self._conditions()
        if self.at("/", "//"):
            return Path(self._steps(), start=start, conditions=conditions)
        return Path((), start=start, conditions=conditions) if conditions else start

    def _begins_a_path(self) -> bool:
        if self.kind == "name":
            follows = self.tokens[self.place + 1]
            return follows != ("sign", "(") or self.value in NODE_TESTS
        return self.at("/", "//", ".", "..", "@")

    def _location(self) -> Path:
        if self.at("/", "//"):
            alone = self.at("/") and not self._names_a_step(self.place + 1)
            if alone:
                self.next()
                return Path((), is_absolute=True)
            return Path(self._steps(), is_absolute=True)
        return Path((*self._step_with_conditions(), *self._steps()))

    def _names_a_step(self, place: int) -> bool:
        kind, value = self.tokens[place]
        return kind == "name" or (kind == "sign" and value in (".", "..", "@"))

    def _steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self.at("/", "//"):
            if self.next() == "//":
                steps.append(EVERYTHING_BELOW)
            steps.extend(self._step_with_conditions())
        return tuple(steps)

    def _step_with_conditions(self) -> tuple[Step]:
        step = self._step()
        return (Step(step.axis, step.name, self._conditions()),)

    def _step(self) -> Step:
        if self.at("."):
            self.next()
            return Step("self", "node()")
        if self.at(".."):
            self.next()
            return Step("parent", "node()")
        if self.at("@"):
            self.next()
            return Step("attribute", self._name())
        name = self._name()
        if self.at("::"):
            if name not in AXES:
                raise BadLogic(f"axis {name}")
            self.next()
            return Step(name, self._name())
        return Step("child", name)

    def _name(self) -> str:
        if self.kind != "name":
            raise BadLogic(f"a name is missing before {self.value or 'the end'}")
        name = self.next()
        if self.at("(") and name in NODE_TESTS:
            self.next()
            self.take(")")
            return f"{name}()"
        return name.rpartition(":")[2]  # names are told apart without their namespaces

    def _conditions(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.at("["):
            self.next()
            found.append(self.operation(0))
            self.take("]")
        return tuple(found)

    def _primary(self) -> Expression:
        if self.kind == "number":
            return Number(float(self.next()))
        if self.kind == "text":
            return Text(self.next()[1:-1])
        if self.at("("):
            self.next()
            inner = self.operation(0)
            self.take(")")
            return inner
        if self.kind == "name":
            return Call(self.next(), self._given())
        raise BadLogic(f"not expected: {self.value or 'the end'}")

    def _given(self) -> tuple[Expression, ...]:
        self.take("(")
        given: list[Expression] = []
        while not self.at(")"):
            given.append(self.operation(0))
            if not self.at(")"):
                self.take(",")
        self.next()
        return tuple(given)
