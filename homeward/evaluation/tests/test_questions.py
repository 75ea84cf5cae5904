from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.evaluation import jobs
from homeward.evaluation.answering import finding_of
from homeward.evaluation.asking import ESTIMANDS as ESTIMAND_OF
from homeward.evaluation.asking import Asked, Side, spec_of
from homeward.evaluation.commands import register_question, write_answer
from homeward.evaluation.estimands import ESTIMANDS
from homeward.evaluation.framing import gathered
from homeward.evaluation.likeness.tests.published import comparable
from homeward.evaluation.models import Question
from homeward.evaluation.queries import answer_of, get_question, shown_finding, visible_questions
from homeward.evaluation.tests.asked import a_question, an_extract, elsewhere, evaluator
from homeward.evaluation.tests.framed import AS_OF, extract_of, frames
from homeward.evaluation.writing import as_json
from homeward.extracts.queries import made_from
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import nora

worker = system_actor(evaluator.organisation_id)


@pytest.fixture
def files(tmp_path):
    return frames(tmp_path)


@pytest.mark.django_db
class TestRegistering:
    def test_who_works_on_cases_does_not_ask(self, cast):
        with pytest.raises(Refused):
            register_question(nora, title="A question of mine", extract_id=an_extract().id, spec={})

    def test_a_stranger_cannot_tell_that_it_exists(self, cast):
        question = a_question()
        with acting_as(elsewhere), pytest.raises(NotFound):
            get_question(elsewhere, question.id)

    def test_another_organisations_extract_is_not_asked(self, cast):
        with pytest.raises(NotFound):
            a_question(elsewhere, extract=an_extract())

    def test_an_extract_that_is_not_ready_is_not_asked(self, cast):
        with pytest.raises(WrongState):
            a_question(extract=an_extract(state=ExtractState.ASKED))

    def test_bounds_are_not_set_aside_on_what_others_see(self, cast):
        spec = {"estimand": "mean", "outcome": "economic", "guardrails": {"level_n_eff": 2}}
        with pytest.raises(Invalid):
            register_question(evaluator, title="How do they fare?", extract_id=an_extract().id, spec=spec)

    @pytest.mark.parametrize("months", [None, 0, -3, 1])
    def test_an_outcome_without_a_horizon_would_be_the_start(self, cast, months):
        spec = {"estimand": "mean", "outcome": "economic", "horizon_months": months}
        with pytest.raises(Invalid) as wrong:
            register_question(evaluator, title="How do they fare?", extract_id=an_extract().id, spec=spec)
        assert "horizon_months" in wrong.value.fields

    @pytest.mark.parametrize(
        "given",
        [
            {"place": "x" * 81},
            {"place": "North\x00"},
            {"options": {"outcome_words": {"en": "\ud800"}}},
            {"options": {"quantile": float("nan")}},
            {"sesoi": float("inf")},
        ],
    )
    def test_what_cannot_be_written_down_is_refused(self, cast, given):
        spec = {"estimand": "mean", "outcome": "economic", "horizon_months": 12, **given}
        with pytest.raises(Invalid):
            register_question(evaluator, title="How do they fare?", extract_id=an_extract().id, spec=spec)

    def test_a_question_is_never_changed_nor_removed(self, cast):
        question = a_question()
        with acting_as(evaluator):
            for act in (lambda own: own.update(title="Another question"), lambda own: own.delete()):
                with pytest.raises(DatabaseError), transaction.atomic():
                    act(Question.objects.filter(id=question.id))

    def test_after_an_outcome_was_shown_nothing_more_is_confirmatory(self, cast):
        extract = an_extract()
        write_answer(worker, question_id=a_question(extract=extract).id, finding={"claim": "refused"})
        with pytest.raises(Invalid):
            a_question(extract=extract, title="The same, now that we know")
        assert not a_question(extract=extract, is_confirmatory=False).is_confirmatory

    def test_a_trouble_showed_nothing(self, cast):
        extract = an_extract()
        write_answer(worker, question_id=a_question(extract=extract).id, trouble="There is no place kabul.")
        assert a_question(extract=extract, title="The same, spelt otherwise").is_confirmatory

    def test_another_extract_of_the_same_time_holds_the_same_cases(self, cast):
        spring = an_extract(opened_from=date(2024, 3, 1), opened_until=date(2024, 5, 31))
        write_answer(worker, question_id=a_question(extract=spring).id, finding={"claim": "refused"})
        with pytest.raises(Invalid):
            a_question(extract=an_extract(opened_from=date(2024, 5, 31)))
        with pytest.raises(Invalid):
            a_question(extract=an_extract())
        assert a_question(extract=an_extract(opened_from=date(2024, 6, 1))).is_confirmatory
        assert a_question(extract=an_extract(opened_until=date(2024, 2, 29))).is_confirmatory

    def test_what_another_organisation_saw_does_not_count(self, cast):
        theirs = a_question(elsewhere, extract=an_extract(elsewhere))
        write_answer(
            system_actor(elsewhere.organisation_id), question_id=theirs.id, finding={"claim": "refused"}
        )
        assert a_question().is_confirmatory

    def test_people_to_compare_with_show_the_outcome_too(self, cast):
        extract = an_extract()
        comparable(extract_id=extract.id)
        with pytest.raises(Invalid):
            a_question(extract=extract)

    def test_a_file_made_of_the_extract_shows_it_too(self, cast, settings, tmp_path):
        settings.EXTRACTS_DIR, extract = tmp_path, an_extract()
        assert a_question(extract=extract).is_confirmatory
        (made_from(extract.id) / "a file").mkdir(parents=True)
        with pytest.raises(Invalid):
            a_question(extract=extract)

    def test_it_is_hashed_and_dated(self, cast):
        question = a_question()
        assert len(question.spec_sha256) == 64
        assert question.registered_at
        assert question.spec["estimand"] == "mean"


