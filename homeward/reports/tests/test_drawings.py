from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.evaluation import jobs as evaluated
from homeward.evaluation.commands import write_answer
from homeward.evaluation.tests.asked import a_question, elsewhere, evaluator
from homeward.evaluation.tests.framed import extract_of, frames
from homeward.lib.problems import NotFound, Refused, WrongState
from homeward.reports import jobs
from homeward.reports.commands import keep_drawings
from homeward.reports.figures.drawing import draw
from homeward.reports.figures.tests.samples import SAMPLES
from homeward.reports.models import FigureDrawing
from homeward.reports.queries import drawings_of, get_drawing

worker = system_actor(evaluator.organisation_id)
pytestmark = pytest.mark.django_db


def a_drawing():
    """One figure of an answered question, as the worker keeps it."""
    question = a_question()
    write_answer(worker, question_id=question.id, trouble="None")
    return keep_drawings(worker, question_id=question.id, drawings=[("en", draw(SAMPLES[0], language="en"))])


def test_nobody_but_the_worker_draws(cast):
    with pytest.raises(Refused):
        keep_drawings(evaluator, question_id=a_question().id, drawings=[])


def test_what_is_not_answered_is_not_drawn(cast):
    drawn = [("en", draw(SAMPLES[0], language="en"))]
    with pytest.raises(WrongState):
        keep_drawings(worker, question_id=a_question().id, drawings=drawn)


def test_figures_are_kept_once_and_never_changed(cast):
    kept = a_drawing()
    drawn = [("en", draw(SAMPLES[1], language="en"))]
    with pytest.raises(WrongState):
        keep_drawings(worker, question_id=kept.question_id, drawings=drawn)
    with acting_as(evaluator):
        assert [one.title for one in drawings_of(evaluator, kept.question_id, "en")] == [kept.title]
        for act in (lambda own: own.update(svg="<svg/>"), lambda own: own.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(FigureDrawing.objects.filter(id=kept.id))


def test_a_source_line_that_is_too_long_is_cut(cast):
    question = a_question()
    write_answer(worker, question_id=question.id, trouble="None")
    drawn = replace(draw(SAMPLES[0], language="en"), source="x" * 500)
    assert len(keep_drawings(worker, question_id=question.id, drawings=[("en", drawn)]).source) == 400


def test_one_that_cannot_be_drawn_does_not_keep_the_others_waiting(cast, tmp_path, monkeypatch):
    files = frames(tmp_path)
    odd, fine = a_question(), a_question(title="Another one that is fine", is_confirmatory=False)
    found = evaluated.reckoned(fine, extract_of(fine, files))
    write_answer(worker, question_id=odd.id, finding={**found, "details": None})
    write_answer(worker, question_id=fine.id, finding=found)
    jobs.draw_left_behind(0)
    with acting_as(evaluator):
        assert not drawings_of(evaluator, fine.id, "en")  # its own job may be at it
    monkeypatch.setattr(jobs, "LEFT_BEHIND", timedelta())
    jobs.draw_left_behind(0)
    with acting_as(evaluator):
        assert drawings_of(evaluator, fine.id, "en")
        assert not drawings_of(evaluator, odd.id, "en")


def test_a_stranger_cannot_tell_that_it_exists(cast):
    kept = a_drawing()
    with acting_as(elsewhere), pytest.raises(NotFound):
        get_drawing(elsewhere, kept.id)


def test_a_figure_is_a_picture_in_which_nothing_runs(cast, client_of):
    kept = a_drawing()
    answer = client_of(evaluator).get(f"/evaluation/figures/{kept.id}.svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer.content.startswith(b"<svg")
    assert (
        "attachment"
        in client_of(evaluator).get(f"/evaluation/figures/{kept.id}.svg?keep")["Content-Disposition"]
    )
