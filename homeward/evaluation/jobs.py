"""Answering registered questions in the background; the estimators are loaded by the worker alone."""

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID

from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.evaluation.asking import ANSWERING_JOB
from homeward.evaluation.commands import write_answer
from homeward.evaluation.likeness.commands import COMPARING_JOB, fail_comparison, write_comparison
from homeward.evaluation.likeness.queries import comparisons_to_make, get_comparison
from homeward.evaluation.likeness.rules import ComparisonState
from homeward.evaluation.models import Question
from homeward.evaluation.queries import get_question, questions_to_answer, spec_of_question
from homeward.extracts.queries import Frames, frames_of
from homeward.lib.problems import NotFound, Problem, WrongState
from homeward.organisations.queries import organisation_ids

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        actor = system_actor(organisation_id)
        with acting_as(actor):
            waiting = list(questions_to_answer(actor)[:20])
            comparisons = list(comparisons_to_make(actor))
        for question in waiting:
            answer_question(str(organisation_id), str(question.id))
        for one in comparisons:
            make_comparison(str(organisation_id), str(one.id))


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
    except NotFound:
        return
    except Problem:
        fail_comparison(actor, comparison_id=id_)
        return
    _write_groups(actor, id_, frames)


def _write_groups(actor: Actor, comparison_id: UUID, frames: Frames) -> None:
    """The same extract gives the same groups: chance goes by the manifest."""
    hashing = import_module("homeward.evaluation.hashing")
    reckoning = import_module("homeward.evaluation.likeness.reckoning")
    inputs = hashing.manifest_hash(frames.manifest)
    made = reckoning.reckoned(
        frames.files, date.fromisoformat(frames.manifest["made_at"][:10]), int(inputs, 16)
    )
    try:
        write_comparison(
            actor,
            comparison_id=comparison_id,
            groups=made.groups,
            places=made.districts,
            programmes=made.programmes,
            inputs_sha256=inputs,
            code_version=hashing.code_version(),
        )
    except WrongState:
        return


def answered(actor: Actor, question: Question) -> None:
    """Reckon the finding and write it down, or what the spec or the extract does not allow."""
    try:
        with acting_as(actor):
            frames = frames_of(actor, question.extract_id, verified=True)
        finding = reckoned(question, frames)
    except Problem as problem:
        write_answer(actor, question_id=question.id, trouble=str(problem))
        return
    write_answer(actor, question_id=question.id, finding=finding)


def reckoned(question: Question, frames: Frames) -> "Mapping[str, Any]":
    """The finding as JSON, its inputs known by the hash of the extract's manifest."""
    framing = import_module("homeward.evaluation.framing")
    answering = import_module("homeward.evaluation.answering")
    writing = import_module("homeward.evaluation.writing")
    hashing = import_module("homeward.evaluation.hashing")
    spec = spec_of_question(question)
    rows = framing.rows_for(frames.files, spec)
    finding = answering.finding_of(rows, spec, hashing.manifest_hash(frames.manifest))
    made: dict[str, Any] = writing.as_json(finding)
    beside = import_module("homeward.evaluation.companions").companions_of(frames.files, rows, spec, made)
    return {**made, "details": {**made["details"], **beside}}
