"""The answers in a filled form, each with the type of its question, in plain values that JSON can hold.

An answer stands under the path of its question. A repeat stands under its own path as a list with one
mapping for each time it was asked. An answer that stands for none is `{"missing": kind}`; a question that
is not there at all was not asked.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405 (read by homeward.lib.markup alone)

from homeward.lib.digits import ascii_digits
from homeward.lib.markup import local_name
from homeward.lib.privacy_classes import PrivacyClass
from homeward.surveys.forms.questions import Question
from homeward.surveys.rules import Kind, Missing, Trouble

Answers = dict[str, Any]
WHOLE = re.compile(r"[+-]?\d{1,18}(\.0+)?")
DECIMAL = re.compile(r"[+-]?(\d{1,300}(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


@dataclass
class Extracted:
    """Answers, names of the files they speak of, and what could not be read as its question says."""

    answers: Answers = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    troubles: set[Trouble] = field(default_factory=set)


def extract(root: Element, questions: Iterable[Question]) -> Extracted:
    """The typed answers of a filled form to the questions of its version."""
    known = {one.path: one for one in questions}
    found = Extracted()
    _walk(root, "", found.answers, known, found)
    return found


def answer_of(answers: Mapping[str, Any], path: str) -> Any:
    """The value at a path outside repeats, or the kind of missing."""
    value = answers.get(path)
    if value is None:
        return Missing.NOT_ASKED
    if isinstance(value, Mapping) and "missing" in value:
        return Missing(value["missing"])
    return value


def missing(kind: Missing | str) -> dict[str, str]:
    """How an answer that stands for none is kept."""
    return {"missing": str(kind)}


def _walk(
    element: Element, above: str, into: Answers, known: Mapping[str, Question], found: Extracted
) -> None:
    for child in element:
        name = local_name(child)
        path = f"{above}/{name}" if above else name
        question = known.get(path)
        if question is None:
            _beside(child, path, into, known, found)
        elif question.kind == Kind.REPEAT:
            once: Answers = {}
            _walk(child, path, once, known, found)
            if once:
                into.setdefault(path, []).append(once)
        elif question.kind == Kind.GROUP:
            _walk(child, path, into, known, found)
        elif question.is_answered:
            _keep(question, (child.text or "").strip(), into, found)


def _beside(
    child: Element, path: str, into: Answers, known: Mapping[str, Question], found: Extracted
) -> None:
    """What is no question: the envelope, groups that a form makes by itself, counts of repeats."""
    if path == "meta" or path.startswith("meta/") or len(child):
        _walk(child, path, into, known, found)
    elif (child.text or "").strip() and not path.endswith("_count"):
        found.troubles.add(Trouble.UNKNOWN_QUESTION)


def _keep(question: Question, text: str, into: Answers, found: Extracted) -> None:
    if not text:
        return
    if question.kind == Kind.FILE:
        found.files.append(text[:255])
    if question.privacy >= PrivacyClass.SEALED:
        return  # stays in what was sent, and nowhere else
    kind = question.missing_codes.get(text)
    if kind:
        into[question.path] = missing(kind)
        return
    value = READ.get(question.kind, _text)(text, question)
    if value is None:
        found.troubles.add(Trouble.UNREADABLE_ANSWER)
        value = text
    if _has_unknown_code(question, value):
        found.troubles.add(Trouble.UNKNOWN_CODE)
    into[question.path] = value


def _has_unknown_code(question: Question, value: Any) -> bool:
    if not question.choices or question.choices_from:
        return False
    codes = {one.code for one in question.choices}
    return any(one not in codes for one in (value if isinstance(value, list) else [value]))


def _text(text: str, question: Question) -> Any:
    return text


def _whole(text: str, question: Question) -> int | None:
    text = ascii_digits(text)
    return int(text.split(".")[0]) if WHOLE.fullmatch(text) else None


def _decimal(text: str, question: Question) -> float | int | None:
    text = ascii_digits(text)
    if not DECIMAL.fullmatch(text):
        return None
    value = float(text)
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and "." not in text and abs(value) < 2**53 else value


def _several(text: str, question: Question) -> list[str] | dict[str, str]:
    return text.split()


def _place(text: str, question: Question) -> list[float] | None:
    """Latitude, longitude, and height and accuracy in metres when they are there."""
    numbers = [_decimal(part, question) for part in text.split()]
    if not 2 <= len(numbers) <= 4 or any(one is None for one in numbers):
        return None
    read = [float(one) for one in numbers if one is not None]
    return read if abs(read[0]) <= 90 and abs(read[1]) <= 180 else None


def _calendar(reader: Callable[[str], Any]) -> Callable[[str, Question], str | None]:
    def read(text: str, question: Question) -> str | None:
        try:
            reader(text)
        except ValueError:
            return None
        return text

    return read


READ: Mapping[Kind, Callable[[str, Question], Any]] = {
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.SEVERAL: _several,
    Kind.RANKED: _several,
    Kind.DATE: _calendar(date.fromisoformat),
    Kind.TIME: _calendar(time.fromisoformat),
    Kind.MOMENT: _calendar(datetime.fromisoformat),
    Kind.PLACE: _place,
}
