"""Rows of the journey a drawn case has made: talks, application, travel, arrival, a note."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid5

from homeward.cases.gate_rules import (
    FOR_EVERYONE,
    ClearanceState,
    Gate,
    ProfileSource,
    gates_for,
    why_needed,
)
from homeward.cases.journey_rules import (
    ApplicationState,
    ClosingReason,
    Decision,
    Exit,
    Interpreting,
    NoteKind,
    OwnView,
    Readiness,
    Topic,
)
from homeward.cases.rules import Stage, Visibility
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.partners import Worker
from homeward.exchange.demonstration.programmes import PublishedRules
from homeward.organisations import demo

Row = dict[str, Any]
TOPICS = (Topic.OPTIONS, Topic.RETURN_PROGRAMMES, Topic.SITUATION_THERE, Topic.FAMILY)
NOTES = (
    "Came to the office; all well.",
    "Called back in the evening. The stall is not open yet, waiting for the quote.",
    "Asked about the school place. The sister can look after the children.",
    "Did not pick up; the neighbour says to try after the market.",
)
EXITS = {
    Stage.WITHDRAWN: Exit.WITHDRAWN,
    Stage.NOT_TRAVELLED: Exit.NOT_TRAVELLED,
    Stage.LOST_CONTACT: Exit.CONTACT_LOST,
    Stage.REMIGRATED: Exit.REMIGRATED,
}
EXIT_FACTS = {
    Exit.WITHDRAWN: "withdrawn_on",
    Exit.NOT_TRAVELLED: "not_travelled_on",
    Exit.CONTACT_LOST: "contact_lost_on",
    Exit.REMIGRATED: "remigrated_on",
}


@dataclass(frozen=True)
class Journey:
    """What a drawn case leaves in the tables of the journey; all of it is written by the lead."""

    case: DrawnCase
    counsellor: Worker
    lead: Worker
    rules: PublishedRules

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Each row with its table."""
        facts = self.case.facts
        if facts["counselled_on"]:
            yield "cases_counselling", self._counselling(facts["counselled_on"])
            yield from self._gates(facts["counselled_on"])
        if facts["applied_on"]:
            yield "cases_application", self._application(facts["applied_on"])
        if facts["travel_planned_on"]:
            yield "cases_travel", self._travel(facts["travel_planned_on"])
        if facts["arrived_on"]:
            yield "cases_arrival", self._arrival(facts["arrived_on"])
        if facts["closed_on"]:
            yield "cases_closure", self._closure(facts["closed_on"])
        if self.case.stage in EXITS:
            yield "cases_sideexit", self._exit(EXITS[self.case.stage])
        yield "cases_note", self._note()

    def _counselling(self, day: Any) -> Row:
        wants = Decision.RETURN if self.case.facts["applied_on"] else Decision.UNDECIDED
        return self._row("counselling") | {
            "held_on": day,
            "topics": [str(topic) for topic in TOPICS],
            "materials": "",
            "language": self.case.person.languages[0],
            "interpreting": Interpreting.NOT_NEEDED,
            "present": "",
            "decision": wants,
            "is_informed": wants is Decision.RETURN,
            "child_heard_by": self.counsellor.name if self.case.is_minor else "",
            "is_suited_to_age": self.case.is_minor,
            "recorded_by_id": self.counsellor.user_id,
            "recorded_by_name": self.counsellor.name,
            "recorded_at": noon(day),
        }

    def _gates(self, day: Any) -> Iterator[tuple[str, Row]]:
        """What is known of the person, and the gates as they stand."""
        facts, flags = self.case.facts, self.case.flags
        if flags:
            yield "cases_profile", self._profile(day)
        if facts["applied_on"]:
            yield "cases_clearance", self._cleared(Gate.INFORMED_DECISION, day)
        if facts["travel_planned_on"] and self.case.is_minor:
            parents = {"decided_by_name": "Both parents", "decided_by_function": "Parents"}
            yield "cases_clearance", self._cleared(Gate.GUARDIAN_CONSENT, day) | parents
        if flags and facts["travel_planned_on"] and not facts["departed_on"]:
            for gate in sorted(gates_for(flags, is_minor=False) - FOR_EVERYONE):
                yield "cases_clearance", self._clearance(gate, facts["travel_planned_on"])

    def _profile(self, day: Any) -> Row:
        return self._row("profile") | {
            "flags": [str(flag) for flag in self.case.flags],
            "source": ProfileSource.CASEWORK,
            "reason": "",
            "noted_by_id": self.counsellor.user_id,
            "noted_by_name": self.counsellor.name,
            "noted_at": noon(day),
        }

    def _cleared(self, gate: Gate, day: Any) -> Row:
        return self._clearance(gate, day) | {
            "state": ClearanceState.GIVEN,
            "counselling_id": uuid5(self.case.id, "row counselling"),
            "decided_by_name": self.counsellor.name,
            "decided_on": day,
        }

    def _clearance(self, gate: Gate, day: Any) -> Row:
        return self._row(f"clearance {gate}") | {
            "gate": gate,
            "state": ClearanceState.NEEDED,
            "needed_because": why_needed(gate, self.case.flags, is_minor=self.case.is_minor),
            "needed_since": day,
            "counselling_id": None,
            "decided_by_name": "",
            "decided_by_function": "",
            "decided_by_organisation": "",
            "decided_on": None,
            "reason": "",
            "recorded_by_id": self.counsellor.user_id,
            "recorded_by_name": self.counsellor.name,
            "recorded_at": noon(day),
        }

    def _application(self, day: Any) -> Row:
        facts = self.case.facts
        decided = facts["accepted_on"] or facts["rejected_on"]
        row = self._row("application") | {
            "together_id": self.case.file_id or self.case.id,
            "programme_id": self.rules.programme_id,
            "submitted_on": day,
            "submitted_by_id": self.counsellor.user_id,
            "submitted_by_name": self.counsellor.name,
            "requested": "",
            "state": ApplicationState.SUBMITTED,
            "decided_on": decided,
            "decided_by_id": demo.VERA.id if decided else None,
            "decided_by_name": demo.VERA.name if decided else "",
            "decided_by_organisation_id": demo.RETURN_OFFICE.id if decided else None,
            "reasons": "",
        }
        if decided:
            accepted = facts["accepted_on"] is not None
            row["state"] = ApplicationState.ACCEPTED if accepted else ApplicationState.REJECTED
        return row

    def _travel(self, day: Any) -> Row:
        departs = self.case.facts["departed_on"] or self.case.departs_on
        return self._row("travel") | {
            "departs_on": departs,
            "route": "",
            "tickets": Readiness.READY,
            "papers": Readiness.READY,
            "escort": "",
            "arrives_on": self.case.facts["arrived_on"] or departs + timedelta(days=1),
            "arrival_place": self.case.place,
            "planned_by_name": self.counsellor.name,
            "planned_at": noon(day),
            "ended_on": self.case.facts["not_travelled_on"],
            "version": 1,
        }

    def _arrival(self, day: Any) -> Row:
        return self._row("arrival") | {
            "arrived_on": day,
            "place": self.case.place,
            "note": "",
            "past_gates": [],
            "confirmed_by_id": self.lead.user_id,
            "confirmed_by_name": self.lead.name,
            "confirmed_at": noon(day),
        }

    def _closure(self, day: Any) -> Row:
        return self._row("closure") | {
            "closed_on": day,
            "reason": ClosingReason.COMPLETED,
            "note": "",
            "own_view_asked": OwnView.NOT_REACHED,
            "closed_by_id": self.lead.user_id,
            "closed_by_name": self.lead.name,
            "closed_at": noon(day),
            "reopened_reason": "",
            "reopened_by_name": "",
        }

    def _exit(self, kind: Exit) -> Row:
        return self._row("exit") | {
            "kind": kind,
            "on": self.case.facts[EXIT_FACTS[kind]],
            "reason": "",
            "to_country": "",
            "route": "",
            "way": "unknown" if kind is Exit.REMIGRATED else "",
            "cause": "unknown" if kind is Exit.REMIGRATED else "",
            "recorded_by_id": self.lead.user_id,
            "recorded_by_name": self.lead.name,
            "recorded_at": noon(self.case.facts[EXIT_FACTS[kind]]),
            "ended_note": "",
        }

    def _note(self) -> Row:
        day = self.case.last_contact_on
        return self._row("note") | {
            "visibility": Visibility.CASE,
            "kind": NoteKind.NOTE,
            "on": day,
            "text": NOTES[self.case.id.int % len(NOTES)],
            "correction_reason": "",
            "written_by_id": self.lead.user_id,
            "written_by_name": self.lead.name,
            "written_at": noon(day),
        }

    def _row(self, kind: str) -> Row:
        return {
            "id": uuid5(self.case.id, f"row {kind}"),
            "case_id": self.case.id,
            "organisation_id": self.lead.organisation_id,
        }


def noon(day: Any) -> datetime:
    """When on a day something was written down."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
