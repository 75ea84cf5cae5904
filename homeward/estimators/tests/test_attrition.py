import pytest

from homeward.estimators.attrition import excess_attrition
from homeward.estimators.refusals import CannotEstimate


def test_shares_that_cannot_be_are_refused():
    with pytest.raises(CannotEstimate):
        excess_attrition(1.2, 0.1)


def test_the_difference_allowed_shrinks_as_more_are_lost():
    assert excess_attrition(0.12, 0.08) == pytest.approx(0.04 - 0.063)
    assert excess_attrition(0.42, 0.38) == pytest.approx(0.04 - 0.026)
    assert excess_attrition(0.7, 0.7) == 0
