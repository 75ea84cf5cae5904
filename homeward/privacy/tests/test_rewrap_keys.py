from uuid import UUID

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.encryption import Place
from homeward.lib.key_files import add_master_key, create_keys, load_keys, signer_path
from homeward.lib.problems import Refused
from homeward.privacy.commands import destroy_key, rewrap_keys
from homeward.privacy.models import SubjectKey
from homeward.privacy.sealing import (
    make_keys,
    open_for_installation,
    open_text,
    seal_for_installation,
    seal_text,
)
from tests.cast import ELSEWHERE, RETURN_PARTNERS, adil, ines, nora, stranger

HERE = Place("cases_note", "text", UUID(int=1))
PERSONS = [UUID(int=number) for number in range(21, 26)]
TIMER = system_actor(RETURN_PARTNERS)


@pytest.fixture
def keys_file(cast, settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "keys.json"
    create_keys(settings.KEYS_FILE, signer_path(settings.KEYS_FILE))
    with acting_as(nora):
        make_keys(RETURN_PARTNERS, PERSONS)
    return settings.KEYS_FILE


def test_only_the_installation_rotates(keys_file):
    with pytest.raises(Refused):
        rewrap_keys(adil)


def test_older_values_open_before_during_and_after_a_rotation(keys_file):
    with acting_as(nora):
        sealed = seal_text(PERSONS[0], HERE, "fled by night")
    secret = seal_for_installation(HERE, b"totp")
    add_master_key(keys_file)
    for expected in (2, 2, 1, 0):
        with acting_as(nora):
            assert open_text(PERSONS[0], HERE, sealed) == "fled by night"
        assert open_for_installation(HERE, secret) == b"totp"
        assert rewrap_keys(TIMER, at_most=2).count == expected


def test_after_a_rotation_no_key_hangs_on_the_older_master(keys_file):
    ring = load_keys(keys_file)
    newer = add_master_key(keys_file)
    rewrap_keys(TIMER)
    with acting_as(nora):
        assert set(SubjectKey.objects.values_list("master_version", flat=True)) == {newer.active}
        sealed = seal_text(PERSONS[1], HERE, "x")
    text = keys_file.read_text()
    assert ring.active != newer.active
    keys_file.write_text(text.replace('"1":', '"9":'))
    with acting_as(nora):
        assert open_text(PERSONS[1], HERE, sealed) == "x"


def test_a_rotation_leaves_another_organisations_keys_to_its_own_turn(keys_file):
    with acting_as(stranger):
        make_keys(ELSEWHERE, [UUID(int=31)])
    add_master_key(keys_file)
    assert rewrap_keys(TIMER).count == len(PERSONS)
    with acting_as(stranger):
        assert SubjectKey.objects.get().master_version == 1


def test_a_destroyed_key_stays_destroyed(keys_file):
    destroy_key(ines, subject_id=PERSONS[0])
    add_master_key(keys_file)
    assert rewrap_keys(TIMER).count == len(PERSONS) - 1
    with acting_as(nora):
        assert SubjectKey.objects.get(subject_id=PERSONS[0]).wrapped is None
