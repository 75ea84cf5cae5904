"""Frames as an extract writes them, made by hand."""

import numpy as np
import pandas as pd


def frames(directory, n=400, seed=3, effect=0.08):
    """Cases and scores as an extract writes them, with a true difference between the arms."""
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
            "is_assisted": assisted,
        }
    )
    reached = rng.random(n) < 0.85
    scores = pd.concat([_scores(ids, 0, start), _scores(np.array(ids)[reached], 12, later[reached])])
    directory.mkdir(parents=True, exist_ok=True)
    cases.to_parquet(directory / "cases.parquet")
    scores.to_parquet(directory / "scores.parquet")
    return {name: (directory / f"{name}.parquet",) for name in ("cases", "scores")}


def _scores(ids, months, values):
    sides = dict.fromkeys(("economic", "social", "psychosocial", "composite"), values)
    return pd.DataFrame({"case_id": ids, "months": months, **sides})
