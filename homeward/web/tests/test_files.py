import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.files.commands import store_file
from homeward.files.rules import MAX_BYTES
from tests.cast import nora, otto, stranger

TOKEN = re.compile(r'value="\w{64}"')
PAGE = b"%PDF-1.7 <script>alert(1)</script>"


@pytest.fixture
def file(sami, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return store_file(nora, name='جواز "سفر".pdf', content=PAGE, case_id=sami.id, subject_id=sami.person_id)


def page_of(answer):
    return answer.content.decode()


def test_a_visitor_is_sent_to_the_door(client, file):
    assert client.get(f"/files/{file.id}").status_code in (302, 404)


def test_a_donor_is_refused(client_of, file):
    assert client_of(otto).get(f"/files/{file.id}").status_code == 403


def test_a_stranger_cannot_tell_a_file_from_a_missing_one(client_of, file):
    client = client_of(stranger)
    answers = {file_id: client.get(f"/files/{file_id}") for file_id in (file.id, uuid4())}
    assert {answer.status_code for answer in answers.values()} == {404}
    pages = {TOKEN.sub("", page_of(answer).replace(str(file_id), "")) for file_id, answer in answers.items()}
    assert len(pages) == 1


def test_a_file_comes_as_a_download_that_runs_nothing(client_of, file):
    response = client_of(nora).get(f"/files/{file.id}")
    assert response.content == PAGE
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "no-store"


def test_the_download_is_on_the_record(client_of, file):
    client_of(nora).get(f"/files/{file.id}")
    with acting_as(nora):
        assert Entry.objects.filter(action="file.open", subject_id=file.id).count() == 1


def test_a_harmed_file_is_not_shown(client_of, file, settings):
    next(path for path in settings.FILES_DIR.rglob("*") if path.is_file()).write_bytes(b"x" * 100)
    response = client_of(nora).get(f"/files/{file.id}")
    assert response.status_code == 500
    assert PAGE not in response.content


def uploaded(size) -> WSGIRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", b"x" * size)})


def test_an_upload_never_touches_the_disk_in_clear(settings):
    file = uploaded(3_000_000).FILES["file"]
    assert not hasattr(file, "temporary_file_path")
    assert (file.size, len(file.read())) == (3_000_000, 3_000_000)


def test_too_large_an_upload_is_cut_just_beyond_what_is_taken():
    assert uploaded(MAX_BYTES + 1_000_000).FILES["file"].size == MAX_BYTES + 1
