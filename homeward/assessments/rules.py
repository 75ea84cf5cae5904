"""Forms as data, what an answer may be, what is proposed from answers, and when they are stale. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from homeward.cases.gate_rules import ProfileFlag


class Kind(StrEnum):
    """What an assessment is about."""

    VULNERABILITY = "vulnerability"
    NEEDS = "needs"
    RISK = "risk"
    FAMILY = "family"
    SKILLS = "skills"
    FUNCTIONING = "functioning"  # the Washington Group's short set


class State(StrEnum):
    DRAFT = "draft"
    FINISHED = "finished"
    DROPPED = "dropped"


class Missing(StrEnum):
    """Why there is no answer: four things that are not the same."""

    NOT_ASKED = "not_asked"
    NOT_APPLICABLE = "not_applicable"
    DOES_NOT_KNOW = "does_not_know"
    REFUSED = "refused"


class Asked(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    TEXT = "text"


class Origin(StrEnum):
    """From where a proposal comes."""

    ASSESSMENT = "assessment"
    PARTNER_LIST = "partner_list"


class ProposalState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Freshness(StrEnum):
    FRESH = "fresh"
    OLD = "old"
    BEFORE_ARRIVAL = "before_arrival"  # things have changed since: the person travelled


@dataclass(frozen=True)
class Choice:
    """One answer to choose; `proposes` is what it may mean for the profile, which a person confirms."""

    code: str
    proposes: ProfileFlag | None = None


@dataclass(frozen=True)
class Question:
    code: str
    asked: Asked
    choices: tuple[Choice, ...] = ()
    concludes: bool = False  # its answer is the assessor's own conclusion, shown in the profile

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(choice.code for choice in self.choices)


@dataclass(frozen=True)
class Step:
    """One group of questions on a page of its own."""

    slug: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """One version of a form. A version that was used is never changed: a new one follows it."""

    kind: Kind
    version: int
    steps: tuple[Step, ...]
    youngest: int = 0  # not asked of people younger than this

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for step in self.steps for question in step.questions)

    def step(self, slug: str) -> Step | None:
        return next((step for step in self.steps if step.slug == slug), None)


# An answer is a code, several codes, a text, or why there is none.
Answer = Mapping[str, object]
Answers = Mapping[str, Answer]

MONTHS_FRESH: Mapping[Kind, int] = {
    Kind.VULNERABILITY: 6,
    Kind.NEEDS: 6,
    Kind.RISK: 3,
    Kind.FAMILY: 12,
    Kind.SKILLS: 24,
    Kind.FUNCTIONING: 12,
}
DAYS_A_MONTH = 30
LONGEST_TEXT = 4_000


def value(answer: object) -> Answer:
    """An answer that was given."""
    return {"value": answer}


def missing(why: Missing) -> Answer:
    """No answer, and why."""
    return {"missing": str(why)}


def wrong_answers(step: Step, answers: Answers) -> frozenset[str]:
    """The codes of answers that this step does not ask for or that are none of its choices."""
    questions = {question.code: question for question in step.questions}
    return frozenset(
        code
        for code, answer in answers.items()
        if code not in questions or not _fits(questions[code], answer)
    )


def _fits(question: Question, answer: Answer) -> bool:
    if set(answer) == {"missing"}:
        return answer["missing"] in set(Missing)
    if set(answer) != {"value"}:
        return False
    given = answer["value"]
    if question.asked is Asked.TEXT:
        return isinstance(given, str) and 0 < len(given) <= LONGEST_TEXT
    if question.asked is Asked.ONE:
        return given in question.codes
    return isinstance(given, list) and bool(given) and set(given) <= question.codes


def unanswered(form: Form, answers: Answers) -> tuple[str, ...]:
    """The questions nobody has answered or said why not, in the order of the form."""
    return tuple(question.code for question in form.questions if question.code not in answers)


def proposed_flags(form: Form, answers: Answers) -> tuple[ProfileFlag, ...]:
    """What the answers may mean for the profile. No score: each flag stands by an answer of its own."""
    found = {
        choice.proposes
        for question in form.questions
        for choice in question.choices
        if choice.proposes and choice.code in _given(answers.get(question.code))
    }
    return tuple(flag for flag in ProfileFlag if flag in found)


def conclusion(form: Form, answers: Answers) -> str:
    """The assessor's own conclusion, if the form asks for one."""
    for question in form.questions:
        if question.concludes:
            return next(iter(_given(answers.get(question.code))), "")
    return ""


def _given(answer: Answer | None) -> tuple[str, ...]:
    given = (answer or {}).get("value", ())
    return (given,) if isinstance(given, str) else tuple(map(str, given)) if isinstance(given, list) else ()


def freshness(kind: Kind, finished_on: date, arrived_on: date | None, today: date) -> Freshness:
    """Whether what was found still tells of the person as they are now."""
    if arrived_on and finished_on < arrived_on <= today and kind is not Kind.SKILLS:
        return Freshness.BEFORE_ARRIVAL
    is_old = finished_on + timedelta(days=MONTHS_FRESH[kind] * DAYS_A_MONTH) < today
    return Freshness.OLD if is_old else Freshness.FRESH


def not_answered_yet(known: Iterable[ProfileFlag], proposed: Iterable[ProfileFlag]) -> list[ProfileFlag]:
    """Proposals that the profile does not hold already."""
    held = set(known)
    return [flag for flag in dict.fromkeys(proposed) if flag not in held]
