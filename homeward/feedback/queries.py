"""Links, questions and complaints, each as far as the actor may see it."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import Actor, OneCase, system_actor
from homeward.access.roles import Role
from homeward.cases.queries import get_case, visible_cases
from homeward.feedback.models import Complaint, OwnPageLink, Question
from homeward.feedback.rules import is_visiting
from homeward.lib.problems import NotFound
from homeward.organisations.tokens import digest_of
from homeward.privacy.opening import Closed, Why, open_field
from homeward.privacy.sealing import keyed_fingerprint, open_text, place_of

if TYPE_CHECKING:
    from homeward.cases.models import Case

PREFIX = "hp_"
LOOKED_INTO = "complaint"


def links_of(actor: Actor, case_id: UUID) -> list[OwnPageLink]:
    """The links made for a case by the actor's organisation, the last first."""
    return list(
        OwnPageLink.objects.filter(case_id=case_id, organisation_id=actor.organisation_id).order_by(
            "-made_at"
        )[:20]
    )


def newest_links(actor: Actor, most: int) -> list[OwnPageLink]:
    """The last link of each case that the actor's organisation leads, with the case and its person."""
    led = visible_cases(actor).filter(lead_organisation_id=actor.organisation_id)
    made = OwnPageLink.objects.filter(case__in=led).select_related("case__person")
    return list(made.order_by("case_id", "-made_at").distinct("case_id")[:most])


def get_link(actor: Actor, link_id: UUID) -> OwnPageLink:
    """One link of the actor's organisation to a case the actor may see, or NotFound."""
    found = OwnPageLink.objects.filter(id=link_id, case__in=visible_cases(actor)).first()
    if found is None:
        raise NotFound
    return found


def link_of_token(token: str) -> OwnPageLink | None:
    """The link that a token was made for, locked, whatever its state."""
    found = OwnPageLink.objects.select_for_update(of=("self",)).filter(token_digest=digest_of(token))
    return found.first()


def is_code_of(link: OwnPageLink, code: str) -> bool:
    """True when this is the code that was handed over with the link."""
    return hmac.compare_digest(bytes(link.code_digest), code_digest(link.id, code))


def code_digest(link_id: UUID, code: str) -> bytes:
    """What is kept of a code: keyed, because six digits are quickly tried."""
    return keyed_fingerprint("own_page_code", f"{link_id}:{code}".encode())


def visitor_of(organisation_id: UUID, link_id: UUID, at: datetime | None = None) -> Actor | None:
    """The person at work on their own page, or None when their visit has ended. Call as that organisation."""
    link = OwnPageLink.objects.filter(id=link_id, organisation_id=organisation_id).first()
    if link is None or not is_visiting(used_at=link.used_at, ended_at=link.ended_at, now=at or now()):
        return None
    case = (
        visible_cases(system_actor(organisation_id)).filter(id=link.case_id).select_related("person").first()
    )
    if case is None or case.lead_organisation_id != organisation_id:
        return None
    only = OneCase(case.id, case.person_id)
    return Actor(
        link.id, organisation_id, Role.RETURNEE, name=case.person.name, purpose="own page", only=only
    )


def questions_of(actor: Actor, case_id: UUID) -> list[Question]:
    """What the person of a case asked, the last first."""
    asked = Question.objects.filter(case_id=case_id, case__in=visible_cases(actor))
    return list(asked.order_by("-asked_at", "-id"))


def get_question(actor: Actor, case_id: UUID, question_id: UUID) -> Question:
    """One question of a case the actor may see, or NotFound."""
    asked = Question.objects.filter(id=question_id, case_id=case_id, case__in=visible_cases(actor))
    found = asked.first()
    if found is None:
        raise NotFound
    return found


def questions_to_answer(actor: Actor) -> QuerySet[Question]:
    """Open questions of the people whom the actor leads, the longest waiting first."""
    waiting = Question.objects.filter(organisation_id=actor.organisation_id, answered_at=None)
    mine = waiting.filter(case__lead_user_id=actor.user_id, case__in=visible_cases(actor))
    return mine.select_related("case__person").order_by("due_on", "id")


def visible_complaints(actor: Actor) -> QuerySet[Complaint]:
    """Complaints the actor looks into; never one about themselves, which the database too keeps from them."""
    actor.require(Action.COMPLAINT_VIEW)
    others = Complaint.objects.exclude(about_user_id=actor.user_id)
    return others.filter(organisation_id=actor.organisation_id).order_by("answered_at", "due_on", "id")


def complaints_to_answer(actor: Actor) -> QuerySet[Complaint]:
    """Complaints that still wait for an answer, the longest waiting first."""
    return visible_complaints(actor).filter(answered_at=None).order_by("due_on", "id")


@dataclass(frozen=True)
class OpenedComplaint:
    """A complaint while it is open."""

    id: UUID
    complaint: Complaint
    words: str = field(repr=False)
    answer: str = field(default="", repr=False)


def open_complaint(actor: Actor, *, complaint_id: UUID) -> OpenedComplaint:
    """One complaint with its words, by somebody who looks into it; the look is on the record."""
    actor.require(Action.COMPLAINT_VIEW)
    with acting_as(actor):
        found = visible_complaints(actor).filter(id=complaint_id).first()
        if found is None:
            raise NotFound
        # No case is named: the trail of the case does not tell of complaints.
        closed = Closed(found.person_id, place_of(found, "words"), found.words, found.id)
        words = open_field(actor, Action.COMPLAINT_VIEW, closed, Why(LOOKED_INTO)).decode()
    return OpenedComplaint(found.id, found, words, _text(found, "answer"))


def own_complaints(actor: Actor) -> list[OpenedComplaint]:
    """What the person on their own page complained of, with the answers."""
    actor.require(Action.COMPLAINT_MAKE)
    if actor.only is None:
        raise NotFound
    made = Complaint.objects.filter(case_id=actor.only.case_id).order_by("-made_at", "-id")
    return [OpenedComplaint(one.id, one, _text(one, "words"), _text(one, "answer")) for one in made]


def own_case(actor: Actor) -> "Case":
    """The case of the person on their own page."""
    if actor.only is None:
        raise NotFound
    return get_case(actor, actor.only.case_id)


def _text(complaint: Complaint, column: str) -> str:
    sealed = getattr(complaint, column)
    return open_text(complaint.person_id, place_of(complaint, column), sealed) if sealed is not None else ""
