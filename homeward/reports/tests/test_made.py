"""A report from its template to frozen files: what may be said, what is hidden, and whence numbers come."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
import orjson
import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.evaluation.asking import Asked
from homeward.evaluation.tests.asked import a_question, an_extract
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from homeward.indicators.commands import begin_table, finish_table, write_values
from homeward.indicators.tests.agreed import a_draft, a_table, defined, in_force
from homeward.lib.problems import Invalid, Refused, WrongState
from homeward.privacy.releases.queries import visible_releases
from homeward.reports.commands import (
    answer_recommendation,
    change_template,
    check_report,
    complete_recommendation,
    make_report,
    release_report,
)
from homeward.reports.counting import Count
from homeward.reports.making import make
from homeward.reports.models import Recommendation, Report, ReportFile
from homeward.reports.rules import AdviceState, ReportAudience, ReportFormat
from homeward.reports.safety import safety_of
from homeward.reports.tests.made import (
    PERIOD,
    QUESTION,
    a_framed_extract,
    a_frozen_report,
    a_recommendation,
    a_report,
    an_own_template,
    answered,
    asked_report,
    worker,
)
from tests.cast import HARBOUR, ines, jonas, mona, rosa

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


def test_a_report_is_asked_for_of_its_own_extract_in_whole_months(cast):
    extract = an_extract(rosa)
    with pytest.raises(Invalid, match="another look"):
        asked_report(extract, question_id=a_question(rosa).id)
    with pytest.raises(Invalid):
        asked_report(extract, period_until=date(2026, 3, 30))


def test_what_goes_outside_is_made_of_all_cases(cast, as_actor):
    extract = an_extract(rosa, ExtractState.ASKED)
    with as_actor(rosa):
        some = {"opened_from": date(2026, 1, 1), "state": ExtractState.READY}
        Extract.objects.filter(id=extract.id).update(**some)
    with pytest.raises(Invalid):
        asked_report(extract, "public_summary")
    assert asked_report(extract, "evaluation_card").audience == "inside"


def test_a_report_for_outside_shows_no_small_part_of_a_finding_and_one_for_inside_says_what_it_is(cast, read):
    extract = a_framed_extract(few=4)
    answered(extract, asked=Asked.PROVIDERS)
    outside = a_report(extract, "partner_feedback", "ar")
    assert outside.state == "ready", outside.trouble
    with acting_as(ines):
        (log,) = visible_releases(ines)
    assert outside.release_id == log.id
    assert (log.audience, log.kind) == ("public", "report")
    inside = a_report(extract, "evaluation_card", "fr")
    assert inside.state == "ready", inside.trouble
    assert inside.content["for_whom"] in read(inside, ReportFormat.HTML).decode()
    assert inside.content["for_whom"]
    assert not outside.content["for_whom"]


def test_months_that_overlap_with_what_readers_have_are_not_shown(cast):
    report, period = asked_report(an_extract(rosa)), "2026-01/2026-03"
    visits = Count(
        "section 1",
        "visits",
        ("state",),
        "due_month",
        period,
        {("done",): 40, ("missed",): 30},
        frozenset(),
        90,
    )
    with acting_as(worker):
        for _again in range(2):
            assert safety_of(worker, report, [visits]).is_told(visits, ("done",))
        shorter = safety_of(worker, report, [replace(visits, period="2026-01/2026-02")])
        later = safety_of(worker, report, [replace(visits, period="2026-04/2026-06")])
    assert shorter.withheld == {"section 1"}
    assert not shorter.is_told(visits, ("done",))
    assert later.is_told(visits, ("done",))


def test_a_report_does_not_pass_over_who_lets_it_go(cast, as_actor):
    waiting, ready = asked_report(an_extract(rosa)), a_frozen_report("evaluation_card")
    for report, given in (
        (waiting, {"state": "released"}),
        (waiting, {"audience": "inside"}),
        (ready, {"state": "released"}),
        (ready, {"state": "asked"}),
    ):
        with as_actor(rosa), pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(id=report.id).update(**given)


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


def test_what_was_recommended_is_answered_by_who_it_was_given_to(cast, as_actor):
    said = a_recommendation(rosa, HARBOUR)
    with pytest.raises(Refused):
        answer_recommendation(rosa, recommendation_id=said.id, answer="accepted", expected_version=1)
    with as_actor(rosa):
        assert not Recommendation.objects.filter(id=said.id).update(state="rejected", answer_reason="No")
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


def test_indicators_come_with_their_people_and_without_what_few_are_behind(cast):
    lost = defined("OUT-2", measure="contact_lost")
    version = in_force(a_draft(defined(), lost))
    table = a_table(version, an_extract(mona), mona)
    run_id = begin_table(worker, table_id=table.id).run_id
    for code, share in (("OUT-1", 0.5), ("OUT-2", 0.05)):
        values = [{"n": 60, "coverage": 0.75, "value": share, "low": 0.02, "high": 0.6, "period": ""}]
        write_values(worker, table_id=table.id, run_id=run_id, code=code, values=values)
    finish_table(worker, table_id=table.id, run_id=run_id, inputs_sha256="0" * 64)
    told = {}
    for audience in ReportAudience:
        own = an_own_template()
        sections = [{"kind": "indicators", "title": {"en": "Indicators"}}]
        change_template(
            rosa, template_id=own.id, name="Ours", audience=audience, sections=sections, expected_version=1
        )
        report = make(
            worker,
            report_id=make_report(
                rosa, template=str(own.id), extract_id=table.extract_id, language="en", **PERIOD
            ).id,
        )
        assert report.state == "ready", report.trouble
        rows = next(one["rows"] for one in report.content["blocks"] if one["kind"] == "table")
        told[audience] = [[cell["text"] for cell in row] for row in rows]
    inside, outside = told[ReportAudience.INSIDE], told[ReportAudience.OUTSIDE]
    assert inside[0] == outside[0] == ["Said", "all", "50%", "2%", "60%", "60", "75%"]
    assert inside[1][2] == "5%"
    assert outside[1][2:] == ["not shown", "not shown", "not shown", "not shown", "–"]
