"""Registering a question, which cannot be taken back, and writing down what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.evaluation.asking import ANSWERING_JOB, DRAWING_JOB
from homeward.evaluation.hashing import spec_hash
from homeward.evaluation.models import Answer, Question
from homeward.evaluation.queries import get_question, is_outcome_open
from homeward.evaluation.specs import as_given, spec_from
from homeward.extracts.queries import get_extract
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import Invalid, WrongState, type_of_message

SHORTEST_TITLE = 8
SHORTEST_HORIZON = 2  # months: what is answered in the first is the start


@command(Action.EVALUATION_REGISTER)
def register_question(actor: Actor, *, title: str, extract_id: UUID, spec: Mapping[str, object]) -> Question:
    """Register what is asked of an extract, before anybody here opens the outcome; then it is answered."""
    read = spec_from(spec)
    problems: dict[str, type_of_message] = {}
    if len(title.strip()) < SHORTEST_TITLE:
        problems["title"] = _("Write the question as a sentence.")
    if read.outcome and (read.horizon_months or 0) < SHORTEST_HORIZON:
        problems["horizon_months"] = _("Say how many months after return, two or more.")
    if read.guardrails:
        problems["spec"] = _("Bounds are set aside on your own data only, with homeward estimate.")
    if problems:
        raise Invalid(fields=problems)
    extract = get_extract(actor, extract_id)
    if extract.state != ExtractState.READY:
        raise WrongState(_("This extract is not ready, or its time is over."))
    if read.confirmatory and read.outcome and is_outcome_open(actor, extract, read.outcome):
        raise Invalid(
            fields={
                "is_confirmatory": _(
                    "Numbers of cases of this time were open here already, in an answer, in a file or as "
                    "people to compare with: say it is exploratory."
                )
            }
        )
    question = Question.objects.create(
        organisation_id=actor.organisation_id,
        extract_id=extract.id,
        title=title.strip(),
        spec=as_given(read),
        spec_sha256=spec_hash(read),
        is_confirmatory=read.confirmatory,
        registered_by_id=actor.user_id,
        registered_by_name=actor.name,
    )
    transaction.on_commit(lambda: _send_to_work(ANSWERING_JOB, question))
    return question


@command(Action.EVALUATION_ANSWER)
def write_answer(
    actor: Actor, *, question_id: UUID, finding: Mapping[str, Any] | None = None, trouble: str = ""
) -> Answer:
    """Write down the finding of a question, or why it has none; once."""
    question = get_question(actor, question_id)
    found = dict(finding or {})
    try:
        with transaction.atomic():
            made = Answer.objects.create(
                organisation_id=actor.organisation_id,
                question=question,
                claim=found.get("claim", ""),
                is_suppressed=bool(found.get("suppressed")),
                finding=found,
                trouble=trouble[:400],
                inputs_sha256=found.get("inputs_sha256", ""),
                code_version=found.get("code_version", ""),
            )
    except IntegrityError:  # another job was quicker
        raise WrongState from None
    transaction.on_commit(lambda: _send_to_work(DRAWING_JOB, question))
    return made


def _send_to_work(job: str, question: Question) -> None:
    app.configure_task(job, allow_unknown=True).defer(
        organisation_id=str(question.organisation_id), question_id=str(question.id)
    )
