"""The functions that forms use in their logic. What is not here makes a form one for telephones only."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.surveys.webform.patterns import MOST_MATCHED, pattern_of
from homeward.surveys.webform.working_out import (
    NEVER,
    SECONDS_A_DAY,
    Place,
    Value,
    as_boolean,
    as_nodes,
    as_number,
    as_text,
    work_out,
)
from homeward.surveys.webform.xpath import BadLogic, parse

if TYPE_CHECKING:
    from homeward.surveys.webform.nodes import Node

Worker = Callable[..., Value]
MANY = 1000


@dataclass(frozen=True)
class Function:
    """What works a function out, and how many things it is given."""

    run: Worker
    least: int
    most: int


def _when(place: Place, condition: Value, yes: Value, no: Value) -> Value:
    return yes if as_boolean(condition) else no


def _selected(place: Place, given: Value, code: Value) -> Value:
    return as_text(code).strip() in as_text(given).split()


def _selected_at(place: Place, given: Value, at: Value) -> Value:
    codes, number = as_text(given).split(), as_number(at)
    return codes[int(number)] if not math.isnan(number) and 0 <= number < len(codes) else ""


def _coalesce(place: Place, *given: Value) -> Value:
    return next((text for text in map(as_text, given) if text), "")


def _once(place: Place, given: Value) -> Value:
    return place.question.text or given  # what is no number yet is nothing, and may become one


def _concat(place: Place, *given: Value) -> Value:
    return _joined("", given)


def _joined(between: str, given: tuple[Value, ...]) -> str:
    return between.join(text for one in given for text in _texts(one))


def _texts(value: Value) -> list[str]:
    return [node.said for node in value] if isinstance(value, list) else [as_text(value)]


def _join(place: Place, between: Value, *given: Value) -> Value:
    return _joined(as_text(between), given)


def _substr(place: Place, given: Value, begin: Value, end: Value = math.inf) -> Value:
    """From a place that counts from nought, up to but not with another; negative ones count from the end."""
    text, first, last = as_text(given), as_number(begin), as_number(end)
    last = min(last, len(text))
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[int(first) if abs(first) < MANY else 0 : int(last)]


def _substring(place: Place, given: Value, begin: Value, length: Value = math.inf) -> Value:
    """As XPath counts: from one, rounded, and what lies before the text is none of it."""
    text, first, long = as_text(given), _rounded(as_number(begin)), _rounded(as_number(length))
    return "".join(sign for at, sign in enumerate(text, start=1) if first <= at < first + long)


def _rounded(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else math.floor(number + 0.5)


def _round(place: Place, given: Value, digits: Value = 0.0) -> Value:
    number, kept = as_number(given), as_number(digits)
    if math.isnan(number) or math.isinf(number) or math.isnan(kept) or abs(kept) > 15:
        return number
    by = 10.0 ** int(kept)
    return math.copysign(_rounded(abs(number) * by) / by, number)  # a half goes away from nought


def _int(place: Place, given: Value) -> Value:
    number = as_number(given)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _numbers(given: tuple[Value, ...]) -> list[float]:
    return [as_number(text) for one in given for text in _texts(one) if text.strip()]


def _sum(place: Place, given: Value) -> Value:
    return sum(_numbers((given,)), 0.0)


def _least(place: Place, *given: Value) -> Value:
    return min(_numbers(given), default=math.nan)


def _most(place: Place, *given: Value) -> Value:
    return max(_numbers(given), default=math.nan)


def _count_non_empty(place: Place, given: Value) -> Value:
    return float(sum(bool(node.said) for node in as_nodes(given)))


def _position(place: Place, given: Value = "") -> Value:
    nodes = as_nodes(given)
    if not nodes:
        return float(place.position)
    node = nodes[0]
    return float(node.parent.named(node.name).index(node) + 1) if node.parent else 1.0


def _indexed_repeat(place: Place, asked: Value, *pairs: Value) -> Value:
    """The nodes asked for that lie in the first, second … time of each repeat."""
    inside = as_nodes(asked)
    for repeat, which in zip(pairs[::2], pairs[1::2], strict=False):
        number = as_number(which)
        times = as_nodes(repeat)
        siblings = [one for one in times if any(_is_in(node, one) for node in inside)]
        if math.isnan(number) or not 1 <= number <= len(siblings):
            return []
        inside = [node for node in inside if _is_in(node, siblings[int(number) - 1])]
    return inside


def _is_in(node: "Node", above: "Node") -> bool:
    at: Node | None = node
    while at is not None and at is not above:
        at = at.parent
    return at is above


def _instance(place: Place, name: Value) -> Value:
    found = place.world.instance(as_text(name))
    return [found] if found else []


def _current(place: Place) -> Value:
    return [place.question]


def _choice_name(place: Place, code: Value, question: Value) -> Value:
    if not isinstance(question, list):
        try:
            question = work_out(parse(as_text(question)), place)
        except BadLogic:
            return ""
    nodes = as_nodes(question)
    return place.world.choice_label(nodes[0], as_text(code)) if nodes else ""


def _words(place: Place, name: Value) -> Value:
    return place.world.words(as_text(name))


def _pull(place: Place, name: Value, wanted: Value, by: Value, key: Value) -> Value:
    listed = place.world.instance(as_text(name))
    column, looked_for = as_text(by), as_text(key)
    for root in listed.children if listed else ():
        for row in root.children:
            if looked_for in (node.text for node in row.named(column)):
                return next((node.text for node in row.named(as_text(wanted))), "")
    return ""


def _regex(place: Place, given: Value, pattern: Value) -> Value:
    text = as_text(given)
    return len(text) <= MOST_MATCHED and bool(pattern_of(as_text(pattern)).search(text))


def _today(place: Place) -> Value:
    return place.world.now.date().isoformat()


def _now(place: Place) -> Value:
    return place.world.now.isoformat(timespec="milliseconds")


def _moment(value: Value, place: Place) -> datetime | None:
    """A date or moment from its text, or from its days since 1970, where the form is filled."""
    zone, text = place.world.now.tzinfo, as_text(value).strip()
    try:
        if isinstance(value, float):
            return datetime.fromordinal(NEVER).replace(tzinfo=zone) + timedelta(days=value)
        read = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _date(place: Place, given: Value) -> Value:
    moment = _moment(given, place)
    return moment.date().isoformat() if moment else ""


def _date_time(place: Place, given: Value) -> Value:
    moment = _moment(given, place)
    return moment.isoformat(timespec="milliseconds") if moment else ""


def _decimal_date(place: Place, given: Value) -> Value:
    moment = _moment(given, place)
    if moment is None:
        return math.nan
    is_day = "T" not in as_text(given)
    return float(moment.toordinal() - NEVER) if is_day else moment.timestamp() / SECONDS_A_DAY


def _decimal_time(place: Place, given: Value) -> Value:
    found = re.match(r"(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?", as_text(given).rpartition("T")[2])
    if not found:
        return math.nan
    return (int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3] or 0)) / SECONDS_A_DAY


def _format_date(place: Place, given: Value, pattern: Value) -> Value:
    moment = _moment(given, place)
    if moment is None:
        return ""
    told = {
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": moment.strftime("%b"),
        "B": moment.strftime("%B"),
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "a": moment.strftime("%a"),
        "A": moment.strftime("%A"),
        "%": "%",
    }
    return re.sub(r"%(.)", lambda found: told.get(found[1], found[0]), as_text(pattern))


def _fixed(place: Place) -> Random:
    """Chance that stays the same each time the page is worked out."""
    return Random(place.world.chance(place.question))  # noqa: S311 (nothing is guarded by it)


def _uuid(place: Place, length: Value = 36.0) -> Value:
    made = str(UUID(int=_fixed(place).getrandbits(128), version=4))
    return made if as_number(length) == 36 else made.replace("-", "")[: max(0, int(as_number(length) or 0))]


def _randomize(place: Place, given: Value, seed: Value = "") -> Value:
    nodes = list(as_nodes(given))
    chance = Random(as_text(seed)) if as_text(seed) else _fixed(place)  # noqa: S311
    chance.shuffle(nodes)
    return nodes


def _checklist(place: Place, least: Value, most: Value, *given: Value) -> Value:
    ticked = sum(as_boolean(as_number(text)) for one in given for text in _texts(one))
    return _between(ticked, least, most)


def _weighted(place: Place, least: Value, most: Value, *given: Value) -> Value:
    told = sum(
        as_number(weight) for one, weight in zip(given[::2], given[1::2], strict=False) if as_number(one) > 0
    )
    return _between(told, least, most)


def _between(number: float, least: Value, most: Value) -> bool:
    low, high = as_number(least), as_number(most)
    return (low < 0 or number >= low) and (high < 0 or number <= high)


def _of_text(work: Callable[..., Value], count: int) -> Function:
    return Function(lambda place, *given: work(*map(as_text, given)), count, count)


def _of_number(work: Callable[..., float], count: int = 1) -> Function:
    def run(place: Place, *given: Value) -> Value:
        try:
            return float(work(*map(as_number, given)))
        except (ValueError, OverflowError, ZeroDivisionError, TypeError):
            return math.nan

    return Function(run, count, count)


def _own(work: Callable[[str], Value]) -> Function:
    """A function of a text, or of what is answered where it stands."""
    return Function(lambda place, given=None: work(as_text([place.node] if given is None else given)), 0, 1)


FUNCTIONS: Mapping[str, Function] = {
    "if": Function(_when, 3, 3),
    "true": Function(lambda place: True, 0, 0),
    "false": Function(lambda place: False, 0, 0),
    "not": Function(lambda place, given: not as_boolean(given), 1, 1),
    "boolean": Function(lambda place, given: as_boolean(given), 1, 1),
    "boolean-from-string": _of_text(lambda text: text.strip().lower() in ("1", "true"), 1),
    "number": Function(lambda place, given=None: as_number([place.node] if given is None else given), 0, 1),
    "string": _own(lambda text: text),
    "string-length": _own(lambda text: float(len(text))),
    "normalize-space": _own(lambda text: " ".join(text.split())),
    "concat": Function(_concat, 1, MANY),
    "join": Function(_join, 1, MANY),
    "contains": _of_text(lambda text, part: part in text, 2),
    "starts-with": _of_text(lambda text, part: text.startswith(part), 2),
    "ends-with": _of_text(lambda text, part: text.endswith(part), 2),
    "substring": Function(_substring, 2, 3),
    "substring-before": _of_text(lambda text, at: text.partition(at)[0] if at in text else "", 2),
    "substring-after": _of_text(lambda text, at: text.partition(at)[2], 2),
    "substr": Function(_substr, 2, 3),
    "translate": _of_text(
        lambda text, old, new: text.translate(
            {ord(sign): new[at] if at < len(new) else None for at, sign in reversed(list(enumerate(old)))}
        ),
        3,
    ),
    "regex": Function(_regex, 2, 2),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": _of_text(lambda text: float(len(text.split())), 1),
    "coalesce": Function(_coalesce, 1, MANY),
    "once": Function(_once, 1, 1),
    "count": Function(lambda place, given: float(len(as_nodes(given))), 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "sum": Function(_sum, 1, 1),
    "min": Function(_least, 1, MANY),
    "max": Function(_most, 1, MANY),
    "int": Function(_int, 1, 1),
    "round": Function(_round, 1, 2),
    "floor": _of_number(math.floor),
    "ceiling": _of_number(math.ceil),
    "abs": _of_number(abs),
    "pow": _of_number(lambda base, by: math.pow(base, by), 2),
    "sqrt": _of_number(math.sqrt),
    "exp": _of_number(math.exp),
    "exp10": _of_number(lambda number: math.pow(10, number)),
    "log": _of_number(math.log),
    "log10": _of_number(math.log10),
    "sin": _of_number(math.sin),
    "cos": _of_number(math.cos),
    "tan": _of_number(math.tan),
    "asin": _of_number(math.asin),
    "acos": _of_number(math.acos),
    "atan": _of_number(math.atan),
    "atan2": _of_number(math.atan2, 2),
    "pi": Function(lambda place: math.pi, 0, 0),
    "today": Function(_today, 0, 0),
    "now": Function(_now, 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date": Function(_decimal_date, 1, 1),
    "decimal-date-time": Function(_decimal_date, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "position": Function(_position, 0, 1),
    "last": Function(lambda place: float(place.size), 0, 0),
    "indexed-repeat": Function(_indexed_repeat, 3, 7),
    "instance": Function(_instance, 1, 1),
    "current": Function(_current, 0, 0),
    "jr:choice-name": Function(_choice_name, 2, 2),
    "jr:itext": Function(_words, 1, 1),
    "pulldata": Function(_pull, 4, 4),
    "random": Function(lambda place: _fixed(place).random(), 0, 0),
    "randomize": Function(_randomize, 1, 2),
    "uuid": Function(_uuid, 0, 1),
    "checklist": Function(_checklist, 3, MANY),
    "weighted-checklist": Function(_weighted, 4, MANY),
    "version": Function(lambda place: place.world.version, 0, 0),
    "property": Function(lambda place, name: "", 1, 1),
}
