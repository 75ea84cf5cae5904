import json
from datetime import date

import pytest

from homeward.lib.money import Money
from homeward.programmes.eligibility import (
    Outcome,
    Result,
    check_rules,
    dump_explanation,
    entitled,
    package_lines,
    read_explanation,
)
from homeward.programmes.terms import parse
from homeward.programmes.tests.samples import TERMS, changed

TERMS_READ = parse(TERMS)
ADULT = {
    "age_years": 35,
    "is_minor": False,
    "informed_decision": True,
    "return_type": "voluntary",
    "role_in_file": "principal",
    "return_country": "EG",
    "applied_on": date(2026, 3, 16),
}


def results(explanation):
    return {line.code: line.result for line in explanation.lines}


def test_every_rule_has_its_line_with_the_facts_it_used():
    explanation = check_rules(TERMS_READ, ADULT)
    assert explanation.outcome == Outcome.ELIGIBLE
    assert results(explanation) == dict.fromkeys(("enrolment_window", "adult", "decided"), Result.MET)
    used = [(fact.name, fact.value) for fact in explanation.lines[1].facts]
    assert used == [("age_years", 35), ("is_unaccompanied", None)]


def test_a_missing_fact_never_refuses_anybody():
    explanation = check_rules(TERMS_READ, {})
    assert explanation.outcome == Outcome.CANNOT_SAY
    assert set(results(explanation).values()) == {Result.UNKNOWN}
    assert explanation.missing == (
        "applied_on",
        "return_type",
        "age_years",
        "is_unaccompanied",
        "informed_decision",
    )


def test_one_rule_not_met_decides_even_when_others_are_unknown():
    explanation = check_rules(TERMS_READ, {"informed_decision": False})
    assert explanation.outcome == Outcome.NOT_ELIGIBLE
    assert results(explanation)["adult"] == Result.UNKNOWN


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"applied_on": date(2027, 1, 1)}, Result.NOT_MET),
        ({"return_type": "forced"}, Result.NOT_MET),
        ({"return_type": None}, Result.UNKNOWN),
        ({"applied_on": None}, Result.UNKNOWN),
        ({"applied_on": date(2026, 12, 31)}, Result.MET),
    ],
)
def test_applications_are_taken_in_a_window(change, result):
    assert results(check_rules(TERMS_READ, ADULT | change))["enrolment_window"] == result


def test_a_programme_without_rules_takes_everybody():
    assert check_rules(parse({"currency": "EUR"}), {}).outcome == Outcome.ELIGIBLE


def test_what_somebody_is_entitled_to_and_until_when():
    found = entitled(TERMS_READ, ADULT | {"arrived_on": date(2026, 3, 5)})
    assert [(one.package_code, one.amount) for one in found] == [
        ("first_needs", Money(61500, "EUR")),
        ("start", Money(200000, "EUR")),
    ]
    # Egypt's weekend is Friday and Saturday.
    assert [one.window_ends_on for one in found] == [date(2026, 3, 25), date(2027, 3, 5)]


def test_no_window_ends_before_its_first_day_is_known():
    assert {one.window_ends_on for one in entitled(TERMS_READ, ADULT)} == {None}


def test_nobody_is_entitled_by_a_fact_that_is_not_known():
    facts = ADULT | {"is_minor": None}
    assert [one.package_code for one in entitled(TERMS_READ, facts)] == ["first_needs"]
    lines = dict(package_lines(TERMS_READ, facts))[TERMS_READ.packages[2]]
    assert [line.result for line in lines] == [Result.MET, Result.UNKNOWN]


def test_twelve_months_end_on_the_last_day_of_a_shorter_month():
    terms = parse(changed("packages.2.window_months", 6))
    [_first, start] = entitled(terms, ADULT | {"arrived_on": date(2026, 8, 31)})
    assert start.window_ends_on == date(2027, 2, 28)


def test_an_explanation_reads_the_same_after_it_was_kept():
    facts = ADULT | {"nationalities": frozenset({"XN", "XM"})}
    terms = parse(changed("eligibility.0.expression", '"XM" in nationalities'))
    explanation = check_rules(terms, facts)
    kept = read_explanation(json.loads(json.dumps(dump_explanation(explanation))))
    assert kept == explanation
    assert kept.lines[1].facts[0].value == ["XM", "XN"]
