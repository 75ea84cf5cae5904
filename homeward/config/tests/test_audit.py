from argparse import Namespace

import pytest

from homeward.access.acting import acting_as
from homeward.access.command import remember
from homeward.config.cli import audit
from homeward.organisations.demo import fixed_id
from tests.cast import nora


@pytest.fixture
def trail(transactional_db, monkeypatch, tmp_path):
    """Two sealed entries, an anchor, and one entry that waits."""
    monkeypatch.setattr(audit, "ready", lambda: None)
    for number in range(3):
        if number == 2:
            audit.seal(Namespace(every=None, anchors=tmp_path / "anchors"))
        with acting_as(nora):
            remember(nora, "case.view", subject_id=fixed_id(9, number))
    return tmp_path / "anchors"


def test_a_sound_trail_is_told_with_its_unproved_end(trail, capsys):
    assert audit.verify(Namespace(anchors=trail)) == 0
    said = capsys.readouterr().out
    assert "2 entries under 1 seals" in said
    assert "1 wait for their seal" in said
    assert "The trail holds." in said


def test_tampering_ends_in_a_failure_that_names_the_entry(trail, capsys, scratch):
    with scratch.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        ((changed,),) = superuser.execute(
            "UPDATE audit_entry SET note = 'x' WHERE id = (SELECT min(id::text)::uuid FROM audit_entry) "
            "RETURNING id::text"
        ).fetchall()
    assert audit.verify(Namespace(anchors=None)) == 1
    said = capsys.readouterr()
    assert f"entry {changed} is not what was sealed" in said.err
    assert "TAMPERED" in said.out


def test_an_end_cut_off_is_found_by_the_anchor_file(trail, capsys, scratch):
    with scratch.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        for table in ("audit_entry", "audit_seal", "audit_pending"):
            superuser.execute(f"DELETE FROM {table}")
    assert audit.verify(Namespace(anchors=None)) == 0
    assert audit.verify(Namespace(anchors=trail)) == 1
    assert "seal 1 is anchored outside" in capsys.readouterr().err


def test_an_anchor_can_be_written_by_hand(trail, tmp_path):
    audit.anchor(Namespace(file=tmp_path / "own"))
    assert (tmp_path / "own").read_text() == trail.read_text()
