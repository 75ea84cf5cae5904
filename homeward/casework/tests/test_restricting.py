"""A restriction stops every read and write of everybody but the officer, at the database."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.actor import Reach, system_actor
from homeward.cases.commands import write_note
from homeward.cases.queries import get_case, listed_cases, search_cases
from homeward.cases.queries.listings import CaseFilters
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound
from homeward.people.queries import get_person, people_found
from homeward.privacy import commands
from homeward.privacy.models import Restriction, SubjectKey
from homeward.privacy.queries import not_found
from homeward.privacy.sealing import keys_of
from tests.access.world import LATER, World
from tests.cast import RETURN_PARTNERS, ines, jonas, nora, stranger

WHY = "The person contests that these records are right."
TIMER = system_actor(RETURN_PARTNERS)


@pytest.fixture
def world(sami):
    world = World(sami)
    for what in ("document_id", "contact_id", "note_id", "scan_id", "appointment_id", "counselling_id"):
        assert getattr(world, what)
    assert world.commitment_id
    return world


@pytest.fixture
def restricted(world):
    return commands.restrict(ines, subject_id=world.person_id, reason=WHY)


def rows_seen(actor):
    """How many rows of each table that names a case or a person this actor is shown."""
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND column_name IN ('case_id', 'person_id', 'subject_id') AND table_name NOT LIKE 'audit%' "
            "AND table_name NOT LIKE 'privacy_re%' AND table_name <> 'privacy_legalhold'"
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("actor", [nora, jonas, TIMER], ids=["who leads", "a partner", "a timer"])
def test_nobody_reads_a_row_while_the_restriction_stands(world, restricted, actor):
    assert {table: count for table, count in rows_seen(actor).items() if count} == {}


@pytest.mark.parametrize("actor", [nora, jonas], ids=["who leads", "a partner"])
def test_who_worked_with_the_person_is_told_that_the_use_is_stopped(world, restricted, actor, client_of):
    for name, id_ in (("case", world.case_id), ("person", world.person_id)):
        answer = client_of(actor).get(reverse(name, args=[id_]))
        assert answer.status_code == 404
        assert "The use of these records is stopped" in answer.content.decode()
        assert "Sami" not in answer.content.decode()


def test_nobody_else_is_told_anything(world, restricted, client_of):
    elsewhere = replace(nora, reach=Reach(office_id=new_id()))
    for actor in (stranger, elsewhere):
        for which in (world.case_id, world.person_id):
            with acting_as(actor):
                assert type(not_found(actor, which)) is NotFound
    assert "is stopped" not in client_of(stranger).get(reverse("case", args=[world.case_id])).content.decode()


def test_the_same_rows_were_there_before_and_are_there_after(world):
    before = rows_seen(nora)
    restriction = commands.restrict(ines, subject_id=world.person_id, reason=WHY)
    commands.lift_restriction(ines, restriction_id=restriction.id, because="The records were put right.")
    assert rows_seen(nora) == before
    assert before["cases_note"]
    assert before["assistance_commitment"]


def test_pages_and_search_know_nothing_of_the_person(world, restricted):
    with acting_as(nora):
        for ask in (lambda: get_case(nora, world.case_id), lambda: get_person(nora, world.person_id)):
            with pytest.raises(NotFound):
                ask()
        assert not search_cases(nora, "Sami")
        assert not people_found(nora, "Sami")
        assert not listed_cases(nora, CaseFilters(), LATER)


def test_nothing_is_written_and_nothing_sealed_is_opened(world, restricted):
    with pytest.raises(NotFound):
        write_note(nora, case_id=world.case_id, text="A note", on=LATER)
    with acting_as(nora), pytest.raises(NotFound):
        keys_of([world.person_id]).seal_text(world.person_id, None, "text")
    with acting_as(nora), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET how_heard = 'x'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM people_contact")
        assert cursor.rowcount == 0


def test_the_officer_still_reads(world, restricted):
    with acting_as(ines):
        assert get_case(ines, world.case_id).person.given_names == "Sami"
        assert SubjectKey.objects.filter(subject_id=world.person_id).exists()


def test_who_leads_stops_everybody_and_a_partner_stops_itself_only(world, restricted):
    assert restricted.is_for_everybody
    assert not answers_for(jonas, world.person_id)
    assert answers_for(nora, world.person_id)


def answers_for(actor, person_id):
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT homeward_answers_for(%s)", [person_id])
        return cursor.fetchone()[0]


def test_no_other_role_writes_a_restriction_past_the_commands(world):
    given = {"organisation_id": RETURN_PARTNERS, "subject_id": world.person_id, "reason": WHY}
    with acting_as(nora), pytest.raises(DatabaseError), transaction.atomic():
        Restriction.objects.create(set_by_id=nora.user_id, set_by_name="", **given)


def test_a_stranger_restricts_nobody(world):
    with pytest.raises(NotFound):
        commands.restrict(
            ines.__class__(stranger.user_id, stranger.organisation_id, ines.role),
            subject_id=world.person_id,
            reason=WHY,
        )
