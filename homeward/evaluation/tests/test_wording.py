import re
from itertools import product
from string import Formatter

import pytest

from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.answering import checks_of
from homeward.evaluation.evidence import evidence_of, level_of
from homeward.evaluation.guardrails import GUARDRAILS
from homeward.evaluation.rules import (
    LANGUAGES,
    DesignFacts,
    Estimated,
    Evidence,
    Grade,
    Kind,
    Part,
    Spec,
    State,
)
from homeward.evaluation.showing import OF_PEOPLE
from homeward.evaluation.wording import check_words, refusal_words, sentence_of, words_in
from homeward.evaluation.wording.locks import says_too_much
from homeward.evaluation.wording.numbers import number, share

INTERVALS = {
    "above": (0.08, (0.03, 0.13)),
    "below": (-0.08, (-0.13, -0.03)),
    "both": (0.02, (-0.06, 0.1)),
    "tiny": (0.001, (-0.005, 0.006)),
    "bare": (0.08, None),
    "none": (None, None),
}
SPEC = Spec(
    "mean",
    outcome="score",
    sesoi=0.05,
    horizon_months=12,
    place="Dhaka",
    population="people of one programme",
)


def said(kind, interval="above", level=2, grade=Grade.LOW, spec=SPEC, measures=None):
    estimate, ci = INTERVALS[interval]
    parts = (Part("a", details={"tier": "above"}), Part("b", details={"tier": "average"}))
    made = Estimated("x", 1234, estimate, 0.02, ci, 50, p_value=0.2, parts=parts, measures=measures or {})
    checks = checks_of(made.measures, spec)
    needs = {one.name: {"at_least": one.limit} for one in checks if one.state is State.REFUSE}
    return sentence_of(spec, kind, made, Evidence(level, grade), checks, needs)


EVERYTHING = list(product(Kind, INTERVALS, (1, 2, 3, 4, 5), Grade))


def test_words_of_cause_are_locked_below_level_three_in_every_language():
    for kind, interval, level, grade in EVERYTHING:
        if level < 3:
            for language, sentence in said(kind, interval, level, grade).items():
                assert not says_too_much(sentence, language), sentence


@pytest.mark.parametrize("name", sorted(OF_PEOPLE))
def test_why_an_answer_is_refused_tells_of_no_small_number(name):
    for language, told in check_words(name, State.REFUSE, 3, 5).items():
        assert words_in(language)["few"].format(limit=10) in told.lower()
        assert not re.search(r"\b3\b", told)
    assert "fewer than 10" in said(Kind.LEVEL, measures={name: 3})["en"]
    assert "10 people" in check_words("cell_n", State.PASS, 10, 10)["en"]


@pytest.mark.parametrize("word", ["impact of the project", "ce que la prime a causé", "تأثير المساعدة"])
def test_an_authors_own_words_do_not_open_the_lock(word):
    spec = Spec("mean", outcome="score", population=word, options={"outcome_words": word}, place="Dhaka")
    for language, sentence in said(Kind.EFFECT, level=2, spec=spec).items():
        assert not says_too_much(sentence, language)


@pytest.mark.parametrize("kind", Kind)
def test_every_sentence_names_horizon_place_number_and_comparison(kind):
    for interval, language in product(INTERVALS, LANGUAGES):
        sentence = said(kind, interval)[language]
        words = words_in(language)
        assert number(1234, language) in sentence
        assert "Dhaka" in sentence
        assert words["horizon"].format(months="12") in sentence
        assert any(one in sentence for one in words["comparison"].values())
        assert not re.search(r"[{}]|None|\bnan\b", sentence)


def test_the_languages_hold_the_same_words_and_the_same_places_for_numbers():
    def walked(part, place=""):
        for name, one in part.items() if isinstance(part, dict) else enumerate(part):
            if isinstance(one, str):
                yield f"{place}.{name}", sorted(field for _, field, _, _ in Formatter().parse(one) if field)
            else:
                yield from walked(one, f"{place}.{name}")

    english = dict(walked(words_in("en")))
    for language in ("fr", "ar"):
        assert dict(walked(words_in(language))) == english


def test_every_guardrail_has_words():
    assert set(words_in("en")["checks"]) == set(GUARDRAILS)


