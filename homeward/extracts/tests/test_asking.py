"""Asking, agreeing and taking away; nothing here reads through the door."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.extracts.commands import (
    ask_extract,
    begin_extract,
    confirm_extract,
    decline_extract,
    finish_extract,
    withdraw_extract,
)
from homeward.extracts.models import Extract
from homeward.extracts.problems import NotReady
from homeward.extracts.queries import frames_of, get_extract, visible_extracts
from homeward.extracts.rules import ExtractState
from homeward.extracts.tests.asked import WHY, elsewhere, evaluator
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import frida, ines, nora, rosa

pytestmark = pytest.mark.django_db
LINKED = "The same people a year later"


@pytest.fixture(autouse=True)
def standing(standing_cast, db):
    pass


def ready(**given):
    extract = ask_extract(evaluator, why=WHY, **given)
    if extract.is_linkable:
        confirm_extract(ines, extract_id=extract.id)
    system = system_actor(evaluator.organisation_id)
    begin_extract(system, extract_id=extract.id)
    return finish_extract(
        system,
        extract_id=extract.id,
        manifest={"frames": {"cases": {"rows": 3, "files": []}}},
        manifest_sha256="0" * 64,
        key=bytes(32),
        rows_done=3,
    )


@pytest.mark.parametrize("actor", [nora, frida], ids=["case manager", "finance officer"])
def test_who_works_with_names_asks_for_no_extract(actor):
    with pytest.raises(Refused):
        ask_extract(actor, why=WHY)
    with pytest.raises(Refused), acting_as(actor):
        visible_extracts(actor)


def test_an_extract_says_what_it_is_for():
    with pytest.raises(Invalid) as problem:
        ask_extract(evaluator, why="because", opened_from=date(2026, 2, 1), opened_until=date(2026, 1, 1))
    assert set(problem.value.fields) == {"why", "opened_until"}


def test_another_organisation_sees_none():
    extract = ask_extract(evaluator, why=WHY)
    for act in (
        lambda: get_extract(elsewhere, extract.id),
        lambda: frames_of(elsewhere, extract.id),
        lambda: withdraw_extract(elsewhere, extract_id=extract.id, why="It is not ours to keep"),
    ):
        with pytest.raises(NotFound), acting_as(elsewhere):
            act()


def test_a_linkable_one_needs_a_reason_and_somebody_else():
    with pytest.raises(Invalid):
        ask_extract(evaluator, why=WHY, linkable_why="yes")
    extract = ask_extract(evaluator, why=WHY, linkable_why=LINKED)
    assert extract.state == ExtractState.UNCONFIRMED
    with pytest.raises(WrongState):
        begin_extract(system_actor(evaluator.organisation_id), extract_id=extract.id)
    with pytest.raises(Refused):
        confirm_extract(evaluator, extract_id=extract.id)
    same_person = replace(evaluator, role=Role.COORDINATOR)
    with pytest.raises(Refused):
        confirm_extract(same_person, extract_id=extract.id)
    assert confirm_extract(rosa, extract_id=extract.id).state == ExtractState.ASKED


def test_the_database_asks_for_two_people_too():
    extract = ask_extract(evaluator, why=WHY, linkable_why=LINKED)
    own = Extract.objects.filter(id=extract.id)
    with acting_as(evaluator):
        with pytest.raises(IntegrityError), transaction.atomic():
            own.update(state=ExtractState.ASKED)
        with pytest.raises(IntegrityError), transaction.atomic():
            own.update(state=ExtractState.ASKED, answered_by_id=evaluator.user_id)


def test_a_declined_one_stays_declined():
    extract = ask_extract(evaluator, why=WHY, linkable_why=LINKED)
    assert decline_extract(ines, extract_id=extract.id).state == ExtractState.DECLINED
    with pytest.raises(WrongState):
        confirm_extract(ines, extract_id=extract.id)


def test_only_a_linkable_one_that_is_there_is_followed():
    plain = ready()
    for follows_id in (plain.id, uuid4()):
        with pytest.raises(NotFound):
            ask_extract(evaluator, why=WHY, linkable_why=LINKED, follows_id=follows_id)
    first = ready(linkable_why=LINKED)
    assert ask_extract(evaluator, why=WHY, linkable_why=LINKED, follows_id=first.id).follows_id == first.id


def test_the_key_is_kept_sealed_for_a_linkable_one_and_for_no_other():
    assert ready().key is None
    kept = bytes(ready(linkable_why=LINKED).key)
    assert bytes(32) not in kept
    assert len(kept) > 32


def test_a_ready_one_is_never_changed():
    extract = ready()
    with acting_as(evaluator):
        for change in ({"why": "Something else altogether"}, {"manifest": {}}, {"rows_done": 0}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Extract.objects.filter(id=extract.id).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            Extract.objects.filter(id=extract.id).delete()


def test_what_is_withdrawn_leaves_neither_files_nor_key(settings):
    extract = ready(linkable_why=LINKED)
    directory = settings.EXTRACTS_DIR / str(extract.id)
    directory.mkdir(parents=True)
    (directory / "manifest.json").write_text("{}")
    with pytest.raises(Invalid):
        withdraw_extract(evaluator, extract_id=extract.id, why="old")
    gone = withdraw_extract(evaluator, extract_id=extract.id, why="A person was erased since")
    assert (gone.state, gone.key, directory.exists()) == (ExtractState.WITHDRAWN, None, False)
    with pytest.raises(NotReady), acting_as(evaluator):
        frames_of(evaluator, extract.id)
    with pytest.raises(WrongState):
        withdraw_extract(evaluator, extract_id=extract.id, why="A person was erased since")
