"""REST: eligibility, decided by a version's rules and explained line by line."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema
from pydantic import StrictBool, StrictInt

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.request import actor_of
from homeward.api.fields import Text, Word
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, finds, reads
from homeward.cases import commands
from homeward.cases.journey_rules import Override
from homeward.cases.queries import eligibility as queries
from homeward.casework import commands as casework
from homeward.casework.eligibility import what_if as ask_what_if
from homeward.lib.problems import NotFound
from homeward.programmes.eligibility import Outcome, dump_explanation
from homeward.programmes.queries import get_programme, version_in_force

router = Router(tags=["journey"])
Known = (
    StrictBool
    | Annotated[StrictInt, Field(ge=0, le=9999)]
    | Word
    | Annotated[list[Word], Field(max_length=50)]
)
Answers = Annotated[
    dict[Annotated[str, Field(pattern="^[a-z_]{1,40}$")], Known],
    Field(max_length=50, description="Facts by name, as `list_facts` has them."),
]


class EligibilityOut(Schema):
    """What the rules said, by which version, and whether two people stood by another answer."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    programme_version_id: UUID
    application_id: UUID | None
    outcome: Outcome
    explanation: dict[str, Any]
    answers: dict[str, Any]
    decided_by_name: str
    decided_at: datetime
    override: Override
    override_reason: str
    override_asked_by_name: str
    override_approval_id: UUID | None
    override_answered_by_name: str
    override_answer: str
    superseded_at: datetime | None


class AnswersIn(Schema):
    """Facts that nothing on record says; what is on record is not answered away."""

    answers: Answers = {}


class SupposingIn(Schema):
    """Which programme is asked about, and facts to put in place of the record."""

    programme_id: UUID
    supposing: Answers = {}


class EntitledOut(Schema):
    package_code: str
    amount_minor: int
    currency: str


class WhatIfOut(Schema):
    """What the version in force today would say; nothing of it is kept."""

    programme_version_id: UUID
    outcome: Outcome
    explanation: dict[str, Any]
    entitled: list[EntitledOut]


class ReasonIn(Schema):
    reason: Annotated[Text, Field(min_length=1)]


@reads(router, "/{uuid:case_id}/eligibility", Action.CASE_VIEW, list[EligibilityOut])
def list_eligibility(request: HttpRequest, case_id: UUID) -> object:
    """Decisions about eligibility, newest first; the one that stands has no `superseded_at`."""
    actor, case = seen_case(request, case_id)
    return queries.eligibility_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/eligibility", Action.ELIGIBILITY_DECIDE, EligibilityOut)
def decide_eligibility(request: HttpRequest, case_id: UUID, body: AnswersIn) -> object:
    """Ask the rules that the case goes by, and keep what they say."""
    return casework.decide_eligibility(actor_of(request), case_id=case_id, answers=body.answers)


@finds(router, "/{uuid:case_id}/eligibility/what-if", Action.CASE_VIEW, WhatIfOut)
def what_if(request: HttpRequest, case_id: UUID, body: SupposingIn) -> object:
    """What a programme's rules would say of this case."""
    actor, case = seen_case(request, case_id)
    found = ask_what_if(actor, case.id, _version_today(actor, body.programme_id), supposing=body.supposing)
    return {
        "programme_version_id": found.version.id,
        "outcome": found.explanation.outcome,
        "explanation": dump_explanation(found.explanation),
        "entitled": [
            {
                "package_code": one.package_code,
                "amount_minor": one.amount.minor,
                "currency": one.amount.currency,
            }
            for one in found.entitled
        ],
    }


@creates(router, "/eligibility/{uuid:decision_id}/exception", Action.OVERRIDE_ASK, EligibilityOut)
def ask_override(request: HttpRequest, decision_id: UUID, body: ReasonIn) -> object:
    """Ask for an exception although the rules did not say yes; `/approvals` tells who answers."""
    return commands.ask_override(actor_of(request), decision_id=decision_id, reason=body.reason)


def _version_today(actor: Actor, programme_id: UUID) -> UUID:
    """The version in force today; a programme without one has nothing to ask."""
    version = version_in_force(actor, get_programme(actor, programme_id).id, localdate())
    if version is None:
        raise NotFound
    return version.id
