"""What is due: kept up with the case, asked for, extended, given to somebody, closed at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import Obstacle
from homeward.cases.obstacles import NotNow
from homeward.cases.queries import case_for_edit
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.followup.models import Area, Visit
from homeward.followup.planning import bring_up, goer_of, new_visit
from homeward.followup.queries import (
    cases_to_plan,
    get_visit,
    least,
    visible_visits,
    visits_of,
    visits_to_close,
    wanted_visits,
)
from homeward.followup.rules import ASKED_FOR, VisitState, Why
from homeward.followup.schedule import MOST_MONTHS, Planned
from homeward.lib.problems import Invalid
from homeward.organisations.queries import actor_for, colleagues
from homeward.people.queries import relatives_of
from homeward.surveys.queries import published_forms

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Kept:
    """How many visits were made, moved or closed."""

    id: UUID
    count: int


@command(Action.VISIT_KEEP_UP)
def keep_up_visits(actor: Actor, *, case_id: UUID) -> Kept:
    """Bring the visits of a case up to what its programme and the person's situation want."""
    return Kept(case_id, bring_up(actor, case_for_edit(actor, case_id)))


@command(Action.VISIT_KEEP_UP)
def plan_changed_cases(actor: Actor, *, since: datetime | None) -> Kept:
    """The same for every case that the organisation leads and that changed since, or has no visits at all."""
    changed = [bring_up(actor, case_for_edit(actor, one)) for one in cases_to_plan(actor, since)]
    return Kept(actor.organisation_id, sum(changed))


@command(Action.VISIT_KEEP_UP)
def close_windows(actor: Actor, *, today: date) -> Kept:
    """Record as missed what can no longer be made in its time; answers that come later still count."""
    late = visits_to_close(actor, today).select_for_update(skip_locked=True)
    ids = list(late.values_list("id", flat=True))
    missed = Visit.objects.filter(id__in=ids).update(state=VisitState.MISSED, version=F("version") + 1)
    return Kept(actor.organisation_id, missed)


@command(Action.VISIT_PLAN)
def ask_for_visit(
    actor: Actor,
    *,
    case_id: UUID,
    due_on: date,
    closes_on: date,
    instrument: str = "",
    member_id: UUID | None = None,
    note: str = "",
) -> Visit:
    """Ask for a visit beside the rounds, with or without questions; of the person or of one of the family."""
    case = case_for_edit(actor, case_id)
    if case.deceased_on and member_id is None:
        raise NotNow(Obstacle.DIED)
    _check_asked(actor, due_on, closes_on, instrument)
    if member_id and member_id not in _family(actor, case.person_id):
        raise Invalid(fields={"member_id": _("Choose somebody of the family.")})
    want = Planned(ASKED_FOR, instrument, min(localdate(), due_on), due_on, closes_on, Why.ASKED)
    visit = new_visit(case, want, goer_of(case))
    visit.note = note.strip()
    if member_id:
        visit.member_id = member_id
    visit.save(force_insert=True)
    tell(actor, case.id, EventKind.VISIT_ASKED_FOR, subject_id=visit.id)
    return visit


@command(Action.VISIT_PLAN)
def extend_follow_up(actor: Actor, *, case_id: UUID, months: int) -> Kept:
    """Follow somebody up for longer than their programme asks, to at most thirty-six months after arrival."""
    case = case_for_edit(actor, case_id)
    if case.arrived_on is None:
        raise NotNow(Obstacle.NOT_ARRIVED)
    if not 12 < months <= MOST_MONTHS:
        raise Invalid(fields={"months": _("Choose from 13 to 36 months.")})
    existing = list(visits_of(actor, case_id).select_for_update(of=("self",)))
    codes = {one.code for one in least().extended if one.months_after_arrival <= months}
    wanted = wanted_visits(actor, case, existing, extended_months=months)
    new = codes & set(wanted) - {one.round for one in existing}
    ahead = [wanted[code] for code in new if wanted[code].closes_on >= localdate()]
    Visit.objects.bulk_create([new_visit(case, one, goer_of(case)) for one in ahead])
    if ahead:
        tell(actor, case.id, EventKind.VISIT_ASKED_FOR)
    return Kept(case.id, len(ahead))


@command(Action.VISIT_ASSIGN)
def assign_visits(actor: Actor, *, visit_ids: Sequence[UUID], membership_id: UUID) -> Kept:
    """Give visits to a colleague; they stay with them until the person moves or the case changes hands."""
    for visit_id in visit_ids:
        get_visit(actor, visit_id)
    colleague = _visitor(actor, membership_id)
    due = visible_visits(actor).filter(
        id__in=list(visit_ids), organisation_id=actor.organisation_id, state=VisitState.DUE
    )
    given = due.update(
        assigned_to_id=colleague.user_id,
        assigned_to_name=colleague.name,
        is_given=True,
        version=F("version") + 1,
    )
    return Kept(colleague.user_id, given)


@command(Action.VISIT_ASSIGN)
def set_area(actor: Actor, *, place: str, membership_id: UUID) -> Area:
    """Say who makes the visits in a place; those that nobody was given by hand go to them."""
    colleague = _visitor(actor, membership_id)
    place = place.strip()
    if not place:
        raise Invalid(fields={"place": _("An answer is needed here.")})
    area, _made = Area.objects.update_or_create(
        organisation_id=actor.organisation_id,
        place=place,
        defaults={"officer_id": colleague.user_id, "officer_name": colleague.name},
    )
    _in_place(actor, place).update(
        assigned_to_id=colleague.user_id, assigned_to_name=colleague.name, version=F("version") + 1
    )
    return area


@command(Action.VISIT_ASSIGN)
def clear_area(actor: Actor, *, area_id: UUID) -> Kept:
    """Let whoever leads the case make the visits in a place again, from the next change of the case on."""
    gone, _each = Area.objects.filter(organisation_id=actor.organisation_id, id=area_id).delete()
    return Kept(area_id, gone)


def _in_place(actor: Actor, place: str) -> "QuerySet[Visit]":
    due = visible_visits(actor).filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    return due.filter(place__iexact=place, is_given=False)


def _visitor(actor: Actor, membership_id: UUID) -> Actor:
    found = colleagues(actor).filter(id=membership_id).first()
    colleague = actor_for(found) if found else None
    if colleague is None or not colleague.may(Action.VISIT_RECORD):
        raise Invalid(fields={"membership_id": _("Choose a colleague who makes visits.")})
    return colleague


def _check_asked(actor: Actor, due_on: date, closes_on: date, instrument: str) -> None:
    if due_on < localdate():
        raise Invalid(fields={"due_on": _("This day has passed already.")})
    if closes_on < due_on:
        raise Invalid(fields={"closes_on": _("This is before the day it is due.")})
    if instrument and not published_forms(actor).filter(instrument__code=instrument).exists():
        raise Invalid(fields={"instrument": _("Choose a form that is published.")})


def _family(actor: Actor, person_id: UUID) -> set[UUID]:
    return {one.other.id for one in relatives_of(actor, person_id) if one.other}
