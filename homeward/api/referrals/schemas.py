"""What is told of a referral, and what its two sides send."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from homeward.access.request import actor_of
from homeward.api.fields import Day, Text, Word
from homeward.casework.referring import FIELDS
from homeward.referrals.rules import (
    Channel,
    Confirmed,
    Reason,
    ReferralOutcome,
    ReferralState,
    Urgency,
)
from homeward.sharing.rules import Basis

ChosenField = Annotated[str, Field(pattern=f"^({'|'.join(FIELDS)})$")]
Words = Annotated[Text, Field(max_length=2000)]


class ReferIn(Schema):
    service_id: UUID
    need: Annotated[Word, Field(min_length=1)]
    urgency: Urgency = Urgency.ROUTINE
    follows_id: UUID | None = None


class SendIn(Schema):
    """What the service is told; `agreed_on` where it has no account, `basis` where it has one."""

    fields_told: Annotated[list[ChosenField], Field(min_length=1, max_length=len(FIELDS))]
    necessity: Annotated[Text, Field(min_length=1, max_length=1000)]
    message: Words = ""
    basis: Basis = Basis.CONSENT
    agreed_on: Day | None = None


class ServiceAnswerIn(Schema):
    """`channel` says how a service without account answered; one with an account answers itself."""

    words: Words = ""
    channel: Channel = Channel.HOMEWARD


class DeclineReferralIn(ServiceAnswerIn):
    reason: Reason


class CompleteIn(ServiceAnswerIn):
    outcome: ReferralOutcome


class RecallReferralIn(Schema):
    reason: Reason
    words: Words = ""


class ConfirmReferralIn(Schema):
    confirmed: Confirmed
    on: Day
    words: Words = ""


class ReferralOut(Schema):
    """One person asked into one service. The case is named to who sends, never to who is asked."""

    id: UUID
    case_id: UUID | None
    from_organisation_id: UUID
    to_organisation_id: UUID | None
    service_id: UUID
    service_name: str
    provider_name: str
    place: str
    need: str
    urgency: Urgency
    follows_id: UUID | None
    state: ReferralState
    drafted_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    replied_at: datetime | None
    reply_due_at: datetime | None
    ended_at: datetime | None
    reason: Reason | str
    outcome: ReferralOutcome | str
    version: int

    @staticmethod
    def resolve_case_id(one: Any, context: Any) -> UUID | None:
        """The case, unless the referral was sent here by somebody else."""
        own = actor_of(context["request"]).organisation_id
        was_sent_here = one.to_organisation_id == own != one.from_organisation_id
        return None if was_sent_here else one.case_id


class ReferralStepOut(Schema):
    """A step that a referral took, and in which words."""

    id: UUID
    organisation_id: UUID
    from_state: ReferralState
    state: ReferralState
    channel: Channel
    reason: Reason | str
    outcome: ReferralOutcome | str
    words: str
    at: datetime


class ToldOut(Schema):
    """What the service was told of the person, by the codes of the fields."""

    id: UUID
    told: dict[str, Any]


class ConfirmationOut(Schema):
    """What the person says came of a referral."""

    id: UUID
    confirmed: Confirmed
    on: date
    words: str
    recorded_at: datetime


class FiguresOut(Schema):
    """How the referrals to one service or partner went; null is a part too small to be told."""

    name: str
    sent: int
    accepted: int | None
    declined: int | None
    waiting: int | None
    silent: int | None
    taken_back: int | None
    answered: int
    median_reply_hours: float | None

    @staticmethod
    def resolve_median_reply_hours(one: Any) -> float | None:
        """Hours from sending to the first answer, the middle one."""
        return round(one.median_reply / timedelta(hours=1), 1) if one.median_reply is not None else None


class CountedOut(Schema):
    """The figures since a day; `left_out` services were asked too seldom to be told of."""

    since: date
    services: list[FiguresOut]
    partners: list[FiguresOut]
    left_out: int
