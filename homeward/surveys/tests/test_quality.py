"""What is odd is flagged for a second look; what is missing is counted by its kind and never as 0."""

from datetime import UTC, datetime, timedelta

import pytest

from homeward.surveys.filled.answers import missing
from homeward.surveys.filled.quality import oddities
from homeward.surveys.filled.summary import completeness, summarise
from homeward.surveys.forms.questions import Option, Question
from homeward.surveys.rules import Kind, Missing, Trouble

SCALE = tuple(Option(code, {}) for code in "12345")
ASKED = [Question(f"q{n}", f"q{n}", Kind.ONE, labels={"en": "?"}, choices=SCALE) for n in range(10)]
AGE = Question("age", "age", Kind.WHOLE, labels={"en": "Age"}, constraint=". >= 0 and . < 120")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
VARIED = {f"q{n}": "12345"[n % 5] for n in range(10)}


def odd(answers, minutes=10, received=NOON + timedelta(hours=1), questions=(*ASKED, AGE)):
    ended = NOON + timedelta(minutes=minutes)
    return oddities(questions, answers, began_at=NOON, ended_at=ended, received_at=received)


def test_a_usual_form_is_not_odd():
    assert odd({**VARIED, "age": 34}) == set()


def test_faster_than_anybody_can_ask_is_odd():
    assert odd(VARIED, minutes=0.3) == {Trouble.TOO_FAST}


def test_one_answer_all_the_way_down_is_odd():
    assert odd(dict.fromkeys(VARIED, "3")) == {Trouble.STRAIGHT_LINING}


def test_numbers_past_the_limits_of_their_form_are_odd_in_repeats_too():
    assert odd({"age": 120}) == {Trouble.IMPOSSIBLE}
    assert odd({"members": [{"age": 7}, {"age": -1}]}) == {Trouble.IMPOSSIBLE}
    assert odd({"age": missing(Missing.REFUSED)}) == set()


def test_limits_that_are_alternatives_are_not_read():
    either = Question("age", "age", Kind.WHOLE, constraint=". < 5 or . > 60")
    assert odd({"age": 70}, questions=[either]) == set()


def test_a_device_ahead_of_time_or_backwards_is_odd():
    assert odd(VARIED, minutes=-5) == {Trouble.IMPOSSIBLE}
    assert odd(VARIED, received=NOON - timedelta(days=3)) == {Trouble.IMPOSSIBLE}


def test_who_did_not_answer_is_counted_by_its_reason():
    """By hand: ages 20, 30 and 70; one refused, one does not know, one was not asked."""
    forms = [{"age": 20}, {"age": 30}, {"age": 70}, {"age": missing(Missing.REFUSED)}]
    forms += [{"age": missing(Missing.DONT_KNOW)}, {}]
    (told,) = summarise([AGE], forms)
    assert (told.answered, told.mean, told.median) == (3, 40, 30)
    assert told.missing == {Missing.REFUSED: 1, Missing.DONT_KNOW: 1, Missing.NOT_ASKED: 1}
    assert told.completeness == pytest.approx(3 / 5)


def test_nobody_asked_is_no_figure():
    (told,) = summarise([AGE], [{}, {"age": missing(Missing.NOT_APPLICABLE)}])
    assert (told.mean, told.median, told.completeness) == (None, None, None)


def test_choices_are_counted_in_the_order_of_the_form():
    several = Question("help", "help", Kind.SEVERAL, choices=SCALE[:3])
    (told,) = summarise([several], [{"help": ["2", "1"]}, {"help": ["2"]}])
    assert list(told.counts.items()) == [("1", 1), ("2", 2)]


def test_one_form_is_as_complete_as_what_was_asked():
    assert completeness(ASKED, {"q1": "1", "q2": missing(Missing.REFUSED)}) == pytest.approx(1 / 2)
    assert completeness(ASKED, {}) is None
