"""One idempotency key, one effect, however often and at whatever moment it is sent."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from django.utils.timezone import now

from homeward.access.actor import system_actor
from homeward.access.repeats import forget_answers
from homeward.files.tests.samples import picture
from tests.cast import HARBOUR, RETURN_PARTNERS
from tests.cast_rows import ROWS
from tests.programs import Role, program_of

KEYS, AT_ONCE = 10, 8


@pytest.fixture
def program(cast):
    return program_of()


def people(past_policies):
    return past_policies("SELECT id FROM people_person")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 101, "with space", "", "ümlaut"])
def test_a_key_that_cannot_be_kept_is_refused(program, key, past_policies):
    answer = program.post("/people", {"family_name": "Example"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_not_usable")
    assert not people(past_policies)


@pytest.mark.django_db
def test_a_key_of_another_body_or_address_is_refused(program, past_policies):
    program.post("/people", {"family_name": "Example"}, Idempotency_Key="k")
    for path, body in (("/people", {"family_name": "Else"}), ("/cases", {"family_name": "Example"})):
        answer = program.post(path, body, Idempotency_Key="k")
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert len(people(past_policies)) == 1


@pytest.mark.django_db
def test_a_call_that_failed_leaves_its_key_free(program):
    assert program.post("/people", {}, Idempotency_Key="k").status_code == 422
    assert program.post("/people", {"family_name": "Example"}, Idempotency_Key="k").status_code == 201


@pytest.mark.django_db
def test_sent_again_the_answer_is_the_same_to_the_byte(program, past_policies):
    first, second = (program.post("/people", {"family_name": "Example"}, Idempotency_Key="k") for _ in "ab")
    assert (second.status_code, second.content) == (first.status_code, first.content)
    for name in ("ETag", "Content-Type"):
        assert second.headers[name] == first.headers[name]
    assert len(people(past_policies)) == 1


@pytest.mark.django_db
def test_the_answer_is_kept_sealed(program, past_policies):
    program.post("/people", {"family_name": "CANARY"}, Idempotency_Key="k")
    assert b"CANARY".hex() not in str(past_policies("SELECT * FROM access_handledrequest"))


@pytest.mark.django_db
def test_two_programs_may_use_the_same_key(program, past_policies):
    others = [program_of(name="Second"), program_of(Role.RETURN_COUNSELLOR, HARBOUR)]
    for one in (program, *others):
        assert one.post("/people", {"family_name": "Example"}, Idempotency_Key="k").status_code == 201
    assert len(people(past_policies)) == 3


@pytest.mark.django_db
def test_a_search_keeps_nothing(program, past_policies):
    program.post("/people/search", {"text": "Example"}, Idempotency_Key="k")
    assert not past_policies("SELECT id FROM access_handledrequest")


@pytest.mark.django_db
def test_a_file_sent_again_is_the_same_file_whatever_stands_between_its_parts(program, sami, past_policies):
    for _ in range(2):
        form = {"kind": "photo", "file": io.BytesIO(picture())}
        answer = program.send(f"/cases/{sami.id}/documents", form, Idempotency_Key="k")
        assert answer.status_code == 201
    assert len(past_policies("SELECT id FROM cases_casedocument")) == 1


@pytest.mark.django_db
def test_keys_are_forgotten_after_their_time(program, past_policies):
    program.post("/people", {"family_name": "Example"}, Idempotency_Key="k")
    assert forget_answers(system_actor(HARBOUR), now() + timedelta(1)) == 0
    assert forget_answers(system_actor(RETURN_PARTNERS), now() - timedelta(1)) == 0
    assert forget_answers(system_actor(RETURN_PARTNERS), now() + timedelta(1)) == 1
    assert not past_policies("SELECT id FROM access_handledrequest")


@pytest.mark.django_db(transaction=True)
def test_many_callers_at_the_same_moment_have_one_effect_and_one_answer(past_policies):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS)
    program, ready = program_of(), Barrier(AT_ONCE)

    def call(number):
        ready.wait(20)
        try:
            body = {"family_name": f"Example {number // AT_ONCE}"}
            answer = program.post("/people", body, Idempotency_Key=f"key-{number // AT_ONCE}")
            return number // AT_ONCE, answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(call, range(KEYS * AT_ONCE)))
    assert {status for _, status, _ in answers} == {201}
    assert len(answers) == KEYS
    assert len(people(past_policies)) == KEYS
