from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from homeward.referrals import rules
from homeward.referrals.rules import MOVES, ReferralState, Urgency

S = ReferralState
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)


def test_every_state_says_where_it_may_go():
    assert set(MOVES) == set(S)


def test_every_open_state_has_a_way_to_an_end():
    for start in rules.OPEN:
        reached, fresh = set(), {start}
        while fresh:
            reached |= fresh
            fresh = {following for one in fresh for following in MOVES[one]} - reached
        assert reached & rules.ENDED, start


def test_every_state_but_the_first_is_reached_from_another():
    assert {following for moves in MOVES.values() for following in moves} == set(S) - {S.DRAFT}


def test_each_move_is_the_senders_or_the_receivers():
    assert rules.SENDER_MOVES | rules.RECEIVER_MOVES | {S.DRAFT} == set(S)
    assert not rules.SENDER_MOVES & rules.RECEIVER_MOVES


@pytest.mark.django_db
def test_the_database_knows_the_same_moves(past_policies):
    for before, after in product(S, S):
        rows = past_policies("SELECT referrals_may_move(%s, %s) AS may", (before.value, after.value))
        assert rows[0]["may"] == (after in MOVES[before]), (before, after)


@pytest.mark.parametrize(("urgency", "days"), [(Urgency.ROUTINE, 5), (Urgency.SOON, 3), (Urgency.URGENT, 1)])
def test_an_urgent_need_waits_less_than_a_service_is_usually_given(urgency, days):
    assert rules.reply_due(AT, 5, urgency, lambda start, n: start + timedelta(n)) == AT + timedelta(days=days)


def test_reading_does_not_move_the_clock():
    due = AT + timedelta(days=5)
    assert rules.next_due(S.ACKNOWLEDGED, AT + timedelta(days=2), due) == due


@pytest.mark.parametrize("state", sorted(rules.WAITING | rules.UNDER_WAY))
def test_whoever_waits_has_a_clock(state):
    assert rules.next_due(state, AT, AT) is not None


@pytest.mark.parametrize("state", sorted(rules.ENDED))
def test_what_has_ended_has_none(state):
    assert rules.next_due(state, AT, AT) is None


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (60, 60)])
def test_a_small_number_is_not_shown(count, shown):
    assert rules.shown_count(count) == shown
