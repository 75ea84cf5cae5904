"""The demonstration has people who were asked how life is, at their rounds, and scored."""

from datetime import timedelta

from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.tests.journeys import led_by_nora
from homeward.exchange.demonstration.instruments import tell_instruments
from homeward.exchange.demonstration.outcomes import tell_outcomes
from homeward.outcomes.queries import rounds_of
from homeward.outcomes.rules import Side
from tests.cast import nora


def test_who_came_home_is_asked_at_the_rounds_that_have_passed_and_only_once(cast):
    case = led_by_nora()
    tell_instruments()
    tell_outcomes(localdate())
    tell_outcomes(localdate())
    with acting_as(nora):
        rounds = rounds_of(nora, case.id)
    assert rounds
    assert all(one.on < localdate() - timedelta(1) for one in rounds)
    assert all(one.sides[Side.SOCIAL].value is not None for one in rounds)
    assert len({one.on for one in rounds}) == len(rounds)
