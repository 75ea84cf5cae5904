"""Bringing the visits of one case up to what the rules want, within the command that asked for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.followup.models import Area, Visit
from homeward.followup.queries import wanted_visits
from homeward.followup.rules import ASKED_FOR, NotNeeded, VisitState, Why
from homeward.followup.schedule import Planned

if TYPE_CHECKING:
    from homeward.cases.models import Case

BY_SCHEDULE = ("instrument", "opens_on", "due_on", "closes_on", "why")


@dataclass(frozen=True)
class Goer:
    """Who makes the visits of a case, for which organisation, where."""

    organisation_id: UUID
    place: str
    user_id: UUID
    name: str


def bring_up(actor: Actor, case: "Case") -> int:
    """Make, move and call off what is due on a locked case; what was made stays. Returns how many changed."""
    existing = list(Visit.objects.select_for_update().filter(case_id=case.id))
    wanted = dict(wanted_visits(actor, case, existing))
    goer = goer_of(case)
    changed = 0
    for visit in existing:
        want = wanted.pop(visit.round, None) if visit.round != ASKED_FOR and not visit.member_id else None
        changed += _bring_one_up(actor, case, visit, want, goer)
    ahead = [one for one in wanted.values() if one.closes_on >= localdate()]
    Visit.objects.bulk_create([new_visit(case, one, goer) for one in ahead])
    if ahead and not existing:
        tell(actor, case.id, EventKind.VISITS_PLANNED)
    return changed + len(ahead)


def goer_of(case: "Case") -> Goer:
    """The officer of the place, as far as the actor's organisation says; else whoever leads the case."""
    place = case.return_place
    area = Area.objects.filter(organisation_id=case.lead_organisation_id, place__iexact=place).first()
    if place and area:
        return Goer(case.lead_organisation_id, place, area.officer_id, area.officer_name)
    return Goer(case.lead_organisation_id, place, case.lead_user_id, case.lead_user.name)


def new_visit(case: "Case", want: Planned, goer: Goer) -> Visit:
    """A visit as the rules want it, not saved."""
    return Visit(
        case_id=case.id,
        organisation_id=goer.organisation_id,
        round=want.round,
        place=goer.place,
        assigned_to_id=goer.user_id,
        assigned_to_name=goer.name,
        **{name: getattr(want, name) for name in BY_SCHEDULE},
    )


def _bring_one_up(actor: Actor, case: "Case", visit: Visit, want: Planned | None, goer: Goer) -> bool:
    before = dict(vars(visit))
    if visit.state in (VisitState.DUE, VisitState.NOT_NEEDED):
        _as_wanted(actor, case, visit, want)
    if visit.state == VisitState.DUE:
        _send(visit, goer)
    if before == vars(visit):
        return False
    visit.version += 1
    visit.save()
    return True


def _as_wanted(actor: Actor, case: "Case", visit: Visit, want: Planned | None) -> None:
    if want:
        if visit.not_needed_because == NotNeeded.SCHEDULE and want.closes_on >= localdate():
            visit.state, visit.not_needed_because = VisitState.DUE, ""
        if visit.state == VisitState.DUE:
            for name in BY_SCHEDULE:
                setattr(visit, name, getattr(want, name))
    elif visit.state == VisitState.DUE and (case.deceased_on or _follows_rules(actor, case, visit)):
        visit.state = VisitState.NOT_NEEDED
        visit.not_needed_because = NotNeeded.DIED if case.deceased_on else NotNeeded.SCHEDULE


def _follows_rules(actor: Actor, case: "Case", visit: Visit) -> bool:
    """Whether a rule that no longer wants it ends it; only who leads the case knows all that rules go by."""
    is_led = case.lead_organisation_id == actor.organisation_id
    return is_led and visit.why != Why.ASKED and visit.member_id is None


def _send(visit: Visit, goer: Goer) -> None:
    moves = (visit.organisation_id, visit.place) != (goer.organisation_id, goer.place)
    if moves or not visit.is_given:
        visit.organisation_id, visit.place = goer.organisation_id, goer.place
        visit.assigned_to_id, visit.assigned_to_name, visit.is_given = goer.user_id, goer.name, False
