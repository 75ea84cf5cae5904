"""REST: asking partners whether they may know a person."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import Text
from homeward.api.looking import MOST, seen_person
from homeward.api.operations import creates, reads
from homeward.people import commands
from homeward.people.queries.asking import questions_about
from homeward.people.rules import Strength
from homeward.sharing.queries import contacts_of_givers
from homeward.sharing.rules import Purpose

router = Router(tags=["matches"])


class AskPartnersIn(Schema):
    reason: Annotated[Text, Field(min_length=10, max_length=400)]


class PartnerAnswerOut(Schema):
    """A partner that may know the person, how likely, and whom to call there; never a reference or a name."""

    organisation_id: UUID
    strength: Strength
    contact: str


class PartnerQuestionOut(Schema):
    """That partners were asked about a person. No answer proves nothing: who is protected is not found."""

    id: UUID
    person_id: UUID
    reason: str
    asked_at: datetime
    partners_asked: int
    answers: list[PartnerAnswerOut]


@reads(router, "/{uuid:person_id}/partner-questions", Action.PARTNERS_ASK, list[PartnerQuestionOut])
def list_partner_questions(request: HttpRequest, person_id: UUID) -> object:
    """When partners were asked about a person, and who may know them, newest first."""
    actor, person = seen_person(request, person_id)
    contacts = contacts_of_givers(actor, Purpose.DUPLICATE_CHECK)
    return [_told(one, contacts) for one in questions_about(actor, person.id)[:MOST]]


@creates(router, "/{uuid:person_id}/partner-questions", Action.PARTNERS_ASK, PartnerQuestionOut)
def ask_partners(request: HttpRequest, person_id: UUID, body: AskPartnersIn) -> object:
    """Ask the partners whose agreement lets them answer; so often a day, and each time on both trails."""
    actor = actor_of(request)
    asked = commands.ask_partners(actor, person_id=person_id, reason=body.reason)
    (question,) = questions_about(actor, person_id).filter(id=asked.id)
    return _told(question, contacts_of_givers(actor, Purpose.DUPLICATE_CHECK))


def _told(question: Any, contacts: Any) -> dict[str, object]:
    answers = [
        {
            "organisation_id": one.partner_id,
            "strength": one.strength,
            "contact": contacts.get(one.partner_id, ""),
        }
        for one in question.answers.all()
    ]
    told = ("id", "person_id", "reason", "asked_at", "partners_asked")
    return {**{name: getattr(question, name) for name in told}, "answers": answers}
