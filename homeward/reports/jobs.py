"""Drawing figures and making reports in the background; writers and engine are loaded by the worker alone."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.evaluation.asking import DRAWING_JOB
from homeward.evaluation.queries import answer_of, get_question
from homeward.evaluation.rules import LANGUAGES
from homeward.extracts.queries import get_extract
from homeward.lib.problems import NotFound, WrongState
from homeward.organisations.queries import organisation_ids
from homeward.reports.commands.drawings import keep_drawings
from homeward.reports.figures.drawing import draw
from homeward.reports.figures.drawn import Drawing
from homeward.reports.figures.of_findings import figures_of
from homeward.reports.queries.drawings import has_figures, questions_to_draw
from homeward.reports.queries.made import reports_left_behind
from homeward.reports.rules import MAKING_JOB, months_between

LONG = timedelta(minutes=20)

log = logging.getLogger(__name__)
LEFT_BEHIND = timedelta(hours=1)  # what is younger may be at work still


@app.task(name=DRAWING_JOB)
def draw_figures(organisation_id: str, question_id: str) -> None:
    """Draw the figures of one question; another job may have done it."""
    actor = system_actor(UUID(organisation_id))
    try:
        with acting_as(actor):
            question = get_question(actor, UUID(question_id))
            answer = answer_of(question)
            period = _period(actor, question.extract_id)
            drawn = drawings_for(answer.finding if answer else {}, period)
        if drawn:
            keep_drawings(actor, question_id=UUID(question_id), drawings=drawn)
    except (NotFound, WrongState):
        return


@app.periodic(cron="*/10 * * * *")
@app.task(name="draw_left_behind", queueing_lock="draw_left_behind")
def draw_left_behind(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, draw what a crash left behind."""
    for organisation_id in organisation_ids():
        _drawn_for(system_actor(organisation_id))


def drawings_for(finding: Mapping[str, Any], period: str = "") -> list[tuple[str, Drawing]]:
    """Every figure of a finding in every language."""
    figures = figures_of(finding, period=period)
    return [(language, draw(one, language=language)) for language in LANGUAGES for one in figures]


def _period(actor: Actor, extract_id: UUID) -> str:
    """The months in which the extract's cases were opened, where it is not of all."""
    extract = get_extract(actor, extract_id)
    return months_between(extract.opened_from, extract.opened_until)


def _drawn_for(actor: Actor) -> None:
    """What goes wrong with one is noted; the others have their turn."""
    with acting_as(actor):
        late = questions_to_draw(actor, now() - LEFT_BEHIND)
        waiting = [(one.id, one.answer.finding) for one in late]
    for question_id, finding in waiting:
        try:
            if has_figures(finding):
                draw_figures(str(actor.organisation_id), str(question_id))
        except Exception:
            log.exception("figures could not be drawn: %s", question_id)


@app.task(name=MAKING_JOB)
def make_one_report(organisation_id: str, report_id: str) -> None:
    """Make one report; another job may have done it."""
    actor = system_actor(UUID(organisation_id))
    try:
        import_module("homeward.reports.making").make(actor, report_id=UUID(report_id))
    except (NotFound, WrongState):
        return


@app.periodic(cron="*/10 * * * *")
@app.task(name="make_reports_left_behind", queueing_lock="make_reports_left_behind")
def make_reports_left_behind(timestamp: int) -> None:
    """Every ten minutes, one organisation after the other, make what a crash left behind."""
    for organisation_id in organisation_ids():
        actor = system_actor(organisation_id)
        with acting_as(actor):
            waiting = list(reports_left_behind(actor, now() - LONG).values_list("id", flat=True)[:20])
        for report_id in waiting:
            make_one_report(str(organisation_id), str(report_id))


@app.periodic(cron="20 * * * *")
@app.task(name="make_due_reports", queueing_lock="make_due_reports")
def make_due_reports(timestamp: int) -> None:
    """Every hour, one organisation after the other, ask for the reports whose period is over."""
    for organisation_id in organisation_ids():
        import_module("homeward.reports.regular").make_due(system_actor(organisation_id), localdate())
