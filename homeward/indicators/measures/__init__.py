"""What each declared measure reckons: ibis expressions over the frames of an extract.

A measure hands back rows with `case_id`, `month` and `x` (with `y` where it is a ratio, `code` where codes
are counted): everybody who is asked about, with nothing, never 0, where nothing is known. `gathering` makes
all margins of them in one grouped query.
"""

from collections.abc import Callable, Mapping
from typing import Any

from homeward.indicators.measures import journeys, money, outcomes, reach, referrals
from homeward.indicators.measures.tables import Tables

MODULES = (journeys, money, outcomes, reach, referrals)
RowsOf = Callable[[Tables, Mapping[str, Any]], Any]
FUNCTIONS: Mapping[str, RowsOf] = {
    name: function for module in MODULES for name, function in module.FUNCTIONS.items()
}
EVENTS = frozenset(name for module in MODULES for name in module.EVENTS)
"""Measures with several rows a case: first put together for each case, so that errors go by case."""
