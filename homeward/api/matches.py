"""REST: possible duplicates, joining records of one person, parting them again."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Yes
from homeward.api.looking import seen_person
from homeward.api.operations import creates, reads
from homeward.api.people import PersonOut, ReasonOut
from homeward.casework import commands
from homeward.lib.problems import NotFound
from homeward.people import commands as people
from homeward.people import queries
from homeward.people.rules import MatchState

router = Router(tags=["matches"])


class MatchOut(Schema):
    """The question whether two records are one person."""

    id: UUID
    person_id: UUID
    other_id: UUID
    score: float
    reasons: list[ReasonOut]
    state: MatchState


class AskedOut(Schema):
    """A question with both people."""

    match: MatchOut
    person: PersonOut
    other: PersonOut


class SameOrNotIn(Schema):
    is_same: Yes


class MergeIn(Schema):
    kept_id: UUID
    merged_id: UUID


class MergeOut(Schema):
    """That two records are one person, as a link that can be taken away."""

    id: UUID
    kept_id: UUID
    merged_id: UUID
    merged_at: datetime
    undone_at: datetime | None


class SearchOut(Schema):
    """A search for possible duplicates: how many of everybody were compared, how many pairs were found."""

    id: UUID
    started_at: datetime
    done: int
    everybody: int
    found: int
    finished_at: datetime | None


@reads(router, "/matches", Action.PERSON_MATCH, list[AskedOut])
def list_matches(request: HttpRequest) -> object:
    """The 50 likeliest questions that nobody has answered yet."""
    actor = actor_of(request)
    remember_reading(actor, Action.PERSON_MATCH, subject_id=None)
    return queries.asked_matches(actor, most=50)


@creates(router, "/matches/{uuid:match_id}/answer", Action.PERSON_MERGE, MatchOut)
def answer_match(request: HttpRequest, match_id: UUID, body: SameOrNotIn) -> object:
    """Answer whether two records are one person; a yes joins them, a no is never asked again."""
    return commands.answer_match(actor_of(request), match_id=match_id, is_same=body.is_same)


@creates(router, "/match-searches", Action.PERSON_MATCH, SearchOut)
def start_match_search(request: HttpRequest) -> object:
    """Begin to look for possible duplicates in the background; a second search waits for the first."""
    return people.start_match_search(actor_of(request))


@reads(router, "/match-searches/last", Action.PERSON_MATCH, SearchOut)
def view_last_match_search(request: HttpRequest) -> object:
    """How far the search goes that runs, or ran last."""
    search = queries.last_match_search(actor_of(request))
    if search is None:
        raise NotFound
    return search


@reads(router, "/{uuid:person_id}/merges", Action.PERSON_VIEW, list[MergeOut])
def list_merges(request: HttpRequest, person_id: UUID) -> object:
    """The merges that made this person one, newest first."""
    actor, person = seen_person(request, person_id)
    return queries.merges_of(actor, queries.same_person_ids(actor, person.id))


@creates(router, "/merges", Action.PERSON_MERGE, MergeOut)
def merge_people(request: HttpRequest, body: MergeIn) -> object:
    """Join two records of one person; both cases stay and are found under both names."""
    return commands.merge_people(actor_of(request), kept_id=body.kept_id, merged_id=body.merged_id)


@creates(router, "/merges/{uuid:merge_id}/undoing", Action.PERSON_MERGE, MergeOut)
def undo_merge(request: HttpRequest, merge_id: UUID) -> object:
    """Part two records that were joined."""
    return commands.undo_merge(actor_of(request), merge_id=merge_id)
