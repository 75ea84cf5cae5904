"""Asking for a file, and noting how far it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.exchange.analysts.problems import OtherRowsLeft
from homeward.exchange.analysts.rules import (
    ROWS_OF_CASES,
    WRITING_JOB,
    AnalystAudience,
    AnalystFileState,
    AnalystFormat,
    AnalystUnit,
    may_move,
)
from homeward.exchange.analysts.variables import check_names
from homeward.exchange.models import AnalystFile
from homeward.extracts.problems import NotReady
from homeward.extracts.queries import get_extract
from homeward.extracts.rules import SHORTEST_REASON, ExtractState
from homeward.lib.problems import Invalid, NotFound, WrongState, type_of_message

S = AnalystFileState
SHORTEST_NAME = 3
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@command(Action.EXTRACT_EXPORT)
def ask_file(
    actor: Actor,
    *,
    extract_id: UUID,
    format: AnalystFormat,  # noqa: A002 - its name in the field
    why: str,
    unit: AnalystUnit = AnalystUnit.CASE,
    audience: AnalystAudience = AnalystAudience.INSIDE,
    receiver: str = "",
    columns: Sequence[str] = (),
    keys: Sequence[str] = (),
    reporting_org: str = "",
) -> AnalystFile:
    """Ask for a file of a ready extract; the worker writes it."""
    extract = get_extract(actor, extract_id)
    if extract.state != ExtractState.READY:
        raise NotReady
    problems: dict[str, type_of_message] = {}
    if len(why.strip()) < SHORTEST_REASON:
        problems["why"] = _("Say what the file is for.")
    if audience == AnalystAudience.OUTSIDE and len(receiver.strip()) < SHORTEST_NAME:
        problems["receiver"] = _("Say who gets it.")
    if format == AnalystFormat.IATI and not re.fullmatch(r"[A-Z]{2}-[A-Z]{2,}-[\w-]+", reporting_org.strip()):
        problems["reporting_org"] = _("Say who publishes: a reference like XM-DAC-47066.")
    if problems:
        raise Invalid(fields=problems)
    check_names(AnalystUnit(unit), [*columns, *keys], AnalystAudience(audience))
    if audience == AnalystAudience.OUTSIDE and format in ROWS_OF_CASES:
        _require_nothing_else_left(extract.id, AnalystUnit(unit), columns)
    file = AnalystFile.objects.create(
        organisation_id=actor.organisation_id,
        extract_id=extract.id,
        format=format,
        unit=unit,
        audience=audience,
        receiver=receiver.strip(),
        why=why.strip(),
        columns=list(columns),
        keys=list(keys),
        reporting_org=reporting_org.strip(),
        rows_all=_rows_of(extract.manifest, AnalystUnit(unit)),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
    )
    transaction.on_commit(lambda: _send_to_work(file))
    return file


@command(Action.EXTRACT_MAKE)
def begin_file(actor: Actor, *, file_id: UUID) -> AnalystFile:
    """Begin to write a file, or begin anew after a crash."""
    file = _moving(actor, file_id, S.MAKING)
    file.rows_done = 0
    file.save(update_fields=["state", "rows_done"])
    return file


@command(Action.EXTRACT_MAKE)
def finish_file(
    actor: Actor,
    *,
    file_id: UUID,
    name: str = "",
    rows: int = 0,
    size_bytes: int = 0,
    sha256: str = "",
    risk: Mapping[str, Any] | None = None,
) -> AnalystFile:
    """Freeze a file, or, without a name, say that it was kept back for its risk."""
    file = _moving(actor, file_id, S.READY if name else S.REFUSED)
    if file.extract.state != ExtractState.READY:
        raise NotReady
    file.name, file.rows, file.size_bytes, file.sha256 = name, rows, size_bytes, sha256
    file.risk, file.ended_at, file.rows_done = dict(risk or {}), now(), rows
    file.save()
    return file


@command(Action.EXTRACT_MAKE)
def fail_file(actor: Actor, *, file_id: UUID, trouble: str) -> AnalystFile:
    """Note that a file could not be written, and why."""
    file = _moving(actor, file_id, S.FAILED)
    file.trouble, file.ended_at = trouble[:400], now()
    file.save(update_fields=["state", "trouble", "ended_at"])
    return file


def _require_nothing_else_left(extract_id: UUID, unit: AnalystUnit, columns: Sequence[str]) -> None:
    """Amounts and scores are exact: in files with other columns they would tell which rows are the same."""
    with connection.cursor() as cursor:  # two askers at once would not know of each other
        cursor.execute(ONE_AT_A_TIME, [f"rows of {extract_id}"])
    left = AnalystFile.objects.filter(
        extract_id=extract_id, audience=AnalystAudience.OUTSIDE, format__in=ROWS_OF_CASES
    ).exclude(state__in=[S.REFUSED, S.FAILED])
    if any((one.unit, set(one.columns)) != (unit, set(columns)) for one in left):
        raise OtherRowsLeft


def _rows_of(manifest: Mapping[str, Any], unit: AnalystUnit) -> int:
    frame = "visits" if unit is AnalystUnit.CASE_ROUND else "cases"
    return int(manifest["frames"].get(frame, {}).get("rows", 0))


def _moving(actor: Actor, file_id: UUID, state: AnalystFileState) -> AnalystFile:
    own = AnalystFile.objects.filter(id=file_id, organisation_id=actor.organisation_id)
    file = own.select_for_update(of=("self",)).select_related("extract").first()
    if file is None:
        raise NotFound
    if not may_move(AnalystFileState(file.state), state):
        raise WrongState
    file.state = state
    return file


def _send_to_work(file: AnalystFile) -> None:
    app.configure_task(WRITING_JOB, allow_unknown=True).defer(
        organisation_id=str(file.organisation_id), file_id=str(file.id)
    )
