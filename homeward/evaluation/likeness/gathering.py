"""One row for each person who came back long enough ago: traits, rounds, scores, business, moving on.

Nobody is left out for not having been reached: what is not known of them is a state of its own.
"""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from homeward.evaluation.framing import SCORED_BY, Files, read_columns, scored_alike
from homeward.evaluation.likeness.rules import (
    BANDS,
    HORIZONS,
    LEFT_OUT,
    NOT_KNOWN,
    PROTECTED,
    WINDOWS,
    Trait,
    circumstance_of,
)

SIDES = ("economic", "social", "psychosocial")
STATUS = {"done": 0, "missed": 1, "due": 1, "not_needed": 2}
STATUSES = ("reached", "not_reached", "not_asked", "not_due")
BUSINESS = {"open": "alive", "changed": "alive", "closed": "closed"}
CASES = [
    "case_id",
    "person_id",
    "programme",
    "origin_country",
    "district",
    "sex",
    "age_band",
    "return_basis",
    "group",
    "sealed_group",
    "arrived_month",
]
SHORTEST = 0.5  # months: whoever was lost or left within the first


def people_of(files: Files, as_of: date, seed: int) -> pd.DataFrame:
    """Everybody of the extract who can be compared, less those whom chance leaves out."""
    people = _with_traits(read_columns(files["cases"], CASES), as_of)
    people = people[np.random.default_rng(seed).random(len(people)) >= LEFT_OUT].set_index("case_id")
    visits = _of(people, files, "visits", ["case_id", "months", "state", "reached_month"])
    scores = _of(people, files, "scores", ["case_id", "months", *SCORED_BY, *SIDES, *_coverages()])
    checks = _of(people, files, "businesses", ["case_id", "months", "state"])
    moves = _of(people, files, "movements", ["case_id", "kind", "necessity", "month", "is_over"])
    for horizon in HORIZONS:
        people[f"is_due_{horizon}"] = people["months"] >= WINDOWS[horizon][1]
        people[f"status_{horizon}"] = _status(visits, horizon).reindex(people.index).fillna("not_due")
        people[f"business_{horizon}"] = _business(checks, horizon).reindex(people.index).fillna("none")
    return _with_moves(_with_scores(people, scores), visits, moves)


def _coverages() -> list[str]:
    return [f"{side}_coverage" for side in SIDES]


def _with_traits(cases: pd.DataFrame, as_of: date) -> pd.DataFrame:
    arrived = pd.to_datetime(cases["arrived_month"])
    cases = cases.assign(months=_months(as_of.year, as_of.month) - _months(arrived.dt.year, arrived.dt.month))
    cases = cases[cases["months"] >= WINDOWS[HORIZONS[0]][1]]
    cases = cases.sort_values(["person_id", "months", "case_id"]).drop_duplicates("person_id")
    sealed = zip(cases["group"], cases["sealed_group"], strict=True)
    circumstance = [circumstance_of(_word(group), _word(other)) for group, other in sealed]
    traits = {
        Trait.ORIGIN: cases["origin_country"],
        Trait.DISTRICT: cases["district"],
        Trait.PROGRAMME: cases["programme"],
        Trait.BASIS: cases["return_basis"],
        Trait.SEX: cases["sex"],
        Trait.AGE: cases["age_band"].map(BANDS),
        Trait.CIRCUMSTANCE: pd.Series(circumstance, index=cases.index, dtype=object),
    }
    known = {one.value: of.astype(object).fillna(NOT_KNOWN) for one, of in traits.items()}
    made = cases[["case_id", "arrived_month", "months"]].assign(**known)
    return made.assign(is_sealed=made["circumstance"] == PROTECTED).sort_values("case_id")


def _of(people: pd.DataFrame, files: Files, frame: str, columns: list[str]) -> pd.DataFrame:
    rows = read_columns(files.get(frame, ()), columns)
    return rows[rows["case_id"].isin(people.index)]


