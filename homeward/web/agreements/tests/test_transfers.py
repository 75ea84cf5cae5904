"""Transfer rules in the browser: what is missing is said, what nobody verified stands marked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.sharing.commands import add_transfer_rule
from homeward.sharing.queries import transfer_rules_of
from homeward.sharing.rules import TransferBasis
from homeward.sharing.transfer_examples import EEA, RuleTerms
from tests.cast import ines

pytestmark = pytest.mark.usefixtures("cast")
LISTING = "transfer_rules"
TOLD = {
    "from_countries": "eea",
    "to_countries": "XM",
    "bases": ["standard_clauses"],
    "source": "The law on transfers",
}


def rules():
    with acting_as(ines):
        return list(transfer_rules_of(ines))


def test_a_rule_without_its_law_or_its_basis_is_not_added(cast, client_of):
    before = rules()
    answer = client_of(ines).post(reverse("add_transfer_rule"), {**TOLD, "bases": [], "source": ""})
    assert answer.status_code == 422
    assert rules() == before


def test_a_rule_is_added_changed_verified_and_ended_with_its_reason(cast, client_of):
    browser = client_of(ines)
    assert browser.post(reverse("add_transfer_rule"), TOLD).url == reverse(LISTING)
    added = rules()[-1]
    assert (added.from_countries, added.to_countries, added.is_verified) == (list(EEA), ["XM"], False)
    shown = browser.get(reverse(LISTING)).content.decode()
    assert "Nobody verified it" in shown
    assert "The European Economic Area" in shown
    change = reverse("change_transfer_rule", args=[added.id])
    assert browser.post(change, {**TOLD, "covers_special": "on"}).status_code == 422
    assert browser.post(change, {**TOLD, "covers_special": "on", "why": "Clinics"}).status_code == 302
    changed = rules()[-1]
    assert changed.covers_special
    browser.post(reverse("verify_transfer_rule", args=[changed.id]))
    assert rules()[-1].is_verified
    end = reverse("end_transfer_rule", args=[changed.id])
    assert browser.post(end, {"why": " "}).status_code == 422
    assert browser.post(end, {"why": "Repealed"}).status_code == 302
    assert "Repealed" in browser.get(reverse(LISTING)).content.decode()
    assert browser.get(end).status_code == 404


def test_a_list_of_countries_that_is_no_group_is_kept_as_it_is(cast, client_of):
    terms = RuleTerms((TransferBasis.ADEQUACY,), to_countries=("CH", "GB", "JP", "KR"), source="A law")
    rule = add_transfer_rule(ines, terms=terms)
    page = reverse("change_transfer_rule", args=[rule.id])
    browser = client_of(ines)
    assert "4 countries" in browser.get(page).content.decode()
    told = {**TOLD, "from_countries": "any", "to_countries": "same", "why": "Another law"}
    assert browser.post(page, told).status_code == 302
    assert rules()[-1].to_countries == ["CH", "GB", "JP", "KR"]


def test_the_questions_to_the_database_do_not_grow_with_the_rules(cast, client_of):
    browser = client_of(ines)
    browser.get(reverse(LISTING))
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse(LISTING))
    for _number in range(6):
        add_transfer_rule(ines, terms=RuleTerms((TransferBasis.ADEQUACY,), source="A law"))
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse(LISTING))
    assert len(many) == len(few)
