"""Every code that a page shows has words."""

from datetime import date, time
from types import SimpleNamespace

import pytest

from homeward.lib.dates import PartialDate
from homeward.people.matching import chances
from homeward.people.rules import (
    ContactKind,
    DocumentKind,
    OpeningReason,
    RelationKind,
    Sex,
    is_surely_minor,
    may_be_minor,
)
from homeward.web.people import words

TODAY = date(2026, 3, 16)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (Sex, words.SEXES),
        (DocumentKind, words.DOCUMENTS),
        (ContactKind, words.CONTACTS),
        (RelationKind, words.RELATIVES),
        (RelationKind, words.ROLES),
        (OpeningReason, words.OPENING_REASONS),
    ],
)
def test_every_code_has_words(codes, told):
    assert set(told) == {code.value for code in codes}


def test_every_reason_of_the_matcher_has_words():
    levels = {
        "given_names": chances.GIVEN_NAMES,
        "family_name": chances.FAMILY_NAME,
        "birth": chances.BIRTH,
        "document": chances.DOCUMENT,
        "phone": chances.PHONE,
        "sex": chances.SEX,
        "nationality": chances.NATIONALITY,
        "place": chances.PLACE,
        "file": chances.FILE,
        "departure": chances.DEPARTURE,
        "returned_from": chances.RETURNED_FROM,
    }
    for field, known in levels.items():
        assert {str(level) for level in known} == {level for one, level in words.REASONS if one == field}


def test_a_reason_is_told_once_on_the_side_it_speaks_for():
    reasons = [
        {"field": "given_names", "level": "names_exchanged", "weight": 5.0},
        {"field": "family_name", "level": "names_exchanged", "weight": 1.0},
        {"field": "birth", "level": "different", "weight": -4.0},
        {"field": "sex", "level": "same", "weight": 0.1},
    ]
    speaks_for, against = words.reasons_in_words(reasons)
    assert [str(one) for one in speaks_for] == ["Given and family name are exchanged"]
    assert [str(one) for one in against] == ["Dates of birth differ"]


def contact(**given):
    told = {"kind": "phone", "may_call": True, "may_text": True, "may_leave_message": True}
    return SimpleNamespace(**{**told, "not_before": None, "not_after": None, **given})


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ({}, []),
        ({"not_after": time(18)}, ["Do not call after 18:00."]),
        ({"not_before": time(9), "not_after": time(18)}, ["Call only between 09:00 and 18:00."]),
        ({"may_call": False, "not_after": time(18)}, ["Do not call."]),
        ({"may_text": False}, ["No text messages."]),
        ({"may_leave_message": False}, ["Leave no message with others or on a machine."]),
        ({"kind": "address", "may_call": False, "may_text": False}, []),
    ],
)
def test_rules_of_safe_contact_are_plain_sentences(given, rules):
    assert words.safety_rules(contact(**given)) == rules


@pytest.mark.parametrize(
    ("birth", "may_be", "surely"),
    [
        (None, False, False),
        (PartialDate.of_day(date(2008, 3, 16)), False, False),
        (PartialDate.of_day(date(2008, 3, 17)), True, True),
        (PartialDate.of_year(2008), True, False),
        (PartialDate.about_age(19, TODAY), True, False),
        (PartialDate.about_age(30, TODAY), False, False),
    ],
)
def test_who_may_be_a_minor_is_told_from_who_surely_is(birth, may_be, surely):
    assert (may_be_minor(birth, TODAY), is_surely_minor(birth, TODAY)) == (may_be, surely)
