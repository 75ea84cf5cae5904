"""Filling a form on pages: by an officer, by the person, and to try it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.feedback.commands import offer_own_page
from homeward.followup.commands import open_to_person
from homeward.followup.models import DraftFile
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.surveys.commands import add_instrument
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.models import Submission
from homeward.surveys.rules import Missing
from homeward.surveys.tests.books import workbook
from homeward.surveys.tests.test_forms import published
from tests.cast import frida, hana, nora, rosa, tarek


@pytest.fixture
def visit(sami):
    published()
    return a_visit(sami)


@pytest.fixture
def officer(visit, client_of):
    """Hana's browser, in which she began to ask."""
    browser = client_of(hana)
    browser.post(reverse("ask_at_visit", args=[visit.id]))
    return browser


def words_on(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def sent(browser, name, visit, screen, given, **more):
    """Send a screen as the page that was just read would."""
    url = reverse(name, args=[visit.id, screen])
    page = browser.get(url).content.decode()
    hidden = dict(re.findall(r'name="(seal|shown)" value="([^"]*)"', page))
    return browser.post(url, {**hidden, "go": "on", **given, **more})


def test_who_is_not_let_in_to_the_visit_is_told_nothing(visit, client_of):
    for actor, status in ((tarek, 404), (frida, 403)):
        for name, args in (("ask_at_visit", []), ("ask_screen", ["1"]), ("check_answers", [])):
            assert client_of(actor).get(reverse(name, args=[visit.id, *args])).status_code == status


def test_an_officer_asks_from_screen_to_screen_and_the_visit_is_made(visit, officer):
    first = sent(officer, "ask_screen", visit, "1", {"q1": "Saltfield", "q2": "yes"})
    assert first.status_code == 200  # the answer asks for more on the same screen
    assert "Your answers ask for a little more here." in words_on(first)
    second = sent(
        officer, "ask_screen", visit, "1", {"q1": "Saltfield", "q2": "yes", "q3": "", "q3_none": "98"}
    )
    assert second.url == reverse("ask_screen", args=[visit.id, "4-1"])
    third = sent(officer, "ask_screen", visit, "4-1", {"q4": "Amina", "q5": "٣٤"}, go="add")
    assert third.url == reverse("ask_screen", args=[visit.id, "4-2"])
    sent(officer, "ask_screen", visit, "4-2", {"q4": "Sami", "q5": "4"})
    picture = SimpleUploadedFile("me.jpg", b"picture", "image/jpeg")
    last = sent(officer, "ask_screen", visit, "6", {"q6": ["work", "cash"], "q7": "36.5 3.1", "q8": picture})
    assert last.url == reverse("check_answers", args=[visit.id])
    looked = words_on(officer.get(last.url))
    for told in ("I do not know", "Cash, Work", "36.5, 3.1", "Member 2", "A file is here."):
        assert told in looked
    assert "Saltfield" not in last.url
    for _time in range(2):
        assert officer.post(last.url).status_code == 302
    assert fresh(visit).state == VisitState.DONE
    with acting_as(nora):
        kept = Submission.objects.get()
        assert answer_of(kept.answers, "income") == Missing.DONT_KNOW
        assert [one["members/age"] for one in kept.answers["members"]] == [34, 4]
        assert not DraftFile.objects.exists()


def test_what_is_wrong_stands_beside_its_question_and_keeps_what_was_typed(visit, officer):
    sent(officer, "ask_screen", visit, "1", {"q1": "Saltfield", "q2": "yes"})
    answer = sent(officer, "ask_screen", visit, "1", {"q1": "Oldport", "q2": "yes", "q3": "much"})
    assert answer.status_code == 422
    told = words_on(answer)
    assert "Write a whole number, such as 12." in told
    assert 'value="much"' in told
    assert 'value="Oldport"' in told
    checked = officer.get(reverse("check_answers", args=[visit.id]))
    assert "Needs another look" in words_on(checked)
    assert officer.post(reverse("check_answers", args=[visit.id])).status_code == 422
    assert fresh(visit).state == VisitState.DUE


def test_over_what_another_browser_saved_nobody_writes_unseen(visit, officer, client_of):
    url = reverse("ask_screen", args=[visit.id, "1"])
    hidden = dict(re.findall(r'name="(seal|shown)" value="([^"]*)"', officer.get(url).content.decode()))
    other = client_of(nora)
    assert other.post(url, {**hidden, "q1": "Saltfield", "q2": "no", "go": "on"}).status_code == 302
    answer = officer.post(url, {**hidden, "q1": "Oldport", "q2": "no", "go": "on"})
    assert answer.status_code == 409
    told = words_on(answer)
    assert "Saltfield" in told
    assert 'value="Oldport"' in told
    assert sent(officer, "ask_screen", visit, "1", {"q1": "Oldport", "q2": "no"}).status_code == 302


def test_the_person_answers_on_their_own_page_in_their_language(visit, sami):
    made = offer_own_page(nora, case_id=sami.id, language="ar")
    mine = Client()
    mine.get(reverse("my_door", args=[made.token]))
    mine.post(reverse("my_enter"), {"code": made.code})
    begin = reverse("my_questions", args=[visit.id])
    assert mine.get(begin).status_code == 404
    assert begin not in words_on(mine.get(reverse("my_page")))
    open_to_person(hana, visit_id=visit.id)
    assert begin in words_on(mine.get(reverse("my_page")))
    assert mine.get(begin).url == reverse("my_screen", args=[visit.id, "1"])
    page = words_on(mine.get(reverse("my_screen", args=[visit.id, "1"])))
    assert "هل تعمل؟" in page
    sent(mine, "my_screen", visit, "1", {"q1": "Saltfield", "q2": "no"})
    sent(mine, "my_screen", visit, "4-1", {"q4": "", "q5": ""})
    sent(mine, "my_screen", visit, "6", {})
    assert mine.post(reverse("my_check", args=[visit.id])).url == reverse("my_page")
    assert fresh(visit).state == VisitState.DONE


def test_a_form_is_tried_without_a_trace(cast, client_of):
    draft = add_instrument(rosa, file=workbook())
    browser = client_of(rosa)
    begun = browser.post(reverse("try_form", args=[draft.id]))
    assert begun.url == reverse("try_screen", args=[draft.id, "1"])
    assert sent(browser, "try_screen", draft, "1", {"q1": "x", "q2": "no"}).status_code == 302
    assert "Saltfield" not in words_on(browser.get(reverse("try_check", args=[draft.id])))
    assert browser.post(reverse("try_check", args=[draft.id])).status_code == 302
    assert browser.get(reverse("try_screen", args=[draft.id, "1"])).status_code == 404
    with acting_as(rosa):
        assert not Submission.objects.exists()


def test_a_screen_costs_few_queries(visit, officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(42):
        officer.get(reverse("ask_screen", args=[visit.id, "1"]))
    with django_assert_max_num_queries(47):
        officer.get(reverse("check_answers", args=[visit.id]))
