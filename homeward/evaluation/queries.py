"""Reading questions and what came of them: an organisation sees its own."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.evaluation.models import Answer, Comparison, Question
from homeward.evaluation.rules import Spec
from homeward.evaluation.showing import shown_whole
from homeward.evaluation.specs import spec_from
from homeward.extracts.queries import has_files_made, visible_extracts
from homeward.lib.problems import NotFound

if TYPE_CHECKING:
    from homeward.extracts.models import Extract

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


def is_outcome_open(actor: Actor, extract: "Extract", outcome: str) -> bool:
    """Whether anybody here could have seen the outcome of cases opened in the time of this extract.

    Seen is a finding about it, a file made of an extract while it is kept, and people to compare with.
    """
    extracts = _of_the_same_time(actor, extract)
    asked = visible_questions(actor).filter(extract_id__in=extracts, spec__outcome=outcome)
    published = Comparison.objects.filter(
        organisation_id=actor.organisation_id, extract_id__in=extracts, ready_at__isnull=False
    )
    return (
        asked.filter(answer__trouble="").exists() or published.exists() or any(map(has_files_made, extracts))
    )


def _of_the_same_time(actor: Actor, extract: "Extract") -> list[UUID]:
    """Extracts that may hold a case of this one: the same cases come again with each."""
    found = visible_extracts(actor)
    if extract.opened_until:
        found = found.filter(Q(opened_from=None) | Q(opened_from__lte=extract.opened_until))
    if extract.opened_from:
        found = found.filter(Q(opened_until=None) | Q(opened_until__gte=extract.opened_from))
    return list(found.values_list("id", flat=True))


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
