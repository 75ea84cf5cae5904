"""Extracts with files, questions with findings, and reports made of them."""

from datetime import date, timedelta

import pandas as pd
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.evaluation import jobs
from homeward.evaluation.commands import write_answer
from homeward.evaluation.tests.asked import a_question, an_extract
from homeward.evaluation.tests.framed import frames
from homeward.extracts.files import CODEBOOK, digest_of, write_manifest
from homeward.extracts.models import Extract
from homeward.extracts.queries import Frames, directory_of
from homeward.extracts.rules import ExtractState
from homeward.lib.identifiers import new_id
from homeward.reports.commands import (
    begin_report,
    copy_template,
    finish_report,
    make_report,
    recommend,
    release_report,
)
from homeward.reports.documents import Block, BlockKind, Cell, Document, as_json
from homeward.reports.making import make
from homeward.reports.rules import ReportFormat
from tests.cast import RETURN_PARTNERS, rosa

worker = system_actor(RETURN_PARTNERS)
PERIOD = {"period_from": date(2026, 1, 1), "period_until": date(2026, 3, 31)}
MANIFEST = {"frames": {}, "made_at": "2027-04-01T08:00:00+00:00"}
QUESTION = "How are people doing a year after return?"


def a_framed_extract(n=400, actor=rosa, few=0):
    """A ready extract with its files; `few` cases returned to a place of their own."""
    extract_id = new_id()
    directory = directory_of(extract_id)
    files = frames(directory, n=n)
    cases = pd.read_parquet(files["cases"][0])
    cases["arrived_month"] = pd.to_datetime("2026-02-01").date()
    cases["stage"] = ["arrived"] * (n // 2) + ["reintegrating"] * (n - n // 2)
    cases.loc[: few - 1, "origin_country"] = "XN" if few else cases["origin_country"]
    cases.to_parquet(files["cases"][0])
    (directory / CODEBOOK).write_text("Codes")
    told = {
        name: {
            "rows": n,
            "files": [
                {"name": one.name, "sha256": digest_of(one), "size_bytes": one.stat().st_size}
                for one in paths
            ],
        }
        for name, paths in files.items()
    }
    manifest = {"codebook_sha256": digest_of(directory / CODEBOOK), "frames": told, "code_version": "1"}
    with acting_as(actor):
        return Extract.objects.create(
            id=extract_id,
            organisation_id=actor.organisation_id,
            state=ExtractState.READY,
            why="Evaluation of the spring programme",
            asked_by_id=actor.user_id,
            asked_by_name=actor.name,
            manifest=manifest,
            manifest_sha256=write_manifest(directory, manifest),
            kept_until=date(2099, 1, 1),
        )


def answered(extract, title=QUESTION, n=None, **given):
    """A question of that extract with its finding; of `n` cases only where that is said."""
    question = a_question(rosa, extract=extract, title=title, **given)
    directory = directory_of(extract.id)
    files = {"cases": (directory / "cases.parquet",), "scores": (directory / "scores.parquet",)}
    if n:
        files = frames(directory.with_name(f"few-{question.id}"), n=n)
    finding = jobs.reckoned(question, Frames(extract.id, MANIFEST, files))
    write_answer(worker, question_id=question.id, finding=finding)
    return question


def asked_report(extract, template="public_summary", language="en", actor=rosa, **given):
    """A report that waits for the worker."""
    given = {**PERIOD, **given}
    return make_report(actor, template=template, extract_id=extract.id, language=language, **given)


def a_report(extract, *args, **given):
    """A report that was asked for and made."""
    return make(worker, report_id=asked_report(extract, *args, **given).id)


def every_block():
    """One block of each kind, as a report has them."""
    rows = ((Cell("Mali"), Cell("120", 120.0)), (Cell("Total"), Cell("not shown")))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200"/>'
    more = {"head": ("Country", "Cases"), "rows": rows, "items": ("More answers",), "traces": (1,)}
    return tuple(Block(one, f"What a {one} says", svg=svg, alt=f"A {one}", **more) for one in BlockKind)


def a_frozen_report(template="public_summary", actor=rosa, blocks=()):
    """A report that is ready, whose files nobody wrote."""
    report = asked_report(an_extract(actor), template, actor=actor)
    system = system_actor(actor.organisation_id)
    begin_report(system, report_id=report.id)
    return finish_report(
        system,
        report_id=report.id,
        content=as_json(Document(report.title, "", "en", "", "", "", blocks, ())),
        files={ReportFormat.PDF: b"%PDF-1.7"},
        code_version="1",
        release_id=None,
    )


def a_released_report(actor=rosa):
    """A report for inside that was let go."""
    return release_report(actor, report_id=a_frozen_report("evaluation_card", actor).id)


def an_own_template(actor=rosa):
    """A copy of a shipped template."""
    return copy_template(actor, template="public_summary", name="Our summary", language="en")


def a_recommendation(actor=rosa, given_to_id=RETURN_PARTNERS):
    """Something that should be done within a month."""
    until = localdate() + timedelta(days=30)
    return recommend(actor, text="Visit within three months.", given_to_id=given_to_id, due_on=until)
