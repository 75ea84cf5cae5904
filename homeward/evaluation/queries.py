"""Reading questions and what came of them: an organisation sees its own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.evaluation.models import Answer, Question
from homeward.evaluation.rules import Spec
from homeward.evaluation.showing import shown_whole
from homeward.evaluation.specs import spec_from
from homeward.lib.problems import NotFound

KEPT = ("estimand", "kind", "method", "claim", "refusals", "inputs_sha256", "spec_sha256", "code_version")


def visible_questions(actor: Actor) -> QuerySet[Question]:
    """The organisation's questions with their answers, the newest first."""
    actor.require(Action.EVALUATION_VIEW)
    own = Question.objects.filter(organisation_id=actor.organisation_id)
    return own.select_related("answer").order_by("-registered_at", "-id")


def get_question(actor: Actor, question_id: UUID) -> Question:
    """One question with its answer, if it has one."""
    found = visible_questions(actor).filter(id=question_id).first()
    if found is None:
        raise NotFound
    return found


def answer_of(question: Question) -> Answer | None:
    """What came of a question, or nothing yet."""
    return getattr(question, "answer", None)


def questions_to_answer(actor: Actor) -> QuerySet[Question]:
    """Those that wait for the worker, the oldest first."""
    return visible_questions(actor).filter(answer=None).order_by("registered_at", "id")


def is_outcome_open(actor: Actor, extract_id: UUID, outcome: str) -> bool:
    """Whether an answer has already shown this outcome of this extract, to anybody here."""
    asked = visible_questions(actor).filter(extract_id=extract_id, spec__outcome=outcome)
    return asked.exclude(answer=None).exists()


def spec_of_question(question: Question) -> Spec:
    """The spec as it was registered."""
    return spec_from(question.spec)


def shown_finding(answer: Answer) -> dict[str, Any]:
    """The finding as it may be handed out: nothing of it, no part, no count that few people stand behind."""
    found = answer.finding
    if not found:
        return {}
    if answer.is_suppressed:
        return {**{name: found[name] for name in KEPT}, "suppressed": True}
    return shown_whole(found)
