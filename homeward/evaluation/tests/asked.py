"""Extracts and questions as they stand in the database."""

from dataclasses import replace

from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.evaluation.asking import Asked, Side, spec_of
from homeward.evaluation.commands import register_question
from homeward.evaluation.specs import as_given
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from tests.cast import mona as evaluator
from tests.cast import stranger

elsewhere = replace(stranger, role=Role.EVALUATOR)
TITLE = "How are people doing a year after return?"


def an_extract(actor=evaluator, state=ExtractState.READY, **given):
    """A row that says there is an extract; its files are not."""
    with acting_as(actor):
        return Extract.objects.create(
            organisation_id=actor.organisation_id,
            state=state,
            why="Evaluation of the spring programme",
            asked_by_id=actor.user_id,
            asked_by_name=actor.name,
            manifest={"frames": {}},
            manifest_sha256="0" * 64,
            ready_at=now(),
            kept_until=localdate(),
            **given,
        )


def a_question(actor=evaluator, extract=None, asked=Asked.LEVEL, title=TITLE, **given):
    """A question of that extract, or of a new one."""
    extract = extract or an_extract(actor)
    spec = as_given(spec_of(asked, Side.ECONOMIC, 12, sesoi=0.05, **given))
    return register_question(actor, title=title, extract_id=extract.id, spec=spec)
