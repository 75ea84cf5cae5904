"""The frames of an extract as tables of one engine, with what several measures share made once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import ibis
import pandas as pd

from homeward.extracts.frames import BY_NAME
from homeward.extracts.writing import schema_of
from homeward.indicators.rules import NOT_KNOWN, SEALED_GROUPS, Dimension

WITHIN = 0.2  # how far, relative to the horizon, a round may lie from it
SIDES = ("economic", "social", "psychosocial", "composite")
BITS = {
    Dimension.PROGRAMME: 8,
    Dimension.COUNTRY: 9,
    Dimension.PARTNER: 13,
    Dimension.SEX: 3,
    Dimension.AGE_BAND: 5,
    Dimension.GROUP: 5,
}
PERIOD_BITS = 14
NOT_DUE = ("not_needed",)
SCORED_BY = ("instrument", "instrument_version", "profile_version")


class Tables:
    """Frames by name, cases with the number of their cell, and rounds about a horizon.

    `made_on` is the day of the extract: nothing that could not have happened by then is asked about.
    """

    def __init__(self, backend: Any, names: Iterable[str], made_on: date) -> None:
        self.backend = backend
        self.made = made_on.year * 12 + made_on.month - 1
        self._known = frozenset(names)
        self._kept: dict[str, Any] = {}
        self.labels: dict[Dimension, tuple[str, ...]] = {}
        self.cells: Any = None

    def frame(self, name: str) -> Any:
        """The frame; without rows where the extract has none."""
        if name in self._known:
            return self.backend.table(name)
        empty = ibis.schema({one.name: _kind(one) for one in schema_of(BY_NAME[name])})
        return self.kept(f"empty {name}", lambda: ibis.memtable([], schema=empty))

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, reckoned once for all measures."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @property
    def cases(self) -> Any:
        """Every case with `cell`: which programme, country, partner, sex, age and group it belongs to."""
        return self.kept("cases", self._cases)

    def arrived(self, months: int = 0) -> Any:
        """Cases that arrived so long before the extract that `months` have surely passed."""
        cases = self.cases
        return cases.filter(cases.arrived_month.notnull() & (index(cases.arrived_month) + months < self.made))

    def rounds(self, months: int) -> Any:
        """Cases asked about some months after arrival, with the scores of the nearest round, or nothing."""
        return self.kept(f"rounds {months}", lambda: self._rounds(months).cache())

    def past_due(self, visits: Any) -> Any:
        """Of these visits, those whose month was over by the day of the extract, and that were needed."""
        return visits.filter(~visits.state.isin(NOT_DUE) & (index(visits.due_month) < self.made))

    def _rounds(self, months: int) -> Any:
        cases, due = self.cases, self.past_due(around(self.frame("visits"), months))
        scores = nearest(around(self.kept("scores", self._scores), months), months, "visit_id").select(
            "case_id", *SIDES
        )
        asked = due.select("case_id").union(scores.select("case_id"), distinct=True)
        return cases.semi_join(asked, "case_id").left_join(scores, "case_id")

    def _scores(self) -> Any:
        """Scores by the instrument, version and profile most used: others are not measured alike."""
        scores = self.frame("scores")
        made_by = [scores[one].cast("string").fill_null("") for one in SCORED_BY]
        named = scores.mutate(scored_by=ibis.literal("/").join(made_by))
        times = named.group_by("scored_by").aggregate(times=named.count())
        most = times.order_by(ibis.desc("times"), "scored_by").limit(1).execute()
        return named.filter(named.scored_by == (most["scored_by"].iloc[0] if len(most) else ""))

    def _cases(self) -> Any:
        cases = self.frame("cases")
        group = ibis.ifelse(cases.sealed_group.isin(sorted(SEALED_GROUPS)), cases.sealed_group, cases.group)
        named = cases.mutate(
            programme=_code(cases.programme),
            country=_code(cases.origin_country),
            partner=_code(cases.partner),
            sex=_code(cases.sex),
            age_band=_code(cases.age_band),
            group=_code(group),
        )
        dimensions = [str(one) for one in Dimension]
        cells = named.select(dimensions).distinct().execute()
        self.cells = self._numbered(cells.astype(str))
        joined = named.inner_join(self.cells.select("cell", *dimensions), dimensions)
        return joined.select(
            "case_id",
            "cell",
            "district",
            "return_basis",
            "group",
            "sealed_group",
            "applied_month",
            "arrived_month",
            "closed_month",
            "closure",
            "is_assisted",
        ).cache()

    def _numbered(self, cells: pd.DataFrame) -> Any:
        """Cells with a number, and for each dimension its code at its place in a key; 0: the total."""
        moved = PERIOD_BITS
        for dimension, bits in BITS.items():
            codes, labels = pd.factorize(cells[str(dimension)], sort=True)
            if len(labels) >= 1 << bits:
                raise OverflowError(f"more than {1 << bits} values of {dimension}")
            self.labels[dimension] = tuple(labels)
            cells[f"k_{dimension}"] = (codes.astype("int64") + 1) << moved
            moved += bits
        cells["cell"] = range(len(cells))
        return ibis.memtable(cells)


def around(rows: Any, months: int) -> Any:
    """Rows that lie about the horizon: three months are never pooled with twenty-four."""
    return rows.filter((rows.months - months).abs() <= (WITHIN * months if months else 1))


def nearest(rows: Any, months: int, *order: str) -> Any:
    """The row of each case nearest to the horizon, of two as near the earlier; `order` decides the rest."""
    away = (rows.months - months).abs()
    place = ibis.row_number().over(
        group_by=rows.case_id, order_by=[away, rows.months, *(rows[one] for one in order)]
    )
    ranked = rows.mutate(place=place)
    return ranked.filter(ranked.place == 0)


def index(month: Any) -> Any:
    """Months since the year nought of a month, so that they can be taken from each other."""
    return month.year() * 12 + month.month() - 1


def truth(condition: Any) -> Any:
    """A condition as 1, 0 or nothing: what is not known stays so."""
    return condition.cast("int32").cast("float64")


def _code(column: Any) -> Any:
    return column.cast("string").fill_null(NOT_KNOWN)


def _kind(field: Any) -> Any:
    kind = field.type
    return ibis.dtype("string") if str(kind).startswith("dictionary") else ibis.dtype(kind)
