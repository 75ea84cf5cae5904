"""The case file: who may open it, what it says, and that each look is on the record."""

import re

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.commands import edit_case
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.rules import ReturnType, Scope
from homeward.lib.identifiers import new_id
from tests import agreed
from tests.cast import CLINIC, HARBOUR, MARENIA, adil, ines, jonas, nora, otto, salma, stranger, tarek

PAGES = ("case", "case_edit", "case_next_step", "case_share", "offer_case")


def url(case, page="case"):
    return reverse(page, args=[case.id])


def shared(case, organisation_id=HARBOUR, scope=Scope.PARTICIPANT):
    return agreed.shared(nora, case.id, organisation_id, scope=scope)


@pytest.mark.parametrize("actor", [otto, salma, ines, adil], ids=lambda actor: actor.role)
def test_a_role_without_casework_is_refused_whatever_is_there(client_of, sami, actor):
    client = client_of(actor)
    assert client.get(url(sami)).status_code == 403
    assert client.get(reverse("case", args=[new_id()])).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_cannot_tell_a_foreign_case_from_a_missing_one(client_of, sami, page):
    client = client_of(stranger)
    missing_id = new_id()
    foreign, missing = client.get(url(sami, page)), client.get(reverse(page, args=[missing_id]))
    assert foreign.status_code == missing.status_code == 404
    assert without(foreign, sami.id) == without(missing, missing_id)


@pytest.mark.parametrize("page", PAGES)
def test_a_colleague_of_another_office_cannot_tell_either(client_of, sami, page):
    assert client_of(tarek).get(url(sami, page)).status_code == 404


def test_who_expects_an_arrival_does_not_open_the_case(client_of, sami):
    shared(sami, MARENIA, Scope.ARRIVAL)
    assert client_of(salma).get(url(sami)).status_code == 403


def test_a_colleague_can_take_over_in_a_minute(client_of, sami):
    page = client_of(nora).get(url(sami)).content.decode()
    for words in ("Sami Example", "سامي مثال", sami.reference, "Take over in a minute", "born", "1991"):
        assert words in page, words
    for words in ("Arabic", "Voluntary return", "Nordholm", "Marenia", "Nora Sample", "The case was opened"):
        assert words in page, words


def test_what_nobody_knows_is_written_out_with_who_can_answer(client_of, sami):
    page = client_of(nora).get(url(sami)).content.decode()
    assert "How they heard of the programme" in page
    assert "Sami can answer." in page
    assert "No way to reach them recorded" in page
    assert "Nothing promised yet" in page
    assert re.search(r"<dd>\s*(-|–|—)?\s*</dd>", page) is None


def test_own_words_are_the_only_ones_in_the_persons_voice(client_of, sami):
    details = CaseDetails(own_words="I want a shop.", return_type=ReturnType.VOLUNTARY)
    edit_case(nora, case_id=sami.id, expected_version=sami.version, details=details)
    page = client_of(nora).get(url(sami)).content.decode()
    assert re.findall(r'<blockquote class="voice"><p[^>]*>([^<]*)', page) == ["“I want a shop.”"]


def test_each_look_is_one_entry_on_the_record(client_of, sami):
    client_of(nora).get(url(sami))
    client_of(nora).get(url(sami))
    with acting_as(nora):
        entries = Entry.objects.filter(action="case.view")
        assert [(one.subject_id, one.case_id) for one in entries] == [(sami.id, sami.id)] * 2


def test_who_leads_sees_who_looked_colleagues_by_name_others_by_organisation(client_of, sami):
    shared(sami)
    client_of(jonas).get(url(sami))
    client_of(nora).get(url(sami))
    page = client_of(nora).get(url(sami)).content.decode()
    looked = page[page.index('id="look"') :]
    assert "Nora Sample" in looked
    assert "Harbour Advice Demo" in looked
    assert "Jonas" not in looked


def test_a_partner_sees_neither_who_looked_nor_how_to_share(client_of, sami):
    shared(sami)
    page = client_of(jonas).get(url(sami)).content.decode()
    assert 'id="look"' not in page
    assert f'"{reverse("case_share", args=[sami.id])}"' not in page
    assert "Shared with us" in page


def test_the_timeline_shows_one_chapter_when_asked(client_of, sami):
    shared(sami)
    client = client_of(nora)
    assert "Case opened" in timeline(client.get(url(sami)))
    chapter = timeline(client.get(url(sami), {"chapter": "sharing"}))
    assert "Case shared" in chapter
    assert "Case opened" not in chapter
    assert "Nothing of this kind" in timeline(client.get(url(sami), {"chapter": "decisions"}))


def test_the_number_of_queries_does_not_grow_with_what_happened(
    client_of, sami, django_assert_max_num_queries
):
    client = client_of(nora)
    client.get(url(sami))
    # Sixty-six: four of them for consents, links to the own page and questions asked there, one for visits,
    # one for whether there is anybody to compare with.
    with django_assert_max_num_queries(68) as few:
        client.get(url(sami))
    for organisation in (HARBOUR, CLINIC):
        shared(sami, organisation)
    with django_assert_max_num_queries(len(few)):
        client.get(url(sami))


def test_the_file_reads_in_every_language(client_of, sami):
    for language in ("en", "fr", "ar"):
        page = client_of(nora).get(url(sami), headers={"accept-language": language})
        assert f'lang="{language}"' in page.content.decode()


def test_no_name_stands_in_any_address(client_of, sami):
    page = client_of(nora).get(url(sami)).content.decode()
    for link in re.findall(r'(?:href|action)="([^"]*)"', page):
        assert "ami" not in link.replace("family", "")
        assert "xample" not in link


def timeline(response):
    page = response.content.decode()
    start = page.index('id="time"')
    return page[start : page.index("</section>", start)]


def without(response, case_id):
    return re.sub(rb'value="[^"]{20,}"', b"", response.content).replace(str(case_id).encode(), b"")
