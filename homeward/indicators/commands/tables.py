"""Asking for a table of values, and writing it down run by run."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.extracts.queries import get_extract
from homeward.extracts.rules import UNDER_WAY, ExtractState
from homeward.indicators.models import IndicatorTable, IndicatorValue
from homeward.indicators.queries import get_version
from homeward.indicators.rules import AGREED, CRASHED_AFTER, FrameworkState, TableState
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound, WrongState

COMPUTING_JOB = "compute_indicator_table"
AT_A_TIME = 5000
RECKONED_OF = frozenset({*UNDER_WAY, ExtractState.READY})


@command(Action.INDICATOR_COMPUTE)
def compute_table(actor: Actor, *, version_id: UUID, extract_id: UUID) -> IndicatorTable:
    """Ask for the values of a version over an extract; the worker reckons them once the extract is there."""
    version = get_version(actor, version_id)
    if FrameworkState(version.state) not in AGREED:
        raise WrongState(_("Values are reckoned once a version is validated."))
    extract = get_extract(actor, extract_id)
    if extract.state not in RECKONED_OF:
        raise WrongState(_("This extract was not made, or its time is over."))
    table = IndicatorTable.objects.create(
        organisation_id=actor.organisation_id,
        version=version,
        extract_id=extract.id,
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        definitions_sha256=version.definitions_sha256,
    )
    transaction.on_commit(lambda: _send_to_work(table))
    return table


@command(Action.INDICATOR_WRITE)
def begin_table(actor: Actor, *, table_id: UUID) -> IndicatorTable:
    """Begin to reckon a table, or begin anew where whoever did shows no sign of life any more."""
    table = _table(actor, table_id, TableState.ASKED, TableState.COMPUTING)
    if table.active_at and table.active_at > now() - CRASHED_AFTER:
        raise WrongState
    table.state, table.done, table.rows, table.troubles = TableState.COMPUTING, 0, 0, {}
    table.run_id, table.active_at = new_id(), now()
    table.save()
    IndicatorValue.objects.filter(table=table).delete()
    return table


@command(Action.INDICATOR_WRITE)
def write_values(
    actor: Actor,
    *,
    table_id: UUID,
    run_id: UUID | None,
    code: str,
    values: Sequence[Mapping[str, Any]],
    trouble: str = "",
) -> IndicatorTable:
    """Write down the values of one indicator, or why it has none; WrongState when another run took over."""
    table = _table_of_run(actor, table_id, run_id)
    made = (
        IndicatorValue(organisation_id=actor.organisation_id, table=table, indicator=code, **one)
        for one in values
    )
    IndicatorValue.objects.bulk_create(made, batch_size=AT_A_TIME)
    if trouble:
        table.troubles = {**table.troubles, code: trouble[:400]}
    table.done += 1
    table.rows += len(values)
    table.active_at = now()
    table.save(update_fields=["done", "rows", "troubles", "active_at"])
    return table


@command(Action.INDICATOR_WRITE)
def finish_table(
    actor: Actor,
    *,
    table_id: UUID,
    run_id: UUID | None,
    inputs_sha256: str = "",
    code_version: str = "",
    trouble: str = "",
) -> IndicatorTable:
    """Freeze a table, or note that it could not be reckoned."""
    table = _table_of_run(actor, table_id, run_id)
    table.state = TableState.FAILED if trouble else TableState.READY
    table.trouble, table.finished_at = trouble[:400], now()
    table.inputs_sha256, table.code_version = inputs_sha256, code_version
    table.save()
    return table


def _table(actor: Actor, table_id: UUID, *states: TableState) -> IndicatorTable:
    own = IndicatorTable.objects.filter(id=table_id, organisation_id=actor.organisation_id)
    found = own.select_for_update().first()
    if found is None:
        raise NotFound
    if found.state not in states:
        raise WrongState
    return found


def _table_of_run(actor: Actor, table_id: UUID, run_id: UUID | None) -> IndicatorTable:
    table = _table(actor, table_id, TableState.COMPUTING)
    if table.run_id != run_id:
        raise WrongState
    return table


def _send_to_work(table: IndicatorTable) -> None:
    app.configure_task(COMPUTING_JOB, allow_unknown=True).defer(
        organisation_id=str(table.organisation_id), table_id=str(table.id)
    )
