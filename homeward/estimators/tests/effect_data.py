"""Published data with known answers, from packages that bring them along; and small studies made up."""

from functools import cache
from pathlib import Path

import causaldata
import numpy as np
import pandas as pd
import statsmodels.treatment.tests.results as stata

from homeward.estimators.effects.studies import Sampling, study

FACTORS = ("education", "exercise", "active")
SQUARED = ("age", "smokeintensity", "smokeyrs", "wt71")


def of_nhefs(frame):
    """The covariates of Hernán & Robins: factors as indicators, measures with their squares."""
    columns = [frame[name].astype(float) for name in ("sex", "race")]
    for name in FACTORS:
        given = frame[name].astype(int)
        columns += [(given == level).astype(float) for level in sorted(given.unique())[1:]]
    columns += [frame[name].astype(float) ** power for name in SQUARED for power in (1, 2)]
    return np.column_stack(columns)


@cache
def nhefs():
    frame = causaldata.nhefs_complete.load_pandas().data
    return study(frame["wt82_71"].to_numpy(), frame["qsmk"].astype(int).to_numpy(), of_nhefs(frame))


@cache
def nhefs_with_lost():
    frame = causaldata.nhefs.load_pandas().data
    return study(
        frame["wt82_71"].to_numpy(),
        frame["qsmk"].to_numpy(),
        of_nhefs(frame),
        observed=frame["wt82"].notna().to_numpy(),
    )


@cache
def births():
    """Cattaneo's births, as in the manual of Stata's teffects: a model of weight, another of smoking."""
    frame = pd.read_csv(Path(stata.__file__).parent / "cataneo2.csv")
    return study(
        frame["bweight"].to_numpy(float),
        frame["mbsmoke_"].to_numpy(),
        frame[["prenatal1_", "mmarried_", "mage", "fbaby_"]].to_numpy(float),
        selection=frame[["mmarried_", "mage", "mage2", "fbaby_", "medu"]].to_numpy(float),
    )


@cache
def training():
    """The randomised National Supported Work, as LaLonde, Dehejia and Wahba have it."""
    return causaldata.nsw_mixtape.load_pandas().data


def made_up(n=200, seed=1, strength=0.6, effect=1.0, sampling=False, kind="linear"):
    """A study whose truth is known: two covariates, one of them of yes and no, and weights where asked."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=n), rng.random(n) < 0.4]).astype(float)
    treated = rng.random(n) < 1 / (1 + np.exp(-strength * (x[:, 0] + x[:, 1] - 0.4)))
    eta = 0.5 * x[:, 0] - 0.4 * x[:, 1] + effect * treated
    drawn = {
        "linear": lambda: eta + rng.normal(size=n),
        "logit": lambda: (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float),
        "poisson": lambda: rng.poisson(np.exp(eta)).astype(float),
    }[kind]()
    given = Sampling(weights=rng.uniform(0.5, 2, n)) if sampling else None
    return drawn, treated, x, given
