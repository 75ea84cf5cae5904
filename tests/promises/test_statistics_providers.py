"""H5 at full size: partners whose true quality is known are told apart no more than the data allow."""

import pytest

from homeward.estimators.tests.partners import years


@pytest.mark.drill
def test_partners_keep_the_bars_over_many_years():
    told = years(400, first_seed=1000)
    print({name: round(value, 4) for name, value in told.items()})
    assert 0.93 <= told["covered"] <= 0.97
    assert told["rank_covered"] >= 0.9
    assert told["wrong"] <= 0.01
    assert told["adjusted_error"] <= 0.5 * told["raw_error"]
    assert told["rank_width"] > 5  # a rank is a range: nobody has a place
