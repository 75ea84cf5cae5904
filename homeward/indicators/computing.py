"""Values of definitions over the frames of an extract: every margin, with n, coverage and interval."""

import logging
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from homeward.estimators.grouped_intervals import RatioSums, clustered_shares, means, medians, ratios, shares
from homeward.extracts.engine import connection
from homeward.extracts.queries import Frames
from homeward.indicators.declared import MEASURES, Kind
from homeward.indicators.hiding import hidden_among
from homeward.indicators.measures import EVENTS, FUNCTIONS
from homeward.indicators.measures.gathering import decoded, gathered, period_words
from homeward.indicators.measures.tables import Tables
from homeward.indicators.rules import Definition, Dimension

log = logging.getLogger(__name__)
Values = list[dict[str, Any]]
DIMENSIONS = tuple(str(one) for one in Dimension)


def values_of_all(
    definitions: Sequence[Definition], frames: Frames, *, engine: str = ""
) -> Iterator[tuple[str, Values, str]]:
    """For each definition its code, its values, and why there are none."""
    tables = Tables(connection(frames, engine), known_frames(frames), made_on(frames))
    for one in definitions:
        try:
            yield one.code, values_of_one(one, tables), ""
        except (ArithmeticError, LookupError, ValueError, RuntimeError) as fault:
            log.exception("An indicator could not be reckoned")
            yield one.code, [], f"{type(fault).__name__}"


def values_of_one(definition: Definition, tables: Tables) -> Values:
    """The cells of one indicator in every margin that it is told apart by, small ones marked as hidden."""
    found = measured(definition, tables)
    wanted = {str(one) for one in definition.disaggregations}
    told = [one for one in found if all(one[name] == "" or name in wanted for name in DIMENSIONS)]
    places = [tuple(one[name] for name in (*DIMENSIONS, "period")) for one in told]
    hidden = hidden_among({place: one["n"] for place, one in zip(places, told, strict=True)})
    for place, one in zip(places, told, strict=True):
        one["why_hidden"] = hidden.get(place, "")
        one["is_hidden"] = place in hidden
    return told


def measured(definition: Definition, tables: Tables) -> Values:
    """The cells of one indicator, none hidden."""
    declared = MEASURES[definition.measure]
    rows = FUNCTIONS[definition.measure](tables, definition.parameters)
    by_event = definition.measure in EVENTS
    sums = gathered(tables, rows, declared, definition.frequency, by_event=by_event)
    keys, asked, n, told = _reckoned(sums, declared.kind)
    value, low, high = told
    made = []
    for place, key in enumerate(keys):
        values, period = decoded(tables, int(key))
        cell: dict[str, Any] = dict(zip(DIMENSIONS, values, strict=True))
        cell |= {"period": period_words(period, definition.frequency), "n": int(n[place])}
        cell["coverage"] = _number(n[place] / asked[place]) if asked[place] else None
        cell |= {"value": _number(value[place]), "low": _number(low[place]), "high": _number(high[place])}
        made.append(cell)
    return made


def made_on(frames: Frames) -> date:
    """The day of an extract."""
    return datetime.fromisoformat(str(frames.manifest["made_at"])).date()


def known_frames(frames: Frames) -> tuple[str, ...]:
    """The frames that have files."""
    return tuple(name for name, files in frames.files.items() if files)


def _reckoned(sums: pd.DataFrame, kind: Kind) -> tuple[Any, Any, Any, tuple[Any, Any, Any]]:
    """Keys, how many were asked about, how many answered, and value with its limits."""
    if kind is Kind.MEDIAN:
        return _medians(sums)
    key, asked = sums["key"].to_numpy(), sums["rows"].to_numpy(float)
    n, x = _filled(sums, "n"), _filled(sums, "sx")
    if kind is Kind.SHARE:
        told = shares(x, n)
    elif kind is Kind.MEAN:
        told = means(x, _filled(sums, "sxx"), n)
    elif kind in (Kind.RATIO, Kind.EVENT_SHARE):
        products = tuple(_filled(sums, name) for name in ("sxx", "syy", "sxy"))
        given = RatioSums(n, x, _filled(sums, "sy"), products)
        told = ratios(given) if kind is Kind.RATIO else clustered_shares(given)
    else:  # counted in full: nothing is uncertain about it
        told = (x, x, x)
    return key, asked, n, told


def _medians(sums: pd.DataFrame) -> tuple[Any, Any, Any, tuple[Any, Any, Any]]:
    groups, keys = pd.factorize(sums["key"])
    asked = np.bincount(groups, weights=sums["rows"].to_numpy(float), minlength=len(keys))
    known = sums["x"].notna().to_numpy()
    n, value, low, high = medians(
        groups[known], sums["x"].to_numpy(float)[known], sums["rows"].to_numpy(float)[known], len(keys)
    )
    return keys, asked, n, (value, low, high)


def _filled(sums: pd.DataFrame, name: str) -> Any:
    """A sum over no answers is nought."""
    return sums[name].fillna(0).to_numpy(float)


def _number(given: float) -> float | None:
    return float(given) if math.isfinite(given) else None
