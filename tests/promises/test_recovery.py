"""A country whose true effects only its generator knows: specs, put as evaluators put them, find them.

Estimators see frames as an extract holds them, nothing of the truth. Small here, 200 countries in the drill.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from homeward.evaluation.answering import finding_of
from homeward.evaluation.framing import gathered
from homeward.evaluation.rules import Claim, Spec
from homeward.exchange.demonstration.truth import Truth, simulate
from tests.promises.bounds import figure, full

COVARIATES = ("sex", "age_band", "return_basis", "district")
COMPARED = {
    "outcome": "composite",
    "treatment": "is_assisted",
    "covariates": COVARIATES,
    "baseline": "baseline_composite",
    "horizon_months": 18,
    "sesoi": 0.02,
}
SEEN_MONTHS = 18
AS_OF = date(2027, 1, 1)  # when all have been back for long


def compared(estimand):
    """A difference between assisted people and others, from the frames of an extract."""

    def found(country, directory):
        spec = Spec(estimand, **COMPARED)
        finding = finding_of(gathered(_files(country, directory), spec, AS_OF).rows, spec, "")
        return finding, country.known.effect

    return found


def moved_again(country, directory):
    """The ratio of the hazards to move on, assisted to others, on the scale on which it is reckoned."""
    cases, moves = country.frames["cases"], country.frames["movements"].set_index("case_id")
    arrived = cases.set_index("case_id")["arrived_month"]
    first = arrived.reindex(moves.index)
    gone = 12 * (moves["month"].dt.year - first.dt.year) + moves["month"].dt.month - first.dt.month
    rows = pd.DataFrame(
        {
            "months": (gone + 0.5).reindex(arrived.index).fillna(SEEN_MONTHS).to_numpy(),
            "moved": arrived.index.isin(moves.index).astype(int),
            "is_assisted": cases["is_assisted"].astype(int).to_numpy(),
        }
    )
    spec = Spec("cox", time="months", event="moved", covariates=("is_assisted",))
    return finding_of(rows, spec, ""), np.log(country.known.truth.hazard_ratio)


QUESTIONS = {"overlap": compared("overlap"), "aipw": compared("aipw"), "cox": moved_again}


def _files(country, directory):
    files = {}
    for name in ("cases", "scores", "costs"):
        path = directory / f"{name}.parquet"
        country.frames[name].to_parquet(path)
        files[name] = (path,)
    return files


def recovered(question, directory, countries, cases, truth=None):
    """How many intervals hold the truth, and how far the estimates lie from it on average, in errors."""
    held, away = 0, []
    for seed in range(countries):
        finding, true = QUESTIONS[question](simulate(seed, cases=cases, truth=truth), directory)
        part = finding.parts[0] if question == "cox" else finding
        held += part.ci[0] <= true <= part.ci[1]
        away.append((part.estimate - true) / part.se)
    return held, float(np.mean(away))


def within(countries):
    """How many of so many intervals of 95 % hold the truth, but for one set in a thousand."""
    return stats.binom.ppf([0.0005, 0.9995], countries, 0.95)


@pytest.mark.parametrize("question", QUESTIONS)
def test_true_effects_of_a_few_countries_are_found(question, tmp_path):
    held, away = recovered(question, tmp_path, 12, cases=600)
    low, _high = within(12)
    assert held >= low
    assert abs(away) < 3.3 / np.sqrt(12)


def test_a_country_without_an_effect_is_not_said_to_have_one(tmp_path):
    none = Truth(effect=0.0, more_for_women=0.0, quality_sd=0.0)
    found = [QUESTIONS["overlap"](simulate(seed, cases=600, truth=none), tmp_path)[0] for seed in range(6)]
    assert sum(one.claim == Claim.ALLOWED and one.ci[0] > 0 for one in found) <= 1


@pytest.mark.drill
@pytest.mark.parametrize("question", QUESTIONS)
def test_true_effects_are_held_by_intervals_as_often_as_they_say(question, tmp_path):
    countries = full(200, least=20)
    held, away = recovered(question, tmp_path, countries, cases=2_000)
    figure(
        "E", f"{question}: {held} of {countries} intervals hold the truth; {away:+.2f} errors off on average"
    )
    low, high = within(countries)
    assert low <= held <= high
    assert abs(away) < 3.3 / np.sqrt(countries)
