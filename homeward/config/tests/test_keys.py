from argparse import Namespace
from uuid import UUID

import pytest

from homeward.access.acting import acting_as
from homeward.config.cli import keys
from homeward.lib.encryption import Place
from homeward.lib.key_files import create_keys, load_keys, signer_path
from homeward.privacy.models import SubjectKey
from homeward.privacy.sealing import make_keys, open_text, seal_text
from tests.cast import ELSEWHERE, RETURN_PARTNERS, nora, stranger

HERE = Place("cases_note", "text", UUID(int=1))
AMINA, CARLA = UUID(int=41), UUID(int=42)


@pytest.fixture
def files(settings, tmp_path, monkeypatch):
    settings.KEYS_FILE = tmp_path / "keys.json"
    settings.SEALER_KEY_FILE = signer_path(settings.KEYS_FILE)
    monkeypatch.setattr(keys, "ready", lambda: None)
    return settings.KEYS_FILE


def test_rotating_reaches_every_organisation_and_prints_no_key(files, cast, capsys):
    create_keys(files, signer_path(files))
    with acting_as(stranger):
        make_keys(ELSEWHERE, [CARLA])
    with acting_as(nora):
        make_keys(RETURN_PARTNERS, [AMINA])
        sealed = seal_text(AMINA, HERE, "fled by night")
    keys.rotate(Namespace(signing=False, matching=False))
    keys.show(Namespace())
    for actor in (nora, stranger):
        with acting_as(actor):
            assert SubjectKey.objects.get().master_version == 2
    with acting_as(nora):
        assert open_text(AMINA, HERE, sealed) == "fled by night"
    printed, text = capsys.readouterr().out, files.read_text()
    assert "2 persons' keys" in printed
    assert not [key for key in text.split('"') if len(key) > 30 and key in printed]


def test_a_new_signing_key_keeps_the_older_ones_checkable(files):
    create_keys(files, signer_path(files))
    keys.rotate(Namespace(signing=True, matching=False))
    assert sorted(load_keys(files).seal_checkers) == ["1", "2"]
