"""How large, who is told apart, who may stand in for whom, and draws that anybody can repeat."""

from dataclasses import replace
from uuid import uuid4

import pytest

from homeward.followup.rules import NotNeeded, VisitOutcome, VisitState
from homeward.followup.sampling.drawing import (
    How,
    by_group,
    draw,
    hash_of_draw,
    hash_of_frame,
    sizes_of_groups,
)
from homeward.followup.sampling.rules import (
    OTHERS,
    Aim,
    Allocation,
    Design,
    Ended,
    FrameRule,
    MemberRole,
    ReplaceWhen,
    SizeAsked,
    ended,
    may_replace,
    may_try,
    size_of,
    told_apart,
)

FRAME = {
    "North": [f"n{one}" for one in range(60)],
    "South": [f"s{one}" for one in range(30)],
    OTHERS: ["x"] * 0,
}
FRAME = {name: keys for name, keys in FRAME.items() if keys}


def chosen(placed):
    return [one for one in placed if one.role == MemberRole.CHOSEN]


@pytest.mark.parametrize("design", Design)
def test_the_same_seed_and_frame_give_the_same_sample_in_whatever_order_the_frame_comes(design):
    how = How(design, 20, "a seed", clusters=1)
    turned = {name: list(reversed(keys)) for name, keys in reversed(FRAME.items())}
    one, again = draw(FRAME, how), draw(turned, how)
    assert told(one) == told(again)
    assert told(draw(FRAME, replace(how, seed="another"))) != told(one)
    assert len(chosen(one)) == 20
    assert {placed.key for placed in one} == {key for keys in FRAME.values() for key in keys}


def told(placed):
    return hash_of_draw([(one.group, one.key, one.line) for one in placed if one.role == MemberRole.CHOSEN])


def test_these_hashes_stay_as_they_are():
    """Published samples are checked against them years later."""
    assert told(draw(FRAME, How(Design.STRATIFIED, 9, "2026"))) == PUBLISHED
    assert hash_of_frame(["b", "a"]) == hash_of_frame(["a", "b"]) != hash_of_frame(["a"])


PUBLISHED = "106cd4057903f79ff64e1425a2b6f66b80b0c999f6c82fe0b2048dd397bc11d1"


def test_weights_of_each_design_add_up_to_the_frame():
    for design in (Design.SIMPLE, Design.STRATIFIED):
        drawn = chosen(draw(FRAME, How(design, 18, "s")))
        assert sum(1 / one.probability for one in drawn) == pytest.approx(90)
    # each place is drawn in proportion to its people, so that everybody drawn stands for the same number
    (place,) = {one.group for one in chosen(draw(FRAME, How(Design.CLUSTER, 15, "s", clusters=1)))}
    drawn = chosen(draw(FRAME, How(Design.CLUSTER, 15, "s", clusters=1)))
    assert sum(1 / one.probability for one in drawn) == pytest.approx(90)
    assert place in FRAME


def test_more_than_there_are_means_everybody_and_equal_groups_take_what_small_ones_cannot_give():
    assert len(chosen(draw(FRAME, How(Design.SIMPLE, 900, "s")))) == 90
    equal = How(Design.STRATIFIED, 50, "s", Allocation.EQUAL)
    assert sizes_of_groups({"a": 60, "b": 10}, equal) == {"a": 40, "b": 10}
    assert sizes_of_groups({"a": 60, "b": 30}, equal) == {"a": 25, "b": 25}
    at_least = How(Design.STRATIFIED, 20, "s", least=5)
    assert sizes_of_groups({"a": 90, "b": 10}, at_least) == {"a": 15, "b": 5}
    assert sizes_of_groups({}, equal) == {}
    assert draw({}, How(Design.CLUSTER, 5, "s")) == []


