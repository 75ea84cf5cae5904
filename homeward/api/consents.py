"""REST: what people are shown before they are asked, what they answered, and the page of their own."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.api.fields import Day, Short, Text, Yes
from homeward.api.looking import MOST, seen_case
from homeward.api.opening import WhyIn
from homeward.api.operations import creates, finds, reads
from homeward.cases.queries.journey import get_document
from homeward.casework import commands as casework
from homeward.consent import commands
from homeward.consent.queries import consents_of, get_consent, newest_notices, open_name
from homeward.consent.receipts import receipt_of
from homeward.consent.rules import Asked, Bystander, ConsentWay, Evidence, WithdrawalWay
from homeward.lib.problems import NotFound
from homeward.organisations.rules import OrganisationClass
from homeward.people.queries import same_person_ids
from homeward.privacy.opening import Why
from homeward.sharing.rules import Category, Purpose

if TYPE_CHECKING:
    from homeward.consent.models import Consent

router = Router(tags=["consent"])
notices_router = Router(tags=["consent"])
Told = Annotated[Text, Field(min_length=1)]


class NoticeWords(Schema):
    """What is shown in one language."""

    title: Told
    body: Told
    question: Told


class NoticeTexts(Schema):
    en: NoticeWords
    fr: NoticeWords
    ar: NoticeWords


class NoticeIn(Schema):
    purpose: Purpose
    texts: NoticeTexts


class NoticeOut(Schema):
    """One version of a notice; a correction is a new version."""

    id: UUID
    purpose: Purpose
    version: int
    texts: NoticeTexts
    is_example: bool
    published_at: datetime


class ConsentIn(Schema):
    """One answer to one question. A yes needs what shows it; a no needs nothing."""

    is_given: Yes
    purpose: Purpose
    recipient_id: UUID | None = None
    recipient_kind: OrganisationClass | None = None
    categories: Annotated[list[Category], Field(min_length=1, max_length=20)]
    notice_id: UUID
    language: Literal["en", "fr", "ar"]
    way: Literal[ConsentWay.SIGNED, ConsentWay.WITNESSED, ConsentWay.INTERPRETED, ConsentWay.GUARDIAN]
    document_id: Annotated[
        UUID | None, Field(description="The signed paper, kept before among the case's documents")
    ] = None
    witness_name: Short = ""
    interpreter_name: Short = ""
    guardian_name: Short = ""
    given_on: Day
    expires_on: Day | None = None

    def asked(self) -> Asked:
        """The question, as the rules read it."""
        return Asked(
            self.purpose,
            frozenset(self.categories),
            recipient_id=self.recipient_id,
            recipient_kind=self.recipient_kind or "",
            expires_on=self.expires_on,
        )

    def evidence(self, actor: Actor, case_id: UUID) -> Evidence:
        """What shows the answer; the paper is a document of the same case."""
        names = {one: getattr(self, one) for one in ("witness_name", "interpreter_name", "guardian_name")}
        return Evidence(ConsentWay(self.way), self._file(actor, case_id), **names)

    def _file(self, actor: Actor, case_id: UUID) -> UUID | None:
        if self.document_id is None:
            return None
        document = get_document(actor, self.document_id)
        if document.case_id != case_id:
            raise NotFound
        return document.file_id


class ConsentOut(Schema):
    """An answer; who witnessed it, interpreted or answered as guardian stays sealed."""

    id: UUID
    case_id: UUID | None
    organisation_id: UUID
    purpose: Purpose
    recipient_id: UUID | None
    recipient_kind: str
    categories: list[Category]
    notice_id: UUID
    language: str
    is_given: bool
    stands: bool
    way: ConsentWay
    given_on: date
    expires_on: date | None
    recorded_by_name: str
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_how: str

    @staticmethod
    def resolve_stands(consent: "Consent") -> bool:
        """Whether it allows something today."""
        return consent.answer.stands(localdate())


class ConsentReceiptOut(Schema):
    """A receipt after ISO/IEC TS 27560 in terms of the Data Privacy Vocabulary, JSON-LD."""

    receipt: dict[str, Any]


class BystanderOut(Schema):
    """Who stood by, in clear for this one look."""

    case_id: UUID | None
    text: str


class WithdrawalIn(Schema):
    how: Literal[
        WithdrawalWay.IN_PERSON, WithdrawalWay.BY_PHONE, WithdrawalWay.IN_WRITING, WithdrawalWay.BY_GUARDIAN
    ]


@reads(notices_router, "", Action.CONSENT_VIEW, list[NoticeOut])
def list_notices(request: HttpRequest) -> object:
    """What the organisation shows before it asks: the newest version for each purpose."""
    return newest_notices(actor_of(request))


@creates(notices_router, "", Action.NOTICE_PUBLISH, NoticeOut)
def publish_notice(request: HttpRequest, body: NoticeIn) -> object:
    """Publish the words for a purpose, as a data protection officer's program; older versions stay."""
    return commands.publish_notice(actor_of(request), **body.dict())


