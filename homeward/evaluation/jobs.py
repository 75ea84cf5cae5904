"""Answering registered questions in the background; the estimators are loaded by the worker alone."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DatabaseError
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.evaluation.asking import ANSWERING_JOB
from homeward.evaluation.commands import write_answer
from homeward.evaluation.likeness.commands import COMPARING_JOB, fail_comparison, write_comparison
from homeward.evaluation.likeness.queries import comparisons_to_make, get_comparison
from homeward.evaluation.likeness.rules import ComparisonState
from homeward.evaluation.models import Comparison, Question
from homeward.evaluation.queries import get_question, questions_to_answer, spec_of_question
from homeward.extracts.queries import Frames, frames_of
from homeward.lib.problems import NotFound, Problem, WrongState
from homeward.organisations.queries import organisation_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)
LEFT_BEHIND = timedelta(hours=1)  # what is younger may be at work still
NOT_WORKED_OUT = _("This could not be worked out.")
PASSING = (OSError, MemoryError, DatabaseError)  # of the machine, not of the question: tried again


@app.task(name=ANSWERING_JOB)
def answer_question(organisation_id: str, question_id: str) -> None:
    """Answer one question; another job may have done it."""
    actor = system_actor(UUID(organisation_id))
    try:
        with acting_as(actor):
            question = get_question(actor, UUID(question_id))
        answered(actor, question)
    except (NotFound, WrongState):
        return


@app.periodic(cron="*/10 * * * *")
@app.task(name="answer_left_behind", queueing_lock="answer_left_behind")
def answer_left_behind(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, answer what a crash left behind."""
    for organisation_id in organisation_ids():
        actor, before = system_actor(organisation_id), now() - LEFT_BEHIND
        with acting_as(actor):
            waiting = list(questions_to_answer(actor).filter(registered_at__lt=before)[:20])
            comparisons = list(comparisons_to_make(actor).filter(published_at__lt=before))
        for question in waiting:
            _try(answer_question, question)
        for one in comparisons:
            _try(make_comparison, one)


def _try(job: Callable[[str, str], None], one: Question | Comparison) -> None:
    """What goes wrong with one is noted; the others have their turn."""
    try:
        job(str(one.organisation_id), str(one.id))
    except Exception:
        log.exception("left behind again: %s", one.id)


@app.task(name=COMPARING_JOB)
def make_comparison(organisation_id: str, comparison_id: str) -> None:
    """Make the groups of a publication; another job may have done it."""
    actor, id_ = system_actor(UUID(organisation_id)), UUID(comparison_id)
    try:
        with acting_as(actor):
            one = get_comparison(actor, id_)
            if one.state != ComparisonState.ASKED:
                return
            frames = frames_of(actor, one.extract_id, verified=True)
        _write_groups(actor, id_, frames)
    except (NotFound, WrongState):
        return
    except Exception as fault:
        if not isinstance(fault, Problem):
            log.exception("people to compare with could not be worked out: %s", id_)
        fail_comparison(actor, comparison_id=id_)


def _write_groups(actor: Actor, comparison_id: UUID, frames: Frames) -> None:
    """The same extract gives the same groups: chance goes by the manifest."""
    hashing = import_module("homeward.evaluation.hashing")
    reckoning = import_module("homeward.evaluation.likeness.reckoning")
    inputs = hashing.manifest_hash(frames.manifest)
    made = reckoning.reckoned(frames.files, _made_on(frames), int(inputs, 16))
    write_comparison(
        actor,
        comparison_id=comparison_id,
        groups=made.groups,
        places=made.districts,
        programmes=made.programmes,
        inputs_sha256=inputs,
        code_version=hashing.code_version(),
    )


def answered(actor: Actor, question: Question) -> None:
    """Reckon the finding and write it down, or what the spec or the extract does not allow."""
    finding: Mapping[str, Any] | None = None
    trouble = ""
    try:
        with acting_as(actor):
            frames = frames_of(actor, question.extract_id, verified=True)
        finding = reckoned(question, frames)
    except Problem as problem:
        trouble = str(problem)
    except PASSING:
        raise
    except Exception:
        log.exception("a question could not be worked out: %s", question.id)
        trouble = str(NOT_WORKED_OUT)
    write_answer(actor, question_id=question.id, finding=finding, trouble=trouble)


def reckoned(question: Question, frames: Frames) -> "Mapping[str, Any]":
    """The finding as JSON, its inputs known by the hash of the extract's manifest."""
    framing = import_module("homeward.evaluation.framing")
    answering = import_module("homeward.evaluation.answering")
    writing = import_module("homeward.evaluation.writing")
    hashing = import_module("homeward.evaluation.hashing")
    spec = spec_of_question(question)
    people = framing.gathered(frames.files, spec, _made_on(frames))
    finding = answering.finding_of(people.rows, spec, hashing.manifest_hash(frames.manifest))
    made: dict[str, Any] = writing.as_json(finding)
    beside = import_module("homeward.evaluation.companions").companions_of(frames.files, people, spec, made)
    return {**made, "details": {**made["details"], **beside}}


def _made_on(frames: Frames) -> date:
    """The day of the extract, from which it is counted how long ago people came back."""
    return date.fromisoformat(frames.manifest["made_at"][:10])
