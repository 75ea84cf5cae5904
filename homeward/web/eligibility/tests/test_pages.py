"""Eligibility on the case: explained line by line, asked before applying, excepted by two people."""

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.approvals.queries import approval_of
from homeward.approvals.rules import SubjectKind
from homeward.cases.queries.eligibility import eligibility_of_case, live_eligibility
from homeward.cases.tests.journeys import counselled, programme
from homeward.casework.commands import decide_eligibility
from homeward.casework.tests.test_eligibility import STRICT, TERMS, applied, published, refused
from homeward.programmes.eligibility import Outcome
from tests.cast import jonas, vera

pytestmark = pytest.mark.usefixtures("cast")


def case_page(client, case_id):
    return client.get(reverse("case", args=[case_id])).content.decode()


def test_deciding_asks_only_for_what_nothing_on_record_says(client_of):
    application = applied()
    url = reverse("decide_eligibility", args=[application.case_id])
    shown = client_of(jonas).get(url).content.decode()
    assert "fact_previous_assistance" in shown
    assert "fact_age_years" not in shown


def test_the_case_shows_every_rule_with_its_facts_and_result(client_of):
    application = applied()
    url = reverse("decide_eligibility", args=[application.case_id])
    client = client_of(jonas)
    assert client.post(url, {"fact_previous_assistance": "no"}).status_code == 302
    with acting_as(jonas):
        assert live_eligibility(jonas, application.case_id).outcome == Outcome.ELIGIBLE
    shown = case_page(client, application.case_id)
    for words in ("age_years &gt;= 18", "Age in years", "First time", "version 1", "Met"):
        assert words in shown


def test_what_is_not_known_says_where_it_is_recorded(client_of):
    application = applied()
    decide_eligibility(jonas, case_id=application.case_id)
    shown = case_page(client_of(jonas), application.case_id)
    assert "Cannot be said yet" in shown
    assert "when eligibility is decided" in shown


def excepted(client_of, decision):
    ask = reverse("ask_override", args=[decision.case_id, decision.id])
    assert client_of(jonas).post(ask, {"reason": "Hardship"}).status_code == 302
    with acting_as(vera):
        return approval_of(vera, SubjectKind.ELIGIBILITY_OVERRIDE, decision.id)


def test_an_exception_goes_from_who_asks_to_who_answers(client_of):
    application, decision = refused()
    asked = excepted(client_of, decision)
    url = reverse("approval", args=[asked.id])
    inbox = client_of(vera).get(reverse("inbox")).content.decode()
    assert inbox.count(url) == 1
    assert url in case_page(client_of(jonas), application.case_id)
    assert "Hardship" in client_of(vera).get(url).content.decode()
    assert client_of(vera).post(url, {"verdict": "approve", "expected_version": 1}).status_code == 302
    assert "Exception confirmed" in case_page(client_of(jonas), application.case_id)


def test_an_exception_is_declined_with_reasons(client_of):
    application, decision = refused()
    url = reverse("approval", args=[excepted(client_of, decision).id])
    no = {"verdict": "decline", "expected_version": 1}
    assert client_of(vera).post(url, no).status_code == 422
    assert client_of(vera).post(url, no | {"reasons": "Other help"}).status_code == 302
    assert "Other help" in case_page(client_of(jonas), application.case_id)


def test_a_request_for_an_exception_is_taken_back_on_its_page(client_of):
    application, decision = refused()
    asked = excepted(client_of, decision)
    assert client_of(jonas).post(reverse("withdraw_approval", args=[asked.id])).status_code == 302
    assert "Ask for an exception" in case_page(client_of(jonas), application.case_id)


def test_a_decision_is_not_reached_through_another_case(client_of):
    _application, decision = refused()
    other = applied(terms=STRICT)
    url = reverse("ask_override", args=[other.case_id, decision.id])
    assert client_of(jonas).post(url, {"reason": "Hardship"}).status_code == 404


def test_what_if_shows_the_rules_and_packages_and_keeps_nothing(client_of):
    case, one = counselled(), programme()
    version = published(one.id)
    client, url = client_of(jonas), reverse("eligibility_what_if", args=[case.id])
    shown = client.post(url, {"programme": str(one.id)}).content.decode()
    assert "Cannot be said yet" in shown
    assert "A new start" in shown
    supposed = {"programme": str(one.id), "again": str(version.id), "fact_age_years": "12"}
    again = client.post(url, supposed | {"fact_informed_decision": "yes"}).content.decode()
    assert "Not eligible by the rules" in again
    with acting_as(jonas):
        assert eligibility_of_case(jonas, case.id).count() == 0


def test_what_if_of_a_bare_programme_says_so(client_of):
    case, one = counselled(), programme()
    url = reverse("eligibility_what_if", args=[case.id])
    shown = client_of(jonas).post(url, {"programme": str(one.id)}).content.decode()
    assert "no published rules" in shown


def test_a_wrong_answer_is_said_at_its_question(client_of):
    application = applied(
        terms={
            **TERMS,
            "eligibility": [
                {"code": "long", "label": {"en": "Long"}, "expression": "months_in_host_country >= 6"}
            ],
        }
    )
    url = reverse("decide_eligibility", args=[application.case_id])
    answer = client_of(jonas).post(url, {"fact_months_in_host_country": "many"})
    assert answer.status_code == 422
