"""Asking for files, writing them, taking them, and losing them with their extract."""

from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.exchange.analysts.commands import ask_file, begin_file, fail_file, finish_file
from homeward.exchange.analysts.problems import NoSuchColumn, OtherRowsLeft
from homeward.exchange.analysts.queries import directory_of_file, hand_out_file, path_of, visible_files
from homeward.exchange.analysts.rules import AnalystAudience, AnalystFileState, AnalystFormat, AnalystUnit
from homeward.exchange.analysts.tests.made_up import ready_extract
from homeward.exchange.analysts.work import write_file
from homeward.exchange.models import AnalystFile
from homeward.extracts.alone import alone_with
from homeward.extracts.commands import ask_extract, withdraw_extract
from homeward.extracts.files import digest_of
from homeward.extracts.problems import NotReady
from homeward.extracts.queries import made_from
from homeward.extracts.tests.asked import WHY, elsewhere, evaluator
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import ines, nora, rosa

pytestmark = pytest.mark.django_db
SYSTEM = system_actor(evaluator.organisation_id)
ROWS = {"format": AnalystFormat.CSV, "why": "The yearly evaluation"}
OUT = {"audience": AnalystAudience.OUTSIDE, "receiver": "University of Northford"}


@pytest.fixture(autouse=True)
def standing(standing_cast, db):
    pass


@pytest.mark.parametrize(
    "actor", [nora, ines, rosa], ids=["case manager", "data protection officer", "coordinator"]
)
def test_who_knows_people_by_name_opens_no_rows(actor):
    extract = ready_extract()
    with pytest.raises(Refused):
        ask_file(actor, extract_id=extract.id, **ROWS)
    file = write_file(SYSTEM, ask_file(evaluator, extract_id=extract.id, **ROWS).id)
    with pytest.raises(Refused):
        hand_out_file(actor, extract_id=extract.id, file_id=file.id)


def test_what_another_process_writes_is_left_to_it():
    extract = ready_extract()
    asked = ask_file(evaluator, extract_id=extract.id, **ROWS)
    with alone_with(asked.id) as alone:
        assert alone
        assert write_file(SYSTEM, asked.id).state == AnalystFileState.ASKED
    written = write_file(SYSTEM, asked.id)
    again = write_file(SYSTEM, asked.id)
    assert (written.state, again.state) == (AnalystFileState.READY, AnalystFileState.READY)
    assert digest_of(path_of(again)) == written.sha256


def test_another_organisation_finds_neither_extract_nor_file():
    extract = ready_extract()
    file = write_file(SYSTEM, ask_file(evaluator, extract_id=extract.id, **ROWS).id)
    for act in (
        lambda: ask_file(elsewhere, extract_id=extract.id, **ROWS),
        lambda: hand_out_file(elsewhere, extract_id=extract.id, file_id=file.id),
        lambda: begin_file(system_actor(elsewhere.organisation_id), file_id=file.id),
    ):
        with pytest.raises(NotFound):
            act()
    with acting_as(elsewhere):
        assert not visible_files(elsewhere, extract.id).exists()


def test_a_file_says_what_it_is_for_and_who_outside_gets_it():
    extract = ready_extract()
    with pytest.raises(Invalid) as problem:
        ask_file(
            evaluator,
            extract_id=extract.id,
            format=AnalystFormat.CSV,
            why="because",
            **OUT | {"receiver": ""},
        )
    assert set(problem.value.fields) == {"why", "receiver"}
    with pytest.raises(NoSuchColumn):
        ask_file(evaluator, extract_id=extract.id, columns=["name"], **ROWS)


def test_an_extract_that_is_not_ready_gives_no_file():
    asked = ask_extract(evaluator, why=WHY)
    with pytest.raises(NotReady):
        ask_file(evaluator, extract_id=asked.id, **ROWS)


