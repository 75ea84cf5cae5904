"""A report from its template to frozen files: what may be said, what is hidden, and whence numbers come."""

from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import orjson
import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from homeward.access.roles import Role
from homeward.lib.problems import Invalid, Refused, WrongState
from homeward.reports.commands import (
    answer_recommendation,
    check_report,
    complete_recommendation,
    release_report,
)
from homeward.reports.models import Report, ReportFile
from homeward.reports.rules import AdviceState, ReportFormat
from homeward.reports.tests.made import (
    QUESTION,
    a_framed_extract,
    a_frozen_report,
    a_recommendation,
    a_report,
    answered,
)
from tests.cast import HARBOUR, jonas, mona, rosa

NASTY = '=1+1 #read("/etc/passwd") <script>alert(1)</script>'


@pytest.fixture
def read(as_actor):
    def one(report, kind):
        with as_actor(rosa):
            return bytes(ReportFile.objects.get(report=report, kind=kind).content)

    return one


def test_a_report_keeps_its_promises_in_every_file(cast, read, as_actor):
    extract = a_framed_extract(few=4)
    answered(extract)
    answered(extract, title=NASTY, n=15, is_confirmatory=False)
    report = a_report(extract, "donor_quarterly")
    assert report.state == "ready", report.trouble
    kept = orjson.loads(read(report, ReportFormat.JSON))
    told = " ".join(one["text"] for one in kept["blocks"])
    assert QUESTION in told
    assert "This cannot be answered yet" in told  # refused, and not left out
    assert "not shown" in orjson.dumps(kept).decode()  # four people in a place of their own
    assert {one["manifest_sha256"] for one in kept["traces"]} == {extract.manifest_sha256}
    book = openpyxl.load_workbook(BytesIO(read(report, ReportFormat.XLSX)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(isinstance(cell.value, int | float) for cell in cells)
    page = read(report, ReportFormat.HTML).decode()
    assert "<script>" not in page
    written = docx.Document(BytesIO(read(report, ReportFormat.DOCX)))
    assert any(NASTY in one.text for one in written.paragraphs)
    pdf = read(report, ReportFormat.PDF)
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf


def test_what_is_ready_is_not_changed_and_goes_outside_by_two_people(cast, as_actor):
    report = a_frozen_report()
    with as_actor(rosa), pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(id=report.id).update(title="Another")
    with pytest.raises(WrongState):
        release_report(rosa, report_id=report.id)
    check_report(rosa, report_id=report.id)
    with pytest.raises(Refused):
        release_report(rosa, report_id=report.id)
    assert release_report(mona, report_id=report.id).state == "released"


def test_what_was_recommended_is_answered_by_who_it_was_given_to(cast):
    said = a_recommendation(rosa, HARBOUR)
    with pytest.raises(Refused):
        answer_recommendation(rosa, recommendation_id=said.id, answer="accepted", expected_version=1)
    there = replace(jonas, role=Role.COORDINATOR)
    with pytest.raises(Invalid):
        answer_recommendation(there, recommendation_id=said.id, answer="rejected", expected_version=1)
    taken = answer_recommendation(
        there, recommendation_id=said.id, answer=AdviceState.ACCEPTED, expected_version=1
    )
    done = complete_recommendation(
        there, recommendation_id=said.id, done="Visits begin sooner.", done_on=localdate(), expected_version=2
    )
    assert (taken.state, done.state, done.version) == ("accepted", "done", 3)
