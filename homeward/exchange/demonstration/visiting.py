"""Visits of a drawn case that has arrived: those behind it as they went, those ahead as they are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from homeward.access.roles import Role
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.partners import Worker
from homeward.followup.queries import least
from homeward.followup.rules import VisitOutcome, VisitState
from homeward.followup.schedule import Person, Planned, planned
from homeward.organisations import demo
from homeward.programmes.terms import Terms

Row = dict[str, Any]
# How visits went whose time is over, by turns: seven in ten were made.
WENT: tuple[tuple[VisitState, str], ...] = (
    *((VisitState.DONE, VisitOutcome.COMPLETED),) * 7,
    (VisitState.MISSED, VisitOutcome.NO_ANSWER),
    (VisitState.MISSED, VisitOutcome.REFUSED),
    (VisitState.MISSED, VisitOutcome.MOVED_AWAY),
)
FIELD_OFFICER = next(hat for hat in demo.HATS if hat.role == Role.FIELD_OFFICER)


@dataclass(frozen=True)
class Visiting:
    """The visits of one case; every eighth that her organisation leads is the field officer's of the cast."""

    case: DrawnCase
    lead: Worker
    terms: Terms
    today: date

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Each visit whose time has come or comes within a year."""
        arrived_on, birth = self.case.facts["arrived_on"], self.case.person.birth
        if arrived_on is None:
            return
        person = Person(arrived_on, birth.latest if birth else None, frozenset(self.case.flags))
        for turn, want in enumerate(planned(person, self.terms.rounds, least())):
            if want.opens_on <= self.today + timedelta(365):
                yield "followup_visit", self._visit(want, turn)

    def _visit(self, want: Planned, turn: int) -> Row:
        key = uuid5(self.case.id, f"visit {want.round}")
        luck = (self.case.id.int + turn * 3) % 101
        state, outcome = self._went(want, luck)
        who, name = self._goes()
        return {
            "id": uuid5(key, "row"),
            "case_id": self.case.id,
            "organisation_id": self.lead.organisation_id,
            "round": want.round,
            "instrument": want.instrument,
            "key": key,
            "why": want.why,
            "opens_on": want.opens_on,
            "due_on": want.due_on,
            "closes_on": want.closes_on,
            "place": self.case.place,
            "assigned_to_id": who,
            "assigned_to_name": name,
            "is_given": who == FIELD_OFFICER.person.id,
            "state": state,
            "outcome": outcome,
            "attempts_made": (1 + luck % 3) if outcome else 0,
            "done_on": min(want.due_on, self.today) if state == VisitState.DONE else None,
            "not_needed_because": "",
            "note": "",
            "made_at": noon(self.case.facts["arrived_on"]),
            "version": 1,
        }

    def _went(self, want: Planned, luck: int) -> tuple[str, str]:
        if want.closes_on < self.today:
            return WENT[luck % len(WENT)]
        if want.due_on < self.today and luck % 3:
            return VisitState.DONE, VisitOutcome.COMPLETED
        return VisitState.DUE, VisitOutcome.NO_ANSWER if want.opens_on < self.today and luck % 4 == 0 else ""

    def _goes(self) -> tuple[UUID, str]:
        hers = FIELD_OFFICER.organisation.id == self.lead.organisation_id and self.case.id.int % 8 == 0
        if hers:
            return FIELD_OFFICER.person.id, FIELD_OFFICER.person.name
        return self.lead.user_id, self.lead.name
