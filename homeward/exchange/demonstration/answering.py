"""What was asked for approval of drawn plans, by whom it was answered, and what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from homeward.approvals.rules import ApprovalState, SubjectKind, Verdict
from homeward.exchange.demonstration.country import DrawnCase
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.partners import Worker
from homeward.organisations import demo
from homeward.organisations.demo import DemoPerson
from homeward.plans.rules import PlanState
from homeward.programmes.terms import ApprovalSubject, Terms

Row = dict[str, Any]
Written = tuple[str, Row]
ENDED = {
    PlanState.DRAFT: (ApprovalState.SENT_BACK, Verdict.SEND_BACK),
    PlanState.DECLINED: (ApprovalState.DECLINED, Verdict.DECLINE),
}
# The answers of the programme's own office are written by that office, not by the lead.
BY_THE_PROGRAMME = frozenset({"approvals_step>answered:2"})


@dataclass(frozen=True)
class Answering:
    """The approval of one version of a plan, asked for on a day and answered on another."""

    case: DrawnCase
    lead: Worker
    terms: Terms
    version_id: UUID
    state: PlanState
    minor: int
    reason: str
    returned: str
    asked_on: date
    answered_on: date
    today: date
    got_half: bool = False  # of two who are asked, one has answered

    def rows(self) -> Iterator[Written]:
        """The question, its steps, and the answers in their order."""
        parties = [self.lead.organisation_id]
        steps = self.terms.steps(ApprovalSubject.PLAN, self.minor)[:2]
        if len(steps) > 1:
            parties.append(demo.RETURN_OFFICE.id)
        is_waiting = self.state is PlanState.PROPOSED
        opened = max(self.asked_on, self.today - timedelta(days=2)) if self.got_half else self.asked_on
        yield "approvals_approval", self._approval(parties, self.asked_on + timedelta(steps[0].answer_days))
        for number, step in enumerate(steps, 1):
            late = is_waiting and opened + timedelta(days=step.answer_days) < self.today
            row = self._step(number, parties, step.answer_days)
            yield "approvals_step", row | {"escalated_at": noon(self.today) if late else None}
        if is_waiting and not (self.got_half and len(steps) > 1):
            return
        yield from self._answers(len(steps), is_waiting=is_waiting)

    @property
    def _id(self) -> UUID:
        return uuid5(self.version_id, "approval")

    def _approval(self, parties: list[UUID], due_on: date) -> Row:
        return {
            "id": self._id,
            "organisation_id": self.lead.organisation_id,
            "party_ids": parties,
            "subject_kind": SubjectKind.PLAN,
            "subject_id": self.version_id,
            "case_id": self.case.id,
            "reference": self.case.reference,
            "reason": self.reason,
            "amount_minor": self.minor,
            "currency": self.terms.currency,
            "asked_by_id": self.lead.user_id,
            "asked_by_name": self.lead.name,
            "barred_ids": [self.lead.user_id],
            "asked_at": noon(self.asked_on),
            "state": ApprovalState.WAITING,
            "step_number": 1,
            "due_on": due_on,
            "version": 1,
        }

    def _step(self, number: int, parties: list[UUID], days: int) -> Row:
        return {
            "id": uuid5(self._id, f"step {number}"),
            "approval_id": self._id,
            "number": number,
            "organisation_id": parties[number - 1],
            "party_ids": parties,
            "barred_ids": [self.lead.user_id],
            "roles": ["coordinator"],
            "answer_days": days,
            "passed_to_name": "",
            "verdict": "",
            "reasons": "",
            "answered_by_name": "",
        }

    def _answers(self, steps: int, *, is_waiting: bool) -> Iterator[Written]:
        """A no of the first ends it; after a yes of the first, the second is asked where there is one."""
        ended, verdict = ENDED.get(self.state, (ApprovalState.APPROVED, Verdict.APPROVE))
        yield "approvals_step>answered", self._answer(1, verdict, demo.ROSA)
        if steps > 1 and verdict is Verdict.APPROVE:
            due = max(self.answered_on, self.today - timedelta(days=2)) + timedelta(days=7)
            yield "approvals_approval>next", {"id": self._id, "step_number": 2, "due_on": due, "version": 2}
            if is_waiting:
                return
            yield "approvals_step>answered:2", self._answer(2, verdict, demo.VERA)
        ending = {"state": ended, "ended_at": noon(self.answered_on), "version": 3}
        yield "approvals_approval>ended", {"id": self._id} | ending

    def _answer(self, number: int, verdict: Verdict, who: DemoPerson) -> Row:
        return {
            "id": uuid5(self._id, f"step {number}"),
            "verdict": verdict,
            "reasons": "" if verdict is Verdict.APPROVE else self.returned,
            "answered_by_id": who.id,
            "answered_by_name": who.name,
            "answered_at": noon(self.answered_on),
        }
