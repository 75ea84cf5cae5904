"""All margins of a measure in one grouped query.

Cells are put together first; a join with the list of margins then adds each to every margin it belongs to,
which is what GROUPING SETS do, written so that it runs on every engine. A margin's key packs the codes of
its dimensions and its period; 0 is the total.
"""

from typing import Any

import ibis
import pandas as pd

from homeward.indicators.declared import Declared, Kind
from homeward.indicators.measures.tables import BITS, PERIOD_BITS, Tables
from homeward.indicators.rules import BY_PERIOD, NOT_KNOWN, OVER_ALL_PERIODS, Dimension, Frequency

ALL, UNKNOWN = 0, 1  # as periods
ONE = ibis.literal(1.0)


def gathered(
    t: Tables, rows: Any, declared: Declared, frequency: Frequency, *, by_event: bool
) -> pd.DataFrame:
    """One row for each margin that has any case: its key, `rows`, `n` and the sums that its kind needs."""
    placed = _placed(t, rows, frequency)
    kind = declared.kind
    if kind is Kind.DISTINCT:
        return _distinct(t, _both(placed) if by_event else placed, by_event=by_event)
    if by_event:
        placed = _by_case(_both(placed), kind)
    if kind is Kind.MEDIAN:
        return _histogram(t, placed, by_event=by_event)
    return _sums(t, placed, kind, by_event=by_event)


def decoded(t: Tables, key: int) -> tuple[tuple[str, ...], int]:
    """The values of a key in the order of Dimension, '' for the total over one, and its period's number."""
    period, rest = key & ((1 << PERIOD_BITS) - 1), key >> PERIOD_BITS
    values = []
    for dimension, bits in BITS.items():
        code, rest = rest & ((1 << bits) - 1), rest >> bits
        values.append(t.labels[dimension][code - 1] if code else "")
    return tuple(values), period


def period_words(period: int, frequency: Frequency) -> str:
    """A period as it is kept: 2026, 2026-Q1, nothing for all of them."""
    if period in (ALL, UNKNOWN):
        return NOT_KNOWN if period else ""
    if frequency is Frequency.YEARLY:
        return f"{period:04}"
    return f"{period // 4:04}-Q{period % 4 + 1}"


def _placed(t: Tables, rows: Any, frequency: Frequency) -> Any:
    if "cell" not in rows.columns:
        rows = rows.inner_join(t.cases.select("case_id", "cell"), "case_id")
    month = rows.month
    number = month.year() if frequency is Frequency.YEARLY else month.year() * 4 + month.quarter() - 1
    return rows.mutate(period=number.cast("int64").fill_null(UNKNOWN))


def _both(placed: Any) -> Any:
    """Each row in its period, and once more over all periods: cases that come in several count there once."""
    named = [one for one in placed.columns if one != "month"]
    return placed.select(named).union(placed.mutate(period=ibis.literal(ALL, "int64")).select(named))


def _by_case(both: Any, kind: Kind) -> Any:
    by = both.group_by("case_id", "cell", "period")
    if kind is Kind.MEDIAN:
        return by.aggregate(x=both.x.mean().round().cast("float64"))
    return by.aggregate(x=both.x.sum(), y=both.y.sum())


def _sums(t: Tables, placed: Any, kind: Kind, *, by_event: bool) -> pd.DataFrame:
    if kind in (Kind.RATIO, Kind.EVENT_SHARE):
        x, y = placed.x + placed.y * 0, placed.y + placed.x * 0  # one without the other says nothing
        made = {"n": x.count(), "sx": x.sum(), "sy": y.sum()}
        made |= {"sxx": (x * x).sum(), "syy": (y * y).sum(), "sxy": (x * y).sum()}
    else:
        made = {"n": placed.x.count(), "sx": placed.x.sum()}
        if kind is Kind.MEAN:
            made["sxx"] = (placed.x * placed.x).sum()
    cells = placed.group_by("cell", "period").aggregate(rows=placed.count(), **made)
    spread = _spread(t, cells, by_event=by_event)
    summed = {name: spread[name].sum() for name in ("rows", *made)}
    return _fetched(t, spread.group_by("key").aggregate(**summed))


def _histogram(t: Tables, placed: Any, *, by_event: bool) -> pd.DataFrame:
    cells = placed.group_by("cell", "period", "x").aggregate(rows=placed.count())
    spread = _spread(t, cells, by_event=by_event)
    return _fetched(t, spread.group_by("key", "x").aggregate(rows=spread.rows.sum()))


def _distinct(t: Tables, placed: Any, *, by_event: bool) -> pd.DataFrame:
    cells = placed.select("case_id", "cell", "period", "code")
    spread = _spread(t, cells, by_event=by_event)
    known = spread.code.notnull()
    made = spread.group_by("key").aggregate(
        rows=spread.case_id.nunique(),
        n=spread.case_id.nunique(where=known),
        sx=spread.code.nunique(),
    )
    return _fetched(t, made)


def _spread(t: Tables, cells: Any, *, by_event: bool) -> Any:
    """Every row once for each margin it is in, with the margin's key."""
    rows = cells.inner_join(t.cells, "cell").cross_join(_margins())
    if by_event:  # these come with rows of their own over all periods
        rows = rows.filter((rows.period == ALL) == (rows.m_period == 0))
    key = rows.period * rows.m_period
    for one in Dimension:
        key = key + rows[f"k_{one}"] * rows[f"m_{one}"]
    return rows.mutate(key=key)


def _margins() -> Any:
    told = [(*((one, 1) for one in BY_PERIOD), *((one, 0) for one in OVER_ALL_PERIODS))]
    rows = [
        {"m_period": period, **{f"m_{one}": int(one in some) for one in Dimension}}
        for some, period in told[0]
    ]
    kinds = {"m_period": "int64", **{f"m_{one}": "int64" for one in Dimension}}
    return ibis.memtable(rows, schema=ibis.schema(kinds))


def _fetched(t: Tables, expression: Any) -> pd.DataFrame:
    made: pd.DataFrame = t.backend.execute(expression)
    return made
