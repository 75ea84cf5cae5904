"""Nothing personal in logs, addresses, mails, messages, jobs, counts and notes of the trail.

Every page is asked for and every form of it sent with a canary in each box: rightly filled in or not, no
canary may turn up where people who run machines look.
"""

import json
import logging
import re
from html import unescape

import pytest
from django.core import mail
from django.urls import URLResolver, get_resolver, reverse

from homeward.cases import commands as cases
from homeward.lib.dates import PartialDate
from homeward.people import commands as people
from homeward.people.commands import change_person
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails
from tests.cast import adil, frida, ines, nora, rosa
from tests.promises.bounds import none_in

CANARY = "Kanari3f9c71d2"
ADDRESSES = re.compile(rb'(?:href|action|src|hx-[a-z]+|data-[a-z-]+)="([^"]*)"')
BOXES = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"[^>]*')
NOT_CANARIES = {"csrfmiddlewaretoken", "expected_version", "next"}
LEFT_OUT = {
    "account_logout",
    "set_language",
    "account_reset_password_from_key",
}  # they end the walk, or take a key
SOURCES = {
    "procrastinate_jobs": "SELECT args::text || task_name AS said FROM procrastinate_jobs",
    "audit_entry": "SELECT note || purpose AS said FROM audit_entry",
    "homeward_cache": "SELECT cache_key AS said FROM homeward_cache",
    "django_session": "SELECT session_key AS said FROM django_session",
}


class Heard(logging.Handler):
    """Every record of every logger, as it would be written."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.said = []

    def emit(self, record):
        self.said.append(f"{record.name} {record.getMessage()} {record.exc_info and self.format(record)}")


@pytest.fixture
def heard():
    """Everything that anybody logs while the test runs, whatever the settings keep quiet."""
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def known(sami):
    """Sami is somebody else today: every word told of him is a canary."""
    person = sami.person_id
    change_person(
        nora,
        person_id=person,
        expected_version=1,
        details=PersonDetails(
            given_names=CANARY,
            family_name=f"{CANARY}son",
            native_name=CANARY,
            birth=PartialDate.of_year(1991),
        ),
    )
    paper = people.add_document(nora, person_id=person, kind=DocumentKind.PASSPORT, number=CANARY)
    way = people.add_contact(nora, person_id=person, kind=ContactKind.EMAIL, value=f"{CANARY}@mail.example")
    cases.write_note(nora, case_id=sami.id, text=f"Said {CANARY}", on=sami.opened_on)
    return {"case_id": sami.id, "person_id": person, "document_id": paper.id, "contact_id": way.id}


def addresses(known):
    """Every page that can be asked for about this person and case."""
    for name, wanted in sorted({(name, tuple(sorted(wanted))) for name, wanted in all_names()}):
        if set(wanted) <= set(known) and name not in LEFT_OUT:
            yield name, reverse(name, kwargs={part: known[part] for part in wanted})


def all_names():
    def walk(resolver, parts):
        for entry in resolver.url_patterns:
            own = parts | set(entry.pattern.converters)
            if isinstance(entry, URLResolver):
                if not entry.namespace:
                    yield from walk(entry, own)
            elif entry.name:
                yield entry.name, frozenset(own)

    return walk(get_resolver(), frozenset())


def filled(page):
    """The form sent with a canary in every box."""
    boxes = set(BOXES.findall(page)) - NOT_CANARIES
    return {box: f"{CANARY}@mail.example" if "mail" in box else CANARY for box in boxes}


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def in_addresses(response):
    said = [unescape(found.decode()) for found in ADDRESSES.findall(content_of(response))]
    return [one for one in [*said, response.headers.get("Location", "")] if CANARY.lower() in one.lower()]


def walk(client, pages):
    """Every page asked for, and its form sent; addresses that hold a canary, and the pages that opened."""
    wrong, opened = [], set()
    for name, address in pages:
        shown = client.get(address)
        opened |= {name} if shown.status_code == 200 else set()
        wrong += [(name, one) for one in in_addresses(shown)]
        sent = client.post(address, filled(content_of(shown).decode(errors="replace")))
        wrong += [(name, one) for one in in_addresses(sent)]
    return opened, wrong


@pytest.mark.slow
@pytest.mark.django_db
def test_no_page_or_form_says_elsewhere_what_it_was_told(client_of, known, heard, past_policies):
    every_page_says_nothing_elsewhere(client_of, known, heard, past_policies, by_all=False)


@pytest.mark.django_db
@pytest.mark.drill
def test_none_says_it_to_any_of_five_roles(client_of, known, heard, past_policies):
    every_page_says_nothing_elsewhere(client_of, known, heard, past_policies, by_all=True)


def every_page_says_nothing_elsewhere(client_of, known, heard, past_policies, *, by_all):
    """By all five roles, or each page by them in turn until it lets one of them in."""
    pages, asked = list(addresses(known)), 0
    for actor in (nora, rosa, frida, ines, adil):
        client = client_of(actor)
        client.raise_request_exception = False
        opened, wrong = walk(client, pages)
        asked += 2 * len(pages)
        assert wrong == []
        pages = pages if by_all else [page for page in pages if page[0] not in opened]
    assert [said for said in heard.said if CANARY.lower() in said.lower()] == []
    assert [one.subject for one in mail.outbox if CANARY.lower() in (one.subject + one.body).lower()] == []
    for table, question in SOURCES.items():
        said = json.dumps(past_policies(question))
        assert CANARY.lower() not in said.lower(), table
    none_in(asked, "pages and forms said something elsewhere", "D7")