@reads(router, "/{uuid:case_id}/consents", Action.CONSENT_VIEW, list[ConsentOut])
def list_consents(request: HttpRequest, case_id: UUID) -> object:
    """Everything the person of a case was asked and answered, the last first."""
    actor, case = seen_case(request, case_id)
    return consents_of(actor, case.person_id)[:MOST]


@creates(router, "/{uuid:case_id}/consents", Action.CONSENT_RECORD, ConsentOut)
def record_consent(request: HttpRequest, case_id: UUID, body: ConsentIn) -> object:
    """Record what the person answered, yes or no, to what a notice asks."""
    actor, case = seen_case(request, case_id)
    return casework.record_answer(
        actor,
        case_id=case.id,
        asked=body.asked(),
        evidence=body.evidence(actor, case.id),
        notice_id=body.notice_id,
        language=body.language,
        given_on=body.given_on,
        is_given=body.is_given,
    )


@creates(router, "/{uuid:case_id}/consents/{uuid:consent_id}/withdrawal", Action.CONSENT_WITHDRAW, ConsentOut)
def withdraw_consent(request: HttpRequest, case_id: UUID, consent_id: UUID, body: WithdrawalIn) -> object:
    """Take a yes back; everything that rests on it ends at once."""
    actor = actor_of(request)
    found = _consent(request, case_id, consent_id)
    return casework.withdraw_consent(actor, consent_id=found.id, how=WithdrawalWay(body.how))


@reads(router, "/{uuid:case_id}/consents/{uuid:consent_id}/receipt", Action.CONSENT_VIEW, ConsentReceiptOut)
def view_consent_receipt(request: HttpRequest, case_id: UUID, consent_id: UUID) -> object:
    """The receipt of an answer, as it stands today."""
    found = _consent(request, case_id, consent_id)
    remember_reading(actor_of(request), Action.CONSENT_VIEW, subject_id=found.id, case_id=case_id)
    return {"receipt": receipt_of(found, localdate())}


@finds(
    router,
    "/{uuid:case_id}/consents/{uuid:consent_id}/names/{whose}",
    Action.CONSENT_NAMES_OPEN,
    BystanderOut,
)
def open_consent_name(
    request: HttpRequest, case_id: UUID, consent_id: UUID, whose: Bystander, body: WhyIn
) -> object:
    """Open who witnessed an answer, interpreted it or gave it as guardian."""
    found = _consent(request, case_id, consent_id)
    return open_name(actor_of(request), found.id, whose=whose, why=Why(body.reason, body.words))


def _consent(request: HttpRequest, case_id: UUID, consent_id: UUID) -> "Consent":
    """An answer of the person of this case, under whichever record of theirs."""
    actor, case = seen_case(request, case_id)
    found = get_consent(actor, consent_id)
    if found.person_id not in same_person_ids(actor, case.person_id):
        raise NotFound
    return found
