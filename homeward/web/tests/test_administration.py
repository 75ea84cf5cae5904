"""An administrator's pages, from the form to what it does."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.audit.models import Entry
from homeward.organisations.commands import ask_for_factor_reset, edit_organisation
from homeward.organisations.models import FactorReset, Integration, Membership, Organisation
from homeward.organisations.queries import actor_for_token, has_second_factor
from tests.cast import CLINIC, OLD_HARBOUR, RETURN_PARTNERS, adil, jonas, nora, stranger, tarek

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

PASSWORD = "a harbour full of lamps"


@pytest.fixture
def browser(client_of):
    return client_of(adil)


def invite(browser, email="new@homeward.example", **given):
    return browser.post(reverse("invite_member"), {"email": email, "role": "case_manager", **given})


def link_on(page):
    return re.search(r'<code class="once" dir="ltr">([^<]+)</code>', page.content.decode())[1]


def test_a_refused_page_leaves_an_entry_in_the_trail(client_of):
    assert client_of(nora).get(reverse("members")).status_code == 403
    with acting_as(nora):
        assert Entry.objects.filter(actor_id=nora.user_id, refused=True, note="members").exists()


def test_a_colleague_elsewhere_cannot_be_told_from_nobody(browser):
    theirs, nobodys = (
        browser.get(reverse("member", kwargs={"membership_id": membership_id}))
        for membership_id in (stranger.membership_id, CLINIC)
    )
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert len(theirs.content) == len(nobodys.content)


def test_a_role_that_the_organisation_does_not_give_is_not_on_offer_and_not_taken(browser):
    page = browser.get(reverse("invite_member"))
    assert b"return_counsellor" not in page.content
    assert invite(browser, role="return_counsellor").status_code == 422


def test_what_was_typed_stays_when_the_domain_refuses(browser):
    page = invite(browser, "nora@homeward.example")
    assert page.status_code == 422
    assert b"already has that role" in page.content
    assert b"nora@homeward.example" in page.content


def test_from_invitation_to_the_set_up_of_a_second_factor(browser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        link = link_on(invite(browser, office=str(OLD_HARBOUR)))
    assert link in mail.outbox[0].body
    guest = Client()
    assert guest.get(link.removeprefix("http://testserver")).url == reverse("accept_invitation")
    page = guest.get(reverse("accept_invitation"))
    assert b"Return Partners Demo" in page.content
    weak = {"name": "New Colleague", "password": "password", "language": "fr"}
    assert guest.post(reverse("accept_invitation"), weak).status_code == 422
    assert guest.post(reverse("accept_invitation"), weak | {"password": PASSWORD}).status_code == 302
    assert guest.get(reverse("account")).url == reverse("mfa_index")
    assert guest.get(reverse("mfa_activate_totp")).status_code == 200, "the password is not asked for again"
    with acting_as(adil):
        made = Membership.objects.get(user__email="new@homeward.example")
    assert (made.office_id, made.user.language) == (OLD_HARBOUR, "fr")
    assert Client().get(link.removeprefix("http://testserver")).status_code == 302
    used = Client()
    used.get(link.removeprefix("http://testserver"))
    assert used.get(reverse("accept_invitation")).status_code == 404


def test_a_person_with_an_account_takes_up_a_second_role_after_signing_in(browser, client_of):
    link = link_on(invite(browser, "stranger@homeward.example"))
    known = client_of(stranger)
    known.get(link.removeprefix("http://testserver"))
    assert known.post(reverse("accept_invitation")).status_code == 302
    page = known.get(reverse("account"))
    assert page.wsgi_request.actor.organisation_id == RETURN_PARTNERS
    assert len(page.wsgi_request.hats) == 2


def test_somebody_else_who_is_signed_in_does_not_take_it_up(browser, client_of):
    link = link_on(invite(browser, "stranger@homeward.example"))
    other = client_of(jonas)
    other.get(link.removeprefix("http://testserver"))
    assert other.post(reverse("accept_invitation")).status_code == 409


def test_a_search_finds_by_part_of_a_name_and_is_no_part_of_the_address(browser):
    page = browser.post(reverse("members"), {"text": "place"})
    assert b"Tarek Placeholder" in page.content
    assert b"Nora Sample" not in page.content
    assert b"Nora Sample" in browser.get(reverse("members") + "?text=place").content


def test_the_list_of_members_asks_the_same_questions_for_any_number(browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        browser.get(reverse("members"))


def test_changing_a_role_signs_the_colleague_out(browser, client_of):
    theirs = client_of(tarek)
    form = {"role": "coordinator", "office": "", "team": "", "expected_version": 1}
    answer = browser.post(reverse("member", kwargs={"membership_id": tarek.membership_id}), form)
    assert answer.url == reverse("members")
    assert theirs.get(reverse("account")).url.startswith(reverse("account_login"))


def test_an_older_version_gets_both_texts_and_saves_nothing(browser):
    details = {"country": "XM", "language": "en", "contact_email": ""}
    edit_organisation(adil, expected_version=1, name="Return Partners of the Harbour", **details)
    old = {"name": "Return Partners of the Hills", "expected_version": 1, **details}
    page = browser.post(reverse("edit_organisation"), old)
    assert page.status_code == 409
    assert b"of the Harbour" in page.content
    assert b"of the Hills" in page.content
    with acting_as(adil):
        assert Organisation.objects.get(id=RETURN_PARTNERS).name == "Return Partners of the Harbour"
    assert browser.post(reverse("edit_organisation"), old | {"expected_version": 2}).status_code == 302


def test_a_partner_is_brought_in_and_its_administrator_comes_in_by_the_link(browser):
    form = {
        "name": "Hill Clinic Demo",
        "organisation_class": "service_provider",
        "country": "XM",
        "language": "en",
        "administrator_email": "first@homeward.example",
    }
    link = link_on(browser.post(reverse("introduce_partner"), form))
    guest = Client()
    guest.get(link.removeprefix("http://testserver"))
    guest.post(reverse("accept_invitation"), {"name": "First Person", "password": PASSWORD, "language": "en"})
    actor = guest.get(reverse("mfa_index")).wsgi_request.actor
    assert (actor.role, actor.organisation_id != RETURN_PARTNERS) == (Role.ADMINISTRATOR, True)


def test_an_enforcement_body_is_not_on_offer(browser):
    assert b"enforcement" not in browser.get(reverse("introduce_partner")).content


def test_a_programs_token_is_shown_once(browser):
    page = browser.post(reverse("create_integration"), {"name": "Reports", "role": "case_manager"})
    assert actor_for_token(link_on(page)).organisation_id == RETURN_PARTNERS
    listed = browser.get(reverse("integrations"))
    assert b"Reports" in listed.content
    with acting_as(adil):
        assert Integration.objects.get().token_digest.encode() not in listed.content


def test_a_lost_factor_is_removed_only_with_a_record_of_how_the_person_was_recognised(browser):
    reset = ask_for_factor_reset(nora)
    address = reverse("factor_reset", kwargs={"reset_id": reset.id})
    assert browser.post(address, {"identity_check": "video_call", "note": ""}).status_code == 422
    browser.post(address, {"identity_check": "video_call", "note": "Showed the staff card"})
    assert not has_second_factor(nora.user_id)
    with acting_as(adil):
        assert FactorReset.objects.get().state == "confirmed"


def test_an_administrator_keeps_the_working_days_of_a_country(browser):
    day = {"on_day": "9", "on_month": "3", "on_year": "2026"}
    holiday = {"country": "XM", "name": "Day of Lanterns", **day}
    assert browser.post(reverse("add_holiday"), holiday).status_code == 302
    assert browser.post(reverse("add_holiday"), holiday).status_code == 422
    assert browser.post(reverse("set_weekend"), {"country": "XM", "days": ["4", "5"]}).status_code == 302
    rows = SimpleUploadedFile("days.csv", b"country,on,name\nXN,2026-05-04,Birch Day\n")
    assert browser.post(reverse("import_holidays"), {"file": rows}).status_code == 302
    shown = browser.get(reverse("calendars")).content.decode()
    for words in ("Day of Lanterns", "Birch Day", "Friday, Saturday", "not confirmed"):
        assert words in shown
    taken_out = re.search(r'action="([^"]+/remove/)"', shown)[1]
    assert browser.post(taken_out).status_code == 302
