"""Joining two records of one person by a link, and taking the link away again. No row moves."""

from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound, WrongState
from homeward.people.models import Match, Merge, Person
from homeward.people.queries import first_of_same_person, get_person, visible_people
from homeward.people.rules import MatchState


@command(Action.PERSON_MERGE)
def merge_people(actor: Actor, *, kept_id: UUID, merged_id: UUID) -> Merge:
    """Say that `merged` is the same person as `kept`; both records and all cases stay.

    Where one was joined before, the whole group joins: links go from and to those not yet linked themselves.
    """
    kept = first_of_same_person(actor, get_person(actor, kept_id).id)
    merged = first_of_same_person(actor, get_person(actor, merged_id).id)
    if kept == merged:
        raise WrongState(_("These records are already joined."))
    rows = _locked(actor, kept, merged)
    if any(person.merged_into_id for person in rows.values()):
        raise WrongState(_("One of these records was joined with another that you cannot see, or just now."))
    Person.objects.filter(id=merged).update(merged_into_id=kept)
    return Merge.objects.create(
        organisation_id=actor.organisation_id, kept_id=kept, merged_id=merged, merged_by_id=actor.user_id
    )


@command(Action.PERSON_MERGE)
def undo_merge(actor: Actor, *, merge_id: UUID) -> Merge:
    """Take the link away: both are two people again, as if it had never been; the question opens again."""
    own = Merge.objects.filter(organisation_id=actor.organisation_id, id=merge_id)
    merge = own.select_for_update(of=("self",)).first()
    if merge is None:
        raise NotFound
    rows = _locked(actor, merge.kept_id, merge.merged_id)
    if merge.undone_at or rows[merge.merged_id].merged_into_id != merge.kept_id:
        raise WrongState(_("This was already undone."))
    Person.objects.filter(id=merge.merged_id).update(merged_into_id=None)
    merge.undone_at, merge.undone_by_id = now(), actor.user_id
    merge.save(update_fields=["undone_at", "undone_by_id"])
    _ask_again(actor, merge)
    return merge


def _locked(actor: Actor, *ids: UUID) -> dict[UUID, Person]:
    """Both rows locked in one order, or NotFound when one of them is no longer the actor's to see."""
    locked = visible_people(actor).filter(id__in=ids).order_by("id").select_for_update(of=("self",))
    rows = {person.id: person for person in locked}
    if len(rows) < len(ids):
        raise NotFound
    return rows


def _ask_again(actor: Actor, merge: Merge) -> None:
    pair = sorted((merge.kept_id, merge.merged_id))
    answered = Match.objects.filter(organisation_id=actor.organisation_id, state=MatchState.SAME)
    answered.filter(person_id=pair[0], other_id=pair[1]).update(
        state=MatchState.OPEN, decided_by_id=None, decided_at=None
    )
