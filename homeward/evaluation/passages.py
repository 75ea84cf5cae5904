"""The path of the cases that a question is about: from stage to stage, in tens of people."""

from typing import Any

import pandas as pd
from pyarrow.parquet import read_schema

from homeward.evaluation.framing import Files, Gathered, read_columns
from homeward.extracts.frames import STAGES

TENS = 10


def stages_of(files: Files, people: Gathered) -> dict[str, Any] | None:
    """Who began at each stage, who went on to which, and after how many days in the middle.

    In whole tens, the rest left away: of exact numbers, those of a stage less those who went on from it would
    tell of few. None where nobody went on, or the extract does not say where to.
    """
    rows = _rows(files, people)
    if rows is None:
        return None
    moved = rows.dropna(subset=["next_stage"])
    ways = moved.groupby(["stage", "next_stage"], sort=True)["days"].agg(["size", "median"])
    passages = [
        {"origin": origin, "destination": onward, "people": _tens(n), "median_days": round(float(median))}
        for (origin, onward), n, median in zip(ways.index, ways["size"], ways["median"], strict=True)
        if n >= TENS
    ]
    if not passages:
        return None
    begun = rows["stage"].value_counts().sub(moved["next_stage"].value_counts(), fill_value=0)
    named = {one[end] for one in passages for end in ("origin", "destination")}
    order = [one for one in STAGES if one in named or begun.get(one, 0) >= TENS]
    return {
        "order": order,
        "starts": {one: _began(one, _tens(begun.get(one, 0)), passages) for one in order},
        "passages": passages,
    }


def _rows(files: Files, people: Gathered) -> pd.DataFrame | None:
    """None of extracts from before they said which stage came next."""
    paths = files.get("stages", ())
    if not paths or not all("next_stage" in read_schema(one).names for one in paths):
        return None
    rows = read_columns(paths, ["case_id", "stage", "days", "next_stage"])
    return rows[rows["case_id"].isin(people.people["case_id"])]


def _began(stage: str, people: int, passages: list[dict[str, Any]]) -> int:
    """At least as many as went on from it and did not come by a passage that is told."""
    gone: int = sum(one["people"] for one in passages if one["origin"] == stage)
    came: int = sum(one["people"] for one in passages if one["destination"] == stage)
    return max(people, gone - came)


def _tens(n: float) -> int:
    return TENS * (int(n) // TENS)
