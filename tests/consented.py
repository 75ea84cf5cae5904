"""Questions and answers for tests."""

from datetime import timedelta

from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.consent.commands import publish_notice, record_consent
from homeward.consent.queries import notice_for
from homeward.consent.rules import Asked, ConsentWay, Evidence
from homeward.sharing.rules import Category, Purpose
from tests.cast import CLINIC, RETURN_PARTNERS, nora

ON = localdate() - timedelta(days=10)
SAID = {"title": "Working together", "body": "What this is about.", "question": "Do you agree?"}
TEXTS = {"en": SAID, "fr": SAID, "ar": SAID}
BY_WORD = Evidence(ConsentWay.WITNESSED, witness_name="Amal Witness")
TO_CLINIC = Asked(
    Purpose.REFERRAL,
    frozenset({Category.IDENTITY, Category.CONTACT, Category.HEALTH}),
    recipient_id=CLINIC,
    expires_on=ON + timedelta(days=364),
)


def notice(purpose=Purpose.REFERRAL, organisation_id=RETURN_PARTNERS):
    """The organisation's notice for a purpose, published when there is none."""
    officer = system_actor(organisation_id)
    with acting_as(officer):
        found = notice_for(officer, purpose)
    return found or publish_notice(officer, purpose=purpose, texts=TEXTS)


def given(case, asked=TO_CLINIC, actor=nora, **changed):
    """A yes of the person of a case."""
    answer = {"evidence": BY_WORD, "language": "ar", "given_on": ON, **changed}
    return record_consent(
        actor,
        person_id=case.person_id,
        asked=asked,
        notice_id=answer.pop("notice_id", None) or notice(asked.purpose, actor.organisation_id).id,
        case_id=case.id,
        **answer,
    )


def everything_to(organisation_id, purpose=Purpose.REFERRAL):
    """A question about everything there is."""
    return Asked(purpose, frozenset(Category), recipient_id=organisation_id)
