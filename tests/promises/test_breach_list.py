"""The list of people exposed to an account is exact, against the trail read row by row."""

import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actions import Action
from homeward.access.command import remember
from homeward.audit.models import Entry
from homeward.cases.commands import open_case
from homeward.casework.exposure import exposed
from homeward.casework.exposure_sheet import as_csv
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Refused
from homeward.people import commands as people
from homeward.people.rules import ContactKind, DocumentKind, PersonDetails
from tests.agreed import shared
from tests.cast import ACTORS, HARBOUR, ines, jonas, lina_as_case_manager, nora, tarek
from tests.promises.bounds import full, none_in

PEOPLE = 25
SEED = 20261122
KINDS = (
    Action.CASE_VIEW,
    Action.PERSON_VIEW,
    Action.DOCUMENT_NUMBER_OPEN,
    Action.NOTE_WRITE,
    Action.CASE_LIST,
)


@pytest.fixture
def known(cast):
    """People with a case, a paper and a phone; each id that an entry may name, and whom it stands for."""
    stands_for, cases = {}, {}
    for number in range(PEOPLE):
        person = people.register_person(nora, details=PersonDetails(given_names=f"Person {number}"))
        case = open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2))
        paper = people.add_document(
            nora, person_id=person.id, kind=DocumentKind.PASSPORT, number=f"X{number}"
        )
        phone = people.add_contact(nora, person_id=person.id, kind=ContactKind.PHONE, value="+999 5")
        shared(nora, case.id, HARBOUR)
        cases[case.id] = person.id
        stands_for |= {case.id: person.id, person.id: person.id, paper.id: person.id, phone.id: person.id}
    return stands_for, cases


def write_trail(known, entries):
    """Random acts of several accounts over ten days, some refused, some naming a case, some nobody."""
    chance = random.Random(SEED)  # noqa: S311 - the same trail each time
    stands_for, cases = known
    ids, case_ids = [*stands_for, new_id()], list(cases)
    for actor in (nora, tarek, lina_as_case_manager, jonas):
        with acting_as(actor):
            for _ in range(entries // 4):
                case_id = chance.choice(case_ids) if chance.random() < 0.4 else None
                subject_id = chance.choice([*ids, None, None])
                refused = chance.random() < 0.1
                remember(actor, chance.choice(KINDS), subject_id=subject_id, case_id=case_id, refused=refused)


@pytest.mark.django_db
@pytest.mark.parametrize("entries", [3_000, pytest.param(full(50_000, 3_000), marks=pytest.mark.drill)])
def test_it_names_exactly_whom_the_trail_names(known, past_policies, entries):
    began = now()
    write_trail(known, entries)
    rows = past_policies("SELECT * FROM audit_entry WHERE NOT refused AND (at >= %s)", [began])
    moments = sorted(row["at"] for row in rows)
    chance = random.Random(SEED)  # noqa: S311
    windows = [(began, now() + timedelta(seconds=1))]
    for _ in range(20):
        first, last = sorted(chance.sample(moments, 2))
        windows.append(
            (Entry._meta.get_field("at").to_python(first), Entry._meta.get_field("at").to_python(last))
        )
    wrong = 0
    for since, until in windows:
        for account in (nora, tarek, lina_as_case_manager, jonas):
            with acting_as(ines):
                found = exposed(ines, account_id=account.user_id, since=since, until=until)
            told = {(one.person_id, one.times) for one in found.people}
            wrong += told != brute_force(rows, account, since, until, known)
    assert wrong == 0
    none_in(len(windows) * 4, f"lists of exposed people over {len(rows):,} entries were wrong", "H4")


def brute_force(rows, account, since, until, known):
    """Every row, one by one."""
    stands_for, _cases = known
    found = {}
    for row in rows:
        at = Entry._meta.get_field("at").to_python(row["at"])
        named = row["case_id"] or row["subject_id"]
        if UUID(row["actor_id"]) != account.user_id or not since <= at < until or named is None:
            continue
        if account is jonas and row["case_id"] is None:
            continue  # what a partner did is seen on cases that the officer's organisation leads
        person = stands_for.get(UUID(named))
        if person:
            found[person] = found.get(person, 0) + 1
    return set(found.items())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(ACTORS) - {"ines"}))
def test_nobody_but_an_officer_makes_the_list(cast, name):
    with pytest.raises(Refused):
        exposed(ACTORS[name], account_id=nora.user_id, since=now() - timedelta(days=1), until=now())


@pytest.mark.django_db
def test_the_sheet_holds_everybody_and_making_the_list_is_an_entry(known, past_policies):
    stands_for, _cases = known
    with acting_as(ines):
        found = exposed(
            ines, account_id=nora.user_id, since=now() - timedelta(days=1), until=now() + timedelta(1)
        )
    assert len(as_csv(found).splitlines()) == 1 + PEOPLE == 1 + len(set(stands_for.values()))
    entries = past_policies("SELECT * FROM audit_entry WHERE action = 'breach.list'")
    assert [entry["subject_id"] for entry in entries] == [str(nora.user_id)]
