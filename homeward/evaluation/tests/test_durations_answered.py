"""Durations, communities, costs and planning as an analyst asks for them."""

import numpy as np
import pandas as pd
import pytest
from causaldata import organ_donations
from lifelines.datasets import load_rossi

from homeward.evaluation.answering import finding_of
from homeward.evaluation.specs import spec_from
from homeward.evaluation.tests.asking import asked
from homeward.lib.problems import Invalid

I = np.arange(1, 61)  # noqa: E741
CURVES = pd.DataFrame(
    {
        "months": (I * 7) % 23 + 1,
        "cause": np.where((I * 5 + I // 7) % 4 == 3, 0, (I * 5 + I // 7) % 4),
        "place": np.array(["a", "b", "c"])[I % 3],
    }
)


def near(given, wanted, tolerance=1e-9):
    assert given == pytest.approx(wanted, abs=tolerance)


def test_incidence_by_cause_with_grays_test(tmp_path, capsys):
    spec = {"time": "months", "cause": "cause", "horizon_months": 12, "options": {"cause": "1"}}
    found = asked(tmp_path, capsys, CURVES, estimand="cumulative_incidence", group="place", **spec)
    near(found["estimate"], 0.175248650632)
    near(found["se"] ** 2, 0.00292161524244)
    near(found["p_value"], 0.925419486749)
    assert found["parts"][0]["details"]["at_risk"] > 0
    assert {one["details"]["cause"] for one in found["parts"]} == {"1", "2"}


def test_the_unreachable_are_bounded_three_ways(tmp_path, capsys):
    rows = CURVES.assign(cause=np.where(I % 11 == 0, 9, CURVES["cause"]))
    spec = {"time": "months", "cause": "cause", "horizon_months": 12}
    found = asked(
        tmp_path, capsys, rows, estimand="cumulative_incidence", options={"unreachable": "9"}, **spec
    )
    ways = found["details"]["three_ways"]
    place = ways["at"].index(12)
    assert ways["all_stayed"]["1"][place] < ways["censored"]["1"][place] < ways["all_left"]["1"][place]
    near(found["estimate"], ways["censored"]["1"][place])
    assert any(one["name"] == "unreachable_share" for one in found["checks"])


def test_a_curve_and_a_restricted_mean(tmp_path, capsys):
    rows = CURVES.assign(ended=(CURVES["cause"] > 0).astype(int), arm=I % 2)
    spec = {"time": "months", "event": "ended"}
    found = asked(tmp_path, capsys, rows, estimand="kaplan_meier", **spec, horizon_months=12)
    near(found["estimate"], 0.671297599106)
    near(found["ci"], [0.523366896795, 0.782456118436])
    assert found["details"]["median"] == {"estimate": 16, "low": 13, "high": 20}
    found = asked(tmp_path, capsys, rows, estimand="rmst", **spec, options={"horizon": 15})
    near(found["estimate"], 12.272232658501)
    near(found["se"], 0.559154057885)
    found = asked(
        tmp_path,
        capsys,
        rows,
        estimand="rmst",
        time="months",
        event="ended",
        treatment="arm",
        horizon_months=15,
    )
    near(found["estimate"], found["parts"][0]["estimate"] - found["parts"][1]["estimate"])


def test_cox_is_that_of_r(tmp_path, capsys):
    spec = {
        "estimand": "cox",
        "time": "week",
        "event": "arrest",
        "treatment": "fin",
        "covariates": ["age", "race", "wexp", "mar", "paro", "prio"],
    }
    found = asked(tmp_path, capsys, load_rossi(), **spec)
    near([one["estimate"] for one in found["parts"]][:2], [-0.37942216649, -0.05743774268], 1e-8)
    near(found["parts"][0]["se"], 0.19137948071, 1e-8)
    near(found["estimate"], np.exp(-0.37942216649), 1e-8)
    near(found["details"]["log_likelihood"], -658.7476594, 1e-6)
    near(found["details"]["concordance"], 0.6403292471)
    found = asked(tmp_path, capsys, load_rossi(), **spec, options={"ties": "breslow", "strata": "race"})
    assert found["claim"] in ("allowed", "refused")


def test_organ_donations_have_a_permutation_p_and_no_error(tmp_path, capsys):
    rows = organ_donations.load_pandas().data
    rows["california"] = (rows["State"] == "California").astype(int)
    spec = {
        "estimand": "difference_in_differences",
        "outcome": "Rate",
        "treatment": "california",
        "unit": "State",
        "time": "Quarter_Num",
    }
    found = asked(tmp_path, capsys, rows, **spec, options={"start": 4})
    near(found["estimate"], -0.022459, 5e-7)
    near(found["p_value"], 5 / 27)
    assert found["se"] is None
    assert found["claim"] == "refused"
    near(found["details"]["cluster_robust"]["se"], 0.006035, 5e-7)
    found = asked(tmp_path, capsys, rows, **spec, options={"start": 4, "errors": "CR1"})
    near(found["se"], 0.006035, 5e-7)
    rows["now"] = rows["california"] * (rows["Quarter_Num"] > 3)
    found = asked(tmp_path, capsys, rows, **{**spec, "treatment": "now"})
    near(found["estimate"], -0.022459, 5e-7)
    found = asked(tmp_path, capsys, rows, **{**spec, "estimand": "event_study"}, options={"start": 4})
    assert [one["details"]["since"] for one in found["parts"]] == [-3, -2, 0, 1, 2]


def test_staggered_beginnings(tmp_path, capsys):
    rng = np.random.default_rng(3)
    cohort = np.repeat([0, 0, 3, 4], 10)
    rows = pd.DataFrame(
        {
            "village": np.repeat(np.arange(40), 5),
            "year": np.tile(np.arange(1, 6), 40),
            "begun": np.repeat(cohort, 5),
        }
    )
    since = rows["year"] - rows["begun"].where(rows["begun"] > 0, 99)
    rows["score"] = rng.normal(size=40)[rows["village"]] + 0.3 * (since >= 0) + 0.05 * rng.normal(size=200)
    spec = {
        "estimand": "staggered_did",
        "outcome": "score",
        "time": "year",
        "cohort": "begun",
        "unit": "village",
    }
    found = asked(tmp_path, capsys, rows, **spec)
    near(found["estimate"], 0.3, 0.05)
    assert found["ci"][0] < found["estimate"] < found["ci"][1]
    found = asked(tmp_path, capsys, rows, **spec, options={"aggregation": "dynamic", "comparison": "not_yet"})
    assert [one["label"] for one in found["parts"][:3]] == ["since -2", "since -1", "since 0"]


def trial(effect, n=400):
    rng = np.random.default_rng(5)
    a = np.arange(n) % 2
    return pd.DataFrame(
        {
            "assisted": a,
            "spent": 800 + 500 * a + 200 * rng.random(n),
            "score": 0.5 + effect * a + 0.15 * rng.normal(size=n),
        }
    )


def test_a_cost_for_each_point_or_none_where_it_has_no_bounds(tmp_path, capsys):
    spec = {"estimand": "cost_effectiveness", "outcome": "score", "cost": "spent", "treatment": "assisted"}
    found = asked(tmp_path, capsys, trial(0.1), **spec, options={"values": [0, 5000, 20000]})
    near(found["estimate"], 5000, 1500)
    assert found["ci"][0] < found["estimate"] < found["ci"][1]
    shown = [one["details"] for one in found["parts"] if "value" in one["details"]]
    assert all(abs(one["acceptable"] - one["acceptable_analytic"]) < 0.05 for one in shown)
    found = asked(tmp_path, capsys, trial(0.0), **spec)
    assert found["estimate"] is None
    assert found["claim"] == "refused"
    assert "cost_bounded" in found["refusals"]


def test_plans_need_no_rows(tmp_path, capsys):
    found = asked(tmp_path, capsys, None, estimand="power", options={"test": "t", "n": 20, "d": 1})
    near(found["estimate"], 0.86895, 5e-6)
    shares = {"test": "shares", "n": 50, "p1": 0.5, "p2": 0.75}
    near(asked(tmp_path, capsys, None, estimand="power", options=shares)["estimate"], 0.74017, 5e-6)
    h = asked(tmp_path, capsys, None, estimand="sample_size", options={"test": "arcsine", "h": 0.3})
    assert h["estimate"] == 175
    near(h["details"]["exact"], 174.4195, 5e-4)
    margin = {"margin": 0.05, "population": 400, "response": 0.6}
    found = asked(tmp_path, capsys, None, estimand="sample_size", options=margin)
    assert {one["label"]: one["estimate"] for one in found["parts"]} == {"answers": 197, "contacts": 328}
    margin = {"margin": 0.05, "deff": 1.5, "response": 0.5}
    found = asked(tmp_path, capsys, None, estimand="sample_size", options=margin)
    assert found["parts"][1]["estimate"] == 1153
    mde = {"n": 150, "baseline_correlation": 0.5, "sd": 0.18}
    near(asked(tmp_path, capsys, None, estimand="mde", options=mde)["estimate"], 0.05, 0.001)


def test_rounds_of_two_measures_and_a_mediator(tmp_path, capsys):
    rng = np.random.default_rng(7)
    economic, social = rng.normal(size=(200, 4)), rng.normal(size=(200, 4))
    social[:, 1:] += 0.4 * economic[:, :-1]
    stable = rng.normal(size=(200, 1))
    rows = pd.DataFrame(
        {
            "person": np.repeat(np.arange(200), 4),
            "round": np.tile([3, 6, 12, 18], 200),
            "economic": (economic + stable).ravel(),
            "social": (social + stable).ravel(),
        }
    )
    spec = {"outcome": "social", "covariates": ["economic"], "unit": "person", "time": "round"}
    found = asked(tmp_path, capsys, rows, estimand="lagged", **spec)
    assert found["method"] == "random_intercept_cross_lagged_panel"
    near(found["estimate"], 0.4, 0.15)
    found = asked(tmp_path, capsys, rows, estimand="lagged", options={"model": "lagged"}, **spec)
    assert found["details"]["label"] == "association over time"
    rows["assisted"] = (rows["person"] % 2).astype(int)
    rows["social"] += 0.5 * rows["assisted"]
    spec = {"outcome": "economic", "treatment": "assisted", "options": {"mediator": "social"}}
    found = asked(tmp_path, capsys, rows, estimand="mediation", **spec)
    parts = {one["label"]: one["estimate"] for one in found["parts"]}
    near(parts["indirect"] + parts["direct"], parts["total"])


def test_people_in_two_surveys_without_places(tmp_path, capsys):
    rng = np.random.default_rng(1)
    n = np.arange(400)
    rows = pd.DataFrame({"assisted": n % 2, "after": (n // 2) % 2, "village": n // 20})
    rows["score"] = 0.4 + 0.1 * rows["assisted"] + 0.05 * rows["after"] + 0.1 * rng.normal(size=400)
    spec = {"outcome": "score", "treatment": "assisted", "time": "after"}
    found = asked(tmp_path, capsys, rows, estimand="difference_in_differences", **spec)
    means = {one["label"]: one["estimate"] for one in found["parts"]}
    change = means["treated after"] - means["treated before"]
    near(found["estimate"], change - (means["untreated after"] - means["untreated before"]))
    mixed = asked(tmp_path, capsys, rows, estimand="difference_in_differences", unit="village", **spec)
    near(mixed["estimate"], found["estimate"], 0.02)
    assert mixed["clusters"] == 20


@pytest.mark.parametrize(
    ("spec", "named"),
    [
        ({"estimand": "difference_in_differences", "outcome": "months", "time": "cause"}, "treatment"),
        ({"estimand": "difference_in_differences", "outcome": "months", "treatment": "cause"}, "time"),
        ({"estimand": "cox", "time": "months", "covariates": ["cause"]}, "event"),
        ({"estimand": "staggered_did", "outcome": "months", "time": "cause", "cohort": "cause"}, "unit"),
    ],
)
def test_what_is_missing_is_named(spec, named):
    with pytest.raises(Invalid) as refused:
        finding_of(CURVES, spec_from(spec), "")
    assert named in refused.value.fields
