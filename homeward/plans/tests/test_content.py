from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from homeward.lib.money import Money
from homeward.plans.content import ActivityDetails, Content, GoalContent, Line, difference, hash_of
from homeward.plans.rules import Dimension, PayForm, ProviderKind
from homeward.plans.tests.drafts import SHOP, WORDS

GOAL_ID, SHOP_ID, ROOF_ID = (UUID(int=number) for number in (1, 2, 3))
SHOP_LINE = Line(SHOP_ID, SHOP)
GOAL = GoalContent(GOAL_ID, WORDS, Dimension.ECONOMIC, "ar", (SHOP_LINE,))
FIRST = Content((GOAL,))
ROOF = Line(ROOF_ID, ActivityDetails("Roof before the rains", Dimension.SOCIAL))


def with_lines(*lines):
    return Content((replace(GOAL, lines=lines),))


def test_the_same_content_has_the_same_hash_and_any_other_another():
    dearer = Line(SHOP_ID, replace(SHOP, cost_minor=90_001))
    others = [with_lines(dearer), with_lines(SHOP_LINE, ROOF), Content((GOAL,), "The rains"), Content()]
    assert hash_of(with_lines(SHOP_LINE)) == hash_of(FIRST)
    assert len({hash_of(one) for one in (FIRST, *others)}) == 5


@given(st.integers(0, 10**9), st.text(min_size=1, max_size=30), st.dates())
def test_no_detail_of_an_activity_escapes_the_hash(cost, words, day):
    changed = replace(SHOP, cost_minor=cost, what=words, planned_on=day)
    assert (hash_of(with_lines(Line(SHOP_ID, changed))) == hash_of(FIRST)) == (changed == SHOP)


def test_a_version_does_not_differ_from_itself():
    assert difference(FIRST, FIRST).is_empty


def test_added_removed_and_changed_lines_are_told_apart():
    later = replace(SHOP, planned_on=date(2026, 8, 1), cost_minor=80_000)
    told = difference(FIRST, with_lines(Line(SHOP_ID, later), ROOF))
    assert (told.added, told.removed) == ((ROOF,), ())
    (shop,) = told.changed
    assert shop.title == SHOP.what
    assert [(one.name, one.before, one.after) for one in shop.changes] == [
        ("planned_on", SHOP.planned_on, date(2026, 8, 1)),
        ("cost", Money(90_000, "EUR"), Money(80_000, "EUR")),
    ]
    assert difference(with_lines(SHOP_LINE, ROOF), FIRST).removed == (ROOF,)


def test_goals_are_compared_by_their_line_and_not_by_their_words():
    other = Content((replace(GOAL, own_words="A shop of my own"),))
    told = difference(FIRST, other)
    assert (told.added_goals, told.removed_goals) == ((), ())
    assert [(one.before, one.after) for one in told.changed_goals[0].changes] == [(WORDS, "A shop of my own")]
    assert difference(FIRST, Content()).removed_goals == (WORDS,)


def test_a_matching_fund_says_what_the_person_adds():
    fund = replace(SHOP, provider_kind=ProviderKind.MATCHING_FUND, matching_percent=50)
    assert fund.own_part == Money(45_000, "EUR")
    assert replace(SHOP, matching_percent=50).own_part is None
    assert ActivityDetails("Advice", form=PayForm.SERVICE).cost is None
