import threading
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from homeward.audit.rules import MOST_PER_SEAL
from homeward.audit.seals import seal_entries, seal_some, sealers_connection
from homeward.audit.tests.conftest import ORGANISATION
from homeward.audit.verification import verify
from homeward.lib.key_files import NoKeys, add_signing_key, create_keys, load_keys, load_signer, signer_path

ADD = (
    "INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, refused, note) "
    "VALUES (gen_random_uuid(), now(), gen_random_uuid(), homeward_organisation(), '', '', 'late', false, '')"
)


def test_without_the_sealers_login_nothing_is_sealed(settings):
    settings.SEALER_DATABASE_URL = ""
    with pytest.raises(NoKeys), sealers_connection():
        pass


def test_nothing_waiting_makes_no_seal(seal, check):
    assert seal() == 0
    assert check() == []


def test_everything_added_is_sealed_and_holds(add_entries, seal, check, tamper):
    for count in (3, 1, 4):
        add_entries(count)
        assert seal() == count
    assert check() == []
    assert tamper("SELECT count(*) FROM audit_pending") == [(0,)]


def test_a_long_queue_takes_several_seals(add_entries, sealer, check, tamper):
    add_entries(5)
    signer = load_signer(settings.SEALER_KEY_FILE)
    assert [seal_some(sealer, signer, at_most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert tamper("SELECT sequence, drained FROM audit_seal ORDER BY 1") == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert check() == []
    assert MOST_PER_SEAL == 1_000


def test_an_entry_that_commits_late_is_sealed_later_and_holds(add_entries, seal, check):
    url = {**connection.get_connection_params()}
    late = psycopg.connect(**{key: url[key] for key in ("dbname", "user", "password", "host", "port")})
    late.execute("SELECT set_config('homeward.organisation_id', %s, true)", [str(ORGANISATION)])
    late.execute(ADD)
    add_entries(2)
    assert seal() == 2
    late.commit()
    assert check() == []
    assert seal() == 1
    assert check() == []
    late.close()


def test_what_is_not_yet_sealed_is_told_not_hidden(add_entries, seal, sealer):
    add_entries(2)
    seal()
    add_entries(3)
    report = verify(sealer, load_keys(settings.KEYS_FILE))
    assert (report.entries, report.seals, report.unsealed, report.is_sound) == (2, 1, 3, True)
    assert report.unsealed_since is not None


def test_two_sealers_at_once_make_one_chain(add_entries, check):
    add_entries(40)
    signer, done = load_signer(settings.SEALER_KEY_FILE), []

    def work():
        with sealers_connection() as own:
            while count := seal_some(own, signer, at_most=3):
                done.append(count)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 40
    assert check() == []


def test_writers_never_wait_for_the_sealer(add_entries, sealer, seal, check):
    """A sealer that hangs in the middle of its work keeps nobody from adding entries."""
    add_entries(2)
    with sealer.transaction():
        seal_entries(sealer, load_signer(settings.SEALER_KEY_FILE))
        add_entries(2)
    assert seal() == 2
    assert check() == []


def test_a_sealer_killed_in_the_middle_leaves_a_whole_chain(add_entries, sealer, seal, check):
    add_entries(2)
    with suppress(KeyboardInterrupt), sealer.transaction():
        seal_entries(sealer, load_signer(settings.SEALER_KEY_FILE))
        raise KeyboardInterrupt
    assert seal() == 2
    assert check() == []


def test_seals_of_an_older_signing_key_still_hold(add_entries, sealer, tmp_path, settings, check):
    settings.KEYS_FILE = tmp_path / "keys.json"
    settings.SEALER_KEY_FILE = signer_path(settings.KEYS_FILE)
    create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
    for _ in range(2):
        add_entries(1)
        seal_entries(sealer, load_signer(settings.SEALER_KEY_FILE))
        add_signing_key(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
    assert check() == []


def test_erasing_a_persons_key_leaves_the_chain_whole(add_entries, seal, check, tamper):
    """Details stay as bytes nobody can read; the seal covers those bytes."""
    add_entries(4)
    seal()
    assert tamper("SELECT count(*) FROM audit_entry WHERE details IS NOT NULL") == [(2,)]
    tamper("DELETE FROM privacy_subjectkey WHERE subject_id = %s", UUID(int=1))
    assert check() == []
