"""Reckoning tables of values in the background; the engine is loaded by the worker alone."""

import logging
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import UUID

from django.utils.timezone import now
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.extracts.queries import Frames, frames_of, get_extract
from homeward.extracts.rules import UNDER_WAY
from homeward.indicators.commands import COMPUTING_JOB, begin_table, finish_table, write_values
from homeward.indicators.models import IndicatorTable
from homeward.indicators.queries import get_table, get_version, indicators_of, tables_to_compute
from homeward.indicators.rules import CRASHED_AFTER
from homeward.lib.problems import NotFound, Problem, WrongState
from homeward.organisations.queries import organisation_ids

log = logging.getLogger(__name__)
WAITING = 5  # tables of an organisation at a time
CRASHED = "crashed"


@app.task(name=COMPUTING_JOB)
def compute_indicator_table(organisation_id: str, table_id: str) -> None:
    """Reckon one table; another job may have done it, or be at it."""
    actor = system_actor(UUID(organisation_id))
    try:
        computed(actor, UUID(table_id))
    except (NotFound, WrongState):
        return


@app.periodic(cron="*/2 * * * *")
@app.task(name="compute_tables_left_behind", queueing_lock="compute_tables_left_behind")
def compute_tables_left_behind(timestamp: int) -> None:
    """Every two minutes, one organisation after the other, reckon what waited for its extract or crashed."""
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        with acting_as(actor):
            left = tables_to_compute(actor, now() - CRASHED_AFTER)
            waiting = list(left.values_list("id", flat=True)[:WAITING])
        for table_id in waiting:
            compute_indicator_table(str(organisation_id), str(table_id))


def computed(actor: Actor, table_id: UUID) -> IndicatorTable:
    """Reckon every indicator of a table and freeze it, or write down what stood in the way.

    A table whose extract is still being made goes on waiting.
    """
    with acting_as(actor):
        table = get_table(actor, table_id)
        if get_extract(actor, table.extract_id).state in UNDER_WAY:
            return table
    run_id = begin_table(actor, table_id=table_id).run_id
    try:
        with acting_as(actor):
            definitions = indicators_of(get_version(actor, table.version_id))
            frames = frames_of(actor, table.extract_id, verified=True)
        return written(actor, table, run_id, frames, reckoned(definitions, frames))
    except WrongState:
        raise
    except Problem as problem:
        return finish_table(actor, table_id=table_id, run_id=run_id, trouble=str(problem))
    except Exception:
        log.exception("a table of indicators could not be reckoned: %s", table_id)
        return finish_table(actor, table_id=table_id, run_id=run_id, trouble=CRASHED)


def written(
    actor: Actor,
    table: IndicatorTable,
    run_id: UUID | None,
    frames: Frames,
    made: Iterator[tuple[str, list[dict[str, Any]], str]],
) -> IndicatorTable:
    """Write down what comes, indicator by indicator, so that the page shows how far it is."""
    hashing = import_module("homeward.indicators.hashing")
    for code, values, trouble in made:
        write_values(actor, table_id=table.id, run_id=run_id, code=code, values=values, trouble=trouble)
    return finish_table(
        actor,
        table_id=table.id,
        run_id=run_id,
        inputs_sha256=hashing.manifest_hash(frames.manifest),
        code_version=hashing.code_version(),
    )


def reckoned(definitions: Any, frames: Frames) -> Iterator[tuple[str, list[dict[str, Any]], str]]:
    """Values of each indicator, or why there are none."""
    computing = import_module("homeward.indicators.computing")
    made: Iterator[tuple[str, list[dict[str, Any]], str]] = computing.values_of_all(definitions, frames)
    return made
