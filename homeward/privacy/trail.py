"""The data protection officer's search: the trail, with colleagues and organisations told by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import SYSTEM_USER_ID, Actor
from homeward.access.reading import remember_reading
from homeward.audit import trail
from homeward.audit.trail import TrailFilters, TrailState
from homeward.lib.problems import Problem
from homeward.organisations.queries import known_organisations, members_ever, user_of_address

MOST_EXPORTED = 50_000


class TooManyRows(Problem):
    status = 422
    code = "too_many_rows"
    message = _("More than 50,000 entries fit. Choose a shorter period, then export again.")


@dataclass(frozen=True)
class TrailLine:
    """One entry as an officer reads it."""

    id: UUID
    at: datetime
    who: str
    is_own: bool
    organisation: str
    role: str
    action: str
    purpose: str
    refused: bool
    note: str
    case_id: UUID | None
    subject_id: UUID | None


@dataclass(frozen=True)
class TrailPage:
    """One page of lines; `older` is the key of the next, empty on the last."""

    lines: list[TrailLine]
    older: str


def search_trail(actor: Actor, filters: TrailFilters, *, after: str = "") -> TrailPage:
    """One page of entries, newest first. The search is itself one entry."""
    actor.require(Action.AUDIT_SEARCH)
    page = trail.page_of(trail.search(actor.organisation_id, filters), after)
    remember_reading(actor, Action.AUDIT_SEARCH, subject_id=None, case_id=filters.case_id)
    return TrailPage(list(_lines(actor, page.entries)), page.older)


def export_trail(actor: Actor, filters: TrailFilters) -> list[TrailLine]:
    """Every entry that fits, up to 50,000. The export is itself one entry."""
    actor.require(Action.AUDIT_EXPORT)
    found = trail.page_of(trail.search(actor.organisation_id, filters), size=MOST_EXPORTED)
    if found.older:
        raise TooManyRows
    remember_reading(actor, Action.AUDIT_EXPORT, subject_id=None, case_id=filters.case_id)
    return list(_lines(actor, found.entries))


def state_of_trail(actor: Actor) -> TrailState:
    """How far the organisation's entries are sealed, and how the last verification ended."""
    actor.require(Action.AUDIT_SEARCH)
    return trail.state_of(actor.organisation_id)


def people_on_trail(actor: Actor) -> Mapping[UUID, str]:
    """Everyone who ever worked for the organisation, by name: whom a search can be about."""
    actor.require(Action.AUDIT_SEARCH)
    return members_ever(actor)


def account_of_address(actor: Actor, email: str) -> UUID | None:
    """The account of somebody who ever worked for the organisation, by address."""
    actor.require(Action.AUDIT_SEARCH)
    user_id = user_of_address(email)
    return user_id if user_id in members_ever(actor) else None


def _lines(actor: Actor, entries: trail.Entries) -> Iterable[TrailLine]:
    people = {**members_ever(actor), SYSTEM_USER_ID: "Homeward"}
    organisations = dict(known_organisations(actor).values_list("id", "name"))
    for entry in entries:
        is_own = entry.organisation_id == actor.organisation_id
        # Other organisations' staff stay unnamed: that somebody there looked is what an officer may know.
        who = people.get(entry.actor_id, gettext("A program")) if is_own else ""
        yield TrailLine(
            id=entry.id,
            at=entry.at,
            who=who,
            is_own=is_own,
            organisation=organisations.get(entry.organisation_id, ""),
            role=entry.role,
            action=entry.action,
            purpose=entry.purpose,
            refused=entry.refused,
            note=entry.note,
            case_id=entry.case_id,
            subject_id=entry.subject_id,
        )
