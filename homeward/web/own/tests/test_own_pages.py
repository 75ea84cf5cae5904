import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.cases.commands import make_appointment, open_case
from homeward.consent.queries import consents_of
from homeward.feedback.commands import offer_own_page
from homeward.feedback.models import Complaint, OwnPageLink, Question
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.texting.queries import permissions_of
from homeward.texting.tests.phones import a_phone, says_yes
from tests.cast import RETURN_PARTNERS, nora, rosa
from tests.consented import given

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def enter(sami):
    """A browser in which Sami has opened his page."""

    def entered(case=sami, language="en"):
        made = offer_own_page(nora, case_id=case.id, language=language)
        browser = Client()
        assert browser.get(reverse("my_door", args=[made.token])).url == reverse("my_enter")
        answer = browser.post(reverse("my_enter"), {"code": f"{made.code[:3]} {made.code[3:]}"})
        assert (answer.status_code, answer.url) == (302, reverse("my_page"))
        return browser

    return entered


def words_on(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("name", ["my_page", "my_ask", "my_complain"])
def test_without_a_visit_every_page_leads_to_the_closed_door(cast, client_of, name):
    for browser in (Client(), client_of(nora)):
        answer = browser.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, reverse("my_closed"))


def test_a_wrong_code_and_a_wrong_link_are_answered_alike(sami):
    made = offer_own_page(nora, case_id=sami.id, language="en")
    answers = []
    for token in (made.token, made.token + "x", "hp_nonsense"):
        browser = Client()
        browser.get(reverse("my_door", args=[token]))
        answers.append(browser.post(reverse("my_enter"), {"code": "000000"}))
    assert {answer.status_code for answer in answers} == {422}
    said = {re.sub(r'value="[^"]{40,}"', "", words_on(answer)) for answer in answers}
    assert len(said) == 1


def test_the_code_may_be_typed_in_arabic_digits(sami):
    made = offer_own_page(nora, case_id=sami.id, language="ar")
    browser = Client()
    browser.get(reverse("my_door", args=[made.token]))
    typed = made.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert browser.post(reverse("my_enter"), {"code": typed}).status_code == 302


def test_the_page_opens_in_the_persons_language(enter):
    answer = enter(language="ar").get(reverse("my_page"))
    assert '<html lang="ar" dir="rtl">' in words_on(answer)


def test_whoever_was_signed_in_on_the_device_no_longer_is(sami, client_of):
    made = offer_own_page(nora, case_id=sami.id, language="en")
    browser = client_of(nora)
    browser.get(reverse("my_door", args=[made.token]))
    browser.post(reverse("my_enter"), {"code": made.code})
    assert browser.get(reverse("my_page")).status_code == 200
    assert browser.get(reverse("case", args=[sami.id])).status_code == 302


def test_the_page_opens_nothing_but_itself(enter, sami):
    browser = enter()
    for name, args in (("inbox", []), ("case", [sami.id]), ("people", []), ("audit", [])):
        assert browser.get(reverse(name, args=args)).status_code == 302
    assert browser.get(f"/api/v1/cases/{sami.id}").status_code in (401, 403, 404)


def test_closing_ends_the_visit_on_this_device_and_the_link_everywhere(enter):
    browser = enter()
    cookies = browser.cookies.copy()
    browser.post(reverse("my_leave"))
    assert browser.get(reverse("my_page")).status_code == 302
    browser.cookies = cookies
    assert browser.get(reverse("my_page")).status_code == 302


def test_a_visit_ends_after_its_hours(enter, past_policies):
    browser = enter()
    with acting_as(nora):
        OwnPageLink.objects.update(used_at=now() - timedelta(hours=9))
    assert browser.get(reverse("my_page")).status_code == 302


def test_it_shows_the_next_appointment_and_who_looked_by_organisation_and_role(enter, sami, client_of):
    make_appointment(nora, case_id=sami.id, starts_at=now() + timedelta(days=2), subject="Visit to the shop")
    client_of(nora).get(reverse("case", args=[sami.id]))
    shown = words_on(enter().get(reverse("my_page")))
    assert "Visit to the shop" in shown
    assert "Return Partners Demo" in shown
    assert "Case manager" in shown


