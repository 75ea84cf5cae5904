from datetime import date
from math import gcd

from homeward.cases.rules import stage_of
from homeward.exchange.demonstration.country import REFERENCES, STRIDE, Country
from homeward.lib.identifiers import clean_reference

TODAY = date(2026, 3, 16)


def test_the_same_seed_draws_the_same_country():
    first, again = (list(Country(7, TODAY, 1, 1).cases(200)) for _ in range(2))
    assert first == again
    assert list(Country(8, TODAY, 1, 1).cases(200)) != first


def test_every_drawn_stage_follows_from_the_drawn_facts():
    for case in Country(7, TODAY, 1, 1).cases(500):
        assert stage_of(case.facts).stage is case.stage
        assert max(day for day in case.facts.values() if day) <= TODAY


def test_some_people_come_twice_and_some_are_hardly_known():
    people = [case.person for case in Country(7, TODAY, 1, 1).cases(2000)]
    documents = [person.document for person in people if person.document]
    assert len(documents) > len(set(documents))
    assert any(person.birth is None for person in people)
    assert any(not person.phone for person in people)


def test_no_two_references_of_a_country_are_alike():
    drawn = Country(7, TODAY, 1, 1)
    made = [drawn._reference("HW") for _ in range(20_000)]
    assert len(set(made)) == len(made)
    assert all(clean_reference(one) == one for one in made[:100])
    assert gcd(STRIDE, REFERENCES) == 1
