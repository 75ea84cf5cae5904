"""People to compare with, as they stand in the database, and files to make them of."""

from datetime import timedelta

import numpy as np
import pandas as pd
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.evaluation.likeness.commands import write_comparison
from homeward.evaluation.likeness.rules import LEVELS, Group, Profile
from homeward.evaluation.models import Comparison
from homeward.evaluation.tests.asked import evaluator
from homeward.lib.identifiers import new_id

SAMI = Profile("XM", "Saltfield", "HOME-AGAIN", "voluntary", "male", "35-54", "none")
TOLD = {
    "people": 61,
    "6": {
        "people": 61,
        "reached": 50,
        "not_reached": None,
        "not_asked": None,
        "scores": {
            "economic": {
                "n": 45,
                "now": [0.45, 0.41, 0.49],
                "start": 0.40,
                "change": [0.05, 0.02, 0.08],
                "answered": 97,
            },
            "social": {
                "n": 45,
                "now": [0.44, 0.40, 0.48],
                "start": 0.43,
                "change": [0.01, -0.02, 0.04],
                "answered": 97,
            },
            "psychosocial": {
                "n": 45,
                "now": [0.40, 0.36, 0.44],
                "start": 0.46,
                "change": [-0.06, -0.09, -0.03],
                "answered": None,
            },
        },
        "moved": {"choice": None, "necessity": {"share": [12, 6, 22], "least": 11, "most": 28}},
        "business": {"seen": 24, "not_seen": 6, "alive": [67, 45, 84]},
    },
    "12": None,
}


def group_of(level=3, profile=SAMI, told=TOLD):
    """A group in which that profile stands."""
    return Group(level, {one: getattr(profile, one.value) for one in LEVELS[level]}, told)


def comparable(actor=evaluator, groups=None, ago=timedelta(days=40), extract_id=None):
    """A publication that is ready."""
    with acting_as(actor):
        made = Comparison.objects.create(
            organisation_id=actor.organisation_id,
            extract_id=extract_id or new_id(),
            published_by_id=actor.user_id,
            published_by_name=actor.name,
        )
    write_comparison(
        system_actor(actor.organisation_id),
        comparison_id=made.id,
        groups=[group_of()] if groups is None else groups,
        places={"XM": ["Old Harbour", "Saltfield"]},
        programmes=["HOME-AGAIN"],
        inputs_sha256="0" * 64,
        code_version="0" * 16,
    )
    with acting_as(actor):
        Comparison.objects.filter(id=made.id).update(ready_at=now() - ago)
        return Comparison.objects.get(id=made.id)


def frames(n=400, seed=3, unlucky=0):
    """Cases of two places and what became of them, as an extract writes them; all arrived in January 2024."""
    chance = np.random.default_rng(seed)
    ids = np.array([f"case{number:022d}" for number in range(n)])
    cases = pd.DataFrame(
        {
            "case_id": ids,
            "person_id": ids,
            "programme": "P1",
            "origin_country": "XM",
            "district": np.where(np.arange(n) % 10 == 0, "Saltfield", "Old Harbour"),
            "sex": chance.choice(["female", "male"], n),
            "age_band": "25-34",
            "return_basis": "voluntary",
            "group": "none",
            "sealed_group": np.where(np.arange(n) < unlucky, "trafficking", "none"),
            "arrived_month": pd.Timestamp("2024-01-01"),
        }
    )
    reached = {0: np.full(n, fill_value=True), 6: chance.random(n) < 0.8, 12: chance.random(n) < 0.6}
    visits = [
        pd.DataFrame(
            {
                "case_id": ids,
                "months": months,
                "state": np.where(known, "done", "missed"),
                "reached_month": pd.Series(
                    pd.Timestamp("2024-01-01") + pd.DateOffset(months=months), range(n)
                ).where(known),
            }
        )
        for months, known in reached.items()
    ]
    scores = [_scores(ids[known], months) for months, known in reached.items()]
    moved = np.arange(n) % 5 == 1
    return {
        "cases": cases,
        "visits": pd.concat(visits),
        "scores": pd.concat(scores),
        "movements": pd.DataFrame(
            {
                "case_id": ids[moved],
                "kind": "remigrated",
                "necessity": "necessity",
                "month": pd.Timestamp("2024-10-01"),
                "is_over": False,
            }
        ),
        "businesses": pd.DataFrame(
            {
                "case_id": ids[::2],
                "months": 12,
                "state": np.where(np.arange(0, n, 2) % 3 == 0, "closed", "open"),
            }
        ),
    }


def _scores(ids, months):
    value = 0.4 + 0.01 * months
    sides = dict.fromkeys(("economic", "social", "psychosocial"), value)
    answered = {f"{one}_coverage": 1.0 for one in sides}
    by = {"instrument": "sustainability", "instrument_version": 1, "profile_version": 1}
    return pd.DataFrame({"case_id": ids, "months": months, **by, **sides, **answered})


def files(directory, made):
    """The frames on disk, as an extract has them."""
    for name, frame in made.items():
        frame.to_parquet(directory / f"{name}.parquet")
    return {name: (directory / f"{name}.parquet",) for name in made}
