"""REST: agreements between organisations, and vital interests that two people decide about."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Day, Short, Text
from homeward.api.looking import MOST
from homeward.api.operations import creates, reads
from homeward.casework.queries import overrides_within_reach
from homeward.sharing import commands, queries
from homeward.sharing.rules import (
    AgreementState,
    AgreementTerms,
    Category,
    ClauseTerms,
    Purpose,
    TransferBasis,
)

if TYPE_CHECKING:
    from homeward.sharing.models import Agreement, AgreementParty

router = Router(tags=["agreements"])
overrides_router = Router(tags=["agreements"])
Said = Annotated[Text, Field(min_length=1)]


class SharingClauseIn(Schema):
    giver_id: UUID
    receiver_id: UUID
    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=20)]
    categories: Annotated[list[Category], Field(min_length=1, max_length=20)]
    transfer_basis: TransferBasis | None = None
    retention_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    may_pass_on: bool = False

    def terms(self) -> ClauseTerms:
        """As the rules read it."""
        return ClauseTerms(
            giver_id=self.giver_id,
            receiver_id=self.receiver_id,
            purposes=frozenset(self.purposes),
            categories=frozenset(self.categories),
            transfer_basis=self.transfer_basis,
            retention_days=self.retention_days,
            may_pass_on=self.may_pass_on,
        )


class SharingAgreementIn(Schema):
    title: Annotated[Short, Field(min_length=1)]
    starts_on: Day
    ends_on: Day
    review_on: Day | None = None
    breach_contact: Short = ""
    note: Text = ""
    contact: Short = ""
    clauses: Annotated[list[SharingClauseIn], Field(min_length=1, max_length=100)]

    def terms(self) -> AgreementTerms:
        """As the rules read it."""
        return AgreementTerms(
            title=self.title,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            clauses=tuple(one.terms() for one in self.clauses),
            review_on=self.review_on,
            breach_contact=self.breach_contact,
            note=self.note,
        )


class AgreementEndIn(Schema):
    why: Said


class SharingPartyOut(Schema):
    """An organisation that the agreement binds, once somebody there accepted it."""

    organisation_id: UUID
    accepted_at: datetime | None
    accepted_by_name: str
    contact: str


class SharingClauseOut(Schema):
    """What one party may give another."""

    id: UUID
    giver_id: UUID
    receiver_id: UUID
    purposes: list[Purpose]
    categories: list[Category]
    transfer_basis: TransferBasis | str
    retention_days: int
    may_pass_on: bool


class SharingAgreementOut(Schema):
    """One version of an agreement; an amendment is a version of its own."""

    id: UUID
    organisation_id: UUID
    amends_id: UUID | None
    number: int
    title: str
    state: AgreementState
    starts_on: date
    ends_on: date
    review_on: date | None
    breach_contact: str
    note: str
    proposed_by_name: str
    proposed_at: datetime
    in_force_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    parties: list[SharingPartyOut]
    clauses: list[SharingClauseOut]

    @staticmethod
    def resolve_parties(agreement: "Agreement") -> list["AgreementParty"]:
        """In one order always."""
        return sorted(agreement.parties.all(), key=lambda one: one.organisation_id)


class VitalInterestOut(Schema):
    """That somebody asked to share without consent because a life is in danger, and the answer."""

    id: UUID
    case_id: UUID | None
    receiver_id: UUID
    purpose: Purpose
    categories: list[Category]
    reason: str
    until: datetime
    asked_by_name: str
    asked_at: datetime
    is_agreed: bool | None
    answered_by_name: str
    answered_at: datetime | None


@reads(router, "", Action.AGREEMENT_VIEW, list[SharingAgreementOut])
def list_agreements(request: HttpRequest) -> object:
    """Every version of every agreement that names the organisation, newest first; at most 500."""
    found = queries.agreements_of(actor_of(request))
    return found.prefetch_related("parties", "clauses")[:MOST]


@reads(router, "/{uuid:agreement_id}", Action.AGREEMENT_VIEW, SharingAgreementOut)
def get_agreement(request: HttpRequest, agreement_id: UUID) -> object:
    """One version of an agreement, with its parties and clauses."""
    return queries.get_agreement(actor_of(request), agreement_id)


@creates(router, "", Action.AGREEMENT_PROPOSE, SharingAgreementOut)
def propose_agreement(request: HttpRequest, body: SharingAgreementIn) -> object:
    """Put an agreement before other organisations; people accept it, also for the program's own."""
    return commands.propose_agreement(actor_of(request), terms=body.terms(), contact=body.contact)


@creates(router, "/{uuid:agreement_id}/amendments", Action.AGREEMENT_PROPOSE, SharingAgreementOut)
def amend_agreement(request: HttpRequest, agreement_id: UUID, body: SharingAgreementIn) -> object:
    """Propose the next version; the one in force holds until every party has accepted it."""
    return commands.amend_agreement(
        actor_of(request), agreement_id=agreement_id, terms=body.terms(), contact=body.contact
    )


@creates(router, "/{uuid:agreement_id}/end", Action.AGREEMENT_END, SharingAgreementOut)
def end_agreement(request: HttpRequest, agreement_id: UUID, body: AgreementEndIn) -> object:
    """End an agreement, or decline one that is proposed; what is shared on it closes at once."""
    return commands.end_agreement(actor_of(request), agreement_id=agreement_id, why=body.why)


@reads(overrides_router, "", Action.SHARING_OVERRIDE_ANSWER, list[VitalInterestOut])
def list_vital_interests(request: HttpRequest) -> object:
    """What was asked of two people about cases within reach, newest first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.SHARING_OVERRIDE_ANSWER, subject_id=None)
    return overrides_within_reach(actor)[:MOST]
