"""Extracts made through the door: what is in them, and what never is."""

from datetime import date

import ibis
import psycopg
import pytest
from django.conf import settings as configured
from django.db import connections

from homeward.access.acting import acting_as
from homeward.cases.tests.journeys import arrived
from homeward.extracts import files
from homeward.extracts.commands import ask_extract, confirm_extract, withdraw_extract
from homeward.extracts.engine import ENGINES, connection
from homeward.extracts.frames import FRAMES, STAGES
from homeward.extracts.making import make_extract
from homeward.extracts.problems import NoSuchEngine, NotAsWritten
from homeward.extracts.queries import Frames, directory_of, frames_of
from homeward.extracts.rules import ExtractState, Failure
from homeward.extracts.tests.asked import WHY, elsewhere, evaluator, made, rows
from tests.cast import RETURN_PARTNERS, ines
from tests.cast_rows import AGREEING, ROWS, insert
from tests.sami import samis_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committed")]
LINKED = "The same people a year later"


def door():
    name = connections["default"].settings_dict["NAME"]
    return psycopg.connect(configured.EXTRACTS_DATABASE_URL, dbname=name, autocommit=True)


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker, scratch, keys):
    """Sami's case, and one that has arrived, where the door's own login sees them: committed."""
    with django_db_blocker.unblock():
        insert(ROWS)
        insert(AGREEING)
        samis_case()
        arrived()
        yield
        scratch.start_afresh()


def test_what_leaves_is_pseudonyms_months_and_codes():
    extract = made()
    assert extract.state == ExtractState.READY
    (case,) = [one for one in rows(extract, "cases") if one["stage"] == "enquiry"]
    (person,) = [one for one in rows(extract, "persons") if one["person_id"] == case["person_id"]]
    assert len(case["case_id"]) == 26
    assert (case["stage"], case["origin_country"], case["destination_country"]) == ("enquiry", "XM", "XN")
    assert (case["sex"], case["age_band"], case["return_basis"]) == ("male", "35-44", "voluntary")
    assert (case["group"], case["sealed_group"], case["is_assisted"]) == ("none", "none", False)
    assert case["district"] is None, "a place that nobody else shares is free text"
    assert (person["birth_year_band"], person["nationality"]) == ("1990-1994", "XM")
    assert [one for one in rows(extract, "stages") if one["case_id"] == case["case_id"]] == [
        {
            "case_id": case["case_id"],
            "stage": "enquiry",
            "entered_month": date(2026, 3, 1),
            "days": None,
            "next_stage": None,
        }
    ]


def test_no_file_holds_a_name_an_id_a_reference_or_a_day(committed, past_policies):
    extract = made()
    cases = past_policies("SELECT c.id, c.reference, c.person_id FROM cases_case c")
    told = [value for case in cases for value in case.values()]
    directory = directory_of(extract.id)
    content = b"".join(one.read_bytes() for one in directory.rglob("*") if one.is_file())
    for words in ("Sami", "Example", "Omar", "سامي", "Saltfield", "1991", *told):
        assert words.encode() not in content
    for frame in FRAMES:
        for row in rows(extract, frame.name):
            days = [value for value in row.values() if isinstance(value, date)]
            assert all(day.day == 1 for day in days)


def test_the_login_behind_the_door_can_read_no_name_and_write_nothing():
    questions = (
        "SELECT given_names FROM people_person",
        "SELECT birth_earliest_on FROM people_person",
        "SELECT * FROM people_person",
        "SELECT latin_name FROM cases_listing",
        "SELECT return_place FROM cases_listing",
        "SELECT reference FROM cases_case",
        "SELECT own_words FROM cases_case",
        "SELECT number FROM people_document",
        "SELECT text FROM cases_note",
        "SELECT email FROM organisations_user",
        "SELECT key FROM extracts_extract",
        "UPDATE cases_case SET version = version",
        "DELETE FROM cases_listing",
        "CREATE TABLE taken (id int)",
    )
    with door() as opened:
        opened.execute("SELECT set_config('homeward.organisation_id', %s, false)", [str(RETURN_PARTNERS)])
        for question in questions:
            with pytest.raises(psycopg.errors.DatabaseError) as fault:
                opened.execute(question)
            assert fault.value.sqlstate in ("42501", "42703"), question


def test_the_door_shows_what_policies_show_the_organisation_and_nothing_without_one():
    with door() as opened:
        assert opened.execute("SELECT count(*) FROM cases_case").fetchone() == (0,)
        for organisation_id, seen in ((RETURN_PARTNERS, 2), (elsewhere.organisation_id, 0)):
            opened.execute("SELECT set_config('homeward.organisation_id', %s, false)", [str(organisation_id)])
            assert opened.execute("SELECT count(*) FROM cases_case").fetchone() == (seen,)
    assert rows(made(elsewhere), "cases", elsewhere) == []


