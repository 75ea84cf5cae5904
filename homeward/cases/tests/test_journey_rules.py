from datetime import date

import pytest

from homeward.cases.journey_rules import Act, Decision, Obstacle, obstacle_in_decisions, obstacle_to
from homeward.cases.obstacles import WORDS

DAY = date(2026, 3, 1)
ACCEPTED = ("opened_on", "counselled_on", "applied_on", "accepted_on")
PLANNED = (*ACCEPTED, "travel_planned_on")
ARRIVED = (*PLANNED, "departed_on", "arrived_on")

TABLE = [
    (Act.COUNSEL, (), None),
    (Act.COUNSEL, ("closed_on",), Obstacle.CLOSED),
    (Act.APPLY, (), Obstacle.NOT_COUNSELLED),
    (Act.APPLY, ("counselled_on", "withdrawn_on"), Obstacle.WITHDRAWN),
    (Act.APPLY, ("counselled_on",), None),
    (Act.APPLY, ("counselled_on", "applied_on"), Obstacle.APPLIED_ALREADY),
    (Act.APPLY, ("counselled_on", "applied_on", "rejected_on"), None),
    (Act.PLAN_TRAVEL, ("applied_on",), Obstacle.NOT_ACCEPTED),
    (Act.PLAN_TRAVEL, ACCEPTED, None),
    (Act.DEPART, ACCEPTED, Obstacle.NO_TRAVEL_PLANNED),
    (Act.DEPART, PLANNED, Obstacle.NOT_CONFIRMED),
    (Act.DEPART, (*PLANNED, "travel_confirmed_on"), None),
    (Act.CONFIRM_TRAVEL, ACCEPTED, Obstacle.NO_TRAVEL_PLANNED),
    (Act.CONFIRM_TRAVEL, PLANNED, None),
    (Act.CONFIRM_TRAVEL, (*PLANNED, "travel_confirmed_on"), Obstacle.CONFIRMED_ALREADY),
    (Act.CONFIRM_TRAVEL, (*PLANNED, "not_travelled_on"), Obstacle.NOT_TRAVELLED),
    (Act.DEPART, (*PLANNED, "not_travelled_on"), Obstacle.NOT_TRAVELLED),
    (Act.ARRIVE, (), None),
    (Act.ARRIVE, ("applied_on",), Obstacle.NOT_ACCEPTED),
    (Act.ARRIVE, ("applied_on", "rejected_on"), Obstacle.REJECTED),
    (Act.ARRIVE, ACCEPTED, Obstacle.NO_TRAVEL_PLANNED),
    (Act.ARRIVE, PLANNED, None),
    (Act.ARRIVE, ARRIVED, Obstacle.ARRIVED_ALREADY),
    (Act.BEGIN_PLANNING, (), Obstacle.NOT_COUNSELLED),
    (Act.BEGIN_PLANNING, ("counselled_on",), None),
    (Act.BEGIN_PLANNING, ("counselled_on", "closed_on"), Obstacle.CLOSED),
    (Act.BEGIN_PLANNING, ARRIVED, None),
    (Act.AGREE_PLAN, ARRIVED, Obstacle.NOT_PLANNING),
    (Act.REMIGRATE, PLANNED, Obstacle.NOT_ARRIVED),
    (Act.REMIGRATE, (*ARRIVED, "closed_on"), None),
    (Act.CLOSE, ("closed_on",), Obstacle.CLOSED),
    (Act.REOPEN, ARRIVED, Obstacle.NOT_ENDED),
    (Act.REOPEN, ("remigrated_on",), None),
]


@pytest.mark.parametrize(("act", "recorded", "obstacle"), TABLE)
def test_what_is_missing_or_in_the_way(act, recorded, obstacle):
    assert obstacle_to(act, dict.fromkeys(recorded, DAY)) == obstacle


@pytest.mark.parametrize(
    ("sessions", "obstacle"),
    [
        ([], Obstacle.NO_INFORMED_DECISION),
        ([(Decision.RETURN, True)], None),
        ([(Decision.RETURN, False), (Decision.RETURN, True)], None),
        (
            [(Decision.RETURN, False), (Decision.STAY, True), (Decision.RETURN, True)],
            Obstacle.NO_INFORMED_DECISION,
        ),
        ([(Decision.STAY, True), (Decision.RETURN, True)], Obstacle.DECIDED_TO_STAY),
        ([(Decision.UNDECIDED, False), (Decision.RETURN, True)], Obstacle.NOT_DECIDED_YET),
    ],
)
def test_the_newest_decision_counts_if_it_was_informed(sessions, obstacle):
    assert obstacle_in_decisions(sessions) == obstacle


def test_every_obstacle_has_its_sentence():
    assert set(WORDS) == set(Obstacle)
