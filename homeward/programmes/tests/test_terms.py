import json

import pytest

from homeward.access.roles import Role
from homeward.programmes.terms import ApprovalSubject, Form, dump, parse
from homeward.programmes.terms_json import TermsInvalid
from homeward.programmes.tests.samples import TERMS, changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("currency", "Euro"),
        ("currency", 3),
        ("packages", {}),
        ("packages.0.amount_minor", "61500"),
        ("packages.0.amount_minor", 615.5),
        ("packages.0.amount_minor", True),
        ("packages.0.amount_minor", -1),
        ("packages.0.amount_minor", 10**16),
        ("packages.0.form", "gold"),
        ("packages.0.code", "Post Arrival"),
        ("packages.1.code", "first_needs"),
        ("packages.0.return_types", ["deported"]),
        ("packages.0.roles_in_file", ["uncle"]),
        ("packages.0.condition", "shares_data"),
        ("packages.0.label", "First needs"),
        ("packages.0.label.en", None),
        ("packages.0.window_months", 3),
        ("eligibility.0.expression", "__import__"),
        ("eligibility.0.expression", ""),
        ("eligibility.0.colour", "red"),
        ("windows.0.opens_on", "yesterday"),
        ("windows.0.closes_on", "2025-01-01"),
        ("approvals.0.roles", ["emperor"]),
        ("approvals.0.roles", []),
        ("approvals.0.answer_days", 0),
        ("cash_share_max_percent", 101),
        ("rounds.0.window_days", 0),
        ("surprise", 1),
    ],
)
def test_what_is_wrong_is_named_by_its_path(path, value):
    with pytest.raises(TermsInvalid) as problem:
        parse(changed(path, value))
    [named] = problem.value.fields
    assert named.startswith(path) or path.startswith(named)


def test_a_missing_part_is_named():
    without = json.loads(json.dumps(TERMS))
    del without["packages"][0]["phase"]
    with pytest.raises(TermsInvalid) as problem:
        parse(without)
    assert list(problem.value.fields) == ["packages.0.phase"]
    with pytest.raises(TermsInvalid):
        parse([])


def test_terms_are_the_same_after_they_were_kept():
    terms = parse(TERMS)
    assert parse(json.loads(json.dumps(dump(terms)))) == terms
    assert terms.packages[0].form == Form.CASH_OR_KIND
    assert terms.package("first_needs") == terms.packages[0]
    assert terms.package("nothing") is None


def test_the_steps_an_amount_needs():
    terms = parse(TERMS)
    assert terms.steps(ApprovalSubject.PAYMENT, 49_999) == ()
    [step] = terms.steps(ApprovalSubject.PAYMENT, 50_000)
    assert step.roles == (Role.COORDINATOR,)


def test_a_label_stands_in_for_a_missing_one():
    label = parse(TERMS).packages[0].label
    assert (label.read("fr"), label.read("ar")) == ("Premiers besoins", "First needs")
