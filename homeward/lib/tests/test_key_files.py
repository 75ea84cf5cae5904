import stat

import pytest

from homeward.lib.key_files import (
    NoKeys,
    add_master_key,
    add_signing_key,
    create_keys,
    load_keys,
    load_signer,
    signer_path,
)


@pytest.fixture
def files(tmp_path):
    keys = tmp_path / "kept" / "keys.json"
    create_keys(keys, signer_path(keys))
    return keys, signer_path(keys)


def test_a_missing_key_file_is_never_replaced_by_new_keys(tmp_path):
    with pytest.raises(NoKeys, match="keys create"):
        load_keys(tmp_path / "keys.json")
    with pytest.raises(NoKeys):
        load_signer(tmp_path / "sealer.json")


def test_creating_again_keeps_the_keys(files):
    before = files[0].read_text()
    assert create_keys(*files) is False
    assert files[0].read_text() == before


def test_both_files_are_readable_by_their_owner_alone(files):
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]


def test_the_private_signing_key_is_not_in_the_key_file(files):
    private = load_signer(files[1]).key.private_bytes_raw()
    ring = load_keys(files[0])
    assert private not in {*ring.seal_checkers.values(), *ring.masters.values(), ring.blind_index}


def test_keys_do_not_show_in_logs(files):
    ring = load_keys(files[0])
    assert str(ring.active_master) not in repr(ring)


def test_a_rotated_file_is_seen_by_a_running_process(files):
    before = load_keys(files[0])
    add_master_key(files[0])
    after = load_keys(files[0])
    assert (before.active, after.active) == (1, 2)
    assert after.masters[1] == before.masters[1]
    assert after.blind_index == before.blind_index


def test_what_an_older_signing_key_signed_can_still_be_checked(files):
    old = load_signer(files[1])
    add_signing_key(*files)
    assert load_signer(files[1]).name == "2"
    load_keys(files[0]).checker("1").verify(old.key.sign(b"seal"), b"seal")
    assert load_keys(files[0]).checker("3") is None
