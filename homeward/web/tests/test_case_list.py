"""The case list: views, filters, search, pages, saved views."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.commands import open_case, set_next_step
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.models import SavedView
from homeward.cases.queries import get_case
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.agreed import shared
from tests.cast import HARBOUR, jonas, nora, otto, stranger, tarek

CASES = reverse("cases")
FIND = reverse("cases_find")


def opened(number, place=""):
    person = register_person(nora, details=PersonDetails(given_names=f"Person{number}"))
    details = CaseDetails(return_country="XM", return_place=place)
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2), details=details)


def promised(case, day):
    with acting_as(nora):
        version = get_case(nora, case.id).version
    set_next_step(nora, case_id=case.id, expected_version=version, next_step="Call", next_step_on=day)


def test_a_donor_may_not_read_the_list(client_of):
    assert client_of(otto).get(CASES).status_code == 403
    assert client_of(otto).post(FIND, {"text": "Sami"}).status_code == 403


def test_a_stranger_finds_nothing_by_any_door(client_of, sami):
    client = client_of(stranger)
    for text in ("Sami", "سامي", sami.reference):
        page = client.post(FIND, {"text": text}, follow=True)
        assert page.status_code == 200
        assert "No case fits" in page.content.decode()
    page = client.get(CASES, {"view": "all"}).content.decode()
    assert "Sami" not in page
    assert sami.reference not in page


def test_a_search_does_not_reach_beyond_the_office_an_actor_is_limited_to(client_of, sami):
    page = client_of(tarek).post(FIND, {"text": "Sami"}, follow=True)
    assert "No case fits" in page.content.decode()


def test_my_cases_come_first_with_what_was_promised(client_of, sami):
    promised(sami, localdate() - timedelta(days=7))
    page = client_of(nora).get(CASES).content.decode()
    for words in ("Sami Example", "سامي مثال", sami.reference, "Saltfield", "7 days late", "Enquiry"):
        assert words in page, words


@pytest.mark.parametrize("text", ["Sami", "xampl", "سامي", "Sammi Exampel"])
def test_a_name_is_found_and_stands_in_no_address(client_of, sami, text):
    client = client_of(nora)
    answer = client.post(FIND, {"text": text})
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "Sami Example" in page.content.decode()
    for link in [answer.url, *links_of(page)]:
        assert "ami" not in link
        assert "xamp" not in link
        assert "%D8" not in link


def test_a_reference_leads_straight_to_the_case(client_of, sami):
    answer = client_of(nora).post(FIND, {"text": sami.reference.lower()})
    assert answer.url == reverse("case", args=[sami.id])


def test_what_another_session_searched_for_is_not_shown_by_its_key(client_of, sami):
    url = client_of(nora).post(FIND, {"text": "Sami"}).url
    assert "Search:" not in client_of(nora).get(url).content.decode()


def test_filters_travel_in_the_address_as_codes_and_can_be_taken_away(client_of, sami):
    client = client_of(nora)
    form = {"stage": "enquiry", "return_country": "XM", "place": "Saltfield", "view": "all"}
    answer = client.post(FIND, form)
    page = client.get(answer.url).content.decode()
    assert "Stage: Enquiry" in page
    assert "Return to: Marenia" in page
    assert "Sami Example" in page
    page = client.post(FIND, {**form, "stage": "arrived"}, follow=True).content.decode()
    assert "No case fits" in page


def test_a_name_typed_as_a_place_does_not_get_into_an_address(client_of, sami):
    answer = client_of(nora).post(FIND, {"place": "Sami Example"})
    assert answer.status_code == 422
    assert 'value="Sami Example"' in answer.content.decode()


def test_what_an_address_says_wrongly_is_left_aside(client_of, sami):
    wrong = {
        "stage": "x",
        "return_country": "?",
        "after": "x",
        "q": "x",
        "saved": "x",
        "order": "x",
        "view": "x",
    }
    assert client_of(nora).get(CASES, wrong).status_code == 200


def test_a_long_list_is_read_page_by_page_without_gap_or_repeat(client_of, cast):
    for number in range(30):
        opened(number)
    client, url, seen = client_of(nora), CASES, []
    while url:
        page = client.get(url)
        seen += [row.reference for row in page.context["page"].rows]
        url = page.context["next_url"]
    assert len(seen) == len(set(seen)) == 30


def test_the_number_of_queries_does_not_grow_with_the_cases(client_of, cast, django_assert_max_num_queries):
    client = client_of(nora)
    opened(0)
    client.get(CASES)
    with django_assert_max_num_queries(42) as one:
        client.get(CASES)
    for number in range(12):
        opened(number + 1)
    with django_assert_max_num_queries(len(one)):
        client.get(CASES)


def test_reading_the_list_is_one_entry_on_the_record(client_of, sami):
    client_of(nora).get(CASES)
    with acting_as(nora):
        entry = Entry.objects.get(action="case.list")
    assert (entry.actor_id, entry.case_id, entry.note) == (nora.user_id, None, "")


def test_a_view_is_kept_shown_and_forgotten_and_never_holds_a_name(client_of, sami):
    client = client_of(nora)
    key = client.post(FIND, {"text": "Sami", "stage": "enquiry"}).url
    assert (
        client.post(f"{reverse('view_save')}?{key.partition('?')[2]}", {"name": "New ones"}).status_code
        == 302
    )
    with acting_as(nora):
        view = SavedView.objects.get()
    assert view.filters == {"stage": "enquiry"}
    assert "New ones" in client.get(CASES).content.decode()
    assert "New ones" not in client_of(jonas).get(CASES).content.decode()
    assert client_of(jonas).post(reverse("view_forget", args=[view.id])).status_code == 404
    client.post(reverse("view_forget", args=[view.id]))
    assert "New ones" not in client.get(CASES).content.decode()


def test_a_view_without_a_name_is_not_kept(client_of, sami):
    page = client_of(nora).post(reverse("view_save"), {"name": " "}, follow=True)
    assert "Give the view a name." in page.content.decode()


def test_an_empty_list_says_what_to_do_first(client_of, cast):
    assert "No case yet" in client_of(nora).get(CASES).content.decode()
    for view in ("late", "arriving", "lost", "shared", "all"):
        assert 'class="empty"' in client_of(nora).get(CASES, {"view": view}).content.decode()


def test_a_shared_case_is_listed_for_the_partner_under_its_own_view(client_of, sami):
    shared(nora, sami.id, HARBOUR)
    page = client_of(jonas).get(CASES, {"view": "shared"}).content.decode()
    assert "Sami Example" in page
    assert "Return Partners Demo" in page


def links_of(page):
    text = page.content.decode()
    return [part.partition('"')[0] for part in text.split('href="')[1:]]


def test_the_list_reads_in_every_language(client_of, sami):
    for language in ("en", "fr", "ar"):
        page = client_of(nora).get(CASES, headers={"accept-language": language})
        assert page.status_code == 200
        assert f'lang="{language}"' in page.content.decode()
