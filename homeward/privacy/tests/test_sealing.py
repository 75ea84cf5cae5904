from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connection

from homeward.access.acting import acting_as
from homeward.lib.encryption import Place, Unreadable
from homeward.lib.problems import NotFound
from homeward.privacy.commands import destroy_key
from homeward.privacy.sealing import (
    Erased,
    blind_index,
    keys_of,
    make_keys,
    open_for_installation,
    open_text,
    seal_for_installation,
    seal_text,
)
from tests.cast import RETURN_PARTNERS, ines, nora, stranger

AMINA, BILAL, UNKNOWN = UUID(int=11), UUID(int=12), UUID(int=13)
HERE = Place("cases_note", "text", UUID(int=1))
ELSEWHERE = Place("cases_note", "text", UUID(int=2))
CANARY = "canary-5f1b0c3e"


@pytest.fixture
def persons(cast):
    """Amina and Bilal have keys, made by Nora's organisation."""
    with acting_as(nora):
        make_keys(RETURN_PARTNERS, [AMINA, BILAL])


def test_a_stranger_cannot_open_what_was_sealed_for_a_person(persons):
    with acting_as(nora):
        sealed = seal_text(AMINA, HERE, "fled by night")
    with acting_as(stranger), pytest.raises(NotFound):
        open_text(AMINA, HERE, sealed)


def test_a_stranger_cannot_tell_a_hidden_person_from_an_unknown_one(persons):
    with acting_as(stranger):
        for person in (AMINA, UNKNOWN):
            with pytest.raises(NotFound):
                seal_text(person, HERE, "x")


def test_nobody_opens_anything_without_an_organisation(persons):
    with pytest.raises(NotFound):
        seal_text(AMINA, HERE, "x")


def test_one_persons_value_does_not_open_as_anothers(persons):
    with acting_as(nora):
        sealed = seal_text(AMINA, HERE, "fled by night")
        with pytest.raises(Unreadable):
            open_text(BILAL, HERE, sealed)


def test_a_value_moved_to_another_row_does_not_open(persons):
    with acting_as(nora):
        sealed = seal_text(AMINA, HERE, "fled by night")
        with pytest.raises(Unreadable):
            open_text(AMINA, ELSEWHERE, sealed)


def test_what_is_sealed_opens_for_the_organisation_that_holds_the_key(persons):
    with acting_as(nora):
        assert open_text(AMINA, HERE, seal_text(AMINA, HERE, "fled by night, سارة")) == "fled by night, سارة"


def test_destroying_a_key_erases_what_was_sealed_and_what_would_be(persons):
    with acting_as(nora):
        sealed = seal_text(AMINA, HERE, "fled by night")
    destroy_key(ines, subject_id=AMINA)
    with acting_as(nora):
        with pytest.raises(Erased):
            open_text(AMINA, HERE, sealed)
        with pytest.raises(Erased):
            seal_text(AMINA, HERE, "again")


def test_destroying_a_key_twice_changes_nothing(persons):
    first = destroy_key(ines, subject_id=AMINA).destroyed_at
    assert destroy_key(ines, subject_id=AMINA).destroyed_at == first


def test_a_stranger_cannot_destroy_a_key_or_tell_that_it_exists(persons):
    with pytest.raises(NotFound):
        destroy_key(stranger_officer(), subject_id=AMINA)


def test_a_list_of_persons_is_opened_with_one_query(persons, django_assert_num_queries):
    with acting_as(nora):
        sealed = {person: seal_text(person, HERE, str(person)) for person in (AMINA, BILAL)}
        with django_assert_num_queries(1):
            keys = keys_of(sealed)
            assert [keys.open_text(one, HERE, sealed[one]) for one in sealed] == [str(AMINA), str(BILAL)]


def test_the_database_holds_no_plaintext_and_no_open_key(persons, past_policies):
    with acting_as(nora):
        keys = keys_of([AMINA])
        sealed = keys.seal_text(AMINA, HERE, CANARY)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE sealed_note (text bytea)")
            cursor.execute("INSERT INTO sealed_note VALUES (%s)", [sealed])
    rows = past_policies("SELECT encode(text, 'escape') AS text FROM sealed_note")
    rows += past_policies("SELECT encode(wrapped, 'hex') AS wrapped FROM privacy_subjectkey")
    assert len(rows) == 3
    assert CANARY not in str(rows)
    assert keys.opened[AMINA].hex() not in str(rows)


def test_a_secret_of_the_installation_opens_only_at_its_place():
    sealed = seal_for_installation(HERE, b"totp")
    assert open_for_installation(HERE, sealed) == b"totp"
    with pytest.raises(Unreadable):
        open_for_installation(ELSEWHERE, sealed)


def test_equal_numbers_are_found_without_being_kept():
    assert blind_index("passport", "AB 1") == blind_index("passport", "ab1") != blind_index("phone", "AB1")


def stranger_officer():
    return replace(ines, user_id=uuid4(), organisation_id=stranger.organisation_id)