def test_a_whole_journey_is_there_stage_by_stage():
    extract = made()
    (case,) = [one for one in rows(extract, "cases") if one["stage"] != "enquiry"]
    assert case["arrived_month"].day == 1
    assert (case["counselling_partner"], case["partner"]) == ("Harbour Advice Demo", "Harbour Advice Demo")
    stages = [one for one in rows(extract, "stages") if one["case_id"] == case["case_id"]]
    told = [one["stage"] for one in stages]
    assert set(told) <= set(STAGES)
    assert {"enquiry", "counselling", "application", "accepted", "arrived"} <= set(told)
    days = [one["days"] for one in stages]
    assert days.count(None) == 1, "the last stage goes on"
    assert max(one for one in days if one is not None) >= 7
    assert all(one % 7 == 0 for one in days if one is not None), "exact, they would lead to the day"
    begun = set(told) - {one["next_stage"] for one in stages}
    assert begun == {"enquiry"}, "every other stage is the next one of another"


def test_two_extracts_cannot_be_joined_unless_a_second_person_agreed():
    first, second = made(), made()
    assert rows(first, "cases")[0]["case_id"] != rows(second, "cases")[0]["case_id"]
    asked = ask_extract(evaluator, why=WHY, linkable_why=LINKED)
    confirm_extract(ines, extract_id=asked.id)
    begun = make_extract(evaluator, extract_id=asked.id)
    again = ask_extract(evaluator, why=WHY, linkable_why=LINKED, follows_id=begun.id)
    confirm_extract(ines, extract_id=again.id)
    followed = make_extract(evaluator, extract_id=again.id)
    assert rows(begun, "cases") == rows(followed, "cases") != []
    assert followed.manifest["changes"]["cases"] == {}
    only_march_third = ask_extract(
        evaluator, why=WHY, linkable_why=LINKED, follows_id=begun.id, opened_from=date(2026, 3, 3)
    )
    confirm_extract(ines, extract_id=only_march_third.id)
    fewer = make_extract(evaluator, extract_id=only_march_third.id)
    assert fewer.manifest["changes"]["cases"] == {"gone": 2}
    assert files.changed_files(directory_of(fewer.id), fewer.manifest_sha256) == []


def test_one_that_follows_what_was_taken_away_fails_and_leaves_nothing():
    asked = ask_extract(evaluator, why=WHY, linkable_why=LINKED)
    confirm_extract(ines, extract_id=asked.id)
    begun = make_extract(evaluator, extract_id=asked.id)
    again = ask_extract(evaluator, why=WHY, linkable_why=LINKED, follows_id=begun.id)
    confirm_extract(ines, extract_id=again.id)
    withdraw_extract(evaluator, extract_id=begun.id, why="A person was erased since")
    failed = make_extract(evaluator, extract_id=again.id)
    assert (failed.state, failed.failure) == (ExtractState.FAILED, Failure.OTHER)
    assert not directory_of(failed.id).exists()


def test_the_manifest_says_what_is_there_and_a_changed_file_is_found():
    extract = made()
    directory = directory_of(extract.id)
    assert files.changed_files(directory, extract.manifest_sha256) == []
    assert extract.manifest["why"] == WHY
    assert extract.manifest["frames"]["cases"]["rows"] == 2
    assert {one["name"] for one in extract.manifest["frames"]["scores"]["columns"]} >= {"composite", "months"}
    target = directory / "cases" / "part-00.parquet"
    target.write_bytes(target.read_bytes() + b"x")
    (directory / "codebook.md").unlink()
    (directory / "more.txt").write_text("x")
    assert files.changed_files(directory, extract.manifest_sha256) == [
        "cases/part-00.parquet",
        "codebook.md",
        "more.txt",
    ]
    with acting_as(evaluator), pytest.raises(NotAsWritten):
        frames_of(evaluator, extract.id, verified=True)


def test_only_cases_of_the_period_are_in_it():
    assert len(rows(made(opened_from=date(2026, 3, 2), opened_until=date(2026, 3, 2)), "cases")) == 2
    assert rows(made(opened_from=date(2026, 3, 3)), "cases") == []


def test_without_its_login_an_extract_fails_and_leaves_nothing(settings):
    settings.EXTRACTS_DATABASE_URL = ""
    failed = made()
    assert (failed.state, failed.failure) == (ExtractState.FAILED, Failure.NO_LOGIN)
    assert not directory_of(failed.id).exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_one_expression_gives_the_same_on_every_engine(engine):
    if engine == "spark":
        pytest.importorskip("pyspark", reason="PARITY WITH SPARK NOT SHOWN: install it with `make spark`")
    extract = made()
    with acting_as(evaluator):
        frames = frames_of(evaluator, extract.id)
    backend = connection(frames, engine)
    cases, stages = backend.table("cases"), backend.table("stages")
    joined = cases.join(stages, "case_id").group_by("origin_country")
    counted = joined.aggregate(n=ibis._.count(), share=ibis._.is_assisted.cast("int32").mean())
    (row,) = counted.execute().to_dict("records")
    assert (row["origin_country"], row["n"] > 5, row["share"]) == ("XM", True, 0.0)


def test_an_unknown_engine_is_refused():
    with pytest.raises(NoSuchEngine):
        connection(Frames(RETURN_PARTNERS, {}, {}), "abacus")
