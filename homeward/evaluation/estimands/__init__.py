"""The table of estimands: a module for each family, named here; each holds `ENTRIES` by standard name."""

from collections.abc import Mapping

from homeward.evaluation.estimands import (
    beginnings,
    communities,
    durations,
    dynamics,
    economy,
    effects,
    for_whom,
    hazards,
    levels,
    losses,
    lots,
    planning,
    providers,
    responding,
    sensitivity,
    syntheses,
)
from homeward.evaluation.estimands.entries import Estimand

MODULES = (
    levels,
    responding,
    providers,
    lots,
    syntheses,
    effects,
    for_whom,
    sensitivity,
    losses,
    communities,
    beginnings,
    durations,
    hazards,
    dynamics,
    economy,
    planning,
)

ESTIMANDS: Mapping[str, Estimand] = {
    name: entry for module in MODULES for name, entry in module.ENTRIES.items()
}
