"""Handing a person their own page, and what they say there: questions and complaints, and the answers."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.obstacles import require_text
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.codelists.queries import working_days_after
from homeward.feedback.models import Complaint, OwnPageLink, Question
from homeward.feedback.problems import AnsweredBefore, OnlyTheLead
from homeward.feedback.queries import (
    PREFIX,
    code_digest,
    get_link,
    get_question,
    is_code_of,
    link_of_token,
    own_case,
    visible_complaints,
)
from homeward.feedback.rules import (
    CODE_DIGITS,
    COMPLAINT_DAYS,
    LINK_STANDS,
    LONGEST_WORDS,
    QUESTION_DAYS,
    LinkState,
    Subject,
)
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound
from homeward.organisations.queries import own_organisation
from homeward.organisations.tokens import digest_of, new_token
from homeward.privacy.sealing import place_of, seal_text


@dataclass(frozen=True)
class Offered:
    """A link and its code, seen once: they are handed over on different ways."""

    id: UUID
    case_id: UUID
    expires_at: datetime
    language: str
    token: str = field(repr=False)
    code: str = field(repr=False)


@command(Action.OWN_PAGE_OFFER)
def offer_own_page(actor: Actor, *, case_id: UUID, language: str) -> Offered:
    """Make a link and a code by which the person opens their own page once; an earlier link ends."""
    case = get_case(actor, case_id)
    if case.lead_organisation_id != actor.organisation_id:
        raise OnlyTheLead
    OwnPageLink.objects.filter(case_id=case.id, ended_at=None).update(ended_at=now())
    link_id, token = new_id(), new_token(actor.organisation_id, PREFIX)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    link = OwnPageLink.objects.create(
        id=link_id,
        organisation_id=actor.organisation_id,
        case_id=case.id,
        person_id=case.person_id,
        token_digest=digest_of(token),
        code_digest=code_digest(link_id, code),
        language=language,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        expires_at=now() + LINK_STANDS,
    )
    return Offered(link.id, case.id, link.expires_at, language, token, code)


@command(Action.OWN_PAGE_END)
def end_own_page(actor: Actor, *, link_id: UUID) -> OwnPageLink:
    """Make a link worthless, and end the visit it opened."""
    return _ended(get_link(actor, link_id))


@command(Action.OWN_PAGE_USE)
def leave_own_page(actor: Actor) -> OwnPageLink:
    """End the person's own visit: the device may be somebody else's."""
    return _ended(get_link(actor, actor.user_id))


@dataclass(frozen=True)
class Entered:
    """What came of a link and a code: a visit, or nothing."""

    id: UUID | None
    case_id: UUID | None = None
    language: str = ""


@command(Action.OWN_PAGE_USE)
def enter_own_page(actor: Actor, *, token: str, code: str) -> Entered:
    """Open the page that link and code belong to. A wrong code counts, and the fifth ends the link."""
    link = link_of_token(token)
    if link is None or link.state(now()) != LinkState.WAITING:
        return Entered(None)
    if not is_code_of(link, code):
        link.attempts += 1
        link.save(update_fields=["attempts"])
        return Entered(None, link.case_id)
    link.used_at = now()
    link.save(update_fields=["used_at"])
    return Entered(link.id, link.case_id, link.language)


@command(Action.QUESTION_ASK)
def ask_question(actor: Actor, *, words: str, language: str) -> Question:
    """Ask the organisation that leads the case; the answer shows on the person's own page."""
    require_text(words=words)
    case = own_case(actor)
    due_on = working_days_after(actor, localdate(), QUESTION_DAYS, own_organisation(actor).country)
    question = Question.objects.create(
        case_id=case.id,
        organisation_id=actor.organisation_id,
        words=words.strip()[:LONGEST_WORDS],
        language=language,
        due_on=due_on,
    )
    tell(actor, case.id, EventKind.QUESTION_ASKED, subject_id=question.id)
    return question


@command(Action.QUESTION_ANSWER)
def answer_question(actor: Actor, *, case_id: UUID, question_id: UUID, answer: str) -> Question:
    """Answer a person's question; it is answered once."""
    require_text(answer=answer)
    question = get_question(actor, case_id, question_id)
    if question.answered_at:
        raise AnsweredBefore
    question.answer, question.answered_at = answer.strip(), now()
    question.answered_by_id, question.answered_by_name = actor.user_id, actor.name
    question.save(update_fields=["answer", "answered_at", "answered_by_id", "answered_by_name"])
    tell(actor, question.case_id, EventKind.QUESTION_ANSWERED, subject_id=question.id)
    return question


@dataclass(frozen=True)
class Complained:
    """That a complaint was kept. It names no case, so that the trail of the case does not tell of it."""

    id: UUID


@command(Action.COMPLAINT_MAKE)
def complain(
    actor: Actor, *, subject: Subject, words: str, language: str, is_about_lead: bool = False
) -> Complained:
    """Complain to those who coordinate and protect data; whom it is about never sees it."""
    require_text(words=words)
    case = own_case(actor)
    complaint = Complaint(
        case_id=case.id,
        organisation_id=actor.organisation_id,
        person_id=case.person_id,
        subject=subject,
        about_user_id=case.lead_user_id if is_about_lead else None,
        language=language,
        due_on=localdate() + timedelta(days=COMPLAINT_DAYS),
    )
    complaint.words = seal_text(case.person_id, place_of(complaint, "words"), words.strip()[:LONGEST_WORDS])
    complaint.save(force_insert=True)
    return Complained(complaint.id)


@command(Action.COMPLAINT_ANSWER)
def answer_complaint(actor: Actor, *, complaint_id: UUID, answer: str) -> Complained:
    """Answer a complaint in words that the person reads on their own page."""
    require_text(answer=answer)
    found = visible_complaints(actor).filter(id=complaint_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if found.answered_at:
        raise AnsweredBefore
    found.answer = seal_text(found.person_id, place_of(found, "answer"), answer.strip())
    found.answered_at, found.answered_by_id, found.answered_by_name = now(), actor.user_id, actor.name
    found.save(update_fields=["answer", "answered_at", "answered_by_id", "answered_by_name"])
    return Complained(found.id)


def _ended(link: OwnPageLink) -> OwnPageLink:
    if link.ended_at is None:
        link.ended_at = now()
        link.save(update_fields=["ended_at"])
    return link
