"""A5: of a case told to an enforcement body, no other word reaches it, by any of sixteen channels.

The body's officer and their browser, a program that guesses tokens, and the bare login of the database look
for every word of the case. What the notice itself says must be found, or the search would prove nothing.
"""

import json
import re
import subprocess

import psycopg
import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.config.postgres.binaries import find_binaries
from homeward.firewall.commands import make_notice
from homeward.firewall.rules import DocumentStatus
from homeward.organisations.models import Integration
from homeward.people.commands import add_document
from homeward.people.rules import DocumentKind
from tests import enforcement
from tests.access.world import World
from tests.cast import nora
from tests.programs import Program
from tests.promises.bounds import none_in
from tests.promises.things import pages

NEED = "The airline asks the border post whether the travel document will be accepted."
WORDS = ("Sami", "Example", "سامي", "KANARI771", "Insulin", "A long talk", "+999 555", "Saltfield")


@pytest.fixture
def told(scratch, transactional_db, sami, tmp_path):
    """A case full of words, one notice of it, an officer of the body who reads it, and the process's log."""
    body = enforcement.a_body()
    protocol = enforcement.in_force(body)
    world = World(sami)
    world.travel_planned()
    for filled in ("counselling_id", "contact_id", "scan_id", "note_id"):
        assert getattr(world, filled)
    add_document(nora, person_id=sami.person_id, kind=DocumentKind.PASSPORT, number="KANARI771")
    make_notice(
        nora,
        case_id=sami.id,
        protocol_id=protocol.id,
        document_status=DocumentStatus.APPLIED_FOR,
        travels_on=localdate(),
        necessity=NEED,
        flight="XN 441",
    )
    log = tmp_path / "enforcement.log"
    with enforcement.served(scratch, log) as address:
        yield enforcement.an_officer(body, address), world, body, log


def ours(named, known):
    """Every address of the ordinary process with such a name."""
    return [
        reverse(name, kwargs={place: known[place] for place in places})
        for name, places in pages()
        if set(places) <= set(known) and re.search(named, name)
    ]


def channels(officer, world, body, log, scratch):
    """What each channel gives; each under the name it has in the promise."""
    names = ("case_id", "person_id", "document_id", "contact_id", "counselling_id", "note_id")
    known = {name: getattr(world, name) for name in names} | {"file_id": world.scan_id}
    scan = reverse("download_file", args=[world.scan_id])

    def read(named, *more):
        asked = [*ours(named, known), *more]
        assert asked, named
        return lambda: "".join(officer.get(address)[1] for address in asked)

    def searched():
        """Each search, asked for each word; a page may repeat what was asked, so that is taken out."""
        for address in ours("find|search", known):
            for word in WORDS:
                yield officer.post(address, "/notices", text=word, name=word)[1].replace(word, "")

    return {
        "pages": read("^(case|person|inbox|cases|people|timeline)$", "/notices"),
        "programs": lambda: _as_a_program(officer, world, body),
        "search": lambda: "".join(searched()),
        "suggestions while typing": read("find|pick|suggest", "/cases/?text=Sam", "/notices?q=Sam"),
        "counts and totals": read("^(inbox|cases|arrivals)$", "/notices?count=1", "/api/v1/cases?count=1"),
        "reports": read("register|statistic|report|record"),
        "exports": read("export|copy", "/notices.csv", "/notices?format=csv", "/notices?fields=*"),
        "files": read("file", scan),
        "thumbnails": read("photo|picture|file", f"{scan}/thumbnail", f"{scan}?size=small"),
        "notifications": lambda: _rows(scratch, "procrastinate_jobs", body),
        "mail and short messages": lambda: "".join(f"{one.subject}{one.body}{one.to}" for one in mail.outbox),
        "calls to other servers": lambda: _integrations(body),
        "the body's view of the trail": lambda: _rows(scratch, "audit_entry", body),
        "pages of errors": read("^case$", "/notices/%ff", "/notices/" + "x" * 300, "/cases/nothing"),
        "the process's log": lambda: log.read_text(errors="replace"),
        "a backup under its login": lambda: _dumped(scratch),
    }


def _as_a_program(officer, world, body):
    """The API at the body's process, and at ours with whatever token the body can have."""
    own = officer.get(f"/api/v1/cases/{world.case_id}")[1] + officer.get("/api/v1/cases")[1]
    tokens = (None, str(body.id), officer.secret)
    ours = [Program(token).get(path) for token in tokens for path in ("/cases", f"/cases/{world.case_id}")]
    assert {one.status_code for one in ours} == {401}
    return own + "".join(one.content.decode() for one in ours)


def _rows(scratch, table, body):
    """Whatever stands in a table in the body's name, and all that its login reads there."""
    with scratch.superuser() as superuser:
        rows = superuser.execute(
            f"SELECT to_jsonb(r)::text FROM {table} r WHERE to_jsonb(r)::text LIKE %s", [f"%{body.id}%"]
        ).fetchall()
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(enforcement.login_url(scratch), autocommit=True) as login, refused:
        login.execute(f"SELECT * FROM {table}")
    return json.dumps(rows, ensure_ascii=False)


def _integrations(body):
    with acting_as(system_actor(body.id)):
        assert not Integration.objects.exists()
    return ""


def _dumped(scratch):
    """`pg_dump` with the body's login: refused, and nothing written."""
    url = enforcement.login_url(scratch)
    done = subprocess.run(  # noqa: S603
        [find_binaries().program("pg_dump"), "--data-only", url], capture_output=True, check=False
    )
    assert done.returncode != 0
    return done.stdout.decode(errors="replace")


def test_no_word_of_the_case_comes_by_any_of_sixteen_channels(told, scratch, client_of):
    officer, world, body, log = told
    found, given = [], channels(officer, world, body, log, scratch)
    assert len(given) == 16
    words = [*WORDS, world.reference]
    for name, ask in given.items():
        said = ask()
        found += [(name, word) for word in words if word in said]
    assert found == []
    shown = officer.get("/notices")[1]
    assert NEED in shown
    assert "XN 441" in shown
    own = client_of(nora).get(reverse("case", args=[world.case_id])).content
    assert all(word.encode() in own for word in ("Sami", world.reference)), (
        "who may read them finds the words"
    )
    none_in(len(given) * len(words), "words of a case came by one of sixteen channels", "A5")
