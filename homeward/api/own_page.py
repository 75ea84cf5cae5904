"""REST: handing a person the page of their own, and answering what they ask there."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.fields import ANY
from homeward.api.looking import MOST, seen_case
from homeward.api.operations import creates, ends, reads
from homeward.feedback import commands
from homeward.feedback.queries import get_link, links_of, questions_of
from homeward.feedback.rules import LinkState
from homeward.lib.problems import NotFound

if TYPE_CHECKING:
    from homeward.feedback.models import OwnPageLink

router = Router(tags=["own page"])


class OwnPageIn(Schema):
    language: Literal["en", "fr", "ar"]


class OwnPageOut(Schema):
    """A link that was made for a person; link and code themselves are told once, when it is made."""

    id: UUID
    case_id: UUID
    language: str
    state: LinkState
    made_by_name: str
    made_at: datetime
    expires_at: datetime

    @staticmethod
    def resolve_state(link: "OwnPageLink") -> LinkState:
        """How it stands at this moment."""
        return link.state(now())


class OfferedOut(Schema):
    """Link and code, which open the page once together: hand them over on different ways."""

    id: UUID
    case_id: UUID
    language: str
    expires_at: datetime
    link: str
    code: str


class OwnQuestionOut(Schema):
    """What the person asked on their own page, and the answer."""

    id: UUID
    case_id: UUID
    words: str
    language: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    answered_by_name: str


class OwnAnswerIn(Schema):
    answer: Annotated[str, Field(min_length=1, max_length=4000, pattern=ANY)]


@reads(router, "/{uuid:case_id}/own-page", Action.OWN_PAGE_OFFER, list[OwnPageOut])
def list_own_pages(request: HttpRequest, case_id: UUID) -> object:
    """The links that the organisation made for the person, the last first; at most 20."""
    actor, case = seen_case(request, case_id)
    return links_of(actor, case.id)


@creates(router, "/{uuid:case_id}/own-page", Action.OWN_PAGE_OFFER, OfferedOut)
def offer_own_page(request: HttpRequest, case_id: UUID, body: OwnPageIn) -> object:
    """Make a link and a code for the person's own page; an earlier link ends. Neither is told again."""
    made = commands.offer_own_page(actor_of(request), case_id=case_id, language=body.language)
    return {
        **{one: getattr(made, one) for one in ("id", "case_id", "language", "expires_at", "code")},
        "link": request.build_absolute_uri(reverse("my_door", args=[made.token])),
    }


@ends(router, "/{uuid:case_id}/own-page/{uuid:link_id}", Action.OWN_PAGE_END, OwnPageOut)
def end_own_page(request: HttpRequest, case_id: UUID, link_id: UUID) -> object:
    """Make a link worthless, and end the visit that it opened."""
    actor = actor_of(request)
    if get_link(actor, link_id).case_id != case_id:
        raise NotFound
    return commands.end_own_page(actor, link_id=link_id)


@reads(router, "/{uuid:case_id}/questions", Action.CONSENT_VIEW, list[OwnQuestionOut])
def list_questions(request: HttpRequest, case_id: UUID) -> object:
    """What the person asked on their own page, the last first."""
    actor, case = seen_case(request, case_id)
    return questions_of(actor, case.id)[:MOST]


@creates(
    router, "/{uuid:case_id}/questions/{uuid:question_id}/answer", Action.QUESTION_ANSWER, OwnQuestionOut
)
def answer_question(request: HttpRequest, case_id: UUID, question_id: UUID, body: OwnAnswerIn) -> object:
    """Answer a question, once; the person reads it on their own page."""
    return commands.answer_question(
        actor_of(request), case_id=case_id, question_id=question_id, answer=body.answer
    )
