"""Who may already be known: strangers learn nothing, and careless spelling hides nobody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.access.acting import acting_as
from homeward.lib.dates import PartialDate
from homeward.people.commands import add_contact, add_document, change_person, register_person
from homeward.people.matching import Traits
from homeward.people.queries import likely_matches, likely_matches_of_many
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails, Sex
from tests.cast import jonas, nora, stranger

pytestmark = pytest.mark.django_db

YUSUF = PersonDetails(
    given_names="Youssef",
    family_name="Bouazizi",
    native_name="يوسف بوعزيزي",
    sex=Sex.MALE,
    birth=PartialDate.of_day(date(1991, 3, 7)),
    nationalities=("XM",),
)


@pytest.fixture
def yusuf(cast):
    return register_person(nora, details=YUSUF)


def found_by(actor, details, **given):
    with acting_as(actor):
        return [match.person.id for match in likely_matches(actor, details, **given)]


def test_a_stranger_is_not_told_of_somebody_elses_people(yusuf):
    add_document(nora, person_id=yusuf.id, kind=DocumentKind.PASSPORT, number="P1234876")
    assert found_by(stranger, YUSUF, documents=["P1234876"]) == []
    assert found_by(jonas, YUSUF) == []
    with acting_as(stranger):
        assert likely_matches_of_many(stranger, [Traits(given_names="Youssef", birth=YUSUF.birth)]) == {}


def test_another_spelling_of_the_name_finds_the_person(yusuf):
    other = PersonDetails(given_names="Yusuf", family_name="Buazizi", birth=YUSUF.birth, sex=Sex.MALE)
    assert found_by(nora, other) == [yusuf.id]


def test_the_name_in_arabic_alone_finds_the_person(yusuf):
    assert found_by(nora, PersonDetails(native_name="يوسف بوعزيزي", birth=YUSUF.birth)) == [yusuf.id]


def test_day_and_month_exchanged_find_the_person(yusuf):
    other = PersonDetails(
        given_names="Yousef", family_name="Bouazizi", birth=PartialDate.of_day(date(1991, 7, 3))
    )
    assert found_by(nora, other) == [yusuf.id]


def test_a_document_finds_a_person_whose_name_is_another(yusuf):
    add_document(nora, person_id=yusuf.id, kind=DocumentKind.PASSPORT, number="P 123-4876")
    changed = PersonDetails(given_names="Youssef", birth=PartialDate.of_year(1991))
    assert found_by(nora, changed, documents=["p1234876"]) == [yusuf.id]


def test_a_telephone_written_otherwise_helps_to_find_the_person(yusuf):
    add_contact(nora, person_id=yusuf.id, kind=ContactKind.PHONE, value="+216 20 334 455")
    changed = PersonDetails(given_names="Youssef", family_name="B.")
    assert found_by(nora, changed, phones=["0020334455"]) == [yusuf.id]


def test_a_person_is_found_by_what_was_corrected_and_no_longer_by_what_was_wrong(yusuf):
    corrected = PersonDetails(given_names="Tarek", family_name="Hammami", birth=PartialDate.of_year(1970))
    change_person(nora, person_id=yusuf.id, expected_version=1, details=corrected)
    assert found_by(nora, YUSUF) == []
    assert found_by(nora, corrected) == [yusuf.id]


def test_somebody_else_of_the_family_is_not_taken_for_the_person(yusuf):
    sister = PersonDetails(
        given_names="Mariem", family_name="Bouazizi", birth=PartialDate.of_day(date(1994, 1, 20))
    )
    assert found_by(nora, sister) == []


def test_each_match_says_why_and_how_likely(yusuf):
    with acting_as(nora):
        (match,) = likely_matches(nora, YUSUF)
    assert match.score > 0.9
    assert {"given_names", "family_name", "birth"} <= {reason.field for reason in match.reasons}


def test_keys_are_kept_without_names(yusuf, past_policies):
    kept = past_policies("SELECT person_id, key FROM people_blockingkey")
    assert len(kept) >= 4
    assert all(isinstance(row["key"], int) for row in kept)


def test_one_description_costs_few_queries_however_many_are_known(yusuf):
    for number in range(12):
        add_document(nora, person_id=yusuf.id, kind=DocumentKind.OTHER, number=f"X{number}987654")
        register_person(nora, details=YUSUF)
    with (
        acting_as(nora),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        likely_matches(nora, YUSUF)
    assert len(asked) <= 6


def test_a_list_finds_the_same_people_as_one_by_one(yusuf):
    rows = [
        Traits(given_names="Yusuf", family_name="Buazizi", birth=YUSUF.birth),
        Traits(given_names="Olena", family_name="Melnyk", birth=PartialDate.of_year(1960)),
        Traits(native_name="يوسف بوعزيزي", birth=YUSUF.birth),
    ]
    with acting_as(nora), CaptureQueriesContext(connection) as asked:
        found = likely_matches_of_many(nora, rows)
    assert {row: [match.person.id for match in matches] for row, matches in found.items()} == {
        0: [yusuf.id],
        2: [yusuf.id],
    }
    assert len(asked) <= 6