def _within(rows: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Rows of the window, the nearest to the horizon for each person."""
    low, high = WINDOWS[horizon]
    months = pd.to_numeric(rows["months"])
    near = rows[(months >= low) & (months <= high)]
    away = (pd.to_numeric(near["months"]) - horizon).abs()
    return near.assign(away=away).sort_values(["case_id", "away"], kind="stable")


def _status(visits: pd.DataFrame, horizon: int) -> "pd.Series[str]":
    """Reached if anybody reached them in the window; not asked only if every visit was not needed.

    Who had no visit in the window is not there: nobody was meant to reach them then.
    """
    near = _within(visits, horizon)
    ranked = near.assign(rank=near["state"].map(STATUS).fillna(1).astype(int))
    return ranked.groupby("case_id")["rank"].min().map(lambda one: STATUSES[one])


def _business(checks: pd.DataFrame, horizon: int) -> "pd.Series[str]":
    """How a business fared; who had one before and was not seen in the window counts as not seen."""
    had = checks[pd.to_numeric(checks["months"]) <= WINDOWS[horizon][1]]["case_id"].unique()
    seen = _within(checks, horizon).drop_duplicates("case_id").set_index("case_id")["state"].map(BUSINESS)
    return pd.Series("not_seen", index=had, dtype=object).where(~pd.Index(had).isin(seen.index), seen)


def _with_scores(people: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Scores of one instrument, version and profile: the one most often used; others are not like it."""
    scores = scored_alike(scores)
    first = scores[pd.to_numeric(scores["months"]) <= 1].sort_values(["case_id", "months"])
    first = first.drop_duplicates("case_id").set_index("case_id").reindex(people.index)
    for horizon in HORIZONS:
        near = _within(scores, horizon).drop_duplicates("case_id").set_index("case_id").reindex(people.index)
        is_reached = people[f"status_{horizon}"] == "reached"
        for side in SIDES:
            people[f"{side}_{horizon}"] = pd.to_numeric(near[side]).where(is_reached)
            people[f"{side}_answered_{horizon}"] = pd.to_numeric(near[f"{side}_coverage"])
            people[f"{side}_start"] = pd.to_numeric(first[side])
    return people


def _with_moves(people: pd.DataFrame, visits: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Until when each was known to be there, and what ended it: choice, need, death, out of reach."""
    arrived = pd.to_datetime(people["arrived_month"])
    live = moves[~moves["is_over"].fillna(value=False).astype(bool)]
    live = live.assign(at=_since(live["case_id"], live["month"], arrived)).sort_values("at", kind="stable")
    ended = live[live["kind"].isin(["remigrated", "deceased"])].drop_duplicates("case_id")
    ended = ended.set_index("case_id")
    cause = ended["necessity"].fillna("unknown").where(ended["kind"] == "remigrated", "death")
    lost = live[live["kind"] == "contact_lost"].drop_duplicates("case_id").set_index("case_id")["at"]
    done = visits[visits["state"] == "done"]
    reached = _since(done["case_id"], done["reached_month"], arrived).groupby(done["case_id"]).max()
    last = reached.reindex(people.index).fillna(0.0)
    at = ended["at"].reindex(people.index)
    unreachable = _is_unreachable(people, visits, last) | people.index.isin(lost.index)
    last = last.where(~people.index.isin(lost.index), np.maximum(last, lost.reindex(people.index).fillna(0)))
    people["moved_cause"] = cause.reindex(people.index).where(
        at.notna(), pd.Series(np.where(unreachable, "unreachable", "here"), index=people.index)
    )
    people["moved_at"] = np.maximum(at.fillna(last).astype(float), SHORTEST)
    return people


def _is_unreachable(
    people: pd.DataFrame, visits: pd.DataFrame, last: "pd.Series[float]"
) -> "pd.Series[bool]":
    """Whoever was due after the last time anybody reached them and was not reached, or was never due."""
    months = pd.to_numeric(visits["months"])
    since = people["months"].reindex(visits["case_id"]).to_numpy()
    known = last.reindex(visits["case_id"]).to_numpy()
    is_late = visits["state"].isin(["missed", "due"]) & (months > known) & (months + 2 <= since)
    missed = visits[is_late]["case_id"].unique()
    return pd.Series(people.index.isin(missed) | ~people.index.isin(visits["case_id"]), index=people.index)


def _since(
    cases: "pd.Series[str]", month: "pd.Series[object]", arrived: "pd.Series[pd.Timestamp]"
) -> "pd.Series[float]":
    then, first = pd.to_datetime(month), arrived.reindex(cases).reset_index(drop=True)
    gone = _months(then.dt.year, then.dt.month).reset_index(drop=True) - _months(
        first.dt.year, first.dt.month
    )
    return pd.Series(gone.to_numpy(dtype=float), index=cases.index)


def _months(year: Any, month: Any) -> Any:
    return year * 12 + month


def _word(given: object) -> str | None:
    return given if isinstance(given, str) else None
