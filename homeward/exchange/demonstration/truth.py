"""A country whose true effects are known: frames as an extract holds them, with what estimators should find.

Comes in:  a seed, how many cases, and a `Truth`: what assistance does, how partners differ, who is lost.
Goes out:  frames with the columns of an extract, and a `Known` that only whoever checks an estimator reads.

Nothing here is fitted to any real country. Both potential outcomes of every case are drawn; frames hold the
one that happened, for those who answered. Pure and fast, so that hundreds of countries can be tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from homeward.extracts.frames import BY_NAME

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
ROUNDS = (("baseline", 0), ("six_months", 6), ("twelve_months", 12), ("eighteen_months", 18))
AGES = ("18-24", "25-34", "35-44", "45-54")
DISTRICTS = ("Saltfield", "Old Harbour", "Northford", "Hill Districts", "Reedmouth", "Stonewell")
LAST = len(ROUNDS) - 1


@dataclass(frozen=True)
class Truth:
    """What is so in this country. Scores run from 0 to 1; effects are differences of scores at 18 months.

    `chosen_by_need` is how strongly assistance goes to who starts lower: 0 is a lottery. `lost_by_score`
    above 0 makes those with low scores harder to reach for what the score itself says (not at random, MNAR);
    at 0 who is lost depends only on what was seen before (at random, MAR).
    """

    effect: float = 0.06
    more_for_women: float = 0.02
    partners: int = 12
    quality_sd: float = 0.03
    assisted_share: float = 0.5
    chosen_by_need: float = 2.0
    answered_share: float = 0.75
    lost_by_baseline: float = 1.5
    lost_by_score: float = 0.0
    reliability: float = 1.0
    remigration_a_month: float = 0.01
    hazard_ratio: float = 0.7
    cost: float = 1800.0


@dataclass(frozen=True)
class Known:
    """What estimators should find: of the country the cases were drawn from, and of the cases themselves."""

    truth: Truth
    effect: float  # of the country
    effect_on_cases: float  # mean over the cases drawn, whether they answered or not
    effect_on_assisted: float
    effect_by_sex: Mapping[str, float]
    quality: Mapping[str, float]  # what each partner adds; they add up to nothing
    mean_if_all_answered: float
    mean_cost: float


@dataclass(frozen=True)
class TrueCountry:
    """Frames for estimators, and apart from them what is known."""

    frames: Mapping[str, pd.DataFrame]
    known: Known = field(repr=False)


def simulate(seed: int, *, cases: int = 2_000, truth: Truth | None = None) -> TrueCountry:
    """Draw a country; the same seed gives the same one."""
    truth = truth or Truth()
    chance = np.random.default_rng(seed)
    people = _people(chance, cases, truth)
    quality = _quality(chance, truth)
    people["own_effect"] = (
        truth.effect + truth.more_for_women * (people["sex"] == "female") + quality[people["partner"]]
    )
    people["assisted"] = _assigned(chance, people, truth)
    scores = _scores(chance, people, cases)
    answered = _answered(chance, people, scores, truth)
    frames = {
        "persons": _persons(people),
        "cases": _cases(people),
        "visits": _visits(people, answered),
        "scores": _scored(chance, people, scores, answered, truth),
        "costs": _costs(chance, people, truth),
        "movements": _movements(chance, people, truth),
    }
    shown = {name: frame[list(BY_NAME[name].by_name)] for name, frame in frames.items()}
    return TrueCountry(shown, _known(people, scores, quality, frames["costs"], truth))


def _people(chance: np.random.Generator, cases: int, truth: Truth) -> dict[str, Any]:
    age = chance.choice(len(AGES), cases, p=(0.3, 0.35, 0.25, 0.1))
    forced = chance.random(cases) < 0.2
    district = chance.choice(len(DISTRICTS), cases)
    start = 0.40 + 0.03 * (age == 1) - 0.05 * forced + 0.01 * (district - 2.5) + chance.normal(0, 0.10, cases)
    return {
        "id": np.array([f"{number:026x}" for number in range(cases)]),
        "sex": np.where(chance.random(cases) < 0.45, "female", "male"),
        "age": age,
        "forced": forced,
        "district": district,
        "partner": chance.choice(truth.partners, cases),
        "start": np.clip(start, 0.02, 0.98),
        "arrived": np.datetime64("2023-01") + chance.integers(0, 24, cases),
    }


def _quality(chance: np.random.Generator, truth: Truth) -> Numbers:
    """What partners add, adding up to nothing, so that the effect of the country is what `Truth` says."""
    drawn = chance.normal(0, truth.quality_sd, truth.partners)
    return np.asarray(drawn - drawn.mean(), dtype=np.float64)


def _assigned(chance: np.random.Generator, people: Mapping[str, Any], truth: Truth) -> Flags:
    """Who is assisted: rather those who start low, and rather those who came by their own will."""
    leaning = (
        truth.chosen_by_need * (0.40 - people["start"]) * 3 - truth.chosen_by_need * 0.2 * people["forced"]
    )
    odds = np.log(truth.assisted_share / (1 - truth.assisted_share)) + leaning - leaning.mean()
    return np.asarray(chance.random(len(odds)) < _share(odds))


def _scores(chance: np.random.Generator, people: Mapping[str, Any], cases: int) -> dict[str, Numbers]:
    """Both potential scores of each round, and the one that happened."""
    months = np.array([months for _, months in ROUNDS])
    grown = months / months[-1]
    # A course of their own: low starts rise more, forced returns less.
    rise = 0.10 + 0.25 * (0.40 - people["start"]) - 0.03 * people["forced"] + 0.01 * (people["age"] == 1)
    swings = chance.normal(0, 0.06, (cases, len(ROUNDS))) * (grown > 0)
    without = people["start"][:, None] + rise[:, None] * grown + swings
    with_it = without + people["own_effect"][:, None] * grown
    without, with_it = np.clip(without, 0, 1), np.clip(with_it, 0, 1)
    happened = np.where(people["assisted"][:, None], with_it, without)
    return {"without": without, "with": with_it, "happened": happened}


def _answered(
    chance: np.random.Generator, people: Mapping[str, Any], scores: Mapping[str, Numbers], truth: Truth
) -> Flags:
    """Who answered in each round; everybody at the first."""
    base = np.log(truth.answered_share / (1 - truth.answered_share))
    seen_before = truth.lost_by_baseline * (people["start"] - 0.40) + 0.4 * (people["assisted"] - 0.5)
    odds = base + seen_before[:, None] + truth.lost_by_score * (scores["happened"] - 0.5) * 10
    answered = chance.random(odds.shape) < _share(odds)
    answered[:, 0] = True
    return np.asarray(answered)


def _known(
    people: Mapping[str, Any],
    scores: Mapping[str, Numbers],
    quality: Numbers,
    costs: pd.DataFrame,
    truth: Truth,
) -> Known:
    gained = (scores["with"] - scores["without"])[:, LAST]
    return Known(
        truth=truth,
        effect=truth.effect + truth.more_for_women * 0.45,
        effect_on_cases=float(gained.mean()),
        effect_on_assisted=float(gained[people["assisted"]].mean()),
        effect_by_sex={sex: float(gained[people["sex"] == sex].mean()) for sex in ("female", "male")},
        quality={_partner(number): float(value) for number, value in enumerate(quality)},
        mean_if_all_answered=float(scores["happened"][:, LAST].mean()),
        mean_cost=float(costs["amount_eur"].mean()),
    )


def _persons(people: Mapping[str, Any]) -> pd.DataFrame:
    born = np.array(("2000-2004", "1990-1994", "1980-1984", "1970-1974"))[people["age"]]
    return pd.DataFrame(
        {"person_id": people["id"], "sex": people["sex"], "birth_year_band": born, "nationality": "XM"}
    )


def _cases(people: Mapping[str, Any]) -> pd.DataFrame:
    arrived = people["arrived"]
    return pd.DataFrame(
        {
            "case_id": people["id"],
            "person_id": people["id"],
            "programme": "HOME-AGAIN",
            "programme_version": 1,
            "destination_country": "XN",
            "origin_country": "XM",
            "district": np.array(DISTRICTS)[people["district"]],
            "counselling_partner": "Harbour Advice Demo",
            "partner": [_partner(number) for number in people["partner"]],
            "sex": people["sex"],
            "age_band": np.array(AGES)[people["age"]],
            "return_basis": np.where(people["forced"], "forced", "voluntary"),
            "group": "none",
            "sealed_group": "none",
            "applied_month": _day(arrived - 3),
            "departed_month": _day(arrived),
            "arrived_month": _day(arrived),
            "closed_month": pd.NaT,
            "closure": None,
            "stage": "reintegrating",
            "is_assisted": people["assisted"],
        }
    )


def _visits(people: Mapping[str, Any], answered: Flags) -> pd.DataFrame:
    frame = _by_round(people)
    done = answered.ravel()
    due = _day((people["arrived"][:, None] + np.array([months for _, months in ROUNDS])).ravel())
    return frame.assign(
        due_month=due,
        state=np.where(done, "done", "missed"),
        attempts=np.where(done, 1, 3),
        reached_month=pd.Series(due).where(done),
        disposition=np.where(done, "completed", "no_answer"),
    )


def _scored(
    chance: np.random.Generator,
    people: Mapping[str, Any],
    scores: Mapping[str, Numbers],
    answered: Flags,
    truth: Truth,
) -> pd.DataFrame:
    """The scores of who answered, measured as well as `reliability` says."""
    happened = scores["happened"]
    spread = happened.std(axis=0) * np.sqrt(1 / truth.reliability - 1)
    told = np.clip(happened + chance.normal(0, 1, happened.shape) * spread, 0, 1)
    frame = _by_round(people).assign(
        instrument="sustainability", instrument_version=1, profile_version=1, composite=told.ravel()
    )
    for side in ("economic", "social", "psychosocial"):
        frame[side] = np.clip(frame["composite"] + chance.normal(0, 0.05, len(frame)), 0, 1)
        frame[f"{side}_coverage"] = 1.0
    frame["composite_coverage"] = 1.0
    return frame[answered.ravel()].reset_index(drop=True)


def _costs(chance: np.random.Generator, people: Mapping[str, Any], truth: Truth) -> pd.DataFrame:
    who = np.flatnonzero(people["assisted"])
    amount = np.round(chance.gamma(4, truth.cost / 4, len(who)), 2)
    return pd.DataFrame(
        {
            "case_id": people["id"][who],
            "kind": "assistance",
            "modality": "kind",
            "month": _day(people["arrived"][who] + 1),
            "currency": "EUR",
            "amount": amount,
            "amount_eur": amount,
            "partner": [_partner(number) for number in people["partner"][who]],
        }
    )


def _movements(chance: np.random.Generator, people: Mapping[str, Any], truth: Truth) -> pd.DataFrame:
    """Who moved on within the time that is seen, by hazards that stand in a known ratio."""
    hazard = truth.remigration_a_month * np.where(people["assisted"], truth.hazard_ratio, 1.0)
    months = chance.exponential(1 / hazard)
    who = np.flatnonzero(months < ROUNDS[LAST][1])
    return pd.DataFrame(
        {
            "case_id": people["id"][who],
            "kind": "remigrated",
            "necessity": np.where(chance.random(len(who)) < 0.5, "choice", "necessity"),
            "route": "unknown",
            "month": _day(people["arrived"][who] + months[who].astype(int)),
            "is_over": False,
        }
    )


def _by_round(people: Mapping[str, Any]) -> pd.DataFrame:
    ids = np.repeat(people["id"], len(ROUNDS))
    rounds = [code for code, _ in ROUNDS] * len(people["id"])
    return pd.DataFrame(
        {
            "case_id": ids,
            "visit_id": [f"{number:026x}" for number in range(len(ids))],
            "round": rounds,
            "months": [months for _, months in ROUNDS] * len(people["id"]),
        }
    )


def _share(odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def _partner(number: int) -> str:
    return f"Partner {number + 1:02} Demo"


def _day(months: Any) -> Any:
    return pd.to_datetime(months.astype("datetime64[ns]"))
