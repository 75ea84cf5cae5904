"""Erased is erased: no canary in any table or file, the key gone, the trail unbroken, nobody else touched."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.audit.seals import seal_entries, sealers_connection
from homeward.audit.verification import verify
from homeward.casework.rights.commands import erase_person
from homeward.casework.rights.ledger import read_ledger
from homeward.config.backup.replay import replay
from homeward.files.blobs import path_of
from homeward.lib.key_files import load_keys, load_signer
from homeward.lib.problems import NotFound, Refused
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.privacy import commands
from homeward.privacy.commands.erasing import Held, OthersLead
from homeward.privacy.models import Erasure
from homeward.privacy.sealing import Erased, keys_of
from tests.access.world import World
from tests.cast import ACTORS, HARBOUR, RETURN_PARTNERS, ines, jonas, nora
from tests.promises.bounds import figure
from tests.promises.everything_about import everything_about, found_in_database, put_canaries

CANARY = "CANARY7f3a9c51e04b42d8"
WORDS = ("CANARY7f3a9", "Sami", "سامي")


@pytest.fixture
def ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


@pytest.fixture
def world(transactional_db, cast, sami, ledger):
    return everything_about(sami)[0]


@pytest.mark.parametrize("name", sorted(set(ACTORS) - {"ines"}))
def test_only_an_officer_erases(cast, sami, name, ledger):
    with pytest.raises(Refused):
        erase_person(ACTORS[name], person_id=sami.person_id)


@pytest.mark.django_db
def test_an_officer_of_a_partner_does_not_erase_what_another_leads(sami, ledger):
    World(sami)
    officer = Actor(jonas.user_id, HARBOUR, Role.DATA_PROTECTION_OFFICER)
    with pytest.raises((OthersLead, NotFound)):
        erase_person(officer, person_id=sami.person_id)


@pytest.mark.django_db
def test_a_hold_stands_against_it_at_the_database_too(sami, ledger):
    hold = {"reason": "A court asks for these records.", "review_on": localdate()}
    commands.set_hold(ines, subject_id=sami.person_id, **hold)
    with pytest.raises(Held):
        erase_person(ines, person_id=sami.person_id)
    given = {"organisation_id": RETURN_PARTNERS, "subject_id": sami.person_id, "because": "request"}
    with acting_as(ines), pytest.raises(DatabaseError), transaction.atomic():
        Erasure.objects.create(by_id=ines.user_id, **given)


@pytest.mark.django_db
def test_without_a_line_in_the_ledger_the_database_erases_nothing(sami):
    with acting_as(ines), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT homeward_begin_erasing(%s)", [sami.person_id])


def test_no_canary_is_left_anywhere(world, scratch, ledger):
    other = register_person(nora, details=PersonDetails(given_names="Amal", family_name="Elsewhere"))
    with scratch.superuser() as superuser:
        put = put_canaries(superuser, CANARY)
        assert len(put) > 45
        superuser.execute(
            "UPDATE people_person SET given_names = 'Amal', family_name = 'Elsewhere', folded_name = '', "
            "native_name = '' WHERE id <> %s",
            [world.person_id],
        )
        superuser.execute("UPDATE audit_entry SET note = '', role = 'x', purpose = '', action = 'x'")
        blobs = [
            row[0]
            for row in superuser.execute(
                "SELECT blob FROM files_storedfile WHERE case_id = %s OR subject_id = %s",
                [world.case_id, world.person_id],
            ).fetchall()
        ]
    erasure = erase_person(ines, person_id=world.person_id)
    with scratch.superuser() as superuser:
        found = found_in_database(superuser, WORDS)
        kept = superuser.execute("SELECT given_names FROM people_person WHERE id = %s", [other.id]).fetchone()
        amounts = superuser.execute("SELECT count(*) FROM assistance_entry").fetchone()[0]
    assert found == {}
    assert kept == ("Amal",)
    assert amounts > 0  # accounts are kept, and lead to no one
    assert not [blob for blob in blobs if path_of(blob).exists()]
    assert erasure.finished_at is not None
    assert [line.subject_id for line in read_ledger(ledger)] == [str(world.person_id)]
    figure("H2", f"{len(put)} columns held a canary, {len(blobs)} files: 0 left after erasing")


def test_the_key_is_gone_and_the_trail_still_verifies(world, ledger):
    with sealers_connection() as connection:
        seal_entries(connection, load_signer(settings.SEALER_KEY_FILE))
    erase_person(ines, person_id=world.person_id)
    with acting_as(nora), pytest.raises((NotFound, Erased)):
        keys_of([world.person_id]).seal_text(world.person_id, None, "x")
    with sealers_connection() as connection:
        seal_entries(connection, load_signer(settings.SEALER_KEY_FILE))
        report = verify(connection, load_keys(settings.KEYS_FILE), [])
    assert report.is_sound


def test_who_was_erased_does_not_come_back_with_an_older_backup(world, scratch, ledger, monkeypatch):
    """What a restore brings back is put there again by hand: the name, the key, the case's words."""
    monkeypatch.setenv("HOMEWARD_OWNER_DATABASE_URL", scratch.owner_url())
    person = [world.person_id]
    wrapped = "SELECT wrapped FROM privacy_subjectkey WHERE subject_id = %s"
    with scratch.superuser() as superuser:
        (key,) = superuser.execute(wrapped, person).fetchone()
    assert replay(ledger) == 0
    erase_person(ines, person_id=world.person_id)
    assert replay(ledger) == 0
    with scratch.superuser() as superuser:
        superuser.execute("DELETE FROM privacy_erasure")
        superuser.execute("UPDATE people_person SET given_names = 'Sami' WHERE id = %s", person)
        superuser.execute("UPDATE cases_case SET own_words = 'Sami said'")
        bring_back = "UPDATE privacy_subjectkey SET wrapped = %s, destroyed_at = NULL WHERE subject_id = %s"
        superuser.execute(bring_back, [key, *person])
    assert replay(ledger) == 1
    with scratch.superuser() as superuser:
        assert found_in_database(superuser, WORDS) == {}
        assert superuser.execute(wrapped, person).fetchone() == (None,)
    assert replay(ledger) == 0
