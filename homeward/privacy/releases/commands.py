"""Letting tables go: only hidden enough, only attacked in vain, only once written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.estimators.linked_cells import Coordinates, Counted, completed
from homeward.estimators.refusals import CannotEstimate
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, Problem
from homeward.privacy.models import Release
from homeward.privacy.problems import TablesDisagree, TooManyCells, WouldDisclose
from homeward.privacy.releases import rules
from homeward.privacy.releases.hiding import Hidden, hidden_from, readers_of
from homeward.privacy.releases.knowing import of_subject, written
from homeward.privacy.releases.queries import releases_known_to

PROBLEMS: Mapping[str, type[Problem]] = {
    "cells_disagree": TablesDisagree,
    "already_known": WouldDisclose,
    "cannot_be_hidden": WouldDisclose,
    "cannot_be_audited": WouldDisclose,
    "too_many_cells": TooManyCells,
}


@dataclass(frozen=True)
class Released:
    """Tables as their readers may have them, None where a cell is hidden, and the line in the log."""

    release: Release
    tables: Mapping[str, Mapping[Coordinates, int | None]]

    @property
    def id(self) -> UUID:
        return self.release.id

    def is_shown(self, table: str, coordinates: Coordinates) -> bool:
        """Whether the cell, and every mean or rate that belongs to it, may be shown."""
        return self.tables[table].get(coordinates) is not None


@command(Action.RELEASE_MAKE)
def release_tables(
    actor: Actor,
    *,
    tables: Sequence[Counted],
    audience: str,
    subject: str,
    extract_id: UUID | None,
    why: str,
    kind: str = "table",
    recipient: str = "",
    made_from: Mapping[str, str] | None = None,
    seconds: float = 10.0,
) -> Released:
    """Hide what this audience may not see, given all it has got before, and write down what leaves.

    audience: "inside", "public", or a name of one's own for who puts together what they get; subject: what is
    counted ("cases"): tables of one subject count the same people where their dimensions and filters agree;
    both in any case; made_from: hashes of spec and code, version of the framework. Colleagues see whatever
    goes out: what goes outside tells them of nobody either.
    """
    audience, subject = rules.spelt(audience), rules.spelt(subject)
    if len(why.strip()) < rules.SHORTEST_REASON:
        raise Invalid(fields={"why": _("Say what the release is for.")})
    if not tables or not audience or not subject:
        raise Invalid
    with connection.cursor() as cursor:  # two releases at once would not know of each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"release {actor.organisation_id}"])
    moment = str(extract_id or new_id())
    asked = [of_subject(one, subject, moment) for one in tables]
    cells = {one.name: _cells(asked_one) for one, asked_one in zip(tables, asked, strict=True)}
    hidden = _hidden(releases_known_to(actor, rules.INSIDE, subject), asked, audience, seconds)
    kept = [written(one, hidden[one.name], cells[one.name]) for one in asked]
    shown = {
        name: {at: None if at in hidden[name] else n for at, n in own.items()} for name, own in cells.items()
    }
    release = Release.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        audience=audience,
        recipient=recipient,
        subject=subject,
        extract_id=extract_id,
        made_from=dict(made_from or {}),
        why=why.strip(),
        tables=kept,
        cells_hidden=sum(len(hidden[one.name]) for one in asked),
        cells_shown=sum(count is not None for own in shown.values() for count in own.values()),
        released_by_id=actor.user_id,
        released_by_name=actor.name,
    )
    return Released(release, shown)


def _hidden(log: Sequence[Release], asked: Sequence[Counted], audience: str, seconds: float) -> Hidden:
    colleagues = None if audience == rules.INSIDE else readers_of(log, rules.INSIDE)
    try:
        return hidden_from(asked, readers_of(log, audience), colleagues, seconds)
    except CannotEstimate as refusal:
        raise PROBLEMS.get(refusal.reason, Invalid) from refusal


def _cells(one: Counted) -> Mapping[Coordinates, int]:
    try:
        return completed(one)
    except CannotEstimate as refusal:
        raise PROBLEMS.get(refusal.reason, Invalid) from refusal
