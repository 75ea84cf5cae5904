"""A package on its way: chosen, seen as they will see it, sent, opened, taken back."""

import re
from datetime import time

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.casework.packages import FIELDS, compose_package, usual_fields
from homeward.lib.identifiers import new_id
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from homeward.sharing.queries import content_of, received_packages
from homeward.sharing.rules import MINIMUM, Category, Purpose
from tests.cast import CLINIC, ELSEWHERE, adil, jonas, karim, nora, otto, stranger

CHOSEN = {
    "organisation": CLINIC,
    "purpose": "referral",
    "fields_shown": ["name", "languages", "own_words"],
    "basis": "public_interest",
    "condition": "",
    "necessity": "The clinic has to know whom it treats.",
}


def url(case):
    return reverse("send_package", args=[case.id])


def approved_page(client, case, **changed):
    page = client.post(url(case), {**CHOSEN, **changed}).content.decode()
    found = re.search(r'name="approved" value="(\w+)"', page)
    return page, found[1]


def send(client, case, **changed):
    _page, digest = approved_page(client, case, **changed)
    return client.post(url(case), {**CHOSEN, **changed, "approved": digest})


def what_is_shown(page):
    """The part of a page that shows the package."""
    return re.search(r'id="their-page".*?</dl>', page, re.DOTALL)[0]


def sent():
    with acting_as(karim):
        return received_packages(karim).first()


@pytest.mark.parametrize(("actor", "status"), [(otto, 403), (adil, 403), (stranger, 404)])
def test_who_does_not_work_with_the_case_sends_nothing_of_it(client_of, sami, actor, status):
    assert client_of(actor).get(url(sami)).status_code == status
    assert client_of(actor).post(url(sami), CHOSEN).status_code == status
    assert sent() is None


def test_nothing_leaves_before_it_was_looked_at_or_after_it_changed(client_of, sami):
    client = client_of(nora)
    for approved in ("", "0" * 64):
        page = client.post(url(sami), {**CHOSEN, "approved": approved})
        assert "This is what Port Clinic Demo will see" in page.content.decode()
    assert sent() is None


def test_without_an_agreement_nothing_leaves_and_the_page_says_why(client_of, sami):
    answer = send(client_of(nora), sami, organisation=ELSEWHERE)
    assert answer.status_code == 422
    assert "There is no agreement" in answer.content.decode()
    assert CHOSEN["necessity"] in answer.content.decode()


def test_a_way_to_reach_them_comes_with_when_it_is_safe_in_the_language_of_who_reads(client_of, sami):
    safe = {"may_call": False, "not_after": time(17), "safety_note": "Her brother answers"}
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.PHONE, value="+33612345678", **safe)
    page, _digest = approved_page(client_of(nora), sami, fields_shown=["name", "contacts"])
    for words in ("Do not call", "Leave no message", "Not after 17:00", "Her brother answers"):
        assert words in what_is_shown(page)
    french = client_of(nora)
    french.cookies["django_language"] = "fr"
    page, _digest = approved_page(french, sami, fields_shown=["name", "contacts"])
    assert "Ne pas appeler" in what_is_shown(page)


def test_what_arrives_is_byte_for_byte_what_was_approved(client_of, sami):
    page, _digest = approved_page(client_of(nora), sami)
    assert send(client_of(nora), sami).status_code == 302
    theirs = client_of(karim).get(reverse("received_package", args=[sent().id])).content.decode()
    assert what_is_shown(theirs) == what_is_shown(page)
    assert "Sami Example" in what_is_shown(theirs)
    assert "Saltfield" not in what_is_shown(theirs)
    with acting_as(nora):
        approved = compose_package(nora, sami.id, CHOSEN["fields_shown"]).content
    assert content_of(karim, sent().id).content == approved


def test_before_it_is_opened_nothing_is_told_of_the_person_and_opening_is_told_to_the_sender(client_of, sami):
    send(client_of(nora), sami)
    for listed in ("shared_with_us", "inbox"):
        page = client_of(karim).get(reverse(listed)).content.decode()
        assert "Return Partners Demo" in page
        assert "Sami" not in page
        assert sami.reference not in page
    assert "Not opened yet" in client_of(nora).get(reverse("case", args=[sami.id])).content.decode()
    client_of(karim).get(reverse("received_package", args=[sent().id]))
    assert "Not opened yet" not in client_of(nora).get(reverse("case", args=[sami.id])).content.decode()


def test_taken_back_it_is_closed_on_the_next_click(client_of, sami):
    send(client_of(nora), sami)
    page = reverse("received_package", args=[sent().id])
    assert "Sami" in client_of(karim).get(page).content.decode()
    assert client_of(nora).post(reverse("take_back_package", args=[sami.id, sent().id])).url == reverse(
        "case", args=[sami.id]
    )
    closed = client_of(karim).get(page).content.decode()
    assert "no longer shared" in closed
    assert "Sami" not in closed
    assert client_of(karim).post(reverse("package_receipt", args=[sent().id])).status_code == 302
    assert sent().receipt_by_name == karim.name


def test_nobody_else_can_tell_that_a_package_exists(client_of, sami):
    send(client_of(nora), sami)
    for package_id in (sent().id, new_id()):
        assert client_of(jonas).get(reverse("received_package", args=[package_id])).status_code == 404
        end = reverse("take_back_package", args=[sami.id, package_id])
        assert client_of(jonas).post(end).status_code == 404
    assert client_of(nora).get(reverse("received_package", args=[sent().id])).status_code == 404


def test_where_no_name_is_needed_the_person_has_another_name_with_each_recipient(client_of, sami):
    page, _digest = approved_page(client_of(nora), sami, fields_shown=["place"])
    send(client_of(nora), sami, fields_shown=["place"])
    theirs = client_of(karim).get(reverse("received_package", args=[sent().id])).content.decode()
    assert "Sami" not in theirs
    assert sent().pseudonym in what_is_shown(theirs)
    assert what_is_shown(theirs) == what_is_shown(page)


@pytest.mark.parametrize("purpose", Purpose)
def test_a_form_begins_with_the_least_its_purpose_needs(purpose):
    usual = set(usual_fields(purpose))
    assert {field.category for field in FIELDS if field.code in usual} <= MINIMUM[purpose]
    assert Category.HEALTH not in MINIMUM[purpose]
