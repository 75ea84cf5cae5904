"""References are drawn by chance, so two may be alike: the second is drawn anew, whoever has the first."""

import secrets
from datetime import date
from itertools import chain

import pytest
from django.db import IntegrityError

from homeward.cases.commands import open_case, open_cases, start_file
from homeward.cases.commands.listed import NewCase
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.numbering import DRAWS
from homeward.lib.identifiers import ALPHABET, REFERENCE_SIGNS, check_sign
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from tests.cast import nora, stranger

pytestmark = pytest.mark.usefixtures("cast")

TODAY = date(2026, 3, 16)


@pytest.fixture
def drawn(monkeypatch):
    """What chance draws from now on: references of one sign each, then it is chance again."""
    real, queue = secrets.choice, []

    def choose(signs):
        return queue.pop(0) if queue and signs == ALPHABET else real(signs)

    monkeypatch.setattr(secrets, "choice", choose)
    return lambda *signs: queue.extend(chain.from_iterable(sign * REFERENCE_SIGNS for sign in signs))


def person(actor, name="Amal"):
    return register_person(actor, details=PersonDetails(given_names=name, family_name="Instance")).id


def opened(actor):
    return open_case(actor, person_id=person(actor), opened_on=TODAY)


def test_a_reference_that_another_organisation_has_is_drawn_anew(drawn):
    drawn("A", "A", "B")
    first, second = opened(stranger), opened(nora)
    assert (first.reference, second.reference) == tuple(
        f"HW-{sign * 4}-{sign * 4}-{check_sign(sign * REFERENCE_SIGNS)}" for sign in "AB"
    )


def test_a_file_gets_another_reference_too(drawn):
    drawn("A", "A", "B")
    references = {start_file(actor, opened_on=TODAY).reference for actor in (stranger, nora)}
    assert len(references) == 2


@pytest.mark.parametrize("count", [2, 60])
def test_a_list_is_opened_whole_though_two_of_its_references_are_alike(drawn, count):
    taken = opened(stranger)
    news = [NewCase(person(nora, f"Amal{n}"), CaseDetails(), f"F-{n}") for n in range(count)]
    for sign in ("C", taken.reference[3]):
        drawn(*[sign] * 2)
        made = open_cases(nora, cases=news, opened_on=TODAY)
        assert len({case.reference for case in made}) == count


def test_it_gives_up_when_chance_is_broken(drawn):
    drawn(*["A"] * (DRAWS + 1))
    opened(stranger)
    with pytest.raises(IntegrityError):
        opened(nora)
