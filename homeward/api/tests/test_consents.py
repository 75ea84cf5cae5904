"""Consents and packages for programs: what is refused, and a walk from the question to the end of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.access.roles import Role
from homeward.files.tests.samples import picture
from tests.agreed import agreed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS
from tests.consented import given, notice
from tests.programs import program_of

pytestmark = pytest.mark.django_db
YES = {
    "is_given": True,
    "purpose": "referral",
    "recipient_id": str(CLINIC),
    "categories": ["identity", "contact"],
    "language": "ar",
    "way": "signed",
    "given_on": "2026-03-02",
    "expires_on": "2027-03-01",
}
TOLD = {"organisation_id": str(HARBOUR), "fields_shown": ["comes_from", "place"]}


@pytest.fixture
def program(cast):
    return program_of(Role.CASE_MANAGER, RETURN_PARTNERS)


def test_a_yes_without_its_paper_is_refused_and_says_what_is_missing(program, sami):
    answer = program.post(f"/cases/{sami.id}/consents", {**YES, "notice_id": str(notice().id)})
    assert (answer.status_code, answer.json()["code"]) == (422, "consent_not_proved")
    assert "evidence_file" in answer.json()["fields"]


def test_no_program_answers_in_the_name_of_the_person_on_their_own_page(program, sami):
    told = {**YES, "notice_id": str(notice().id), "way": "own_page"}
    assert program.post(f"/cases/{sami.id}/consents", told).status_code == 422
    assert program.get(f"/cases/{sami.id}/consents").json() == []


def test_a_consent_is_recorded_read_as_a_receipt_and_taken_back(program, sami):
    paper = program.send(f"/cases/{sami.id}/documents", {"kind": "consent", "file": _scan()}).json()
    told = {**YES, "notice_id": str(notice().id), "document_id": paper["id"]}
    consent = program.post(f"/cases/{sami.id}/consents", told).json()
    assert consent["stands"] is True
    where = f"/cases/{sami.id}/consents/{consent['id']}"
    assert program.get(f"{where}/receipt").json()["receipt"]["@type"] == "dpv:ConsentReceipt"
    assert program.post(f"{where}/withdrawal", {"how": "by_phone"}).json()["stands"] is False
    again = program.post(f"{where}/withdrawal", {"how": "by_phone"})
    assert again.json()["code"] == "withdrawn_already"


def test_the_questions_to_the_database_do_not_grow_with_the_consents(program, sami):
    where = f"/cases/{sami.id}/consents"
    given(sami)
    program.get(where)
    few = _questions(program, where)
    for _number in range(8):
        given(sami)
    assert _questions(program, where) == few
    assert len(program.get(where).json()) == 9


def test_nothing_is_sent_that_was_not_looked_at(program, sami):
    agreed(RETURN_PARTNERS, HARBOUR)
    where = f"/cases/{sami.id}/packages"
    seen = program.post(f"{where}/preview", TOLD).json()
    why = {"purpose": "referral", "basis": "public_interest", "necessity": "A check-up"}
    assert program.post(where, {**TOLD, **why}).status_code == 422
    changed = program.post(where, {**TOLD, **why, "digest": "0" * 64})
    assert (changed.status_code, changed.json()["code"]) == (409, "package_changed")
    sent = program.post(where, {**TOLD, **why, "digest": seen["digest"]}).json()
    harbour = program_of(Role.COORDINATOR, HARBOUR)
    assert harbour.post(f"/packages/{sent['id']}/opening").json() == seen
    assert program.delete(f"{where}/{sent['id']}").json()["is_live"] is False
    assert harbour.post(f"/packages/{sent['id']}/opening").json()["code"] == "disclosure_ended"


def test_a_package_without_a_name_goes_by_a_pseudonym(program, sami):
    seen = program.post(f"/cases/{sami.id}/packages/preview", TOLD).json()
    assert seen["pseudonym"].startswith("P-")
    named = {**TOLD, "fields_shown": ["name"]}
    assert program.post(f"/cases/{sami.id}/packages/preview", named).json()["pseudonym"] == ""


def _questions(program, where):
    with CaptureQueriesContext(connection) as told:
        assert program.get(where).status_code == 200
    return len(told)


def _scan():
    return SimpleUploadedFile("consent.jpg", picture())
