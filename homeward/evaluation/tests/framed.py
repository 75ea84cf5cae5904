"""Frames as an extract writes them, made by hand."""

from datetime import date

import numpy as np
import pandas as pd

from homeward.extracts.queries import Frames

AS_OF = date(2026, 1, 5)
MANIFEST = {"frames": {}, "made_at": f"{AS_OF}T08:00:00+00:00"}
ARRIVED = pd.Timestamp("2024-01-01")


def extract_of(question, files):
    """These files as the extract of a question."""
    return Frames(question.extract_id, MANIFEST, files)


def changed(files, name, change):
    """The same files with one frame changed."""
    (path,) = files[name]
    change(pd.read_parquet(path)).to_parquet(path)
    return files


def frames(directory, n=400, seed=3, effect=0.08):
    """Cases, scores and costs as an extract writes them, with a true difference between the arms.

    All arrived in January 2024; who was assisted was paid a month later.
    """
    rng = np.random.default_rng(seed)
    ids = [f"case{number:022d}" for number in range(n)]
    start = rng.normal(0.45, 0.12, n).clip(0, 1)
    assisted = rng.random(n) < 1 / (1 + np.exp(-4 * (start - 0.45)))
    later = (start * 0.6 + 0.25 + effect * assisted + rng.normal(0, 0.08, n)).clip(0, 1)
    cases = pd.DataFrame(
        {
            "case_id": ids,
            "programme": "P1",
            "destination_country": "XN",
            "origin_country": "XM",
            "district": rng.choice(["North", "South"], n),
            "partner": rng.choice([f"partner {number}" for number in range(10)], n),
            "sex": rng.choice(["female", "male"], n),
            "age_band": rng.choice(["18-24", "25-34"], n),
            "return_basis": "voluntary",
            "group": "none",
            "arrived_month": ARRIVED,
            "is_assisted": assisted,
        }
    )
    reached = rng.random(n) < 0.85
    answered = [_scores(ids, 0, start), _scores(np.array(ids)[reached], 12, later[reached])]
    scores = pd.concat(answered, ignore_index=True)
    paid = {"month": pd.Timestamp("2024-02-01"), "currency": "EUR", "amount": 100.0, "amount_eur": 100.0}
    costs = pd.DataFrame({"case_id": np.array(ids)[assisted], **paid})
    directory.mkdir(parents=True, exist_ok=True)
    made = {"cases": cases, "scores": scores, "costs": costs}
    for name, frame in made.items():
        frame.to_parquet(directory / f"{name}.parquet")
    return {name: (directory / f"{name}.parquet",) for name in made}


def _scores(ids, months, values):
    sides = dict.fromkeys(("economic", "social", "psychosocial", "composite"), values)
    by = {"instrument": "sustainability", "instrument_version": 1, "profile_version": 1}
    return pd.DataFrame({"case_id": ids, "months": months, **by, **sides})
