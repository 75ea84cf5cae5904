"""Whether drawn people are eligible, by the programme's own rules; and where two people went against them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from psycopg.types.json import Jsonb

from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.cases.journey_rules import Override
from homeward.cases.rules import Stage
from homeward.exchange.demonstration.answering import Answerer, Answering, Asked
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.partners import Worker
from homeward.exchange.demonstration.programmes import PublishedRules
from homeward.organisations import demo
from homeward.programmes.eligibility import Outcome
from homeward.programmes.terms import ApprovalSubject

Row = dict[str, Any]
Written = tuple[str, Row]
TABLE = "cases_eligibilitydecision"
UNDECIDED_EVERY, ASKED_AGAIN_EVERY = 5, 12
REASONS = (
    "The need is the same, whatever the kind of return.",
    "The decision of the court came after the flight was booked; the return is as good as voluntary.",
    "Grew up here and goes along with the family, on the same ticket.",
)
ANSWERS = {
    Override.DECLINED: "Nothing on file supports this.",
    Override.SENT_BACK: "Say since when, and add the paper.",
}
STATES = {
    Override.ASKED: ApprovalState.WAITING,
    Override.CONFIRMED: ApprovalState.APPROVED,
    Override.SENT_BACK: ApprovalState.SENT_BACK,
    Override.DECLINED: ApprovalState.DECLINED,
}


@dataclass(frozen=True)
class Deciding:
    """The decision about one case that has applied; `turn` counts the cases at the same place."""

    case: DrawnCase
    counsellor: Worker
    lead: Worker
    rules: PublishedRules
    turn: int
    today: date

    def rows(self) -> Iterator[Written]:
        """One decision, or two where it was decided again when more was known; some wait for one."""
        day, decided = self.case.facts["applied_on"], self.case.facts["accepted_on"]
        assert day is not None  # noqa: S101 - only who has applied comes here
        if not self._is_decided and self.turn % UNDECIDED_EVERY == UNDECIDED_EVERY - 1:
            return
        if decided and self.turn % ASKED_AGAIN_EVERY == 1:
            yield TABLE, self._row("first", day, "unknown") | {"superseded_at": noon(decided)}
        row = self._row("live", decided or day, str(self.case.return_type))
        override = self._override(row["outcome"], decided or day)
        row |= override
        if override:
            approval = self._approval(row, decided or day)
            row["override_approval_id"] = uuid5(row["id"], "approval")
            yield from approval.rows()
        yield TABLE, row

    @property
    def _is_decided(self) -> bool:
        return self.case.stage is not Stage.APPLICATION

    def _row(self, name: str, day: date, return_type: str) -> Row:
        case = self.case
        outcome, explanation = self.rules.decide(return_type, str(case.role_in_file), case.is_minor)
        return {
            "id": uuid5(case.id, f"row eligibility {name}"),
            "case_id": case.id,
            "organisation_id": self.lead.organisation_id,
            "programme_version_id": self.rules.version_id,
            "application_id": uuid5(case.id, "row application"),
            "outcome": outcome,
            "explanation": explanation,
            "answers": Jsonb({}),
            "decided_by_id": self.counsellor.user_id,
            "decided_by_name": self.counsellor.name,
            "decided_at": noon(day),
            "override": Override.NONE,
            "override_reason": "",
            **_nobody("override_asked"),
            "override_approval_id": None,
            **_nobody("override_answered"),
            "override_answer": "",
            "superseded_at": None,
        }

    def _override(self, outcome: Outcome, day: date) -> Row:
        """Who was accepted against the rules was so by two people; of those declined, every second asked."""
        declined = self._is_decided and self.case.facts["accepted_on"] is None
        if outcome is Outcome.ELIGIBLE or (declined and self.turn % 2):
            return {}
        state = Override.SENT_BACK if self.turn % 2 else Override.ASKED
        if self._is_decided:
            state = Override.CONFIRMED if self.case.facts["accepted_on"] else Override.DECLINED
        asked = {
            "override": state,
            "override_reason": REASONS[self.turn % len(REASONS)],
            **_somebody("override_asked", self.counsellor.user_id, self.counsellor.name, day),
        }
        if state is Override.ASKED:
            return asked
        answered = _somebody("override_answered", demo.VERA.id, demo.VERA.name, day)
        return {**asked, **answered, "override_answer": ANSWERS.get(state, "")}

    def _approval(self, row: Row, day: date) -> Answering:
        """The advice centre has no coordinator: the office that runs the programme answers."""
        (step,) = self.rules.terms.steps(ApprovalSubject.ELIGIBILITY_OVERRIDE, 0)
        return Answering(
            self.case,
            self.lead,
            Asked(SubjectKind.ELIGIBILITY_OVERRIDE, row["id"], self.counsellor, row["override_reason"]),
            (Answerer(demo.RETURN_OFFICE.id, demo.VERA, step.answer_days),),
            STATES[row["override"]],
            row["override_answer"],
            day,
            day,
            self.today,
        )


def _nobody(name: str) -> Row:
    return {f"{name}_by_id": None, f"{name}_by_name": "", f"{name}_at": None}


def _somebody(name: str, user_id: UUID, called: str, day: date) -> Row:
    return {f"{name}_by_id": user_id, f"{name}_by_name": called, f"{name}_at": noon(day)}
