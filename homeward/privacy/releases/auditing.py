"""The attack on everything an audience has got, run again over the whole log, and release after release."""

from dataclasses import dataclass

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.estimators.disclosure_audit import Exposed, exposed
from homeward.estimators.linked_cells import Coordinates, Counted
from homeward.privacy.models import Release
from homeward.privacy.releases.hiding import Readers, readers_of, told
from homeward.privacy.releases.knowing import read
from homeward.privacy.releases.queries import all_releases
from homeward.privacy.releases.rules import INSIDE


@dataclass(frozen=True)
class Audited:
    """How many cells of a subject an audience has got, and how many small ones that pins down."""

    audience: str
    subject: str
    cells: int
    exposed: int


def audited(actor: Actor) -> list[Audited]:
    """Each audience and subject of the organisation's log, colleagues always; the look is on the record."""
    actor.require(Action.RELEASE_VIEW)
    with acting_as(actor):
        log = all_releases(actor)
        remember_reading(actor, Action.RELEASE_VIEW, subject_id=None)
    groups = {(audience, one.subject) for one in log for audience in (one.audience, INSIDE)}
    return [
        _attacked([one for one in log if one.subject == subject], audience, subject)
        for audience, subject in sorted(groups)
    ]


def _attacked(log: list[Release], audience: str, subject: str) -> Audited:
    """All tables as one system, then each release against what these readers had when they got it."""
    readers = readers_of(log, audience)
    tables: list[Counted] = []
    hidden: dict[str, list[Coordinates]] = {}
    found: set[Exposed] = set()
    for number, release in enumerate(readers.releases):
        own, unseen = _let_go(release)
        tables.extend(own)
        hidden |= unseen
        if audience in (INSIDE, release.audience):  # what others got was tried with what those had
            found |= set(told(own, unseen, Readers(readers.releases[:number], readers.rule)))
    found |= set(exposed(tables, hidden, readers.rule))
    return Audited(audience, subject, sum(len(one.cells) for one in tables), len(found))


def _let_go(release: Release) -> tuple[list[Counted], dict[str, list[Coordinates]]]:
    every = [read(f"{release.id}/{kept['name']}", kept) for kept in release.tables]
    hidden = {one.name: [at for at in one.cells if at not in shown] for one, shown in every}
    return [one for one, _ in every], hidden
