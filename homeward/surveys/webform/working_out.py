"""Working an expression out over the answers of one form, within bounds."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

from homeward.surveys.webform.nodes import MARK, Node
from homeward.surveys.webform.xpath import Call, Expression, Negated, Number, Operation, Path, Step, Text

Value = float | str | bool | list[Node]
MOST_STEPS = 4_000_000
DECIMAL = re.compile(r"-?(\d{1,300}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
NEVER = date(1970, 1, 1).toordinal()
SECONDS_A_DAY = 86_400


class TooMuchWork(Exception):
    """The logic of a form takes more steps than a page may take."""


class World(Protocol):
    """What logic may know beside the answers: lists of choices, words, the moment, a fixed chance."""

    now: datetime
    version: str
    steps_taken: int

    def instance(self, name: str) -> Node | None: ...
    def words(self, name: str) -> str: ...
    def choice_label(self, node: Node, code: str) -> str: ...
    def chance(self, node: Node) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: at which node, which of how many, within which question's logic."""

    node: Node
    world: World
    position: int = 1
    size: int = 1
    current: Node | None = None

    @property
    def question(self) -> Node:
        return self.current or self.node


def work_out(expression: Expression, place: Place) -> Value:
    """The value of an expression where it stands."""
    place.world.steps_taken += 1
    if place.world.steps_taken > MOST_STEPS:
        raise TooMuchWork
    match expression:
        case Number(value=number):
            return number
        case Text(value=text):
            return text
        case Path():
            return _walk(expression, place)
        case Operation():
            return _operate(expression, place)
        case Call():
            return _call(expression, place)
        case Negated():
            return -as_number(work_out(expression.inner, place))


def as_text(value: Value) -> str:
    """The value as a form would write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return value[0].said if value else ""
    return number_text(value)


def number_text(number: float) -> str:
    """A number without an exponent; a whole one without a point."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def as_number(value: Value) -> float:
    """The value as a number; a date counts its days since 1970; what is neither is not a number."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value)
    text = as_text(value).strip()
    if DECIMAL.fullmatch(text):
        return float(text)
    return days_of(text)


def days_of(text: str) -> float:
    """Days since 1970 of a date or moment as forms write them; not a number for anything else."""
    try:
        if DAY.fullmatch(text):
            return float(date.fromisoformat(text).toordinal() - NEVER)
        if MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / SECONDS_A_DAY
    except ValueError:
        pass
    return math.nan


def as_boolean(value: Value) -> bool:
    """True for what says something: a number that is not zero, a text, a node."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def as_nodes(value: Value) -> list[Node]:
    """The nodes of a value that is made of nodes, and none of another."""
    return value if isinstance(value, list) else []


def _call(call: Call, place: Place) -> Value:
    from homeward.surveys.webform.functions import FUNCTIONS  # noqa: PLC0415 (each knows the other)

    if call.name == "if":
        asked, yes, no = call.given
        return work_out(yes if as_boolean(work_out(asked, place)) else no, place)
    return FUNCTIONS[call.name].run(place, *(work_out(one, place) for one in call.given))


def _operate(operation: Operation, place: Place) -> Value:
    sign = operation.sign
    left = work_out(operation.left, place)
    if sign == "or":
        return as_boolean(left) or as_boolean(work_out(operation.right, place))
    if sign == "and":
        return as_boolean(left) and as_boolean(work_out(operation.right, place))
    right = work_out(operation.right, place)
    if sign == "|":
        return [*as_nodes(left), *(one for one in as_nodes(right) if one not in as_nodes(left))]
    if sign in COMPARED:
        return _compare(sign, left, right)
    return ARITHMETIC[sign](as_number(left), as_number(right))


def _compare(sign: str, left: Value, right: Value) -> bool:
    """As XPath 1.0 compares: of nodes it is enough that one is as asked."""
    if isinstance(left, bool) or isinstance(right, bool):
        return COMPARED[sign](float(as_boolean(left)), float(as_boolean(right)))
    return any(_compare_one(sign, a, b) for a in _each(left) for b in _each(right))


def _each(value: Value) -> Sequence[str | float]:
    if isinstance(value, list):
        return [node.said for node in value]
    return [value]


def _compare_one(sign: str, left: str | float, right: str | float) -> bool:
    if sign in ("=", "!=") and isinstance(left, str) and isinstance(right, str):
        return (left == right) == (sign == "=")
    return COMPARED[sign](as_number(left), as_number(right))


def _divide(left: float, right: float) -> float:
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)
    return left / right


def _rest(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) or math.isnan(left) else math.fmod(left, right)


ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _divide,
    "mod": _rest,
}
COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _walk(path: Path, place: Place) -> list[Node]:
    if path.start is not None:
        nodes = as_nodes(work_out(path.start, place))
        for condition in path.conditions:
            nodes = _narrow(nodes, condition, place)
    else:
        # Among choices too, a path from the root is one to an answer.
        nodes = [place.question.root if path.is_absolute else place.node]
    for step in path.steps:
        nodes = _step(nodes, step, place)
    return nodes


def _step(nodes: list[Node], step: Step, place: Place) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        reached = _reached(node, step)
        place.world.steps_taken += len(reached)
        for condition in step.conditions:
            reached = _narrow(reached, condition, place)
        found.extend(reached)
    if len(nodes) > 1 and step.axis in ("parent", "ancestor"):
        return list(dict.fromkeys(found))
    return found


def _reached(node: Node, step: Step) -> list[Node]:
    if step.axis == "child" and step.name not in ("*", "node()"):
        return [] if step.name == "text()" else node.named(step.name)
    return [one for one in ALONG[step.axis](node, step.name) if _is_named(one, step)]


def _is_named(node: Node, step: Step) -> bool:
    return step.name in ("*", "node()", node.name) and node.name != MARK


def _above(node: Node, _name: str) -> list[Node]:
    found = []
    while node.parent is not None:
        node = node.parent
        found.append(node)
    return found


def _attribute(node: Node, name: str) -> list[Node]:
    return [Node(name, node.attributes[name])] if name in node.attributes else []


ALONG: Mapping[str, Callable[[Node, str], list[Node]]] = {
    "child": lambda node, _name: node.children,
    "self": lambda node, _name: [node],
    "parent": lambda node, _name: [node.parent] if node.parent else [],
    "descendant": lambda node, _name: list(node.everything())[1:],
    "descendant-or-self": lambda node, _name: list(node.everything()),
    "ancestor": _above,
    "attribute": _attribute,
}


def _narrow(nodes: list[Node], condition: Expression, place: Place) -> list[Node]:
    found = []
    for position, node in enumerate(nodes, start=1):
        here = replace(place, node=node, position=position, size=len(nodes), current=place.question)
        kept = work_out(condition, here)
        is_kept = kept == position if isinstance(kept, float) else as_boolean(kept)
        if is_kept:
            found.append(node)
    return found
