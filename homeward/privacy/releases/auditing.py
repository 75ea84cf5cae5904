"""The attack on everything an audience has got, run again over the whole log."""

from dataclasses import dataclass

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.estimators.disclosure_audit import exposed
from homeward.estimators.linked_cells import Coordinates, Counted
from homeward.estimators.suppression import INSIDE as RULE_INSIDE
from homeward.estimators.suppression import OUTSIDE as RULE_OUTSIDE
from homeward.privacy.models import Release
from homeward.privacy.releases.knowing import read
from homeward.privacy.releases.queries import all_releases
from homeward.privacy.releases.rules import INSIDE, has_got


@dataclass(frozen=True)
class Audited:
    """How many cells of a subject an audience has got, and how many small ones that pins down."""

    audience: str
    subject: str
    cells: int
    exposed: int


def audited(actor: Actor) -> list[Audited]:
    """Each audience and subject of the organisation's log; the look is on the record."""
    actor.require(Action.RELEASE_VIEW)
    with acting_as(actor):
        log = all_releases(actor)
        remember_reading(actor, Action.RELEASE_VIEW, subject_id=None)
    groups = sorted({(one.audience, one.subject) for one in log})
    return [_attacked(log, audience, subject) for audience, subject in groups]


def _attacked(log: list[Release], audience: str, subject: str) -> Audited:
    tables: list[Counted] = []
    hidden: dict[str, list[Coordinates]] = {}
    for release in log:
        if release.subject == subject and has_got(audience, release.audience):
            for kept in release.tables:
                table, shown = read(f"{release.id}/{kept['name']}", kept)
                tables.append(table)
                hidden[table.name] = [at for at in table.cells if at not in shown]
    rule = RULE_INSIDE if audience == INSIDE else RULE_OUTSIDE
    found = exposed(tables, hidden, rule)
    return Audited(audience, subject, sum(len(one.cells) for one in tables), len(found))
