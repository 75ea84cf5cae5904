"""Rows for a question from the frames of an extract: a row for each case that is due, answered or not.

Nothing unlike is pooled: answers to one version of one instrument, scored one way, near the horizon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from pathlib import Path
from typing import Any

import pandas as pd
from django.utils.translation import gettext as _

from homeward.evaluation.asking import KNOWN_BEFOREHAND
from homeward.evaluation.rules import Spec
from homeward.evaluation.specs import require_known
from homeward.lib.problems import Invalid

SIDES = ("economic", "social", "psychosocial", "composite")
CASE_COLUMNS = [
    "case_id",
    "programme",
    "destination_country",
    "origin_country",
    "district",
    "partner",
    "sex",
    "age_band",
    "return_basis",
    "group",
    "arrived_month",
    "is_assisted",
]
SCORED_BY = ["instrument", "instrument_version", "profile_version"]
SCORE_COLUMNS = ["case_id", "months", *SCORED_BY, *SIDES]
FACTS = list(KNOWN_BEFOREHAND)
WITHIN = 0.2
"""How far, relative to the horizon, a round may lie from it."""
PAID = 0.005
"""Less than the smallest coin: what is left of payments that were all taken back."""

Files = Mapping[str, Sequence[Path]]


@dataclass(frozen=True)
class Gathered:
    """Whom a question is about, and how many cases of the extract it is not about, by reason.

    people: a row for each case with its pseudonym, facts, the scores at the horizon and those of the start;
    left: by other_place, not_due and other_questions (answered with another version of the questions).
    """

    people: pd.DataFrame
    everybody: int
    left: Mapping[str, int]

    @property
    def rows(self) -> pd.DataFrame:
        """The people as estimands take them, without pseudonyms."""
        return self.people.drop(columns=["case_id", "arrived_month"])


def gathered(files: Files, spec: Spec, as_of: date) -> Gathered:
    """Everybody who is due, with the scores of the round nearest to the horizon and those of the first round.

    Who was not reached stays in, with nothing as the outcome: a missing answer is never zero.
    """
    cases = read_columns(files["cases"], CASE_COLUMNS)
    here = _of_place(cases, spec.place)
    due = here[_is_due(here["arrived_month"], spec.horizon_months, as_of)]
    if spec.horizon_months and due.empty:
        raise Invalid(_("Nobody whom this is asked about came back so long ago."))
    scores = read_columns(files["scores"], SCORE_COLUMNS)
    near = _answered_near(scores[scores["case_id"].isin(due["case_id"])], spec)
    alike = scored_alike(scores, near.index)
    later = _nearest(near.loc[near.index.intersection(alike.index)], spec.horizon_months or 0)
    is_otherwise = due["case_id"].isin(near["case_id"]) & ~due["case_id"].isin(later["case_id"])
    left = {
        "other_place": len(cases) - len(here),
        "not_due": len(here) - len(due),
        "other_questions": int(is_otherwise.sum()),
    }
    people = _with_scores(due[~is_otherwise], later, _nearest(alike[alike["months"] <= 1], 0))
    people[FACTS] = people[FACTS].fillna("not known")  # a fact that is not known is a fact about the file
    people["is_assisted"] = _assisted(people, files, spec.horizon_months)
    return Gathered(people, len(cases), left)


def scored_alike(scores: pd.DataFrame, among: "pd.Index[Any] | None" = None) -> pd.DataFrame:
    """Scores of one instrument, version and profile: the one most used (among these rows)."""
    by = scores.groupby(SCORED_BY, dropna=False).ngroup()
    used = by if among is None else by.loc[among]
    return scores[by.eq(used.mode().iloc[0])] if len(used) else scores


def _of_place(cases: pd.DataFrame, place: str | None) -> pd.DataFrame:
    if not place:
        return cases
    known = {*cases["district"].dropna().unique(), *cases["origin_country"].dropna().unique()}
    require_known(place, sorted(map(str, known)), _("place"))
    return cases[(cases["district"] == place) | (cases["origin_country"] == place)]


def _is_due(arrived: "pd.Series[Any]", horizon: float | None, as_of: date) -> "pd.Series[Any]":
    """Whether the time around the horizon is over for all who came in that month; else nobody is due yet.

    An answer that may still come is not missing; and who answers early says nothing of who does not.
    """
    if not horizon:
        return pd.Series(data=True, index=arrived.index)
    months_back = 12 * as_of.year + as_of.month - _month_number(arrived)
    return months_back >= max(floor(horizon * (1 + WITHIN)), floor(horizon) + 1)


def _answered_near(scores: pd.DataFrame, spec: Spec) -> pd.DataFrame:
    """Answers of rounds within a fifth of the horizon: three months are never pooled with twenty-four."""
    horizon = spec.horizon_months or 0
    near = scores[(scores["months"] - horizon).abs() <= WITHIN * horizon]
    return near.dropna(subset=[spec.outcome]) if spec.outcome in SIDES else near


def _nearest(scores: pd.DataFrame, months: float) -> pd.DataFrame:
    ordered = scores.assign(away=(scores["months"] - months).abs()).sort_values("away", kind="stable")
    return ordered.drop_duplicates("case_id")[["case_id", *SIDES]]


def _with_scores(cases: pd.DataFrame, later: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    baseline = first.rename(columns={one: f"baseline_{one}" for one in SIDES})
    return cases.merge(later, on="case_id", how="left").merge(baseline, on="case_id", how="left")


def _assisted(people: pd.DataFrame, files: Files, horizon: float | None) -> "pd.Series[Any]":
    """Whether anything had come by the horizon: what came later did nothing for the outcome.

    Unknown stays unknown where money is not shown. Payments count less what was taken back of them.
    """
    if not horizon:
        return people["is_assisted"]
    until = pd.Series(_month_number(people["arrived_month"]).to_numpy(), index=people["case_id"]) + horizon
    given = _until(read_columns(files.get("deliveries", ()), ["case_id", "month"]), until)
    paid = _until(read_columns(files.get("costs", ()), ["case_id", "month", "currency", "amount"]), until)
    left = pd.to_numeric(paid["amount"]).groupby([paid["case_id"], paid["currency"]], dropna=False).sum()
    helped = {*given["case_id"], *left[left > PAID].index.get_level_values(0)}
    ever = people["is_assisted"].astype(object)
    return ever.where(ever.isna(), ever.eq(True) & people["case_id"].isin(helped)).infer_objects()


def _until(rows: pd.DataFrame, until: "pd.Series[Any]") -> pd.DataFrame:
    return rows[_month_number(rows["month"]) <= rows["case_id"].map(until)]


def _month_number(months: "pd.Series[Any]") -> "pd.Series[Any]":
    known = pd.to_datetime(months)
    return 12 * known.dt.year + known.dt.month


def read_columns(paths: Sequence[Path], columns: list[str]) -> pd.DataFrame:
    """These columns of a frame, from all its files."""
    read = [pd.read_parquet(one, columns=columns) for one in paths]
    made = pd.concat(read, ignore_index=True) if read else pd.DataFrame(columns=columns)
    for name in made.columns:  # dictionaries become words again
        if isinstance(made[name].dtype, pd.CategoricalDtype):
            made[name] = made[name].astype(object)
    return made
