"""A copy of the database and of the files, without the key file, gives no sealed value away."""

from datetime import date
from secrets import token_hex

import pytest

from homeward.cases import commands as cases
from homeward.cases.journey_rules import ClosingReason, OwnView, Topic
from homeward.files.commands import store_file
from homeward.people import commands as people
from homeward.people.queries import open_document_number
from homeward.people.rules import DocumentKind, OpeningReason
from homeward.privacy.sealing import key_ring
from tests.cast import nora
from tests.promises.bounds import figure

NUMBER, NAME, CONTENT = "CANARY7713X", "canary-0d21.pdf", b"%PDF-1.7 canary-9f3e"
TABLES = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
def dump(scratch, transactional_db):
    """Everything in every table, as somebody who stole the server's files would read it."""

    def text():
        with scratch.superuser() as superuser, superuser.cursor() as cursor:
            cursor.execute(TABLES)
            found = b""
            for (table,) in cursor.fetchall():
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                    found += b"".join(bytes(piece) for piece in copy)
            return found

    return text


def test_a_stolen_copy_without_the_keys_gives_nothing_sealed_away(dump, sami, tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    people.add_document(nora, person_id=sami.person_id, kind=DocumentKind.PASSPORT, number=NUMBER)
    store_file(nora, name=NAME, content=CONTENT, case_id=sami.id, subject_id=sami.person_id)
    blobs = [path for path in settings.FILES_DIR.rglob("*") if path.is_file()]
    stolen = dump() + b"".join(path.read_bytes() for path in blobs)
    assert sami.reference.encode() in stolen, "the copy is real"
    for canary in (NUMBER, NUMBER.lower(), NAME):
        assert canary.encode() not in stolen
    assert b"canary" not in stolen.lower()
    ring = key_ring()
    assert not [key for key in (*ring.masters.values(), ring.blind_index) if key in stolen]


def told(case):
    """Something secret in every place that is sealed on a case; which words must be found nowhere."""
    canaries = {
        what: f"canary{token_hex(8)}" for what in ("number", "summary", "name", "content", "words", "view")
    }
    passport = {"kind": DocumentKind.PASSPORT, "number": canaries["number"]}
    paper = people.add_document(nora, person_id=case.person_id, **passport)
    cases.record_counselling(
        nora,
        case_id=case.id,
        held_on=date(2026, 3, 9),
        topics=[Topic.OPTIONS],
        summary=f"She said {canaries['summary']} twice",
    )
    content = b"%PDF-1.7 " + canaries["content"].encode()
    store_file(
        nora, name=f"{canaries['name']}.pdf", content=content, case_id=case.id, subject_id=case.person_id
    )
    open_document_number(
        nora,
        person_id=case.person_id,
        document_id=paper.id,
        reason=OpeningReason.OTHER,
        words=canaries["words"],
    )
    cases.close_case(
        nora,
        case_id=case.id,
        closed_on=date(2026, 5, 1),
        reason=ClosingReason.CHOSE_TO_STOP,
        own_view_asked=OwnView.TOLD,
        own_view=canaries["view"],
    )
    return canaries


def raw_files(scratch):
    """What a thief of the disk reads: this database's files, the write-ahead log, the server's log."""
    with scratch.superuser() as superuser:
        superuser.execute("CHECKPOINT")
        (number,) = superuser.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    data = scratch.cluster.data
    places = (data / "base" / str(number), data / "base" / "pgsql_tmp", data / "pg_wal")
    found = [path for place in places if place.exists() for path in place.iterdir() if path.is_file()]
    return [*found, *([scratch.cluster.log] if scratch.cluster.log.exists() else [])]


def test_the_servers_own_files_log_and_write_ahead_log_give_nothing_sealed_away(
    scratch, transactional_db, sami, tmp_path, settings
):
    settings.FILES_DIR = tmp_path / "files"
    canaries = told(sami)
    files = [*raw_files(scratch), *(path for path in settings.FILES_DIR.rglob("*") if path.is_file())]
    read = {path: path.read_bytes() for path in files}
    assert any(sami.reference.encode() in content for content in read.values()), "these are the real files"
    wrong = [
        (what, path.name)
        for what, word in canaries.items()
        for path, content in read.items()
        if word.encode() in content or word.encode("utf-16-le") in content
    ]
    assert wrong == []
    megabytes = sum(map(len, read.values())) >> 20
    figure(
        "D1", f"{len(canaries)} canaries, {len(files)} files of the server, {megabytes} MB read: none found"
    )
