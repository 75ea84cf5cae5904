"""Trying to make a visit, and what came of it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import ContactWay
from homeward.cases.obstacles import require_past, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.reaching import note_attempt
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.followup.handing import make_done
from homeward.followup.models import Attempt, Visit
from homeward.followup.problems import VisitOver
from homeward.followup.queries import get_visit, visit_for_edit
from homeward.followup.rules import TOLD_AS, VISIT_MOVES, NotNeeded, VisitOutcome, VisitState
from homeward.lib.moves import check_move
from homeward.lib.problems import Invalid

OPEN = (VisitState.DUE, VisitState.MISSED)


@dataclass(frozen=True)
class Try:
    """One attempt as somebody tells it; `planned_on` is the day agreed on for the next."""

    on: date
    way: ContactWay
    outcome: VisitOutcome
    note: str = ""
    planned_on: date | None = None


@command(Action.VISIT_RECORD)
def record_attempt(actor: Actor, *, visit_id: UUID, tried: Try) -> Attempt:
    """Record one attempt at a visit; one without questions is made when it succeeds."""
    case = case_for_edit(actor, get_visit(actor, visit_id).case_id)
    visit = visit_for_edit(actor, visit_id)
    _check(visit, tried)
    contact = note_attempt(
        actor, case, on=tried.on, way=tried.way, outcome=TOLD_AS[tried.outcome], note=tried.note
    )
    attempt = Attempt.objects.create(
        visit=visit,
        case_id=case.id,
        organisation_id=actor.organisation_id,
        on=tried.on,
        way=tried.way,
        outcome=tried.outcome,
        note=tried.note.strip(),
        contact_id=contact.id,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    visit.outcome, visit.planned_on = tried.outcome, tried.planned_on
    visit.attempts_made += 1
    if tried.outcome == VisitOutcome.COMPLETED and not visit.instrument:
        make_done(actor, case, visit, on=tried.on)
    else:
        visit.version += 1
        visit.save()
    return attempt


@command(Action.VISIT_RECORD)
def agree_on_day(actor: Actor, *, visit_id: UUID, expected_version: int, planned_on: date) -> Visit:
    """Note the day on which the person expects the visit, within the time in which it can be made."""
    visit = visit_for_edit(actor, visit_id, expected_version)
    if visit.state != VisitState.DUE:
        raise VisitOver
    _require_within(visit, planned_on)
    visit.planned_on = planned_on
    visit.version += 1
    visit.save()
    return visit


@command(Action.VISIT_RECORD)
def call_off_visit(
    actor: Actor, *, visit_id: UUID, expected_version: int, because: NotNeeded, note: str = ""
) -> Visit:
    """Say that a visit is not needed, and why; what the schedule says of itself nobody says for it."""
    if because == NotNeeded.SCHEDULE:
        raise Invalid(fields={"because": _("Choose a reason.")})
    if because == NotNeeded.OTHER:
        require_text(note=note)
    visit = visit_for_edit(actor, visit_id, expected_version)
    check_move(VISIT_MOVES, VisitState(visit.state), VisitState.NOT_NEEDED)
    visit.state, visit.not_needed_because, visit.note = VisitState.NOT_NEEDED, because, note.strip()
    visit.version += 1
    visit.save()
    tell(actor, visit.case_id, EventKind.VISIT_NOT_NEEDED, subject_id=visit.id)
    return visit


@command(Action.VISIT_RECORD)
def take_up_visit(actor: Actor, *, visit_id: UUID, expected_version: int) -> Visit:
    """Let a visit be due again that was called off, while there is time for it."""
    visit = visit_for_edit(actor, visit_id, expected_version)
    check_move(VISIT_MOVES, VisitState(visit.state), VisitState.DUE)
    if visit.closes_on < localdate():
        raise VisitOver
    visit.state, visit.not_needed_because = VisitState.DUE, ""
    visit.version += 1
    visit.save()
    return visit


def _check(visit: Visit, tried: Try) -> None:
    require_past(on=tried.on)
    if visit.state not in OPEN:
        raise VisitOver
    if tried.outcome == VisitOutcome.OTHER:
        require_text(note=tried.note)
    if tried.planned_on:
        _require_within(visit, tried.planned_on)


def _require_within(visit: Visit, planned_on: date) -> None:
    if planned_on < localdate():
        raise Invalid(fields={"planned_on": _("This day has passed already.")})
    if planned_on > visit.closes_on:
        raise Invalid(fields={"planned_on": _("By then the time for this visit has passed.")})
