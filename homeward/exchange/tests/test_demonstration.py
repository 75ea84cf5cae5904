from datetime import date
from math import gcd

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.assistance.queries import case_money
from homeward.cases.journey_rules import Override
from homeward.cases.models import Case, EligibilityDecision
from homeward.cases.queries import CaseFilters, get_case, listed_cases, page_of_listings, search_cases
from homeward.cases.rules import Scope, Stage, stage_of
from homeward.exchange.demonstration.country import REFERENCES, STRIDE, Country
from homeward.exchange.demonstration.loading import load_country
from homeward.exchange.demonstration.rights import rights_at_work
from homeward.exchange.demonstration.showcase import has_stories, tell_stories
from homeward.lib.identifiers import clean_reference
from homeward.people.models import Person
from homeward.people.queries import likely_matches_of_many, traits_of
from homeward.plans.queries import agreed_version
from tests.cast import nora, stranger, vera

TODAY = date(2026, 3, 16)


def test_the_same_seed_draws_the_same_country():
    first, again = (list(Country(7, TODAY, 1, 1).cases(200)) for _ in range(2))
    assert first == again
    assert list(Country(8, TODAY, 1, 1).cases(200)) != first


def test_every_drawn_stage_follows_from_the_drawn_facts():
    for case in Country(7, TODAY, 1, 1).cases(500):
        assert stage_of(case.facts).stage is case.stage
        assert max(day for day in case.facts.values() if day) <= TODAY


@pytest.fixture
def country(cast):
    load_country(400, seed=7, today=TODAY)


def test_a_country_is_loaded_under_the_policies(country):
    with acting_as(nora):
        page = page_of_listings(listed_cases(nora, CaseFilters(), TODAY))
        assert page.rows
        listing = page.rows[0]
        assert get_case(nora, listing.case_id).stage == listing.stage
        assert listing in search_cases(nora, listing.latin_name)
    with acting_as(vera):
        assert listed_cases(vera, CaseFilters(stage=Stage.REINTEGRATING), TODAY).exists()
    with acting_as(stranger):
        assert not listed_cases(stranger, CaseFilters(), TODAY).exists()
        assert not Case.objects.exists()
        assert not Person.objects.exists()


def test_everybody_accepted_is_so_by_the_rules_or_by_two_people(country):
    with acting_as(vera):
        accepted = Case.objects.filter(accepted_on__isnull=False)
        live = EligibilityDecision.objects.filter(superseded_at=None, case__in=accepted)
        assert accepted.count() == live.count() > 50
        assert all(one.is_eligible for one in live)
        assert {one.override for one in live} == {Override.NONE, Override.CONFIRMED}
        assert not accepted.filter(programme_version=None).exists()


def test_people_of_the_country_are_found_again_when_they_come_once_more(country):
    with acting_as(nora):
        person = Person.objects.exclude(birth_precision="").exclude(family_name="").first()
        (known,) = traits_of(nora, [person]).values()
        assert person.id in {match.person.id for match in likely_matches_of_many(nora, [known])[0]}


def test_the_stories_are_told_through_the_commands_beside_a_country(cast):
    load_country(10, seed=7, today=now().date())
    tell_stories(now().date())
    rights_at_work(now().date())
    with acting_as(nora):
        sami = search_cases(nora, "Sami Example").get()
        assert (sami.stage, sami.scope) == (Stage.REINTEGRATING, Scope.LEAD)
        assert get_case(nora, sami.case_id).own_words.startswith("I want the shop")
        money = case_money(nora, sami.case_id, now().date())
        assert agreed_version(nora, sami.case_id)
        assert any(0 < one.entitlement.paid_minor < one.entitlement.amount_minor for one in money.accounts)
        assert all((money.late, money.intents))
    assert has_stories()


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
