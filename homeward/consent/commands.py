"""Publishing what is shown to people, recording what they answer, taking a yes back."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.access.roles import Role
from homeward.consent.models import Consent, Notice
from homeward.consent.problems import ConsentNotProved, StillAgreed, WithdrawnAlready, said
from homeward.consent.queries import get_notice, notice_for, standing_consents, visible_consents
from homeward.consent.rules import (
    LANGUAGES,
    PARTS,
    STANDS_AT_MOST,
    STANDS_FOR,
    Asked,
    ConsentWay,
    Evidence,
    WithdrawalWay,
    lacks,
    missing_languages,
)
from homeward.files.queries import get_file
from homeward.lib.problems import Invalid, NotFound, Refused, type_of_message
from homeward.organisations.queries import get_organisation
from homeward.organisations.rules import OrganisationClass
from homeward.people.queries import get_person
from homeward.people.rules import is_surely_minor
from homeward.privacy.sealing import place_of, seal_text
from homeward.sharing.rules import Purpose

if TYPE_CHECKING:
    from homeward.people.models import Person

NAMES = ("witness", "interpreter", "guardian")


@command(Action.NOTICE_PUBLISH)
def publish_notice(
    actor: Actor, *, purpose: Purpose, texts: Mapping[str, Mapping[str, str]], is_example: bool = False
) -> Notice:
    """Publish what people are shown before they are asked; what was shown before stays as it was."""
    if missing_languages(texts):
        raise Invalid(fields={"texts": _("A notice says everything in English, French and Arabic.")})
    before = notice_for(actor, purpose)
    return Notice.objects.create(
        organisation_id=actor.organisation_id,
        purpose=purpose,
        version=before.version + 1 if before else 1,
        texts={lang: {part: texts[lang][part].strip() for part in PARTS} for lang in LANGUAGES},
        is_example=is_example,
        published_by_id=actor.user_id,
    )


@command(Action.CONSENT_RECORD)
def record_consent(
    actor: Actor,
    *,
    person_id: UUID,
    asked: Asked,
    evidence: Evidence,
    notice_id: UUID,
    language: str,
    given_on: date,
    case_id: UUID | None = None,
) -> Consent:
    """Record a yes: to whom, for what, how much of it, until when, and what shows it."""
    person = get_person(actor, person_id)
    lacking = lacks(evidence, is_child=is_surely_minor(person.birth, localdate()), recorded_by=actor.name)
    if lacking:
        raise ConsentNotProved(fields=said(lacking))
    if evidence.file_id:
        _require_paper_about(actor, person, evidence.file_id)
    answer = _answer(actor, person, asked, evidence, notice_id, language)
    answer.is_given, answer.case_id, answer.given_on = True, case_id, given_on
    answer.expires_on = asked.expires_on or given_on + STANDS_FOR
    _require_days(answer)
    answer.save(force_insert=True)
    return answer


@command(Action.CONSENT_RECORD)
def record_refusal(
    actor: Actor,
    *,
    person_id: UUID,
    asked: Asked,
    evidence: Evidence,
    notice_id: UUID,
    language: str,
    given_on: date,
    case_id: UUID | None = None,
) -> Consent:
    """Record a no, which is as good an answer as a yes and needs no proof."""
    person = get_person(actor, person_id)
    for standing in standing_consents(actor, person.id):
        same_recipient = (standing.recipient_id, standing.recipient_kind) == (
            asked.recipient_id,
            asked.recipient_kind,
        )
        if standing.purpose == asked.purpose and same_recipient:
            raise StillAgreed
    answer = _answer(actor, person, asked, evidence, notice_id, language)
    answer.is_given, answer.case_id, answer.given_on = False, case_id, given_on
    _require_days(answer)
    answer.save(force_insert=True)
    return answer


@command(Action.CONSENT_WITHDRAW)
def withdraw(actor: Actor, *, consent_id: UUID, how: WithdrawalWay) -> Consent:
    """Take a yes back. What rested on it is ended by `casework.withdraw_consent`, which pages call."""
    consent = visible_consents(actor).filter(id=consent_id).select_for_update(of=("self",)).first()
    if consent is None:
        raise NotFound
    if not consent.is_given or consent.withdrawn_at:
        raise WithdrawnAlready
    consent.withdrawn_at, consent.withdrawn_how = now(), how
    consent.withdrawn_by_id, consent.withdrawn_by_name = actor.user_id, actor.name
    consent.save(update_fields=["withdrawn_at", "withdrawn_how", "withdrawn_by_id", "withdrawn_by_name"])
    return consent


def _answer(
    actor: Actor, person: "Person", asked: Asked, evidence: Evidence, notice_id: UUID, language: str
) -> Consent:
    """An unsaved answer to what the notice asks."""
    _require_question(actor, asked, notice_id, language)
    if (evidence.way == ConsentWay.OWN_PAGE) != (actor.role == Role.RETURNEE):
        raise Refused
    answer = Consent(
        person_id=person.id,
        organisation_id=actor.organisation_id,
        purpose=asked.purpose,
        recipient_id=asked.recipient_id,
        recipient_kind=asked.recipient_kind,
        categories=sorted(asked.categories),
        notice_id=notice_id,
        language=language,
        way=evidence.way,
        evidence_file_id=evidence.file_id,
        own_page_id=actor.user_id if evidence.way == ConsentWay.OWN_PAGE else None,
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    _seal_names(answer, evidence)
    return answer


def _seal_names(answer: Consent, evidence: Evidence) -> None:
    for column in NAMES:
        name = getattr(evidence, f"{column}_name").strip()
        if name:
            setattr(answer, column, seal_text(answer.person_id, place_of(answer, column), name))


def _require_question(actor: Actor, asked: Asked, notice_id: UUID, language: str) -> None:
    notice = get_notice(actor, notice_id)
    wrong: dict[str, type_of_message] = {}
    if notice.purpose != asked.purpose or notice.organisation_id != actor.organisation_id:
        wrong["notice"] = _("This notice asks for something else.")
    if language not in notice.texts:
        wrong["language"] = _("The notice is not written in this language.")
    if not asked.categories:
        wrong["categories"] = _("Say what may be shown.")
    if bool(asked.recipient_id) == bool(asked.recipient_kind):
        wrong["recipient"] = _("Name one organisation, or one kind of organisation.")
    elif _class_of(actor, asked) == OrganisationClass.ENFORCEMENT:
        wrong["recipient"] = _("Nobody is asked to consent to being shown to an enforcement body.")
    elif (
        asked.purpose == Purpose.ORIGIN_STATE
        and _class_of(actor, asked) != OrganisationClass.ORIGIN_AUTHORITY
    ):
        wrong["recipient"] = _("This question is about the authorities of the country of origin alone.")
    if wrong:
        raise Invalid(fields=wrong)


def _class_of(actor: Actor, asked: Asked) -> str:
    if asked.recipient_id is None:
        return asked.recipient_kind
    return get_organisation(actor, asked.recipient_id).organisation_class


def _require_days(answer: Consent) -> None:
    wrong: dict[str, type_of_message] = {}
    if answer.given_on > localdate():
        wrong["given_on"] = _("This day has not come yet")
    if answer.expires_on and not answer.given_on <= answer.expires_on <= answer.given_on + STANDS_AT_MOST:
        wrong["expires_on"] = _("A consent ends within two years; then the person is asked again.")
    if wrong:
        raise Invalid(fields=wrong)


def _require_paper_about(actor: Actor, person: "Person", file_id: UUID) -> None:
    """A paper about somebody else proves nothing."""
    if get_file(actor, file_id).subject_id != person.id:
        raise NotFound