def test_no_difference_is_never_said_where_the_interval_holds_nought_and_what_matters():
    sentence = said(Kind.EFFECT, "both")["en"]
    assert "cannot tell whether" in sentence
    assert "no effect" not in sentence


def test_a_difference_within_what_matters_is_called_too_small():
    assert "too small to matter" in said(Kind.EFFECT, "tiny", level=3)["en"]


@pytest.mark.parametrize(
    ("level", "grade", "words"),
    [
        (2, Grade.LOW, "may reflect who was assisted"),
        (3, Grade.LOW, "may have raised"),
        (3, Grade.MODERATE, "probably raised"),
        (4, Grade.HIGH, "Assistance raised"),
        (5, Grade.HIGH, "Assistance raised"),
        (5, Grade.VERY_LOW, "very uncertain"),
    ],
)
def test_the_verb_is_as_strong_as_the_evidence(level, grade, words):
    assert words in said(Kind.EFFECT, "above", level, grade)["en"]


def test_a_harm_is_said_as_plainly_as_a_benefit():
    assert "probably lowered the" not in said(Kind.EFFECT, "above", 3, Grade.MODERATE)["en"]
    assert (
        "lowered score by 0.080 points (0.030 to 0.13)" in said(Kind.EFFECT, "below", 3, Grade.MODERATE)["en"]
    )


def test_a_parity_gap_is_not_called_a_result():
    assert "not a programme result" in said(Kind.PARITY, "below")["en"]


def test_a_refusal_says_why_and_what_would_be_needed():
    sentence = said(Kind.EFFECT, measures={"comparison_n": 80, "comparison_arm_n": 20})["en"]
    assert sentence.startswith("This cannot be answered yet, because 80 people can be compared")
    assert "Needed: at least 100 people who can be compared; at least 30 people on each side." in sentence


def test_those_not_reached_are_told_with_how_much_worse_would_change_the_answer():
    sentence = said(Kind.EFFECT, measures={"response_rate": 0.6})["en"]
    assert "40% were not reached; if they did 0.075 points worse the conclusion would change." in sentence


def test_reasons_of_estimators_have_words_in_every_language():
    for reason in ("lonely_psu", "perfect_separation", "too_few", "no_variation", "brand_new"):
        assert len(set(refusal_words(reason).values())) == 3
    assert issubclass(CannotEstimate, Exception)


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (DesignFacts(), 1),
        (DesignFacts(comparison=True), 1),
        (DesignFacts(comparison=True, adjusted=True), 2),
        (DesignFacts(before_after=True, adjusted=True), 2),
        (DesignFacts(comparison=True, adjusted=True, before_after=True, baseline_in_both_arms=True), 3),
        (DesignFacts(comparison=True, quasi_random=True), 4),
        (DesignFacts(comparison=True, randomised=True), 5),
    ],
)
def test_the_level_follows_from_the_facts_of_the_design(facts, level):
    assert level_of(facts) == level


def test_randomised_starts_high_and_all_else_low():
    def grade(measures=None, **facts):
        made = Estimated(
            "x", 300, 0.1, 0.02, (0.06, 0.14), facts=DesignFacts(**facts), measures=measures or {}
        )
        checks = checks_of(made.measures, SPEC)
        return evidence_of(made, checks, SPEC, Kind.EFFECT)

    controlled = {"comparison": True, "adjusted": True, "baseline_in_both_arms": True}
    assert grade(randomised=True).grade is Grade.HIGH
    assert grade(comparison=True, adjusted=True).grade is Grade.LOW
    assert grade({"balance_smd": 0.05}, **controlled).grade is Grade.MODERATE
    assert grade({"balance_smd": 0.2}, **controlled).downgrades == ("risk_of_bias",)
    assert grade({"response_rate": 0.5, "overlap_outside": 0.3}, randomised=True).grade is Grade.LOW


def test_numbers_show_no_more_digits_than_they_bear():
    assert [number(one, "en") for one in (0.04862, 12.345, 1234.5, -0.5, 3, float("nan"))] == [
        "0.049",
        "12",
        "1,234",
        "-0.50",
        "3",
        "–",
    ]
    assert number(1234.5, "fr") == "1\u202f234"
    assert number(0.25, "fr") == "0,25"
    assert share(0.414, "fr") == "41\u202f%"
