"""Who may answer what, in which order and until when. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from homeward.access.roles import Role


class SubjectKind(StrEnum):
    """What an approval is asked for; the subject itself belongs to a later stage."""

    ELIGIBILITY_OVERRIDE = "eligibility_override"
    PLAN = "plan"
    COMMITMENT = "commitment"
    PAYMENT = "payment"
    TOP_UP = "top_up"


class Verdict(StrEnum):
    APPROVE = "approve"
    SEND_BACK = "send_back"
    DECLINE = "decline"


class ApprovalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Bar(StrEnum):
    """Why somebody may not answer."""

    ASKED = "asked"
    ANSWERED_EARLIER_STEP = "answered_earlier_step"
    ROLE = "role"
    OTHER_HAT = "other_hat"


APPROVERS = frozenset(
    {Role.COORDINATOR, Role.FINANCE_OFFICER, Role.DONOR, Role.CASE_MANAGER, Role.RETURN_COUNSELLOR}
)
ANSWER_DAYS = 7
MOST_STEPS = 6
MONEY = frozenset({SubjectKind.COMMITMENT, SubjectKind.PAYMENT, SubjectKind.TOP_UP})

# Who wears one of these hats as well, in the organisation that answers, does not answer: who spends money
# or pays it out does not approve it, and who watches over data is no party to decisions about people.
_WATCHES = frozenset({Role.DATA_PROTECTION_OFFICER})
_SPENDS = frozenset({Role.FINANCE_OFFICER, Role.CASE_MANAGER, Role.RETURN_COUNSELLOR})
INCOMPATIBLE: dict[SubjectKind, frozenset[Role]] = {
    kind: _WATCHES | _SPENDS if kind in MONEY else _WATCHES for kind in SubjectKind
}

AFTER: dict[Verdict, ApprovalState] = {
    Verdict.APPROVE: ApprovalState.APPROVED,
    Verdict.SEND_BACK: ApprovalState.SENT_BACK,
    Verdict.DECLINE: ApprovalState.DECLINED,
}


@dataclass(frozen=True)
class StepAsked:
    """One answer that is needed: from which roles of which organisation, within how many days."""

    roles: frozenset[Role]
    organisation_id: UUID
    answer_days: int = ANSWER_DAYS


@dataclass(frozen=True)
class Answerer:
    """Somebody about to answer: the role they act in and every hat they wear in that organisation."""

    user_id: UUID
    role: Role
    hats: frozenset[Role]


def faulty_steps(steps: Sequence[StepAsked]) -> bool:
    """True unless there are one to six steps, each with days to answer in and only roles that may answer."""
    if not 1 <= len(steps) <= MOST_STEPS:
        return True
    return any(not step.roles or step.roles - APPROVERS or step.answer_days < 1 for step in steps)


def bar_to_answering(
    answerer: Answerer,
    *,
    kind: SubjectKind,
    roles: Collection[Role],
    barred_ids: Collection[UUID],
    answered_ids: Collection[UUID],
) -> Bar | None:
    """The first reason why this person may not answer this step, or None.

    `barred_ids` asked for the subject or drafted it; `answered_ids` answered its earlier steps.
    """
    if answerer.role not in roles:
        return Bar.ROLE
    if answerer.user_id in barred_ids:
        return Bar.ASKED
    if answerer.user_id in answered_ids:
        return Bar.ANSWERED_EARLIER_STEP
    if answerer.hats & (INCOMPATIBLE[kind] - set(roles)):
        return Bar.OTHER_HAT
    return None


def state_after(verdict: Verdict, *, is_last: bool) -> ApprovalState:
    """What becomes of the whole when one step is answered."""
    if verdict == Verdict.APPROVE and not is_last:
        return ApprovalState.WAITING
    return AFTER[verdict]
