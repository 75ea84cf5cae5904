from datetime import date, timedelta
from itertools import combinations, product
from uuid import UUID

import pytest

from homeward.consent.rules import Answer, ConsentWay, Evidence, Lack, lacks, missing_languages
from homeward.sharing.rules import Category, Purpose

ONE, OTHER = UUID(int=1), UUID(int=2)
DAY = date(2026, 3, 10)
SOME = (Category.IDENTITY, Category.CONTACT, Category.HEALTH)
SUBSETS = [frozenset(chosen) for size in range(4) for chosen in combinations(SOME, size)]


def answer(**changed):
    return Answer(
        **{
            "is_given": True,
            "purpose": Purpose.REFERRAL,
            "categories": frozenset(SOME),
            "recipient_id": ONE,
            "recipient_kind": "",
            "given_on": DAY,
            "expires_on": DAY + timedelta(days=30),
            "is_withdrawn": False,
            **changed,
        }
    )


@pytest.mark.parametrize(("is_given", "is_withdrawn"), list(product((True, False), repeat=2)))
@pytest.mark.parametrize(("days", "has_time"), [(-1, False), (0, True), (30, True), (31, False)])
def test_only_a_yes_that_was_kept_stands_and_only_in_its_time(is_given, is_withdrawn, days, has_time):
    one = answer(is_given=is_given, is_withdrawn=is_withdrawn)
    assert one.stands(DAY + timedelta(days=days)) == (is_given and not is_withdrawn and has_time)


@pytest.mark.parametrize(("agreed", "wanted"), list(product(SUBSETS, repeat=2)))
def test_nothing_is_covered_that_was_not_asked(agreed, wanted):
    one = answer(categories=agreed)
    found = one.covers(purpose=Purpose.REFERRAL, recipient_id=ONE, recipient_kind="x", categories=wanted)
    assert found == (wanted <= agreed)


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("asked_for", list(Purpose))
def test_a_yes_for_one_purpose_is_none_for_another(purpose, asked_for):
    one = answer(purpose=asked_for)
    found = one.covers(purpose=purpose, recipient_id=ONE, recipient_kind="", categories=SOME)
    assert found == (purpose == asked_for)


@pytest.mark.parametrize(
    ("named", "kind", "is_covered"),
    [(ONE, "", True), (OTHER, "", False), (None, "service_provider", True), (None, "donor", False)],
)
def test_a_yes_is_for_whom_it_names(named, kind, is_covered):
    one = answer(recipient_id=named, recipient_kind=kind)
    found = one.covers(
        purpose=Purpose.REFERRAL, recipient_id=ONE, recipient_kind="service_provider", categories=SOME
    )
    assert found == is_covered


PROOFS = tuple(product(ConsentWay, (None, ONE), ("", "Amal"), ("", "Idris"), ("", "Aunt"), (True, False)))


@pytest.mark.parametrize(("way", "file", "witness", "interpreter", "guardian", "is_child"), PROOFS)
def test_every_way_of_saying_yes_has_its_proof(way, file, witness, interpreter, guardian, is_child):
    lacking = lacks(
        Evidence(way, file, witness, interpreter, guardian), is_child=is_child, recorded_by="Nora"
    )
    is_proved = {
        ConsentWay.SIGNED: bool(file),
        ConsentWay.WITNESSED: bool(witness),
        ConsentWay.INTERPRETED: bool(interpreter),
        ConsentWay.GUARDIAN: bool(guardian and (file or witness)),
        ConsentWay.OWN_PAGE: True,
    }[way]
    assert (not lacking) == (is_proved and not (is_child and way != ConsentWay.GUARDIAN))


def test_nobody_is_their_own_witness_or_interpreter():
    for evidence in (
        Evidence(ConsentWay.WITNESSED, witness_name=" nora "),
        Evidence(ConsentWay.INTERPRETED, interpreter_name="NORA"),
    ):
        assert lacks(evidence, is_child=False, recorded_by="Nora") == (Lack.OWN_WITNESS,)


def test_a_notice_says_everything_in_every_language():
    whole = {"title": "a", "body": "b", "question": "c"}
    assert missing_languages({"en": whole, "fr": whole, "ar": whole}) == ()
    assert missing_languages({"en": whole, "ar": {**whole, "body": " "}}) == ("fr", "ar")
