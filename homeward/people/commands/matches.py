"""Looking for possible duplicates among an organisation's people, and answering what was found."""

from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound, WrongState
from homeward.people.models import Match, MatchSearch
from homeward.people.queries import next_possible_duplicates, own_people
from homeward.people.rules import MATCH_JOB, MatchState

PEOPLE_AT_A_TIME = 1_000


@command(Action.PERSON_MATCH)
def start_match_search(actor: Actor) -> MatchSearch:
    """Begin to look for possible duplicates; one search runs at a time, and a second waits for the first."""
    running = MatchSearch.objects.filter(organisation_id=actor.organisation_id, finished_at=None)
    search = running.select_for_update().first() or MatchSearch.objects.create(
        organisation_id=actor.organisation_id,
        started_by_id=actor.user_id,
        everybody=own_people(actor).count(),
    )
    _send_to_work(search)
    return search


@command(Action.PERSON_MATCH)
def search_on(actor: Actor, *, search_id: UUID) -> MatchSearch:
    """Compare the next people with everybody the organisation sees and keep the pairs nobody answered yet."""
    own = MatchSearch.objects.filter(organisation_id=actor.organisation_id, finished_at=None)
    search = own.select_for_update().filter(id=search_id).first()
    if search is None:
        raise NotFound
    part = next_possible_duplicates(actor, search.after_id, PEOPLE_AT_A_TIME)
    made = Match.objects.bulk_create(
        (Match(organisation_id=actor.organisation_id, **pair.columns()) for pair in part.pairs),
        ignore_conflicts=True,
    )
    search.after_id, search.done = part.last_id, search.done + part.people
    search.found += len(made)
    search.finished_at = now() if part.is_last else None
    search.save()
    return search


@command(Action.PERSON_MATCH)
def decide_match(actor: Actor, *, match_id: UUID, is_same: bool) -> Match:
    """Answer whether two records are one person; a no is remembered, and the pair never proposed again."""
    own = Match.objects.filter(organisation_id=actor.organisation_id, id=match_id)
    match = own.select_for_update().first()
    if match is None:
        raise NotFound
    if match.state != MatchState.OPEN:
        raise WrongState(_("Somebody has answered this already."))
    match.state = MatchState.SAME if is_same else MatchState.DIFFERENT
    match.decided_by_id, match.decided_at = actor.user_id, now()
    match.save(update_fields=["state", "decided_by_id", "decided_at"])
    return match


def _send_to_work(search: MatchSearch) -> None:
    """Queue the job, unless it waits in the queue; a search that a crash left behind goes on."""
    task = app.configure_task(MATCH_JOB, allow_unknown=True, queueing_lock=f"{MATCH_JOB}:{search.id}")
    try:
        with transaction.atomic():
            task.defer(organisation_id=str(search.organisation_id), search_id=str(search.id))
    except AlreadyEnqueued:
        return
