"""Imports, as far as the actor may see them, and how far they have got."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.exchange.models import Import, PossibleDuplicate
from homeward.exchange.rules import Decision, ImportState, RowState
from homeward.files.queries import open_file
from homeward.lib.problems import NotFound, WrongState

UNDECIDED = (Decision.OPEN, Decision.LATER)
WAITING = (RowState.READY, RowState.ASKED, RowState.BLOCKED)


@dataclass(frozen=True)
class Counts:
    """Rows by what became of them; `undecided` are those ready but for a possible duplicate."""

    ready: int = 0
    asked: int = 0
    blocked: int = 0
    left_out: int = 0
    saved: int = 0
    saved_before: int = 0
    taken_back: int = 0
    undecided: int = 0

    @property
    def rows(self) -> int:
        states = (self.ready, self.asked, self.blocked, self.left_out, self.saved, self.saved_before)
        return sum(states) + self.taken_back

    @property
    def ready_now(self) -> int:
        return self.ready - self.undecided

    @property
    def need_answer(self) -> int:
        return self.asked + self.blocked

    @property
    def not_saved(self) -> int:
        return self.ready + self.asked + self.blocked


def visible_imports(actor: Actor) -> QuerySet[Import]:
    """The organisation's imports; whoever works within an office or team sees their own alone."""
    actor.require(Action.IMPORT_PREPARE)
    within = Q(organisation_id=actor.organisation_id)
    if actor.reach.office_id or actor.reach.team_id:
        within &= Q(made_by_id=actor.user_id)
    return Import.objects.filter(within).order_by("-made_at")


def get_import(actor: Actor, import_id: UUID) -> Import:
    """One import, or NotFound."""
    found = visible_imports(actor).filter(id=import_id).first()
    if found is None:
        raise NotFound
    return found


def import_for_edit(actor: Actor, import_id: UUID, *states: ImportState) -> Import:
    """The import locked for change; WrongState unless it is in one of these states."""
    found = visible_imports(actor).select_for_update(of=("self",)).filter(id=import_id).first()
    if found is None:
        raise NotFound
    if states and found.state not in states:
        raise WrongState
    return found


def imports_of(actor: Actor) -> QuerySet[Import]:
    """The actor's own imports that are at work or wait for answers."""
    mine = visible_imports(actor).filter(made_by_id=actor.user_id)
    at_work = (ImportState.READING, ImportState.SAVING, ImportState.PREVIEWED, ImportState.UNREADABLE)
    return mine.filter(state__in=at_work)


def counts_of(given: Import) -> Counts:
    """How many rows stand where."""
    by_state = given.rows.order_by().values_list("state").annotate(Count("id"))
    undecided = PossibleDuplicate.objects.filter(
        row__import_of=given, row__state=RowState.READY, decision__in=UNDECIDED
    )
    return Counts(**dict(by_state), undecided=undecided.values("row").distinct().count())


def was_brought_before(actor: Actor, given: Import) -> bool:
    """Whether an import of the very same file is still here."""
    live = (ImportState.PREVIEWED, ImportState.SAVING, ImportState.SAVED)
    same = visible_imports(actor).filter(digest=bytes(given.digest), state__in=live)
    return same.exclude(id=given.id).exists()


def file_content(actor: Actor, given: Import) -> bytes:
    """The bytes of the list itself; opening it is on the record. NotFound once it was removed."""
    if given.file_id is None:
        raise NotFound
    return open_file(actor, given.file_id).content
