"""What is done about the problems of a row, and what the row then says."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from homeward.exchange.columns.fields import COUNTRIES, DATES, Field
from homeward.exchange.problem_kinds import CATALOGUE, Kind, Severity
from homeward.exchange.rows import ReadRow, RowProblem
from homeward.exchange.rules import Answer, RowState
from homeward.exchange.values.countries import find_country
from homeward.lib.dates import PartialDate

Answers = Mapping[str, str]
NAMES_OF_VALUES = {Field.BIRTH_DATE: "birth", Field.DEPARTED_ON: "departure", Field.ARRIVED_ON: "arrival"}
EMPTY = {field.name: field.default for field in fields(ReadRow)}


def key_of(problem: RowProblem) -> str:
    """By which a row's answers are kept: one for each kind and field."""
    return key_for(problem.kind, problem.field)


def key_for(kind: Kind, field: Field | None) -> str:
    return f"{kind.value}:{field.value if field else ''}"


def kind_and_field(key: str) -> tuple[Kind, Field | None]:
    """The other way round; ValueError when there is no such kind or field."""
    kind, _, field = key.partition(":")
    return Kind(kind), Field(field) if field else None


def severity_of(key: str) -> Severity:
    return CATALOGUE[kind_and_field(key)[0]].severity


def open_questions(problems: Iterable[str], answers: Answers) -> list[str]:
    """The questions that nobody has answered yet."""
    return [key for key in problems if severity_of(key) is Severity.QUESTION and key not in answers]


def state_of(problems: Iterable[str], answers: Answers) -> RowState:
    """Whether the row could be saved now."""
    problems = list(problems)
    if any(severity_of(key) is Severity.ERROR for key in problems):
        return RowState.BLOCKED
    return RowState.ASKED if open_questions(problems, answers) else RowState.READY


def usable_suggestion(problem: RowProblem) -> str:
    """The suggestion, where it is one value that the field could take."""
    text = problem.suggestion
    if problem.field in DATES:
        return text if _day(text) else ""
    if problem.field in COUNTRIES:
        return find_country(text)
    return text


def settled(row: ReadRow, answers: Answers) -> ReadRow:
    """The row with suggestions taken where somebody said so, and doubtful values left out."""
    values: dict[str, Any] = {}
    for problem in row.problems:
        name = _value_of(problem)
        if name and problem.severity is Severity.QUESTION:
            taken = answers.get(key_of(problem)) == Answer.SUGGESTION
            values[name] = _suggested(problem) if taken else EMPTY[name]
    return replace(row, **values) if values else row


def _value_of(problem: RowProblem) -> str:
    """The name of the row's value that the problem is about, if the row has room for it."""
    name = NAMES_OF_VALUES.get(problem.field, problem.field.value) if problem.field else ""
    return name if name in EMPTY else ""


def _suggested(problem: RowProblem) -> Any:
    text = usable_suggestion(problem)
    if problem.field in DATES:
        day = _day(text)
        return PartialDate.of_day(day) if day else None
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