def test_small_groups_stand_together_and_never_leave_a_small_rest():
    assert told_apart({"a": 40, "b": 30, "c": 4, "d": 7}, 10) == {
        "a": "a",
        "b": "b",
        "c": OTHERS,
        "d": OTHERS,
    }
    # four alone could be told: the smallest of the others joins them
    assert told_apart({"a": 40, "b": 30, "c": 4}, 10) == {"a": "a", "b": OTHERS, "c": OTHERS}
    assert told_apart({"a": 3}, 10) == {"a": OTHERS}
    assert by_group([("k", "a"), ("l", "a")]) == {"a": ["k", "l"]}


def test_sizes_for_each_aim():
    share = SizeAsked(Aim.SHARE, margin=0.05, response=0.7)
    assert (size_of(share).answers, size_of(share).contacts) == (385, 550)
    assert size_of(share, 500).answers == 218
    assert not size_of(share, 500).is_short
    assert size_of(share, 100).contacts == 100
    assert size_of(share, 100).is_short
    clustered = size_of(replace(share, icc=0.05, per_cluster=11))
    assert clustered.effect == pytest.approx(1.5)
    assert clustered.answers == 577
    assert size_of(SizeAsked(Aim.MEAN, margin=0.02, sd=0.2)).answers == 385
    assert size_of(SizeAsked(Aim.DIFFERENCE, difference=0.1, sd=0.2)).answers == 126
    assert size_of(SizeAsked(Aim.NUMBER, number=40, response=0.5)).contacts == 40
    for wrong in (SizeAsked(Aim.NUMBER), SizeAsked(Aim.SHARE, margin=0), SizeAsked(Aim.SHARE, margin=1e-300)):
        with pytest.raises(ValueError, match=r"at least one|margin above|beyond"):
            size_of(wrong)


def test_nobody_stands_in_for_a_refusal():
    for when in ReplaceWhen:
        assert not may_replace(when, Ended.REFUSAL, 99, 3)
    assert may_replace(ReplaceWhen.NOT_IN_FRAME, Ended.NOT_IN_FRAME, 0, 3)
    assert not may_replace(ReplaceWhen.NOT_IN_FRAME, Ended.NON_CONTACT, 9, 3)
    assert not may_replace(ReplaceWhen.UNREACHED, Ended.NON_CONTACT, 2, 3)
    assert may_replace(ReplaceWhen.UNREACHED, Ended.NON_CONTACT, 3, 3)
    assert not may_replace(ReplaceWhen.NEVER, Ended.NOT_IN_FRAME, 0, 0)


def test_what_became_of_somebody_follows_their_visit():
    assert ended(VisitState.DONE, "", "") == Ended.INTERVIEW
    assert ended(VisitState.DONE, VisitOutcome.PARTLY, "") == Ended.PARTIAL
    assert ended(VisitState.DUE, "", "") == Ended.NOT_TRIED
    assert ended(VisitState.MISSED, VisitOutcome.BROKE_OFF, "") == Ended.REFUSAL
    assert ended(VisitState.DUE, VisitOutcome.COMPLETED, "") == Ended.NON_CONTACT
    assert ended(VisitState.NOT_NEEDED, "", NotNeeded.WANTS_NONE) == Ended.REFUSAL
    assert ended(VisitState.NOT_NEEDED, "", NotNeeded.DIED) == Ended.NOT_IN_FRAME
    assert ended(VisitState.NOT_NEEDED, "", NotNeeded.TOO_DANGEROUS) == Ended.OTHER
    assert {ended(VisitState.DUE, one, "") for one in VisitOutcome} <= set(Ended)
    assert may_try(VisitState.DUE, VisitOutcome.NO_ANSWER)
    assert not may_try(VisitState.DUE, VisitOutcome.REFUSED)


def test_a_rule_is_read_as_it_was_kept():
    rule = FrameRule(
        "six_months", programme_id=uuid4(), to_months=9, places=("Saltfield",), sexes=("female",)
    )
    assert FrameRule.read(rule.told()) == rule
    assert FrameRule("x").told() == {"round": "x", "from_months": 0}
