"""A copy of the database and of the files, without the key file, gives no sealed value away."""

import pytest

from homeward.files.commands import store_file
from homeward.people import commands as people
from homeward.people.rules import DocumentKind
from homeward.privacy.sealing import key_ring
from tests.cast import nora

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