@pytest.mark.django_db
class TestAnswering:
    def test_nobody_but_the_worker_writes_an_answer(self, cast):
        with pytest.raises(Refused):
            write_answer(evaluator, question_id=a_question().id, trouble="None")

    def test_an_answer_is_written_once(self, cast):
        question = a_question()
        write_answer(worker, question_id=question.id, trouble="None")
        with pytest.raises(WrongState):
            write_answer(worker, question_id=question.id, trouble="Another")

    def test_a_trouble_is_told_instead_of_a_finding(self, cast):
        question = a_question()  # of an extract whose files are away
        jobs.answer_question(str(evaluator.organisation_id), str(question.id))
        with acting_as(evaluator):
            (found,) = visible_questions(evaluator)
        assert found.answer.trouble
        assert found.answer.claim == ""

    def test_what_fails_in_an_unforeseen_way_is_a_trouble_and_not_asked_for_ever(
        self, cast, files, monkeypatch
    ):
        spec = {"estimand": "calibrated_mean", "outcome": "economic", "horizon_months": 12}
        wrong = register_question(
            evaluator,
            title="What is not foreseen",
            extract_id=an_extract().id,
            spec={**spec, "options": {"margins": {"sex": 3}}},
        )
        monkeypatch.setattr(jobs, "frames_of", lambda actor, extract_id, verified: extract_of(wrong, files))
        jobs.answer_question(str(evaluator.organisation_id), str(wrong.id))
        with acting_as(evaluator):
            assert get_question(evaluator, wrong.id).answer.trouble == "This could not be worked out."

    def test_one_that_fails_does_not_keep_the_others_waiting(self, cast, files, monkeypatch):
        away, fine = a_question(), a_question(title="Another one that is fine")

        def read(actor, extract_id, verified):
            if extract_id == away.extract_id:
                raise OSError
            return extract_of(fine, files)

        def is_answered(question):
            with acting_as(evaluator):
                return answer_of(get_question(evaluator, question.id)) is not None

        monkeypatch.setattr(jobs, "frames_of", read)
        jobs.answer_left_behind(0)
        assert not is_answered(fine)  # its own job may be at it
        monkeypatch.setattr(jobs, "LEFT_BEHIND", timedelta())
        jobs.answer_left_behind(0)
        assert is_answered(fine)
        assert not is_answered(away)  # the disk may come back

    def test_a_finding_is_kept_with_its_hashes(self, cast, files):
        question = a_question()
        found = jobs.reckoned(question, extract_of(question, files))
        answer = write_answer(worker, question_id=question.id, finding=found)
        assert answer.claim == "allowed"
        assert answer.finding["spec_sha256"] == question.spec_sha256
        assert len(answer.inputs_sha256) == 64

    def test_what_too_few_people_stand_behind_is_not_handed_out(self, cast, tmp_path):
        question = a_question()
        found = jobs.reckoned(question, extract_of(question, frames(tmp_path, n=9)))
        answer = write_answer(worker, question_id=question.id, finding=found)
        assert answer.is_suppressed
        assert "estimate" not in shown_finding(answer)
        assert "sentence" not in shown_finding(answer)

    def test_no_small_number_of_people_is_handed_out(self, cast, files):
        question = a_question()
        found = jobs.reckoned(question, extract_of(question, files))
        few = {
            "parts": [a_part(60, n_treated=57), a_part(45, n_treated=20), a_part(12), a_part(1)],
            "n": 118,
            "checks": [{**found["checks"][0], "name": "cell_n", "value": 1}],
            "details": {
                "flow": {
                    "entered": 203,
                    "steps": [{"name": "reached", "left": {"incomplete": 3}}],
                    "analysed": 200,
                    "arms": [],
                },
                "propensities": {"edges": [0, 0.5, 1], "treated": [57, 3], "control": [40, 20]},
                "cells": [{"n": 60, "n_neighbours": 70}, {"n": 30, "n_neighbours": 4}] + [OTHER_CELL] * 2,
                "weights": [1.0, 2.0],
            },
        }
        answer = write_answer(worker, question_id=question.id, finding={**found, **few})
        shown = shown_finding(answer)
        assert [(one["n"], one["details"]["n_treated"]) for one in shown["parts"]] == [(60, None), (45, 20)]
        assert shown["checks"][0]["value"] is None
        assert shown["details"] == {
            "flow": None,
            "propensities": {"edges": [0, 0.5, 1], "treated": [None, None], "control": [40, 20]},
            "cells": [{"n": 60, "n_neighbours": 70}, OTHER_CELL],
        }


OTHER_CELL = {"n": 50, "n_neighbours": 50}


def a_part(n, **details):
    return {"label": f"partner of {n}", "n": n, "estimate": 0.5, "ci": None, "details": details}


@pytest.mark.parametrize("asked", [one for one in Asked if ESTIMAND_OF[one] in ESTIMANDS])
def test_every_choice_makes_a_question_that_is_answered(asked, files):
    spec = spec_of(asked, Side.ECONOMIC, 12, sesoi=0.05, place="XM")
    found = as_json(finding_of(gathered(files, spec, AS_OF).rows, spec, "0" * 64))
    assert found["refusals"] == [] or asked is not Asked.LEVEL
    assert found["n"] > 300
    assert "XM" in found["sentence"]["fr"]
