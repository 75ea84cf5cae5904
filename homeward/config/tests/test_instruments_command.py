"""`homeward instruments answers`: what people answered, for who may bring it out."""

import csv

import pytest

from homeward.config.cli import make_parser
from homeward.config.cli.problems import NotReady
from homeward.organisations import demo
from homeward.surveys.commands import receive
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.surveys.tests.test_forms import published
from tests.cast import nora

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture(autouse=True)
def set_up_already(monkeypatch):
    monkeypatch.setattr("homeward.config.cli.instruments.ready", lambda: None)


def run(*arguments):
    chosen = make_parser().parse_args(["instruments", "answers", *map(str, arguments)])
    return chosen.act(chosen)


@pytest.mark.django_db
def test_who_may_not_export_and_what_is_not_there_write_nothing(tmp_path, past_policies):
    published()
    there = tmp_path / "answers.csv"
    for told in (
        ("household", there, "--as", demo.NORA.email),
        ("household", there, "--as", "nobody@example.org"),
        ("nothing", there, "--as", demo.ROSA.email),
        ("household", there, "--as", demo.ROSA.email, "--number", "7"),
    ):
        with pytest.raises(NotReady):
            run(*told)
    assert not there.exists()
    assert not past_policies("SELECT id FROM audit_entry WHERE action = 'submission.export'")


@pytest.mark.django_db
def test_answers_are_written_and_the_look_is_on_the_record(tmp_path, past_policies):
    form, there = published(), tmp_path / "answers.csv"
    receive(nora, body=filled(ANSWERS))
    run("household", there, "--as", demo.ROSA.email)
    (row,) = csv.DictReader(there.read_text().splitlines())
    assert (row["village"], row["income"]) == ("Saltfield", "120")
    (entry,) = past_policies("SELECT subject_id FROM audit_entry WHERE action = 'submission.export'")
    assert entry["subject_id"] == str(form.id)
