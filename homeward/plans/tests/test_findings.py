from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from homeward.lib.money import Money
from homeward.plans.content import Content, GoalContent, Line
from homeward.plans.findings import (
    STOPS,
    Finding,
    Limits,
    Right,
    balance_of,
    findings,
    rights_used,
)
from homeward.plans.rules import Dimension, PayForm, ProviderKind
from homeward.plans.tests.drafts import PLANNED, RIGHTS, SHOP, WORDS
from homeward.programmes.terms import Label

FIRST_NEEDS = replace(SHOP, package_code="first_needs", form=PayForm.CASH, cost_minor=30_000)
NONE = Limits()


def plan(*told):
    lines = tuple(Line(UUID(int=number), one) for number, one in enumerate(told, 1))
    return Content((GoalContent(UUID(int=99), WORDS, Dimension.ECONOMIC, "", lines),))


def found(content, rights=RIGHTS, limits=NONE):
    return [one.finding for one in findings(content, rights, limits)]


def test_a_complete_plan_within_its_entitlement_has_nothing_against_it():
    assert found(plan(SHOP)) == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"cost_minor": 100_001}, Finding.OVER_ENTITLEMENT),
        ({"package_code": "other"}, Finding.NOT_ENTITLED),
        ({"currency": "XMD"}, Finding.OTHER_CURRENCY),
        ({"form": PayForm.CASH}, Finding.NOT_IN_CASH),
        ({"depends_on_id": UUID(int=1)}, Finding.WAITS_FOR_ITSELF),
        ({"provider_kind": ProviderKind.MICROCREDIT}, Finding.MICROCREDIT),
        ({"planned_on": None}, Finding.NO_DATE),
        ({"provider_name": ""}, Finding.NO_PROVIDER),
        ({"feasibility": ""}, Finding.FEASIBILITY_OPEN),
        ({"plain_words": ""}, Finding.NO_PLAIN_WORDS),
    ],
)
def test_what_is_found_about_one_activity(change, finding):
    assert found(plan(replace(SHOP, **change))) == [finding]


def test_a_plan_without_goals_and_a_goal_without_activities_stop():
    assert found(Content()) == [Finding.NO_GOALS]
    assert found(plan()) == [Finding.GOAL_WITHOUT_ACTIVITY]
    assert {Finding.NO_GOALS, Finding.GOAL_WITHOUT_ACTIVITY} <= STOPS


def test_several_lines_use_one_entitlement_together():
    half = replace(SHOP, cost_minor=60_000)
    assert found(plan(half, half)) == [Finding.OVER_ENTITLEMENT]
    start, needs = rights_used(plan(half, half), RIGHTS)
    assert (start.planned, start.is_over) == (Money(120_000, "EUR"), True)
    assert (needs.planned, needs.free) == (Money(0, "EUR"), Money(61_500, "EUR"))


def test_what_is_planned_after_its_window_is_told_but_stops_nothing():
    rights = (Right("start", Label("Start-up"), Money(100_000, "EUR"), window_ends_on=date(2026, 6, 14)),)
    (one,) = findings(plan(SHOP), rights, NONE)
    assert (one.finding, one.value, one.limit) == (Finding.AFTER_WINDOW, PLANNED, date(2026, 6, 14))
    assert not one.stops


def test_an_activity_is_not_planned_before_what_it_needs():
    early = replace(SHOP, planned_on=date(2026, 6, 1), depends_on_id=UUID(int=1))
    assert found(plan(SHOP, replace(early, cost_minor=0))) == [Finding.BEFORE_WHAT_IT_NEEDS]


def test_two_activities_do_not_wait_for_each_other():
    one, other = (replace(SHOP, cost_minor=1, depends_on_id=UUID(int=id_)) for id_ in (2, 1))
    assert found(plan(one, other)) == [Finding.WAITS_FOR_ITSELF] * 2


def test_the_balance_counts_money_of_the_programme_only():
    own = replace(SHOP, package_code="", provider_kind=ProviderKind.OWN_MEANS, cost_minor=500_000)
    balance = balance_of(plan(SHOP, FIRST_NEEDS, own))
    assert (balance.cash_percent, balance.income_percent) == (25, 100)
    assert balance.by_form == {PayForm.KIND: 90_000, PayForm.CASH: 30_000}


def test_nothing_planned_is_no_share_at_all():
    assert balance_of(Content()).cash_percent is None


def test_shares_are_held_against_what_the_programme_asks():
    social = replace(FIRST_NEEDS, dimension=Dimension.SOCIAL, cost_minor=60_000)
    limits = Limits(income_share_min_percent=70, cash_share_max_percent=30)
    told = findings(plan(SHOP, social), RIGHTS, limits)
    assert [(one.finding, one.value, one.limit) for one in told] == [
        (Finding.CASH_SHARE_HIGH, 40, 30),
        (Finding.INCOME_SHARE_LOW, 60, 70),
    ]
