"""What is wrong with an answer as it stands, and how what was typed is written."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from homeward.lib.digits import ascii_digits
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Control
from homeward.surveys.webform.nodes import Node
from homeward.surveys.webform.working_out import as_number, number_text

WHOLE = re.compile(r"[+-]?\d{1,15}")
DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{0,12})?|\.\d{1,12})")
MOST_TYPED = 20_000
POINTS = str.maketrans({"٫": ".", "٬": None, "،": ",", "−": "-", "؛": ","})
WHOLES = frozenset({"int", "integer", "long"})
NONE: frozenset[str] = frozenset()


class Wrong(StrEnum):
    """Why an answer cannot stay as it is."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    PLACE = "place"
    CHOICE = "choice"
    ALONE = "alone"
    RANGE = "range"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one question; `words` are the form's own, when it has some."""

    wrong: Wrong
    words: str = ""


def tidy(asked: Asked, typed: str, now: datetime) -> str:
    """What was typed as a form writes it; what cannot be read stays as it was typed."""
    typed = typed.replace("\r\n", "\n").replace("\x00", "").strip()[:MOST_TYPED]
    if asked.control in (Control.ONE, Control.SEVERAL, Control.FILE):
        return typed
    if asked.type in WHOLES or asked.type == "decimal" or asked.control == Control.RANGE:
        return _number(typed, asked.type in WHOLES)
    tidier = TIDIERS.get(asked.type)
    return tidier(typed, now) if tidier and typed else typed


def fault_of(filling: Filling, asked: Asked, node: Node, missing: Collection[str] = NONE) -> Fault | None:
    """What is wrong with the answer at a node, or None; `missing` are codes that stand for no answer."""
    if asked.control == Control.NOTE or not node.applies:
        return None
    logic = filling.logic(node)
    if not node.text:
        if filling.is_so(logic.required, node):
            return Fault(Wrong.REQUIRED, filling.say(logic.required_words, node))
        return None
    if node.text not in missing:
        wrong = _unlike_its_kind(asked, node.text) or _no_choice(filling, asked, node, missing)
        if wrong:
            return Fault(wrong)
    if logic.constraint is not None and not filling.is_so(logic.constraint, node):
        return Fault(Wrong.CONSTRAINT, filling.say(logic.constraint_words, node))
    return None


def _number(typed: str, is_whole: bool) -> str:
    text = ascii_digits(typed).translate(POINTS).replace(" ", "").replace("\u00a0", "")
    if not is_whole and "." not in text and text.count(",") == 1:
        text = text.replace(",", ".")
    if is_whole and WHOLE.fullmatch(text):
        return str(int(text))
    if not is_whole and DECIMAL.fullmatch(text):
        return number_text(float(text))
    return typed


def _date(typed: str, now: datetime) -> str:
    try:
        return date.fromisoformat(ascii_digits(typed)).isoformat()
    except ValueError:
        return typed


def _time(typed: str, now: datetime) -> str:
    try:
        read = time.fromisoformat(ascii_digits(typed))
    except ValueError:
        return typed
    return (read if read.tzinfo else read.replace(tzinfo=now.tzinfo)).isoformat(timespec="milliseconds")


def _moment(typed: str, now: datetime) -> str:
    try:
        read = datetime.fromisoformat(ascii_digits(typed))
    except ValueError:
        return typed
    return (read if read.tzinfo else read.replace(tzinfo=now.tzinfo)).isoformat(timespec="milliseconds")


def _place(typed: str, now: datetime) -> str:
    """Latitude and longitude, and height and accuracy when they are told."""
    parts = [one for one in re.split(r"[,\s]+", ascii_digits(typed).translate(POINTS)) if one]
    if not 2 <= len(parts) <= 4 or not all(DECIMAL.fullmatch(one) for one in parts):
        return typed
    return " ".join([*(number_text(float(one)) for one in parts), *["0"] * (4 - len(parts))])


TIDIERS = {"date": _date, "time": _time, "dateTime": _moment, "geopoint": _place}


def _unlike_its_kind(asked: Asked, text: str) -> Wrong | None:
    if asked.control in (Control.ONE, Control.SEVERAL, Control.FILE, Control.TICK):
        return None
    if asked.control == Control.RANGE:
        return None if _is_in_range(asked, text) else Wrong.RANGE
    check = KINDS.get(asked.type)
    return check[1] if check and not check[0](text) else None


def _is_in_range(asked: Asked, text: str) -> bool:
    number, least, most, step = (as_number(one) for one in (text, asked.least, asked.most, asked.step))
    if number != number:
        return False
    low, high = min(least, most), max(least, most)
    steps = (number - least) / step if step else 0.0
    return low <= number <= high and abs(steps - round(steps)) < 1e-6


def _is_place(text: str) -> bool:
    numbers = [as_number(one) for one in text.split()]
    return 2 <= len(numbers) <= 4 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except ValueError:
        return False
    return True


KINDS: Mapping[str, tuple[Callable[[str], object], Wrong]] = {
    **dict.fromkeys(WHOLES, (WHOLE.fullmatch, Wrong.WHOLE)),
    "decimal": (DECIMAL.fullmatch, Wrong.NUMBER),
    "date": (lambda text: _reads(date.fromisoformat, text), Wrong.DATE),
    "time": (lambda text: _reads(time.fromisoformat, text), Wrong.TIME),
    "dateTime": (lambda text: _reads(datetime.fromisoformat, text), Wrong.MOMENT),
    "geopoint": (_is_place, Wrong.PLACE),
}


def _no_choice(filling: Filling, asked: Asked, node: Node, missing: Collection[str]) -> Wrong | None:
    if asked.control not in (Control.ONE, Control.SEVERAL):
        return None
    offered = {one.code for one in filling.offered(asked, node)}
    chosen = node.text.split() if asked.control == Control.SEVERAL else [node.text]
    if not set(chosen) <= offered:
        return Wrong.CHOICE
    return Wrong.ALONE if len(chosen) > 1 and set(chosen) & set(missing) else None