def test_a_consent_is_taken_back_with_one_click_and_given_again(enter, sami):
    consent = given(sami)
    browser = enter()
    page = reverse("my_consent", args=[consent.id])
    assert "Take back my yes" in words_on(browser.get(page))
    assert browser.post(page).status_code == 302
    with acting_as(nora):
        assert [one.withdrawn_how for one in consents_of(nora, sami.person_id)] == ["own_page"]
    assert browser.post(page).status_code == 302
    with acting_as(nora):
        newest = consents_of(nora, sami.person_id)[0]
        assert (newest.way, newest.is_given, newest.own_page_id is not None) == ("own_page", True, True)
        assert newest.answer.stands(localdate())


def test_nothing_of_another_person_opens(enter):
    person = register_person(nora, details=PersonDetails(given_names="Other"))
    other = open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2))
    consent = given(other)
    assert enter().get(reverse("my_consent", args=[consent.id])).status_code == 404


def test_a_question_is_asked_and_its_answer_shown(enter, sami, client_of):
    browser = enter()
    assert browser.post(reverse("my_ask"), {"words": ""}).status_code == 422
    assert browser.post(reverse("my_ask"), {"words": "When can I open?"}).status_code == 302
    with acting_as(nora):
        question = Question.objects.get()
    staff = client_of(nora)
    assert "Answer a question" in words_on(staff.get(reverse("inbox")))
    assert "When can I open?" in words_on(staff.get(reverse("case", args=[sami.id])))
    staff.post(reverse("answer_question", args=[sami.id, question.id]), {"answer": "In March."})
    assert "In March." in words_on(browser.get(reverse("my_page")))


def test_a_complaint_reaches_the_coordinator_and_not_the_caseworker(enter, sami, client_of):
    browser = enter()
    told = {"subject": "treatment", "words": "She shouts at me.", "is_about_lead": "on"}
    assert browser.post(reverse("my_complain"), told).status_code == 302
    with acting_as(rosa):
        complaint = Complaint.objects.get()
    assert complaint.about_user_id == nora.user_id
    assert "She shouts" not in words_on(client_of(nora).get(reverse("case", args=[sami.id])))
    assert client_of(nora).get(reverse("complaint", args=[complaint.id])).status_code == 403
    officer = client_of(rosa)
    page = reverse("complaint", args=[complaint.id])
    assert "She shouts at me." in words_on(officer.get(page))
    assert officer.post(page, {"answer": "We spoke with her."}).status_code == 302
    assert "We spoke with her." in words_on(browser.get(reverse("my_page")))


def test_the_address_that_is_handed_over_tells_nothing_about_the_person(sami):
    made = offer_own_page(nora, case_id=sami.id, language="en")
    link = reverse("my_door", args=[made.token])
    assert not [
        told for told in (str(sami.id), str(sami.person_id), sami.reference, "Sami") if told in link[5:]
    ]
    assert RETURN_PARTNERS.hex in link


def test_the_page_asks_the_database_a_bounded_number_of_questions(enter, sami, django_assert_max_num_queries):
    for _time in range(4):
        given(sami)
    browser = enter()
    browser.get(reverse("my_page"))
    with django_assert_max_num_queries(60):
        browser.get(reverse("my_page"))


def test_messages_are_stopped_and_allowed_again_on_ones_own_page(enter, sami):
    browser = enter()
    assert "Messages to my phone" not in words_on(browser.get(reverse("my_page"))), "nobody asked him"
    contact = a_phone(sami)
    says_yes(sami, contact)
    shown = words_on(browser.get(reverse("my_page")))
    assert "… 432" in shown
    assert contact.value not in shown
    for standing in ([], ["own_page"]):
        browser.post(reverse("my_messages", args=[contact.id]))
        with acting_as(nora):
            assert [one.way for one in permissions_of(nora, sami.id)] == standing
    assert browser.post(reverse("my_messages", args=[sami.id])).status_code == 404