@pytest.mark.parametrize("unit", AnalystUnit)
@pytest.mark.parametrize(
    "form", [AnalystFormat.CSV, AnalystFormat.STATA, AnalystFormat.SPSS, AnalystFormat.DDI]
)
def test_a_file_is_written_with_its_digest_and_handed_out(form, unit):
    extract = ready_extract()
    asked = ask_file(evaluator, extract_id=extract.id, unit=unit, **ROWS | {"format": form})
    file = write_file(SYSTEM, asked.id)
    assert (file.state, file.trouble) == (AnalystFileState.READY, "")
    assert file.rows == (60 if unit is AnalystUnit.CASE else 240) == file.rows_all
    given = hand_out_file(evaluator, extract_id=extract.id, file_id=file.id)
    assert digest_of(path_of(given)) == file.sha256
    assert [one.name for one in directory_of_file(file).iterdir()] == [file.name]
    if form is AnalystFormat.CSV:
        with ZipFile(path_of(given)) as archive:
            assert archive.namelist() == ["data.csv", "datapackage.json", "codebook.xml"]
            assert b"!" not in archive.read("data.csv").splitlines()[0], "what only counts is not written"
    with pytest.raises(WrongState):
        begin_file(SYSTEM, file_id=file.id)


def test_rows_by_which_people_could_be_found_do_not_leave():
    extract = ready_extract()
    file = write_file(SYSTEM, ask_file(evaluator, extract_id=extract.id, **ROWS, **OUT).id)
    assert (file.state, file.risk["is_safe"]) == (AnalystFileState.REFUSED, False)
    assert not directory_of_file(file).exists()
    with pytest.raises(NotFound):
        hand_out_file(evaluator, extract_id=extract.id, file_id=file.id)


def test_rows_by_which_nobody_can_be_found_leave():
    extract = ready_extract(cases=200)
    asked = ask_file(evaluator, extract_id=extract.id, columns=["sex", "composite"], **ROWS, **OUT)
    file = write_file(SYSTEM, asked.id)
    assert (file.state, file.risk["is_safe"], file.risk["keys"]) == (AnalystFileState.READY, True, ["sex"])


def test_the_database_lets_no_row_leave_unchecked():
    extract = ready_extract()
    asked = ask_file(evaluator, extract_id=extract.id, **ROWS, **OUT)
    begin_file(SYSTEM, file_id=asked.id)
    for risk in ({}, {"is_safe": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            finish_file(SYSTEM, file_id=asked.id, name="cases.zip", sha256="0" * 64, risk=risk)


def test_what_is_on_record_stays_as_it_is():
    extract = ready_extract()
    file = write_file(SYSTEM, ask_file(evaluator, extract_id=extract.id, **ROWS).id)
    with acting_as(evaluator):
        for change in ({"why": "Something else"}, {"sha256": "1" * 64}):
            with pytest.raises(DatabaseError), transaction.atomic():
                AnalystFile.objects.filter(id=file.id).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            AnalystFile.objects.filter(id=file.id).delete()


def test_files_go_with_their_extract():
    extract = ready_extract()
    file = write_file(SYSTEM, ask_file(evaluator, extract_id=extract.id, **ROWS).id)
    waiting = ask_file(evaluator, extract_id=extract.id, **ROWS)
    withdraw_extract(evaluator, extract_id=extract.id, why="A person was erased since")
    assert not made_from(extract.id).exists()
    with pytest.raises(NotFound):
        hand_out_file(evaluator, extract_id=extract.id, file_id=file.id)
    assert write_file(SYSTEM, waiting.id).state == AnalystFileState.FAILED
    assert not directory_of_file(waiting).exists()


def test_what_goes_wrong_is_noted():
    extract = ready_extract()
    asked = ask_file(evaluator, extract_id=extract.id, **ROWS)
    failed = fail_file(SYSTEM, file_id=asked.id, trouble="The disk is full")
    assert (failed.state, failed.trouble) == (AnalystFileState.FAILED, "The disk is full")
    with pytest.raises(NotFound):
        fail_file(SYSTEM, file_id=uuid4(), trouble="No such file")


def test_rows_that_leave_an_extract_all_have_the_same_columns():
    extract = ready_extract()
    ask_file(evaluator, extract_id=extract.id, **ROWS, **OUT, columns=["sex", "age_band"])
    ask_file(evaluator, extract_id=extract.id, **ROWS, **OUT, columns=["age_band", "sex"])
    with pytest.raises(OtherRowsLeft):
        ask_file(evaluator, extract_id=extract.id, **ROWS, **OUT, columns=["sex", "programme"])
    ask_file(evaluator, extract_id=extract.id, **ROWS, columns=["sex", "programme"])
