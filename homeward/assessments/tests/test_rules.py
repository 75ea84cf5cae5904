"""Forms never change once they are used; what follows from answers is a plain table."""

import hashlib
from datetime import date

import pytest

from homeward.assessments.forms import ALL, functioning, newest_form
from homeward.assessments.rules import (
    Asked,
    Freshness,
    Kind,
    Missing,
    freshness,
    missing,
    proposed_flags,
    unanswered,
    value,
)
from homeward.cases.gate_rules import ProfileFlag

# The fingerprint of each version. To change a form, add a version; never a fingerprint here.
FINGERPRINTS = {
    "family 1": "4ed50447fdd10a92",
    "functioning 1": "c72d133f66369010",
    "needs 1": "75f80a025d7354e8",
    "risk 1": "cc07f4839b416644",
    "skills 1": "09ebc57b3fea12ee",
    "vulnerability 1": "5ed54fada76b7073",
}


@pytest.mark.parametrize(("kind", "version"), sorted(ALL))
def test_a_version_of_a_form_is_never_changed(kind, version):
    found = hashlib.sha256(repr(ALL[kind, version]).encode()).hexdigest()[:16]
    assert found == FINGERPRINTS[f"{kind} {version}"]


def test_every_kind_has_a_form_whose_codes_are_its_own():
    for kind in Kind:
        codes = [question.code for question in newest_form(kind).questions]
        assert len(codes) == len(set(codes))
        for question in newest_form(kind).questions:
            assert bool(question.choices) == (question.asked is not Asked.TEXT)


def test_every_flag_can_be_proposed_by_some_form():
    proposed = {
        choice.proposes
        for form in ALL.values()
        for question in form.questions
        for choice in question.choices
        if choice.proposes
    }
    assert proposed == set(ProfileFlag)


@pytest.mark.parametrize(
    ("answer", "flags"),
    [
        (value("no_difficulty"), ()),
        (value("some"), ()),
        (value("a_lot"), (ProfileFlag.DISABILITY,)),
        (value("cannot"), (ProfileFlag.DISABILITY,)),
        (missing(Missing.REFUSED), ()),
        (missing(Missing.DOES_NOT_KNOW), ()),
    ],
)
@pytest.mark.parametrize("domain", functioning.DOMAINS)
def test_a_lot_of_difficulty_in_any_domain_is_a_disability(domain, answer, flags):
    answers = {code: value("some") for code in functioning.DOMAINS} | {domain: answer}
    assert proposed_flags(functioning.VERSION_1, answers) == flags


def test_what_nobody_answered_is_told_apart_from_what_was_refused():
    answers = {"seeing": missing(Missing.REFUSED), "hearing": value("some")}
    assert unanswered(functioning.VERSION_1, answers) == functioning.DOMAINS[2:]


@pytest.mark.parametrize(
    ("kind", "done", "arrived", "expected"),
    [
        (Kind.RISK, date(2026, 3, 1), None, Freshness.FRESH),
        (Kind.RISK, date(2026, 1, 1), None, Freshness.OLD),
        (Kind.NEEDS, date(2026, 3, 1), date(2026, 3, 20), Freshness.BEFORE_ARRIVAL),
        (Kind.NEEDS, date(2026, 3, 20), date(2026, 3, 20), Freshness.FRESH),
        (Kind.SKILLS, date(2026, 3, 1), date(2026, 3, 20), Freshness.FRESH),
    ],
)
def test_when_an_assessment_is_stale(kind, done, arrived, expected):
    assert freshness(kind, done, arrived, date(2026, 5, 1)) == expected
