"""Frameworks as they stand in the database: drafted by an evaluator, validated by others."""

from dataclasses import replace

from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from homeward.indicators.commands import (
    add_framework,
    begin_table,
    change_definitions,
    compute_table,
    finish_table,
    name_party,
    open_consultation,
    put_in_force,
    validate_version,
    write_values,
)
from homeward.indicators.queries import get_version, versions_of
from homeward.indicators.rules import FrameworkPart
from tests.cast import nora, rosa

drafter = replace(nora, role=Role.EVALUATOR, name="Mira Sample")
WORDS = {"en": "Said", "fr": "Dit", "ar": "قيل"}


def an_extract(actor=drafter, state=ExtractState.READY):
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
        )


def defined(code="OUT-1", **given):
    """The JSON of a definition."""
    made = {"code": code, "name": WORDS, "counts": WORDS, "leaves_out": WORDS, "measure": "forced_returns"}
    return {**made, "parameters": {}, **given}


def a_draft(*definitions, code="CORE"):
    """A draft of the drafter's organisation."""
    framework = add_framework(drafter, code=code, name=WORDS)
    with acting_as(drafter):
        draft = versions_of(drafter, framework.id).get()
    return written(draft, *(definitions or (defined(),)))


def written(draft, *definitions, why="It was asked for"):
    """The draft with these definitions."""
    return change_definitions(
        drafter,
        version_id=draft.id,
        expected_version=draft.version,
        definitions=list(definitions),
        what_changed=why,
    )


def consulted(draft, *asked, part=FrameworkPart.CONSULTED):
    """The draft under consultation, with these organisations asked."""
    for organisation_id in asked:
        name_party(drafter, framework_id=draft.framework_id, organisation_id=organisation_id, part=part)
    return open_consultation(drafter, version_id=draft.id, expected_version=draft.version)


def validated(version, actor=rosa):
    """The version as it is after the actor's yes."""
    validate_version(actor, version_id=version.id, definitions_sha256=version.definitions_sha256)
    with acting_as(actor):
        return get_version(actor, version.id)


def in_force(draft, actor=rosa):
    """The draft all the way."""
    agreed = validated(consulted(draft), actor)
    return put_in_force(actor, version_id=agreed.id, expected_version=agreed.version)


def a_table(version, extract, actor=drafter):
    """What was asked for of a version."""
    return compute_table(actor, version_id=version.id, extract_id=extract.id)


def a_ready_table(version, actor=drafter):
    """A table of the actor's organisation, with a cell of every kind."""
    worker = system_actor(actor.organisation_id)
    table = a_table(version, an_extract(actor), actor)
    run_id = begin_table(worker, table_id=table.id).run_id
    values = [
        {"n": 40, "coverage": 0.7, "value": 0.5, "low": 0.35, "high": 0.65, "period": ""},
        {"n": 24, "coverage": 0.3, "value": 0.5, "low": 0.31, "high": 0.69, "period": "2026"},
        {"n": 24, "coverage": 0.9, "value": 0.5, "low": 0.31, "high": 0.69, "programme": "P1"},
        {"n": 12, "coverage": 1.0, "value": 0.5, "programme": "P2", "shown": "count"},
        {"n": 7, "coverage": 1.0, "value": 0.5, "programme": "P3", "shown": "band"},
        {"n": 3, "coverage": 1.0, "value": 0.5, "programme": "P4", "shown": "hidden", "why_hidden": "few"},
    ]
    write_values(worker, table_id=table.id, run_id=run_id, code="OUT-1", values=values)
    return finish_table(worker, table_id=table.id, run_id=run_id, inputs_sha256="0" * 64)
