"""Rows for a question from the frames of an extract: a row for each case, answered or not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from homeward.evaluation.asking import KNOWN_BEFOREHAND
from homeward.evaluation.rules import Spec

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
    "is_assisted",
]
SCORE_COLUMNS = ["case_id", "months", *SIDES]
FACTS = list(KNOWN_BEFOREHAND)
WITHIN = 0.2
"""How far, relative to the horizon, a round may lie from it."""

Files = Mapping[str, Sequence[Path]]


def rows_for(files: Files, spec: Spec) -> pd.DataFrame:
    """Every case, with the scores of the round nearest to the horizon and those of the first round.

    Who was not reached stays in, with nothing as the outcome: a missing answer is never zero.
    """
    _everybody, cases = cases_asked_about(files, spec)
    scores = read_columns(files["scores"], SCORE_COLUMNS)
    first = _nearest(scores[scores["months"] <= 1], 0)
    later = answered_near(files, spec)
    baseline = first[["case_id", *SIDES]].rename(columns={one: f"baseline_{one}" for one in SIDES})
    rows = cases.merge(later, on="case_id", how="left").merge(baseline, on="case_id", how="left")
    rows[FACTS] = rows[FACTS].fillna("not known")  # a fact that is not known is a fact about the file
    return rows.drop(columns=["case_id"])


def cases_asked_about(files: Files, spec: Spec) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every case of the extract, and those of the place that is asked about."""
    cases = read_columns(files["cases"], CASE_COLUMNS)
    if spec.place and spec.place in set(cases["district"]) | set(cases["origin_country"]):
        return cases, cases[(cases["district"] == spec.place) | (cases["origin_country"] == spec.place)]
    return cases, cases


def answered_near(files: Files, spec: Spec) -> pd.DataFrame:
    """Of each case the scores of the round nearest to the horizon, if one lies near enough."""
    scores = read_columns(files["scores"], SCORE_COLUMNS)
    return _nearest(_around(scores, spec.horizon_months), spec.horizon_months or 0)


def _around(scores: pd.DataFrame, horizon: float | None) -> pd.DataFrame:
    """Rounds within a fifth of the horizon: three months are never pooled with twenty-four."""
    if not horizon:
        return scores
    return scores[(scores["months"] - horizon).abs() <= WITHIN * horizon]


def _nearest(scores: pd.DataFrame, months: float) -> pd.DataFrame:
    ordered = scores.assign(away=(scores["months"] - months).abs()).sort_values("away", kind="stable")
    return ordered.drop_duplicates("case_id").drop(columns=["away"])


def read_columns(paths: Sequence[Path], columns: list[str]) -> pd.DataFrame:
    """These columns of a frame, from all its files."""
    read = [pd.read_parquet(one, columns=columns) for one in paths]
    made = pd.concat(read, ignore_index=True) if read else pd.DataFrame(columns=columns)
    for name in made.columns:  # dictionaries become words again
        if isinstance(made[name].dtype, pd.CategoricalDtype):
            made[name] = made[name].astype(object)
    return made
