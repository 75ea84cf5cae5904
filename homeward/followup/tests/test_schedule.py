"""Worked examples of who is due for what, when contact may be lost, and how outcomes are coded."""

from datetime import date, timedelta
from pathlib import Path

import pytest

import homeward
from homeward.cases.gate_rules import ProfileFlag
from homeward.followup.rules import (
    AAPOR,
    MET,
    TOLD_AS,
    Disposition,
    Tried,
    VisitOutcome,
    Why,
    day_of_asking,
    silence_of,
)
from homeward.followup.schedule import Person, planned, read_least
from homeward.programmes.terms import Round

LEAST = read_least(Path(homeward.__path__[0]) / "followup" / "least.json")
ARRIVED = date(2026, 1, 31)
ROUNDS = (Round("baseline", 0, 31, "sustainability"), Round("six_months", 6, 92, "sustainability"))


def visits(rounds=(), **person):
    return planned(Person(ARRIVED, **person), rounds, LEAST)


def codes(found):
    return [one.round for one in found]


def test_what_is_least_says_that_it_is_not_confirmed():
    assert not LEAST.is_confirmed
    assert LEAST.source


def test_the_programmes_rounds_stand_and_nothing_is_added_for_who_has_them():
    found = visits(ROUNDS)
    assert [(one.round, one.why) for one in found] == [
        ("baseline", Why.PROGRAMME),
        ("six_months", Why.PROGRAMME),
    ]
    six = found[1]
    assert (six.opens_on, six.due_on, six.closes_on) == (
        date(2026, 7, 31),
        date(2026, 8, 30),
        date(2026, 10, 31),
    )


def test_whose_programme_asks_nothing_is_followed_up_for_a_year():
    assert codes(visits()) == ["baseline", "six_months", "twelve_months"]
    assert {one.why for one in visits()} == {Why.PROFILE}


def test_a_survivor_of_trafficking_is_seen_every_month_for_six_months():
    found = visits(ROUNDS, flags=frozenset({ProfileFlag.VICTIM_OF_TRAFFICKING}))
    seen = [one for one in found if one.round.startswith("seen_")]
    assert [one.opens_on for one in seen] == [
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
        date(2026, 6, 30),
        date(2026, 7, 31),
    ]
    assert {one.instrument for one in seen} == {""}
    # nothing in the name of the round says why
    assert {one.why for one in seen} == {Why.PROFILE}


@pytest.mark.parametrize(
    ("born", "last"), [(date(2010, 6, 1), "seen_27"), (date(2008, 2, 1), "seen_18"), (None, "seen_18")]
)
def test_a_child_alone_is_seen_for_eighteen_months_and_until_grown_up(born, last):
    found = visits(ROUNDS, flags=frozenset({ProfileFlag.UNACCOMPANIED_CHILD}), birth_latest_on=born)
    assert codes(found)[-1] == last


def test_a_child_is_not_asked_what_adults_are_asked():
    found = visits(ROUNDS, birth_latest_on=date(2008, 5, 1))
    assert [one.instrument for one in found] == ["child", "sustainability"]  # grown up in May


def test_follow_up_is_extended_to_thirty_six_months_and_no_farther_than_asked():
    assert codes(visits(ROUNDS, extended_months=24))[2:] == ["eighteen_months", "twenty_four_months"]
    last = visits(ROUNDS, extended_months=36)[-1]
    assert (last.round, last.opens_on, last.why) == ("thirty_six_months", date(2029, 1, 31), Why.ASKED)


def test_contact_may_be_lost_after_enough_attempts_over_enough_days():
    def silence(*tries):
        attempts = [Tried(ARRIVED + timedelta(day), met) for day, met in tries]
        return silence_of(attempts, needed_attempts=3, needed_days=30)

    assert not silence().is_long
    assert not silence((0, False), (1, False), (2, False)).is_long
    assert not silence((0, False), (40, False)).is_long
    assert silence((0, False), (20, False), (30, False)).is_long
    # who was met in between is not silent
    after = silence((0, False), (20, False), (25, True), (30, False), (40, False))
    assert (after.attempts, after.days, after.is_long) == (2, 10, False)


def test_every_outcome_has_a_code_that_others_know_and_one_of_our_own_contacts():
    assert set(AAPOR) == set(TOLD_AS) == set(VisitOutcome)
    assert AAPOR[VisitOutcome.COMPLETED] == ("1.1", Disposition.INTERVIEW)
    assert {AAPOR[one][1] for one in MET} <= set(Disposition)


def test_a_device_that_says_what_cannot_be_is_not_believed():
    today = date(2026, 11, 22)
    assert day_of_asking(date(2026, 11, 2), today, not_before=ARRIVED) == date(2026, 11, 2)
    assert day_of_asking(date(2031, 1, 1), today, not_before=ARRIVED) == today
    assert day_of_asking(date(1970, 1, 1), today, not_before=ARRIVED) == today
    assert day_of_asking(None, today, not_before=None) == today
