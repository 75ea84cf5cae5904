"""What is odd about a filled form: a reason to look again, never a reason to drop it. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from homeward.surveys.forms.questions import Question
from homeward.surveys.rules import Kind, Trouble

SECONDS_PER_ANSWER = 2  # nobody reads a question aloud and hears the answer in less
FEWEST_FOR_PACE = 8
FEWEST_ALIKE = 8
FEWEST_CODES = 4
CLOCK_SLACK = timedelta(days=1)
LIMIT = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
BEYOND = {
    ">=": lambda value, limit: value < limit,
    ">": lambda value, limit: value <= limit,
    "<=": lambda value, limit: value > limit,
    "<": lambda value, limit: value >= limit,
}


def oddities(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    *,
    began_at: datetime | None,
    ended_at: datetime | None,
    received_at: datetime,
) -> set[Trouble]:
    """Why this form wants a second look: too fast, all answers alike, values that cannot be."""
    found = set()
    if _is_too_fast(questions, answers, began_at, ended_at):
        found.add(Trouble.TOO_FAST)
    if _is_straight(questions, answers):
        found.add(Trouble.STRAIGHT_LINING)
    if _is_impossible(questions, answers) or _clock_is_wrong(began_at, ended_at, received_at):
        found.add(Trouble.IMPOSSIBLE)
    return found


def said(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every answer with the path of its question, those in repeats too; missing ones left out."""
    for path, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for once in value:
                yield from said(once)
        elif not isinstance(value, Mapping):
            yield path, value


def _is_too_fast(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    began_at: datetime | None,
    ended_at: datetime | None,
) -> bool:
    if not began_at or not ended_at or ended_at < began_at:
        return False
    asked = {one.path for one in questions if one.labels and one.is_answered}
    number = sum(path in asked for path, _value in said(answers))
    return number >= FEWEST_FOR_PACE and (ended_at - began_at).total_seconds() < SECONDS_PER_ANSWER * number


def _is_straight(questions: Sequence[Question], answers: Mapping[str, Any]) -> bool:
    """One and the same answer to many questions that share a list of choices."""
    by_list: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    given = dict(said(answers))
    for one in questions:
        codes = tuple(each.code for each in one.choices if not each.missing)
        if one.kind == Kind.ONE and len(codes) >= FEWEST_CODES and one.path in given:
            by_list[codes].append(given[one.path])
    return any(len(same) >= FEWEST_ALIKE and len(set(same)) == 1 for same in by_list.values())


def _is_impossible(questions: Sequence[Question], answers: Mapping[str, Any]) -> bool:
    """A number past the limits that its own form gives; only plain limits are read, nothing is evaluated."""
    limits = {
        one.path: LIMIT.findall(one.constraint)
        for one in questions
        if one.kind in (Kind.WHOLE, Kind.DECIMAL) and " or " not in f" {one.constraint} "
    }
    return any(
        isinstance(value, int | float) and BEYOND[sign](value, float(limit))
        for path, value in said(answers)
        for sign, limit in limits.get(path, ())
    )


def _clock_is_wrong(began_at: datetime | None, ended_at: datetime | None, received_at: datetime) -> bool:
    if began_at and ended_at and ended_at < began_at:
        return True
    return bool(ended_at and ended_at > received_at + CLOCK_SLACK)
