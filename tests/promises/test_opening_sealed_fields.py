"""Sealed fields open one at a time, for a reason, so many an hour; the officer knows."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.people.commands import add_document
from homeward.people.queries import open_document_number
from homeward.people.rules import DocumentKind, OpeningReason
from homeward.privacy.commands import destroy_key, look_at_alert
from homeward.privacy.models import Opening, OpeningAlert
from homeward.privacy.opening import TooManyOpenings
from homeward.privacy.openings import alerts_to_look_at, openings_of
from tests.cast import ines, lina_as_case_manager, nora, stranger, vera

SECRET = "wants to show it to her brother"


@pytest.fixture
def paper(sami):
    return add_document(nora, person_id=sami.person_id, kind=DocumentKind.PASSPORT, number="P1234567")


def alerts():
    with acting_as(ines):
        return alerts_to_look_at(ines)


def opened():
    with acting_as(ines):
        return openings_of(ines)


def look(paper, actor=nora, reason=OpeningReason.CHECK, words=""):
    return open_document_number(
        actor, person_id=paper.person_id, document_id=paper.id, reason=reason, words=words
    )


def test_another_reason_is_none_until_it_is_said(paper):
    with pytest.raises(Invalid) as wrong:
        look(paper, reason=OpeningReason.OTHER, words="  ")
    assert set(wrong.value.fields) == {"words"}
    with acting_as(nora):
        assert not Opening.objects.exists()


def test_strangers_and_roles_without_the_verb_open_nothing(paper):
    with pytest.raises(NotFound):
        look(paper, stranger)
    with pytest.raises(Refused):
        look(paper, vera)
    with acting_as(nora):
        assert not Opening.objects.exists()


def test_whoever_reaches_their_limit_is_stopped_and_the_officer_already_knows(paper, settings):
    settings.OPENINGS_AN_HOUR = 3
    for _ in range(3):
        look(paper)
    (alert,) = alerts()
    assert (alert.who, alert.opened) == (nora.name, 3)
    with pytest.raises(TooManyOpenings):
        look(paper)
    assert look(paper, lina_as_case_manager).number == "P1234567", "a colleague's work goes on"


def test_an_organisation_has_a_limit_of_its_own_and_one_alert_an_hour(paper, settings):
    settings.OPENINGS_AN_HOUR_OF_ORGANISATION = 2
    look(paper)
    look(paper, lina_as_case_manager)
    (alert,) = alerts()
    assert (alert.who, alert.opened) == ("", 2)
    with pytest.raises(TooManyOpenings):
        look(paper, lina_as_case_manager)


def test_an_hour_later_it_opens_again(paper, settings, past_policies):
    settings.OPENINGS_AN_HOUR = 1
    with acting_as(nora):
        old = {"organisation_id": nora.organisation_id, "user_id": nora.user_id, "action": "x", "reason": "x"}
        Opening.objects.create(
            **old, person_id=paper.person_id, subject_id=paper.id, at=now() - timedelta(minutes=61)
        )
    assert look(paper).number == "P1234567"


def test_the_words_are_sealed_and_gone_with_the_person(paper):
    look(paper, reason=OpeningReason.OTHER, words=SECRET)
    with acting_as(nora):
        assert SECRET.encode() not in bytes(Opening.objects.get().words)
    assert [(line.reason, line.words) for line in opened()] == [("other", SECRET)]
    destroy_key(ines, subject_id=paper.person_id)
    assert [(line.reason, line.words) for line in opened()] == [("other", "")]


def test_nobody_changes_or_removes_what_was_opened(paper):
    look(paper)
    for act in ("UPDATE privacy_opening SET reason = 'x'", "DELETE FROM privacy_opening"):
        with (
            acting_as(nora),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as one,
        ):
            one.execute(act)


def test_an_alert_is_looked_at_once_by_an_officer_who_says_what_they_found(paper, settings):
    settings.OPENINGS_AN_HOUR = 1
    look(paper)
    (alert,) = alerts()
    with pytest.raises(Refused):
        look_at_alert(nora, alert_id=alert.id, note="It was me")
    look_at_alert(ines, alert_id=alert.id, note="A family of six, passports for one booking")
    assert alerts() == []
    with acting_as(ines):
        assert OpeningAlert.objects.get().looked_by_id == ines.user_id


def test_the_page_answers_with_the_limit_and_the_refusal_is_on_the_trail(
    paper, settings, client_of, past_policies
):
    settings.OPENINGS_AN_HOUR = 1
    browser = client_of(nora)
    page = reverse("person_number_open", args=[paper.person_id, paper.id])
    assert b"P1234567" in browser.post(page, {"reason": "check"}).content
    refused = browser.post(page, {"reason": "check"})
    assert refused.status_code == 429
    assert b"P1234567" not in refused.content
    assert past_policies("SELECT note FROM audit_entry WHERE refused") == [{"note": "person_number_open"}]
    assert past_policies("SELECT count(*) FROM privacy_openingalert") == [{"count": 1}]


def test_the_officer_is_asked_in_the_inbox_and_answers_on_a_page(paper, settings, client_of):
    settings.OPENINGS_AN_HOUR = 1
    look(paper, reason=OpeningReason.OTHER, words=SECRET)
    browser = client_of(ines)
    (alert,) = alerts()
    page = reverse("opening_alert", args=[alert.id])
    assert page in browser.get(reverse("inbox")).content.decode()
    shown = browser.get(page).content.decode()
    assert nora.name in shown
    assert SECRET in shown
    assert browser.post(page, {}).status_code == 422
    assert browser.post(page, {"note": "She explained"}).status_code == 302
    assert browser.get(page).status_code == 404
    assert SECRET in browser.get(reverse("openings")).content.decode()


def test_every_verb_that_opens_a_sealed_field_is_named():
    openings = {action for action in Action if action.endswith(".open")}
    # Files, packages that their recipient reads as they were approved, and records that begin.
    files = {
        Action.FILE_OPEN,
        Action.PROOF_OPEN,
        Action.DISCLOSURE_OPEN,
        Action.REFERRAL_OPEN,
        Action.SUBMISSION_OPEN,
    }
    begun = {Action.CASE_OPEN, Action.SUBJECT_REQUEST_OPEN}
    assert openings - files - begun == {
        Action.DOCUMENT_NUMBER_OPEN,
        Action.COUNSELLING_OPEN,
        Action.MEDICAL_ITEMS_OPEN,
        Action.OWN_VIEW_OPEN,
        Action.PAYEE_ACCOUNT_OPEN,
        Action.CONDITIONS_OPEN,
        Action.ASSESSMENT_OPEN,
        Action.HELD_OPEN,
        Action.CONSENT_NAMES_OPEN,
    }
