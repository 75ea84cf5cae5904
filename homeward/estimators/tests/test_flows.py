"""Flows that add up, or are not printed."""

import pytest

from homeward.estimators.flows import flow_of_people, moves, participant_flow
from homeward.estimators.refusals import CannotEstimate


def test_a_flow_that_does_not_add_up_is_not_printed():
    steps = [("registered", {"not eligible": 10}), ("due at 6 months", {"refused": 5, "unreachable": 20})]
    with pytest.raises(CannotEstimate, match="does_not_reconcile"):
        participant_flow(steps, 100, 66)
    with pytest.raises(CannotEstimate, match="does_not_reconcile"):
        participant_flow(steps, 30, 0)
    found = participant_flow(steps, 100, 65)
    assert [one.entered for one in found] == [100, 90]
    assert found[-1].continued == 65


def test_people_are_counted_into_the_flow():
    found = flow_of_people([0, 1, 2, 2, 1], ["refused", "died", "", "", "refused"], ["eligible", "reached"])
    assert [(one.name, one.entered, dict(one.left)) for one in found] == [
        ("eligible", 5, {"refused": 1}),
        ("reached", 4, {"died": 1, "refused": 1}),
    ]
    with pytest.raises(CannotEstimate, match="does_not_reconcile"):
        flow_of_people([0, 2], ["", ""], ["eligible", "reached"])


def test_moves_between_stages_with_median_days():
    case = ["a", "a", "a", "b", "b", "c", "c"]
    stage = ["arrival", "plan", "closed", "arrival", "plan", "arrival", "closed"]
    found = moves(case, stage, [0, 10, 40, 5, 35, 0, 7])
    assert [(one.origin, one.destination, one.people, one.median_days) for one in found] == [
        ("arrival", "plan", 2, 20.0),
        ("arrival", "closed", 1, 7.0),
        ("plan", "closed", 1, 30.0),
    ]
    assert found[0].quartiles == (15, 25)
