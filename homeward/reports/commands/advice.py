"""Recommending something to an organisation, answering it, and telling what was done."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.queries import get_question
from homeward.lib.problems import Invalid, Refused, WrongState, type_of_message
from homeward.organisations.queries import colleagues, get_organisation
from homeward.reports.models import Recommendation, RecommendationStep
from homeward.reports.queries import get_recommendation, get_report, recommendation_for_edit
from homeward.reports.rules import ADVICE_MOVES, DECISIONS, SHORTEST_REASON, AdviceState

A = AdviceState


@command(Action.RECOMMENDATION_MAKE)
def recommend(
    actor: Actor,
    *,
    text: str,
    given_to_id: UUID,
    due_on: date,
    report_id: UUID | None = None,
    question_id: UUID | None = None,
) -> Recommendation:
    """Recommend something to an organisation, which sees it, answers it and tells what it did."""
    problems: dict[str, type_of_message] = {}
    if len(text.strip()) < SHORTEST_REASON:
        problems["text"] = _("Say what should be done.")
    if due_on < localdate():
        problems["due_on"] = _("This day has passed.")
    if problems:
        raise Invalid(fields=problems)
    report = get_report(actor, report_id) if report_id else None
    question = get_question(actor, question_id) if question_id else None
    rests_on = question.title if question else report.title if report else ""
    made = Recommendation.objects.create(
        organisation_id=actor.organisation_id,
        given_to=get_organisation(actor, given_to_id),
        report=report,
        question_id=question.id if question else None,
        rests_on=rests_on,
        text=text.strip(),
        due_on=due_on,
        said_by_id=actor.user_id,
        said_by_name=actor.name,
    )
    _step(actor, made, "")
    return made


@command(Action.RECOMMENDATION_ANSWER)
def answer_recommendation(
    actor: Actor,
    *,
    recommendation_id: UUID,
    answer: AdviceState,
    reason: str = "",
    due_on: date | None = None,
    owner_id: UUID | None = None,
    expected_version: int,
) -> Recommendation:
    """Accept, accept in part or reject what was recommended to one's organisation, and say who sees to it."""
    one = _moving(actor, recommendation_id, answer, expected_version)
    problems: dict[str, type_of_message] = {}
    if due_on and due_on != one.due_on and due_on < localdate():
        problems["due_on"] = _("This day has passed.")
    if answer not in DECISIONS:
        problems["answer"] = _("Accept it, accept it in part, or reject it.")
    if answer != A.ACCEPTED and len(reason.strip()) < SHORTEST_REASON:
        problems["reason"] = _("Say why, so that others can learn from it.")
    owner = colleagues(actor).filter(user_id=owner_id).first() if owner_id else None
    if owner_id and owner is None:
        problems["owner_id"] = _("Choose a colleague.")
    if problems:
        raise Invalid(fields=problems)
    one.answered_by_name, one.answered_at, one.answer_reason = actor.name, now(), reason.strip()
    one.due_on = due_on or one.due_on
    one.owner_id, one.owner_name = (owner.user_id, owner.user.name) if owner else (None, "")
    return _saved(actor, one, reason.strip())


@command(Action.RECOMMENDATION_ANSWER)
def complete_recommendation(
    actor: Actor, *, recommendation_id: UUID, done: str, done_on: date, expected_version: int
) -> Recommendation:
    """Tell what was done about an accepted recommendation."""
    one = _moving(actor, recommendation_id, A.DONE, expected_version)
    problems: dict[str, type_of_message] = {}
    if len(done.strip()) < SHORTEST_REASON:
        problems["done"] = _("Say what was done.")
    if done_on > localdate():
        problems["done_on"] = _("This day has not come yet")
    if problems:
        raise Invalid(fields=problems)
    one.done, one.done_on = done.strip(), done_on
    return _saved(actor, one, done.strip())


def _moving(
    actor: Actor, recommendation_id: UUID, state: AdviceState, expected_version: int
) -> Recommendation:
    if get_recommendation(actor, recommendation_id).given_to_id != actor.organisation_id:
        raise Refused(_("The organisation that it was recommended to answers this."))
    one = recommendation_for_edit(actor, recommendation_id, expected_version)
    if state not in ADVICE_MOVES[AdviceState(one.state)]:
        raise WrongState
    one.state = state
    return one


def _saved(actor: Actor, one: Recommendation, words: str) -> Recommendation:
    one.version += 1
    one.save()
    _step(actor, one, words)
    return one


def _step(actor: Actor, one: Recommendation, words: str) -> None:
    RecommendationStep.objects.create(
        recommendation=one,
        organisation_id=actor.organisation_id,
        state=one.state,
        due_on=one.due_on,
        words=words,
        written_by_id=actor.user_id,
        written_by_name=actor.name,
    )
