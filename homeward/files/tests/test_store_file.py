import io
from uuid import uuid4

import pytest
from django.db import Error
from PIL import Image

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.files.commands import store_file
from homeward.files.models import StoredFile
from homeward.files.problems import FileDamaged, FileTooLarge, FileTypeRefused, ImageTooLarge
from homeward.files.queries import names_of, open_file, visible_files
from homeward.files.rules import MAX_BYTES
from homeward.files.tests.samples import PDF, picture
from homeward.lib.problems import Refused
from tests.cast import nora, otto, stranger

CANARY = b"%PDF-1.7 canary-77aa31"


def test_a_donor_stores_nothing(cast, blobs):
    with pytest.raises(Refused):
        store_file(otto, name="a.pdf", content=PDF)
    assert blobs() == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"a" * (MAX_BYTES + 1), FileTooLarge),
        (b"MZ\x90\x00", FileTypeRefused),
        (picture()[:300], FileDamaged),
        (b"\xff\xd8\xff\xe0 not a picture at all", FileDamaged),
    ],
    ids=["too large", "a program", "half a picture", "no picture"],
)
def test_a_bad_file_is_refused_with_its_reason_and_nothing_is_kept(cast, blobs, content, problem):
    with pytest.raises(problem):
        store_file(nora, name="passport.pdf", content=content)
    assert blobs() == []
    with acting_as(nora):
        assert not StoredFile.objects.exists()


def test_a_flood_of_pixels_is_refused_before_it_is_drawn(cast):
    flood = io.BytesIO()
    Image.new("1", (10_000, 5_001)).save(flood, "PNG")
    with pytest.raises(ImageTooLarge):
        store_file(nora, name="flood.png", content=flood.getvalue())


def test_a_bomb_of_pixels_is_refused_too(cast):
    content = bytearray(picture("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises((ImageTooLarge, FileDamaged)):
        store_file(nora, name="bomb.png", content=bytes(content))


def test_a_stranger_cannot_add_to_a_case_or_tell_that_it_exists(sami, blobs):
    for case_id in (sami.id, uuid4()):
        with pytest.raises(Error, match="row-level security"):
            store_file(stranger, name="a.pdf", content=PDF, case_id=case_id)
    assert blobs() == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_without_its_place_and_camera(cast, kind):
    content = picture(kind, with_place=True)
    assert b"CANARY-CAMERA" in content
    file = store_file(nora, name="photo", content=content)
    kept = open_file(nora, file.id).content
    redrawn = Image.open(io.BytesIO(kept))
    assert b"CANARY" not in kept
    assert not redrawn.getexif()
    assert redrawn.size == (20, 40), "it stands upright"


def test_what_hides_behind_a_picture_does_not_survive(cast):
    file = store_file(nora, name="photo", content=picture("PNG") + b"<script>canary</script>")
    assert b"canary" not in open_file(nora, file.id).content


def test_a_see_through_picture_stays_so(cast):
    out = io.BytesIO()
    Image.new("RGBA", (2, 2), (0, 0, 0, 0)).save(out, "PNG")
    file = store_file(nora, name="stamp.png", content=out.getvalue())
    assert Image.open(io.BytesIO(open_file(nora, file.id).content)).getpixel((0, 0))[3] == 0


def test_neither_disk_nor_database_holds_the_content_or_the_name(sami, blobs, past_policies):
    name = "canary-name-5521.pdf"
    store_file(nora, name=name, content=CANARY, case_id=sami.id, subject_id=sami.person_id)
    (blob,) = blobs()
    assert CANARY[9:] not in blob.read_bytes()
    assert "canary" not in blob.name
    rows = past_policies("SELECT encode(name, 'escape') AS name, fingerprint::text FROM files_storedfile")
    rows += past_policies("SELECT note FROM audit_entry")
    assert "canary" not in str(rows)


def test_a_file_of_a_case_is_listed_and_opened_by_name(sami, django_assert_num_queries):
    for number in range(3):
        store_file(nora, name=f"{number}.pdf", content=CANARY, case_id=sami.id, subject_id=sami.person_id)
    with acting_as(nora):
        with django_assert_num_queries(2):
            files = visible_files(nora).filter(case_id=sami.id)
            assert sorted(names_of(nora, files).values()) == ["0.pdf", "1.pdf", "2.pdf"]
        file = files[0]
    opened = open_file(nora, file.id)
    assert (opened.content, opened.content_type) == (CANARY, "application/pdf")


def test_storing_leaves_an_entry_with_the_case(sami):
    file = store_file(nora, name="a.pdf", content=PDF, case_id=sami.id)
    with acting_as(nora):
        entry = Entry.objects.get(action="file.store")
    assert (entry.subject_id, entry.case_id) == (file.id, sami.id)
