"""B4: what moves on a vital interest without consent, two different people agreed to; no way round it."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.config.cli import main
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Problem, Refused
from homeward.organisations.commands import create_integration
from homeward.sharing.commands import answer_override, ask_override, disclose
from homeward.sharing.models import Clause, Disclosure, Override
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.rules import Basis, Category, Condition, DisclosureKind, Ground, Purpose
from tests.access.test_operations import OPERATIONS
from tests.agreed import agreed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, lina_as_case_manager, nora, rosa
from tests.programs import program_of
from tests.promises.bounds import full, none_in

SEED = 20261122
FOR, TOLD = Purpose.PROTECTION, [Category.HEALTH]
VITAL = Ground(Basis.VITAL_INTEREST, Condition.VITAL_INTERESTS, None, frozenset(Category))

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast_without_agreements):
    """Here one agreement stands, between two organisations."""
    agreed(RETURN_PARTNERS, CLINIC)


def ask(case, actor=nora, **changed):
    given = {
        "subject_id": case.person_id,
        "case_id": case.id,
        "organisation_id": CLINIC,
        "purpose": FOR,
        "categories": TOLD,
        "reason": "He does not wake up.",
    }
    return ask_override(actor, **{**given, **changed})


def moves(case, actor=nora, categories=TOLD):
    """True when the data may go by the command."""
    try:
        disclose(
            actor,
            subject_id=case.person_id,
            case_id=case.id,
            organisation_id=CLINIC,
            purpose=FOR,
            ground=VITAL,
            necessity="They treat him.",
            categories=categories,
            kind=DisclosureKind.PACKAGE,
            content=b"{}",
        )
    except NotAllowedToShare:
        return False
    return True


def write_by_hand(case, override, actor=nora, **changed):
    """The entry written past all code."""
    with acting_as(actor), transaction.atomic():
        row = {
            "id": new_id(),
            "subject_id": case.person_id,
            "case_id": case.id,
            "by_organisation_id": RETURN_PARTNERS,
            "organisation_id": CLINIC,
            "kind": DisclosureKind.PACKAGE,
            "purpose": FOR,
            "basis": Basis.VITAL_INTEREST,
            "condition": Condition.VITAL_INTERESTS,
            "necessity": "They treat him.",
            "categories": [str(one) for one in TOLD],
            "clause": Clause.objects.get(giver_id=RETURN_PARTNERS, receiver_id=CLINIC),
            "override": override,
            "pseudonym": pseudonym_for(CLINIC, case.person_id),
            "until": now() + timedelta(hours=1),
            "made_by_id": actor.user_id,
            "made_by_name": actor.name,
            "made_at": now(),
        }
        Disclosure.objects.create(**{**row, **changed})


def answer_by_hand(override, actor, answered_by, **changed):
    with acting_as(actor), transaction.atomic():
        answer = {"is_agreed": True, "answered_by_id": answered_by.user_id, "answered_at": now()}
        assert Override.objects.filter(id=override.id).update(**{**answer, **changed}) == 1


def insert_answered(case, actor, asked_by, answered_by):
    answer = {"is_agreed": True, "answered_by_id": answered_by.user_id, "answered_at": now()}
    insert_asked(case, actor, asked_by_id=asked_by.user_id, **answer)


def insert_asked(case, actor, **changed):
    row = {"asked_by_id": actor.user_id, **changed}
    with acting_as(actor), transaction.atomic():
        Override.objects.create(
            organisation_id=RETURN_PARTNERS,
            receiver_id=CLINIC,
            subject_id=case.person_id,
            case_id=case.id,
            purpose=FOR,
            categories=[str(one) for one in TOLD],
            reason="x",
            until=now() + timedelta(days=1),
            asked_at=now(),
            **row,
        )


def ways_round(case, alone, other, client_of):
    """Everything that one person, or one and a colleague who says nothing, can try."""
    mine, answered = ask(case, alone), {"is_agreed": True}
    elsewhere = ask(case, alone, organisation_id=CLINIC, purpose=Purpose.REFERRAL)
    page = reverse("sharing_override", args=[mine.id])
    return {
        "answer oneself": lambda: answer_override(alone, override_id=mine.id, **answered),
        "answer oneself on the page": lambda: client_of(alone).post(page, {"answer": "yes"}),
        "write the answer": lambda: answer_by_hand(mine, alone, alone),
        "write a colleague's answer": lambda: answer_by_hand(mine, alone, other),
        "change who asked": lambda: answer_by_hand(mine, alone, alone, asked_by_id=other.user_id),
        "insert it answered": lambda: insert_answered(case, alone, alone, other),
        "insert it asked by a colleague": lambda: insert_answered(case, alone, other, alone),
        "disclose without it": lambda: write_by_hand(case, None, alone),
        "disclose on what nobody answered": lambda: write_by_hand(case, mine, alone),
        "disclose on another purpose": lambda: write_by_hand(case, elsewhere, alone),
        "call it another basis": lambda: write_by_hand(case, None, alone, basis=Basis.PUBLIC_INTEREST),
    }


def succeeded(case, chance, client_of):
    """What one person brought about alone."""
    alone = chance.choice([nora, lina_as_case_manager])
    other = chance.choice([one for one in (nora, rosa, lina_as_case_manager) if one is not alone])
    done, ways = [], ways_round(case, alone, other, client_of)
    for name in chance.sample(list(ways), len(ways)):
        try:
            with transaction.atomic():
                ways[name]()
        except (Problem, DatabaseError):
            pass
        with acting_as(nora):
            if Override.objects.filter(is_agreed=True).exists() or Disclosure.objects.exists():
                done.append(name)
        if moves(case, alone):
            done.append(f"{name}, then disclose")
    return done, len(ways)


def kept(rounds, case, client_of):
    chance, done, tried = random.Random(SEED), [], 0  # noqa: S311
    for _ in range(rounds):
        with transaction.atomic():
            found, ways = succeeded(case, chance, client_of)
            transaction.set_rollback(True)
        done, tried = done + found, tried + ways
    assert done == []
    none_in(tried, "attempts by one person alone let anything move on a vital interest", "B4")


def test_nobody_alone_lets_anything_move(sami, client_of):
    kept(2, sami, client_of)


@pytest.mark.drill
def test_nobody_alone_lets_anything_move_however_often(sami, client_of):
    kept(full(300), sami, client_of)


def test_two_people_do_for_exactly_what_they_agreed_and_as_long(sami):
    asked = ask(sami, until=now() + timedelta(hours=2))
    assert not moves(sami)
    answer_override(rosa, override_id=asked.id, is_agreed=True)
    assert moves(sami)
    assert not moves(sami, categories=[*TOLD, Category.PROTECTION])
    write_by_hand(sami, asked)
    for beyond in (
        {"until": asked.until + timedelta(seconds=1)},
        {"purpose": Purpose.REFERRAL},
        {"categories": ["health", "protection"]},
        {"subject_id": new_id()},
        {"organisation_id": HARBOUR},
    ):
        with pytest.raises(DatabaseError):
            write_by_hand(sami, asked, **beyond)


def test_a_program_is_not_the_other_of_two_people(sami):
    """Whoever holds a token is somebody too: by it they would ask, in person they would answer."""
    with transaction.atomic():
        made = create_integration(system_actor(RETURN_PARTNERS), name="Asks", role=Role.CASE_MANAGER)
    program = replace(nora, user_id=made.id, membership_id=None)
    with pytest.raises(Refused):
        ask(sami, program)
    with pytest.raises(DatabaseError):
        insert_asked(sami, program)
    asked = ask(sami)
    with pytest.raises(DatabaseError):
        answer_by_hand(asked, program, program)


def test_it_needs_a_reason_and_ends_within_the_month(sami):
    with pytest.raises(Problem):
        ask(sami, reason=" ")
    assert ask(sami, until=now() + timedelta(days=900)).until < now() + timedelta(days=31)


def test_there_is_no_other_door(sami):
    """No administration site, no operation that asks or answers, no word of the command line, no program."""
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    assert not [str(one.pattern) for one in get_resolver().url_patterns if "admin" in str(one.pattern)]
    verbs = (Action.SHARING_OVERRIDE_ANSWER, Action.SHARING_OVERRIDE_ASK)
    deciding = {name for name, (_m, _p, told) in OPERATIONS.items() if told["x-action"] in verbs}
    assert deciding == {"list_vital_interests"}
    program = program_of(Role.COORDINATOR, RETURN_PARTNERS)
    override = ask(sami)
    for path in (f"/vital-interests/{override.id}", f"/vital-interests/{override.id}/answer"):
        assert program.post(path, {"is_agreed": True, "answer": "yes"}).status_code in (404, 405)
    for words in (["override"], ["sharing"], ["protection", "override"]):
        with pytest.raises(SystemExit):
            main(words)
