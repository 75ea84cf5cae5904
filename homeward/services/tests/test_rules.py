from datetime import date

import pytest

from homeward.services.rules import Doubt, Facts, FitReason, ForWhom, Needs, is_stale, judge

TODAY = date(2026, 6, 1)
FACTS = {
    "needs": frozenset({"shelter"}),
    "countries": frozenset({"XM"}),
    "places": frozenset({"saltfield"}),
    "languages": frozenset({"ar"}),
    "for_whom": ForWhom.EVERYONE,
    "minimum_age": None,
    "maximum_age": None,
    "is_free": True,
    "is_step_free": None,
    "is_restricted": False,
    "available": 2,
    "counted_on": date(2026, 5, 30),
    "verified_on": date(2026, 5, 1),
}


def judged(needs=None, **facts):
    return judge(Facts(**{**FACTS, **facts}), needs or Needs("shelter", country="XM"), TODAY)


@pytest.mark.parametrize(
    ("needs", "facts"),
    [
        (Needs("health"), {}),
        (Needs("shelter", country="XN"), {}),
        (Needs("shelter", sex="male"), {"for_whom": ForWhom.WOMEN}),
        (Needs("shelter", sex="female"), {"for_whom": ForWhom.MEN}),
        (Needs("shelter", age=17), {"minimum_age": 18}),
        (Needs("shelter", age=66), {"maximum_age": 65}),
        (Needs("shelter", room_needed=3), {}),
        (Needs("shelter", must_be_free=True), {"is_free": False}),
    ],
)
def test_what_a_service_cannot_answer_is_not_offered(needs, facts):
    assert judged(needs, **facts) is None


def test_a_fitting_service_says_why():
    needs = Needs("shelter", country="XM", place=" Saltfield", languages=("ar", "fr"), sex="male", age=30)
    told = judged(needs, minimum_age=18)
    assert set(told.reasons) == {
        FitReason.NEED,
        FitReason.SAME_PLACE,
        FitReason.LANGUAGE,
        FitReason.AGE,
        FitReason.ROOM,
        FitReason.FREE,
        FitReason.VERIFIED,
    }
    assert told.doubts == ()


@pytest.mark.parametrize(
    ("needs", "facts", "doubt"),
    [
        (Needs("shelter"), {"verified_on": None}, Doubt.NOT_VERIFIED),
        (Needs("shelter"), {"verified_on": date(2025, 11, 1)}, Doubt.NOT_VERIFIED),
        (Needs("shelter"), {"available": 0}, Doubt.FULL),
        (Needs("shelter"), {"available": None}, Doubt.ROOM_UNKNOWN),
        (Needs("shelter"), {"counted_on": date(2026, 5, 1)}, Doubt.ROOM_OLD),
        (Needs("shelter", place="Elsewhere"), {}, Doubt.OTHER_PLACE),
        (Needs("shelter"), {"countries": frozenset()}, Doubt.AREA_UNKNOWN),
        (Needs("shelter", languages=("tir",)), {}, Doubt.OTHER_LANGUAGE),
        (Needs("shelter", languages=("tir",)), {"languages": frozenset()}, Doubt.LANGUAGE_UNKNOWN),
        (Needs("shelter"), {"minimum_age": 18}, Doubt.AGE_UNKNOWN),
        (Needs("shelter"), {"for_whom": ForWhom.WOMEN}, Doubt.SEX_UNKNOWN),
        (Needs("shelter"), {"is_free": None}, Doubt.COST_UNKNOWN),
        (Needs("shelter"), {"is_free": False}, Doubt.COSTS),
        (Needs("shelter", needs_step_free=True), {}, Doubt.STEPS_UNKNOWN),
        (Needs("shelter", needs_step_free=True), {"is_step_free": False}, Doubt.STEPS),
        (Needs("shelter"), {"is_restricted": True}, Doubt.PLACE_RESTRICTED),
    ],
)
def test_what_is_not_sure_is_said(needs, facts, doubt):
    assert doubt in judged(needs, **facts).doubts


def test_an_entry_is_old_after_half_a_year_or_when_nobody_ever_looked():
    assert is_stale(None, TODAY)
    assert is_stale(date(2025, 11, 29), TODAY)
    assert not is_stale(date(2025, 12, 1), TODAY)


def test_the_surest_comes_first():
    sure, unsure = judged(), judged(verified_on=None)
    assert sure.rank < unsure.rank
