"""Somebody with every right over the server tampers; verification finds what and where."""

import pytest
from django.conf import settings

from homeward.audit.anchors import Anchor, append_anchor, newest_anchor, read_anchors
from homeward.audit.seals import seal_entries
from homeward.audit.tests.conftest import SOME_DAY
from homeward.audit.verification import verify
from homeward.lib.key_files import create_keys, load_keys, load_signer, signer_path

COLUMNS = {
    "at": "at + interval '1 microsecond'",
    "actor_id": "gen_random_uuid()",
    "organisation_id": "gen_random_uuid()",
    "role": "'donor'",
    "purpose": "''",
    "action": "'case.close'",
    "subject_id": "NULL",
    "case_id": "gen_random_uuid()",
    "refused": "NOT refused",
    "note": "note || ' '",
    "details": "'\\x01'",
}
INSERT = (
    "INSERT INTO audit_entry (id, at, actor_id, organisation_id, role, purpose, action, refused, note) "
    "VALUES (gen_random_uuid(), %s, gen_random_uuid(), gen_random_uuid(), '', '', 'case.view', false, '') "
    "RETURNING id::text"
)


@pytest.fixture
def trail(add_entries, seal, tamper):
    """Nine sealed entries under three seals; their ids in order."""
    for _ in range(3):
        add_entries(3)
        seal()
    return [entry_id for (entry_id,) in tamper("SELECT id::text FROM audit_entry ORDER BY at")]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_is_found_and_named(trail, tamper, check, column):
    assert tamper(f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE id = %s", trail[4]) == 1
    assert check() == [("entry_changed", trail[4])]


def test_a_changed_id_shows_as_one_missing_and_one_forged(trail, tamper, check):
    ((forged,),) = tamper(
        "UPDATE audit_entry SET id = gen_random_uuid() WHERE id = %s RETURNING id::text", trail[4]
    )
    assert check() == [("entry_missing", trail[4]), ("entry_forged", forged)]


def test_a_deleted_entry_is_found_and_named(trail, tamper, check):
    tamper("DELETE FROM audit_entry WHERE id = %s", trail[0])
    assert check() == [("entry_missing", trail[0])]


def test_an_entry_inserted_past_the_seal_is_found_and_named(trail, tamper, check):
    ((forged,),) = tamper(INSERT, SOME_DAY)
    assert check() == [("entry_forged", forged)]


def test_an_entry_slipped_in_with_an_old_date_is_found_after_it_was_sealed(trail, tamper, seal, check):
    ((forged,),) = tamper(INSERT, SOME_DAY)
    tamper(
        "INSERT INTO audit_pending SELECT id, organisation_id, now() FROM audit_entry WHERE id = %s", forged
    )
    assert seal() == 1
    assert check() == [("entry_backdated", forged)]


def test_two_entries_swapped_are_found_and_named(trail, tamper, check):
    first, second = trail[1], trail[7]
    tamper(
        "UPDATE audit_entry e SET at = o.at, subject_id = o.subject_id, details = o.details "
        "FROM audit_entry o WHERE e.id = ANY (%s::uuid[]) AND o.id = ANY (%s::uuid[]) AND e.id <> o.id",
        [first, second],
        [first, second],
    )
    assert sorted(check()) == sorted([("entry_changed", first), ("entry_changed", second)])


def test_an_entry_deleted_before_its_seal_is_missed(trail, add_entries, tamper, check):
    add_entries(1)
    ((waiting,),) = tamper("SELECT entry_id::text FROM audit_pending")
    tamper("DELETE FROM audit_entry WHERE id = %s", waiting)
    assert check() == [("entry_missing", waiting)]


def test_an_entry_sealed_twice_is_named(trail, tamper, seal, check):
    tamper(
        "INSERT INTO audit_pending SELECT id, organisation_id, at FROM audit_entry WHERE id = %s", trail[3]
    )
    seal()
    assert ("entry_sealed_twice", trail[3]) in check()


def test_a_seal_made_to_match_a_changed_entry_is_found(trail, tamper, check):
    """The digest list is changed with the entry; the root no longer fits."""
    tamper("UPDATE audit_entry SET note = 'x' WHERE id = %s", trail[4])
    tamper("UPDATE audit_seal SET digests = overlay(digests placing sha256('x') from 33) WHERE sequence = 2")
    assert ("seal_changed", "2") in check()


def test_a_chain_computed_anew_without_the_signing_key_is_found(trail, tamper, check, tmp_path, sealer):
    """The forger makes every digest fit, and signs with a key of their own."""
    create_keys(tmp_path / "own.json", signer_path(tmp_path / "own.json"))
    signer = load_signer(signer_path(tmp_path / "own.json"))
    tamper("DELETE FROM audit_seal")
    tamper("UPDATE audit_entry SET note = 'x' WHERE id = %s", trail[4])
    tamper("INSERT INTO audit_pending SELECT id, organisation_id, at FROM audit_entry")
    seal_entries(sealer, signer)
    assert check() == [("signature_wrong", "1")]


def test_a_seal_signed_by_an_unknown_key_is_found(trail, tamper, check):
    tamper("UPDATE audit_seal SET key_name = '9' WHERE sequence = 3")
    assert {flaw for flaw, _ in check()} == {"seal_changed", "signature_wrong"}


def test_a_missing_seal_is_found_with_its_entries(trail, tamper, check):
    tamper("DELETE FROM audit_seal WHERE sequence = 2")
    found = check()
    assert ("seal_missing", "2") in found
    assert ("seal_out_of_chain", "3") in found
    assert {where for flaw, where in found if flaw == "entry_forged"} == set(trail[3:6])


def test_two_seals_swapped_are_found(trail, tamper, check):
    for before, after in ((2, 99), (3, 2), (99, 3)):
        tamper("UPDATE audit_seal SET sequence = %s WHERE sequence = %s", after, before)
    found = check()
    assert {("seal_changed", "2"), ("seal_changed", "3"), ("signature_wrong", "2")} <= set(found)


def test_an_end_cut_off_whole_is_found_back_to_the_last_anchor(trail, tamper, check, sealer, tmp_path):
    append_anchor(tmp_path / "anchors", newest_anchor(sealer))
    tamper("DELETE FROM audit_seal WHERE sequence = 3")
    tamper("DELETE FROM audit_entry WHERE id = ANY (%s::uuid[])", trail[6:])
    assert check() == [], "without an anchor nobody can know"
    assert check(read_anchors(tmp_path / "anchors")) == [("anchor_missing", "3")]


def test_a_restored_older_state_is_found_by_an_anchor(trail, tamper, check, add_entries, seal, sealer):
    anchor = newest_anchor(sealer)
    tamper("DELETE FROM audit_seal WHERE sequence = 3")
    tamper("DELETE FROM audit_entry WHERE id = ANY (%s::uuid[])", trail[6:])
    add_entries(3)
    seal()
    assert check() == []
    assert check([anchor]) == [("anchor_missing", "3")]


def test_an_anchor_of_a_whole_chain_holds(trail, check, sealer):
    anchor = newest_anchor(sealer)
    assert isinstance(anchor, Anchor)
    assert check([anchor]) == []


def test_verification_needs_no_private_key(trail, sealer):
    ring = load_keys(settings.KEYS_FILE)
    assert verify(sealer, ring).is_sound
    assert "private" not in settings.KEYS_FILE.read_text()
