"""Answers come out as CSV: what stands, with its kinds of missing, never a formula."""

import csv
import io

import pytest

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.lib.problems import Refused
from homeward.surveys.commands import add_instrument, publish_form, receive
from homeward.surveys.exporting import lines_of
from homeward.surveys.queries import form_to_export, questions_of
from homeward.surveys.tests.books import ANSWERS, filled, workbook
from homeward.surveys.tests.test_forms import published
from tests.cast import mira, nora, rosa, vera
from tests.programs import program_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    return published()


def exported(form, actor=rosa):
    content = b"".join(lines_of(actor, form.id, questions_of(form))).decode()
    return list(csv.DictReader(io.StringIO(content)))


def test_who_only_evaluates_or_asks_brings_no_answers_out(form):
    for actor in (nora, mira):
        with pytest.raises(Refused):
            form_to_export(actor, form.id)


def test_another_organisation_brings_out_its_own_answers_alone(form, past_policies):
    receive(nora, body=filled(ANSWERS))
    assert form_to_export(vera, form.id).id == form.id
    assert exported(form, vera) == []
    trail = past_policies("SELECT subject_id FROM audit_entry WHERE action = 'submission.export'")
    assert [one["subject_id"] for one in trail] == [str(form.id)]


def test_every_answer_stands_in_its_column(form):
    receive(nora, body=filled(ANSWERS, instance="uuid:a"))
    receive(nora, body=filled("<village>=1+2</village><works>refused</works><income>98</income>"))
    receive(nora, body=filled("<village>-5</village><income>-3</income><help>=cmd work</help>"))
    receive(nora, body=filled(ANSWERS, instance="uuid:b", deprecated="uuid:a"))
    second, third, edited = exported(form)
    assert edited["instance_id"] == "uuid:b"
    assert (edited["village"], edited["works"], edited["income"]) == ("Saltfield", "yes", "120")
    assert (edited["help"], edited["where"]) == ("cash work", "36.5 3.1 0.0 5.0")
    assert edited["members"] == '[{"members/age": 34}, {"members/age": 4}]'
    assert "members/called" not in edited
    assert (second["village"], second["works"], second["income"]) == ("'=1+2", "refused", "dont_know")
    assert (third["village"], third["income"], third["help"]) == ("'-5", "-3", "'=cmd work")
    assert third["state"] == "flagged"
    assert second["photo"] == ""


def test_long_paths_and_names_that_look_like_sql_have_their_columns_too(cast):
    deep = "a_rather_long_name_of_a_group_of_questions_about_work"
    rows = (
        {"type": "begin_group", "name": deep, "label::English (en)": "Work"},
        {"type": "text", "name": "what_do_you_do_for_a_living", "label::English (en)": "What?"},
        {"type": "end_group"},
    )
    form = made(rows)
    path = f"{deep}/what_do_you_do_for_a_living"
    body = filled(f"<{deep}><what_do_you_do_for_a_living>bake</what_do_you_do_for_a_living></{deep}>")
    with acting_as(rosa):
        receive(nora, body=body)
    assert exported(form)[0][path] == "bake"


def made(rows):
    draft = add_instrument(rosa, file=workbook(rows=rows, choices=()))
    return publish_form(rosa, version_id=draft.id, expected_version=draft.version)


def test_programs_get_the_same_file_in_pieces(form, past_policies):
    receive(nora, body=filled(ANSWERS))
    answer = program_of(Role.COORDINATOR).get(f"/instruments/forms/{form.id}/answers")
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content == b"".join(lines_of(rosa, form.id, questions_of(form)))
    assert len(past_policies("SELECT 1 FROM audit_entry WHERE action = 'submission.export'")) == 1
