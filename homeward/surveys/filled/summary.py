"""What a set of filled forms says question by question: how many answered, why others did not, the middle."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from homeward.surveys.filled.quality import said
from homeward.surveys.forms.questions import Question
from homeward.surveys.rules import Kind, Missing

NUMBERS = (Kind.WHOLE, Kind.DECIMAL)


@dataclass(frozen=True)
class Summary:
    """One question over many forms. `completeness` is answered over asked; it is None where nobody was."""

    question: Question
    answered: int
    missing: Mapping[Missing, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    mean: float | None = None
    median: float | None = None

    @property
    def completeness(self) -> float | None:
        asked = self.answered + self.missing.get(Missing.DONT_KNOW, 0) + self.missing.get(Missing.REFUSED, 0)
        return self.answered / asked if asked else None


def summarise(questions: Sequence[Question], forms: Iterable[Mapping[str, Any]]) -> list[Summary]:
    """Every question that is answered, outside repeats, over these answers; never a missing one as 0."""
    forms = list(forms)
    asked = [one for one in questions if one.is_answered and not one.repeat and one.kind != Kind.META]
    return [_summary(one, forms) for one in asked]


def completeness(questions: Sequence[Question], answers: Mapping[str, Any]) -> float | None:
    """The share of what was asked that was answered in one form; don't know and refused count as asked."""
    given = sum(1 for _answer in said(answers))
    withheld = sum(_kind(value) in (Missing.DONT_KNOW, Missing.REFUSED) for value in answers.values())
    return given / (given + withheld) if given + withheld else None


def _summary(question: Question, forms: Sequence[Mapping[str, Any]]) -> Summary:
    values = [form.get(question.path) for form in forms]
    kinds = Counter(kind for value in values if (kind := _kind(value)) is not None)
    given = [value for value in values if _kind(value) is None]
    numbers = [value for value in given if isinstance(value, int | float)] if question.kind in NUMBERS else []
    return Summary(
        question,
        answered=len(given),
        missing=dict(kinds),
        counts=_counts(question, given),
        mean=fmean(numbers) if numbers else None,
        median=float(median(numbers)) if numbers else None,
    )


def _counts(question: Question, given: Sequence[Any]) -> dict[str, int]:
    if question.kind not in (Kind.ONE, Kind.SEVERAL):
        return {}
    ticked = Counter(code for value in given for code in (value if isinstance(value, list) else [value]))
    return {code: ticked[code] for code in (one.code for one in question.choices) if ticked[code]}


def _kind(value: Any) -> Missing | None:
    if value is None:
        return Missing.NOT_ASKED
    if isinstance(value, Mapping) and "missing" in value:
        return Missing(value["missing"])
    return None
