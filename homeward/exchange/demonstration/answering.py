"""What was asked for approval in a drawn country, by whom it was answered, and what waits."""

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

Row = dict[str, Any]
Written = tuple[str, Row]
VERDICTS = {ApprovalState.SENT_BACK: Verdict.SEND_BACK, ApprovalState.DECLINED: Verdict.DECLINE}
# The answers of the programme's own office are written by that office, not by the lead.
BY_THE_PROGRAMME = frozenset({"approvals_step>answered:office", "approvals_step>answered:2:office"})


@dataclass(frozen=True)
class Asked:
    """What is asked about, by whom, with which amount and reason."""

    kind: SubjectKind
    subject_id: UUID
    by: Worker
    reason: str
    minor: int | None = None
    currency: str = ""


@dataclass(frozen=True)
class Answerer:
    """Who owes an answer within how many days."""

    organisation_id: UUID
    person: DemoPerson
    days: int


@dataclass(frozen=True)
class Answering:
    """One approval, asked for on a day and answered on another."""

    case: DrawnCase
    lead: Worker
    asked: Asked
    answerers: tuple[Answerer, ...]
    state: ApprovalState
    returned: str
    asked_on: date
    answered_on: date
    today: date
    got_half: bool = False  # of two who are asked, one has answered

    def rows(self) -> Iterator[Written]:
        """The question, its steps, and the answers in their order."""
        is_waiting = self.state is ApprovalState.WAITING
        opened = max(self.asked_on, self.today - timedelta(days=2)) if self.got_half else self.asked_on
        yield "approvals_approval", self._approval(self.asked_on + timedelta(self.answerers[0].days))
        for number, one in enumerate(self.answerers, 1):
            late = is_waiting and opened + timedelta(days=one.days) < self.today
            row = self._step(number, one)
            yield "approvals_step", row | {"escalated_at": noon(self.today) if late else None}
        if is_waiting and not (self.got_half and len(self.answerers) > 1):
            return
        yield from self._answers(is_waiting=is_waiting)

    @property
    def _id(self) -> UUID:
        return uuid5(self.asked.subject_id, "approval")

    @property
    def _parties(self) -> list[UUID]:
        return [*{self.lead.organisation_id: 1, **{one.organisation_id: 1 for one in self.answerers}}]

    def _approval(self, due_on: date) -> Row:
        return {
            "id": self._id,
            "organisation_id": self.lead.organisation_id,
            "party_ids": self._parties,
            "subject_kind": self.asked.kind,
            "subject_id": self.asked.subject_id,
            "case_id": self.case.id,
            "reference": self.case.reference,
            "reason": self.asked.reason,
            "amount_minor": self.asked.minor,
            "currency": self.asked.currency,
            "asked_by_id": self.asked.by.user_id,
            "asked_by_name": self.asked.by.name,
            "barred_ids": [self.asked.by.user_id],
            "asked_at": noon(self.asked_on),
            "state": ApprovalState.WAITING,
            "step_number": 1,
            "due_on": due_on,
            "version": 1,
        }

    def _step(self, number: int, one: Answerer) -> Row:
        return {
            "id": uuid5(self._id, f"step {number}"),
            "approval_id": self._id,
            "number": number,
            "organisation_id": one.organisation_id,
            "party_ids": self._parties,
            "barred_ids": [self.asked.by.user_id],
            "roles": ["coordinator"],
            "answer_days": one.days,
            "passed_to_name": "",
            "verdict": "",
            "reasons": "",
            "answered_by_name": "",
        }

    def _answers(self, *, is_waiting: bool) -> Iterator[Written]:
        """A no of the first ends it; after a yes of the first, the second is asked where there is one."""
        verdict = VERDICTS.get(self.state, Verdict.APPROVE)
        first, *others = self.answerers
        yield self._written("approvals_step>answered", first), self._answer(1, verdict, first.person)
        if others and verdict is Verdict.APPROVE:
            due = max(self.answered_on, self.today - timedelta(days=2)) + timedelta(days=7)
            yield "approvals_approval>next", {"id": self._id, "step_number": 2, "due_on": due, "version": 2}
            if is_waiting:
                return
            second = self._answer(2, verdict, others[0].person)
            yield self._written("approvals_step>answered:2", others[0]), second
        ending = {"state": self.state, "ended_at": noon(self.answered_on), "version": 3}
        yield "approvals_approval>ended", {"id": self._id} | ending

    def _written(self, step: str, one: Answerer) -> str:
        """An answer of the programme's own office is written by that office."""
        is_office = one.organisation_id == demo.RETURN_OFFICE.id != self.lead.organisation_id
        return f"{step}:office" if is_office else step

    def _answer(self, number: int, verdict: Verdict, who: DemoPerson) -> Row:
        return {
            "id": uuid5(self._id, f"step {number}"),
            "verdict": verdict,
            "reasons": "" if verdict is Verdict.APPROVE else self.returned,
            "answered_by_id": who.id,
            "answered_by_name": who.name,
            "answered_at": noon(self.answered_on),
        }
