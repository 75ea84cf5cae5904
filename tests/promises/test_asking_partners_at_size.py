"""What a question to partners costs the database once a hundred thousand tokens are kept."""

import secrets
from statistics import median
from time import perf_counter

import pytest
from django.db import connection

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.casework.tests.test_asking_partners import FARID, WHY
from homeward.lib.identifiers import new_id
from homeward.people.commands import ask_partners, register_person
from homeward.people.keeping_tokens import KEEP
from homeward.people.models import Person
from homeward.people.queries.asking import questions_about
from tests.cast import HARBOUR, jonas, nora
from tests.promises.bounds import figure

PEOPLE, TOKENS_EACH, QUESTIONS = 20_000, 5, 30


@pytest.mark.drill
def test_a_question_is_answered_at_once_among_a_hundred_thousand_tokens(cast, settings, capsys):
    settings.DUPLICATE_CHECK = True
    settings.PARTNER_QUESTIONS_A_DAY = settings.PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION = 1000
    with acting_as(system_actor(HARBOUR)):
        people = [Person(id=new_id(), organisation_id=HARBOUR, given_names="X") for _ in range(PEOPLE)]
        Person.objects.bulk_create(people, batch_size=2_000)
        whose = [person.id for person in people for _ in range(TOKENS_EACH)]
        kept = [whose, ["name_day"] * len(whose), [secrets.token_bytes(16) for _ in whose], [1] * len(whose)]
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [[person.id for person in people], *kept])
    register_person(jonas, details=FARID)
    seconds = []
    for _ in range(QUESTIONS):
        mine = register_person(nora, details=FARID)
        started = perf_counter()
        ask_partners(nora, person_id=mine.id, reason=WHY)
        seconds.append(perf_counter() - started)
    with acting_as(nora):
        assert [one.strength for one in questions_about(nora, mine.id)[0].answers.all()] == ["likely"]
    with capsys.disabled():
        figure(
            "partners asked",
            f"a question among {len(whose):,} tokens: median {median(seconds) * 1000:.0f} ms, "
            f"slowest of {QUESTIONS} {max(seconds) * 1000:.0f} ms",
        )
    assert median(seconds) < 1
