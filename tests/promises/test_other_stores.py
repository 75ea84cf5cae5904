"""Search, cache, queue, sessions, mail and temporary files obey the same rule as the tables."""

import base64
import re
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as told
from django.core import mail
from django.urls import reverse

from homeward.access.roles import Role
from tests.cast import ELSEWHERE, nora, stranger
from tests.programs import program_of
from tests.promises.bounds import none_in
from tests.promises.things import NATIVE, pages, world_of

pytestmark = pytest.mark.django_db

WORDS = ("Sami", "X1234567", NATIVE)
SEARCHES = ("Sami", "sami ex", "Example", "سامي", "Smai Exampel", "X1234567")
# What is searched by those with no part in the case: the list, people, services; each by the box it has.
BOXES = {"text": "cases_find", "name": "find_people"}
STORES = ("homeward_cache", "procrastinate_jobs", "django_session")


def files_since(before):
    """Every file made since, of the encrypted store and of the machine's temporary folder."""
    roots = (Path(told.FILES_DIR), Path(tempfile.gettempdir()))
    found = (one for root in roots if root.exists() for one in root.glob("*") if one.is_file())
    stored = (one for one in Path(told.FILES_DIR).rglob("*") if one.is_file())
    return [one for one in {*found, *stored} if one not in before]


def opened_up(text):
    """A stored value with every part that is base64 taken apart, as cache and sessions keep theirs."""
    parts = re.findall(r"[A-Za-z0-9+/=_-]{16,}", text)
    return text.encode() + b"".join(_decoded(part) for part in parts)


def _decoded(part):
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_")
    except ValueError:
        return b""


def test_nothing_of_another_lies_where_policies_do_not_reach(sami, client_of, past_policies, settings):
    settings.API_CALLS_A_MINUTE = 10**9
    before = set(files_since(set()))
    world_of(sami)
    own, other = client_of(nora), client_of(stranger)
    for client in (own, other):
        client.raise_request_exception = False
        for name in ("inbox", "cases", "people", "handovers", "arrivals"):
            client.get(reverse(name))
    found = [*_searched(other), *_looked_up()]
    for store in STORES:
        found += [
            (store, word)
            for row in past_policies(f'SELECT * FROM "{store}"')
            for word in WORDS
            if word.encode() in opened_up(" ".join(map(str, row.values())))
        ]
    found += [
        (one.name, word) for one in files_since(before) for word in WORDS if word.encode() in _read(one)
    ]
    found += [("mail", word) for one in mail.outbox for word in WORDS if word in one.subject + one.body]
    assert not found, found
    none_in(len(STORES) + 3 + 2 * len(SEARCHES), "other stores and searches held something of another", "A8")


def _read(file):
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _searched(client):
    """What the pages' searches find for who has no part in it."""
    known = {name for name, _ in pages()}
    for box, name in BOXES.items():
        for text in SEARCHES if name in known else ():
            answer = client.post(reverse(name), {box: text}, follow=True)
            rows = re.sub(rb'value="[^"]*"', b"", answer.content)
            yield from ((name, text) for word in ("Sami Example", NATIVE) if word.encode() in rows)


def _looked_up():
    """What the API's searches find for a program that has no part in it."""
    program = program_of(Role.CASE_MANAGER, ELSEWHERE)
    for path in ("/cases/search", "/people/search"):
        for text in SEARCHES:
            answer = program.post(path, {"text": text, "name": text})
            if any(word.encode() in answer.content for word in ("Sami Example", NATIVE)):
                yield path, text
