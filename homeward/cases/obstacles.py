"""Saying in words why something cannot be recorded of a case now, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.cases.journey_rules import Act, Obstacle, obstacle_to
from homeward.cases.rules import FACTS
from homeward.lib.problems import Invalid, WrongState

if TYPE_CHECKING:
    from homeward.cases.models import Case

WORDS: Mapping[Obstacle, str | Promise] = {
    Obstacle.CLOSED: _("The case is closed. Reopen it first."),
    Obstacle.DIED: _("The person has died. Nothing more can be recorded here."),
    Obstacle.WITHDRAWN: _("The person withdrew. Reopen the case first, if they ask for it."),
    Obstacle.REMIGRATED: _("The person has moved on to another country. Reopen the case first."),
    Obstacle.APPLIED_ALREADY: _("There is an application already. Wait for its decision."),
    Obstacle.NOT_COUNSELLED: _(
        "No counselling is recorded yet. Record a session with the person's decision first."
    ),
    Obstacle.NO_INFORMED_DECISION: _(
        "An informed decision is missing. Record it in a counselling session: the person knows the facts "
        "and decides freely."
    ),
    Obstacle.DECIDED_TO_STAY: _(
        "The person decided to stay. If that changed, record a new counselling session."
    ),
    Obstacle.NOT_DECIDED_YET: _(
        "The person has not decided yet. Record their decision in a counselling session."
    ),
    Obstacle.NOT_ACCEPTED: _("The application has not been accepted yet."),
    Obstacle.REJECTED: _("The application was rejected. The person can apply again."),
    Obstacle.NO_TRAVEL_PLANNED: _("Travel is not planned yet. Plan it first."),
    Obstacle.TRAVEL_PLANNED: _("A journey is planned already. Change that plan."),
    Obstacle.CONFIRMED_ALREADY: _("Travel is confirmed already."),
    Obstacle.NOT_CONFIRMED: _("Travel is not confirmed yet. Confirm it first, once every gate is open."),
    Obstacle.NOT_TRAVELLED: _("The planned journey did not take place. Plan it anew first."),
    Obstacle.DEPARTED_ALREADY: _("The departure is recorded already."),
    Obstacle.ARRIVED_ALREADY: _("The arrival is confirmed already."),
    Obstacle.NOT_ARRIVED: _("The arrival is not confirmed yet."),
    Obstacle.PLANNING_ALREADY: _("Planning has begun already."),
    Obstacle.NOT_PLANNING: _("Planning has not begun yet."),
    Obstacle.AGREED_ALREADY: _("A plan is agreed already."),
    Obstacle.LOST_ALREADY: _("It is recorded already that contact was lost."),
    Obstacle.NOT_LOST: _("Contact is not recorded as lost."),
    Obstacle.NOT_ENDED: _("The case is open. There is nothing to reopen."),
    Obstacle.APPOINTMENT_OPEN: _("An appointment is still open. Keep it, move it or cancel it first."),
    Obstacle.LEAD_OFFERED: _("The lead is offered to another organisation. Wait for its answer first."),
    Obstacle.DECISION_OPEN: _("An application still waits for its decision."),
}


class NotNow(WrongState):
    """Something has to be recorded before, or stands in the way; the message says which."""

    def __init__(self, obstacle: Obstacle, which: str = "") -> None:
        super().__init__(f"{WORDS[obstacle]} {which}" if which else WORDS[obstacle])
        self.obstacle = obstacle


def obstacle_for(case: Case, act: Act) -> Obstacle | None:
    """What stands in the way of recording this of the case now."""
    return obstacle_to(act, {fact: getattr(case, fact) for fact in (*FACTS, "travel_confirmed_on")})


def require_possible(case: Case, act: Act) -> None:
    """Raise NotNow, saying what is missing, unless this can be recorded of the case now."""
    obstacle = obstacle_for(case, act)
    if obstacle:
        raise NotNow(obstacle)


def require_past(**days: date | None) -> None:
    """Raise Invalid at each field whose day has not come yet."""
    ahead = {name: _("This day has not come yet.") for name, day in days.items() if day and day > localdate()}
    if ahead:
        raise Invalid(fields=ahead)


def require_text(**texts: str) -> None:
    """Raise Invalid at each field that was left empty."""
    empty = {name: _("An answer is needed here.") for name, text in texts.items() if not text.strip()}
    if empty:
        raise Invalid(fields=empty)
