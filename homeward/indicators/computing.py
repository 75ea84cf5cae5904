"""Values of definitions over the frames of an extract: every margin, with n, coverage and interval."""

import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from homeward.estimators.grouped_intervals import RatioSums, clustered_shares, means, medians, ratios, shares
from homeward.extracts.engine import connection
from homeward.extracts.queries import Frames
from homeward.indicators.declared import MEASURES, SEALED, TELLING, Kind
from homeward.indicators.hiding import Cell, Place, hidden_among
from homeward.indicators.measures import EVENTS, FUNCTIONS
from homeward.indicators.measures.gathering import decoded, gathered, period_words
from homeward.indicators.measures.tables import Tables
from homeward.indicators.rules import Definition, Dimension, Unit, shown_of

log = logging.getLogger(__name__)
Values = list[dict[str, Any]]
Three = tuple[Any, Any, Any]
DIMENSIONS = tuple(str(one) for one in Dimension)


def values_of_all(
    definitions: Sequence[Definition], frames: Frames, *, engine: str = ""
) -> Iterator[tuple[str, Values, str]]:
    """For each definition its code, its values, and why there are none: the others go on."""
    tables = Tables(connection(frames, engine), known_frames(frames), made_on(frames))
    for one in definitions:
        try:
            made = values_of_one(one, tables)
        except Exception as fault:
            log.exception("an indicator could not be reckoned: %s", one.measure)
            yield one.code, [], type(fault).__name__
        else:
            yield one.code, made, ""


def values_of_one(definition: Definition, tables: Tables) -> Values:
    """The cells of one indicator in every margin that it is told apart by, as much as may be told of each."""
    found = measured(definition, tables)
    wanted = {str(one) for one in definition.disaggregations}
    told = [one for one in found if all(one[name] == "" or name in wanted for name in DIMENSIONS)]
    places = [tuple(one[name] for name in (*DIMENSIONS, "period")) for one in told]
    hidden = hidden_of(definition.measure, dict(zip(places, told, strict=True)))
    is_counted = MEASURES[definition.measure].is_counted
    return [
        _kept(one, hidden.get(place, ""), is_counted=is_counted)
        for place, one in zip(places, told, strict=True)
    ]


def hidden_of(measure: str, cells: Mapping[Place, Mapping[str, Any]]) -> dict[Place, str]:
    """Which cells are hidden and why: by who answered, by who was asked, and by the answer where it tells."""
    cases = {place: Cell(one["n"], one["asked"], one["yes"]) for place, one in cells.items()}
    return hidden_among(
        cases,
        is_additive=measure not in EVENTS,
        tells=measure in TELLING,
        is_sealed=measure in SEALED,
    )


def _kept(cell: dict[str, Any], why_hidden: str, *, is_counted: bool) -> dict[str, Any]:
    shown = shown_of(cell["n"], is_hidden=bool(why_hidden), is_counted=is_counted)
    columns = {name: value for name, value in cell.items() if name not in ("asked", "yes")}
    return {**columns, "shown": shown, "why_hidden": why_hidden}


def measured(definition: Definition, tables: Tables) -> Values:
    """The cells of one indicator, none hidden, with how many were `asked` about and how many said `yes`."""
    declared = MEASURES[definition.measure]
    rows = FUNCTIONS[definition.measure](tables, definition.parameters)
    by_event = definition.measure in EVENTS
    sums = gathered(tables, rows, declared, definition.frequency, by_event=by_event)
    keys, asked, n, told = _reckoned(sums, declared.kind)
    value, low, high = _within(told, definition.unit)
    yes = _filled(sums, "sx") if declared.kind is Kind.SHARE else n
    made = []
    for place, key in enumerate(keys):
        values, period = decoded(tables, int(key))
        cell: dict[str, Any] = dict(zip(DIMENSIONS, values, strict=True))
        cell |= {"period": period_words(period, definition.frequency), "n": int(n[place])}
        cell |= {"asked": int(asked[place]), "yes": int(yes[place])}
        cell["coverage"] = _number(n[place] / asked[place]) if asked[place] else None
        cell |= {"value": _number(value[place]), "low": _number(low[place]), "high": _number(high[place])}
        made.append(cell)
    return made


def _within(told: Three, unit: Unit) -> Three:
    """Value and limits; no limit of a share lies outside of 0 to 1."""
    value, low, high = told
    return (value, np.maximum(low, 0.0), np.minimum(high, 1.0)) if unit is Unit.SHARE else told


def made_on(frames: Frames) -> date:
    """The day of an extract."""
    return datetime.fromisoformat(str(frames.manifest["made_at"])).date()


def known_frames(frames: Frames) -> tuple[str, ...]:
    """The frames that have files."""
    return tuple(name for name, files in frames.files.items() if files)


def _reckoned(sums: pd.DataFrame, kind: Kind) -> tuple[Any, Any, Any, Three]:
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


def _medians(sums: pd.DataFrame) -> tuple[Any, Any, Any, Three]:
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
