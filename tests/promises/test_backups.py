"""D1 and D5: a backup tells nothing that is sealed, and who was erased does not come back with it.

By the command line, as an operator does it: `homeward backup`, an erasure, `homeward restore` elsewhere.
"""

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

from homeward.cases.commands import open_case, record_counselling
from homeward.cases.journey_rules import Topic
from homeward.casework.rights.commands import erase_person
from homeward.config.backup.server import run_program
from homeward.config.postgres.passwords import local_secrets
from homeward.config.postgres.prepare import prepare_own_database
from homeward.files.commands import store_file
from homeward.lib.key_files import create_keys, load_keys, signer_path
from homeward.people.commands import add_document, register_person
from homeward.people.rules import DocumentKind, PersonDetails
from tests.cast import ines, nora
from tests.promises.bounds import full, none_in
from tests.promises.everything_about import found_in_database

SEED = 20261122
ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(transactional_db, cast, scratch, settings, tmp_path):
    """Keys, files and ledger of an installation of our own."""
    settings.KEYS_FILE, settings.FILES_DIR = tmp_path / "keys.json", tmp_path / "files"
    settings.SEALER_KEY_FILE = signer_path(settings.KEYS_FILE)
    settings.ERASURE_LEDGER = tmp_path / "files-erasures.jsonl"
    create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
    return tmp_path


@pytest.fixture
def elsewhere(scratch, place):
    """The name of an empty, prepared database."""
    name = f"{scratch.name}_elsewhere"
    with scratch.superuser() as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    prepare_own_database(scratch.cluster, name)
    yield name
    with scratch.superuser() as superuser:
        superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")


def homeward(scratch, database, files, *words):
    """The command, as an operator gives it, on a server that is not our own; what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    environment |= {
        "HOMEWARD_SECRET_KEY": local_secrets()["HOMEWARD_SECRET_KEY"],
        "HOMEWARD_DATABASE_URL": scratch.cluster.url(
            "homeward_app", local_secrets()["APP_PASSWORD"], database
        ),
        "HOMEWARD_OWNER_DATABASE_URL": scratch.owner_url(database),
        "HOMEWARD_BACKUP_DATABASE_URL": scratch.cluster.superuser_url(database),
        "HOMEWARD_KEYS_FILE": str(files.parent / "keys.json"),
        "HOMEWARD_FILES_DIR": str(files),
        "DJANGO_SETTINGS_MODULE": "homeward.config.settings",
    }
    command = [sys.executable, "-m", "homeward.config.cli", *map(str, words)]
    done = subprocess.run(  # noqa: S603
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def people_with_secrets(count):
    """People with something sealed of each: a paper's number, a talk, a file; the words to look for."""
    made = []
    for number in range(count):
        word = f"kanari{token_hex(8)}"
        person = register_person(nora, details=PersonDetails(given_names=f"Kanname{word}"))
        add_document(nora, person_id=person.id, kind=DocumentKind.PASSPORT, number=f"P{word}")
        if number % 10 == 0:
            case = open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2))
            told = {"held_on": date(2026, 3, 9), "topics": [Topic.OPTIONS]}
            record_counselling(nora, case_id=case.id, summary=f"She said T{word}", **told)
            content = b"%PDF-1.7 F" + word.encode()
            store_file(nora, name=f"N{word}.pdf", content=content, case_id=case.id, subject_id=person.id)
        made.append((person.id, word))
    return made


def sealed_found(directory, words, scratch, elsewhere):
    """Sealed words in the archive as it lies there, and in its dump unpacked into plain text."""
    dump = directory / "database.dump"
    major = 15
    with scratch.superuser() as superuser:
        major = superuser.info.server_version // 10_000
    url = scratch.cluster.superuser_url(elsewhere)
    plain = run_program("pg_restore", url, ["--file=-", "--data-only", dump], server_major=major)
    raw = b"".join(file.read_bytes() for file in directory.rglob("*") if file.is_file())
    everything = (raw + plain.encode()).lower()
    assert b"kanname" in everything, "the unpacked dump is real: names are not sealed"
    keys = load_keys(directory.parent / "keys.json")
    secrets = [*keys.masters.values(), keys.blind_index]
    found = [key for key in secrets if key in everything or key.hex().encode() in everything]
    for word in words:
        found += [kind for kind in "ptfn" if f"{kind}{word}".encode() in everything]
        hidden = f"p{word}".encode().hex().encode()
        found += ["hex"] if hidden in everything else []
    return found


def back_from_a_backup(count, erased_before, erased_after, place, scratch, elsewhere):
    people = people_with_secrets(count)
    chance = random.Random(SEED)  # noqa: S311
    gone = chance.sample(people, erased_before + erased_after)
    for person_id, _word in gone[:erased_before]:
        erase_person(ines, person_id=person_id)
    homeward(scratch, scratch.name, place / "files", "backup", place / "backup")
    found = sealed_found(place / "backup", [word for _id, word in people], scratch, elsewhere)
    assert found == []
    none_in(len(people) * 5, "sealed words and keys stood in a backup's archive or its unpacked dump", "D1")
    for person_id, _word in gone[erased_before:]:
        erase_person(ines, person_id=person_id)
    (place / "keys-elsewhere").mkdir()
    files = place / "keys-elsewhere" / "files"
    for kept in ("keys.json", "files-erasures.jsonl", signer_path(place / "keys.json").name):
        (place / "keys-elsewhere" / kept).write_bytes((place / kept).read_bytes())
    said = homeward(scratch, elsewhere, files, "restore", place / "backup")
    assert f"Erased again: {erased_after} people" in said
    readable = erased_again(people, gone, scratch, elsewhere)
    assert readable == []
    none_in(len(gone), "erased people were readable after an older backup was restored", "D5")


def erased_again(people, gone, scratch, elsewhere):
    """Who came back: any word in any table, or a key; and that everybody else did come back."""
    ids = [person_id for person_id, _word in gone]
    with psycopg.connect(scratch.cluster.superuser_url(elsewhere), autocommit=True) as restored:
        words = [f"{kind}{word}" for _id, word in gone for kind in ("Kanname", "kanname")]
        back = list(found_in_database(restored, words).items())
        keys = "SELECT count(*) FROM privacy_subjectkey WHERE subject_id = ANY(%s) AND wrapped IS NOT NULL"
        back += [("keys", n) for (n,) in restored.execute(keys, [ids]).fetchall() if n]
        named = "SELECT count(*) FROM people_person WHERE given_names LIKE 'Kanname%'"
        assert restored.execute(named).fetchone() == (len(people) - len(gone),)
    return back


@pytest.mark.django_db(transaction=True)
def test_a_backup_tells_nothing_sealed_and_brings_nobody_erased_back(place, scratch, elsewhere):
    back_from_a_backup(4, 1, 1, place, scratch, elsewhere)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_thousand_erased_people_do_not_come_back_with_a_backup(place, scratch, elsewhere):
    count = full(1_500, 15)
    back_from_a_backup(count, count // 15, count * 2 // 3 - count // 15, place, scratch, elsewhere)
