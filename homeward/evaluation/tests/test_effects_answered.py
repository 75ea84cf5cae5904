"""Comparisons asked through the command, as an analyst asks them."""

import causaldata
import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.tests.asking import asked

NHEFS = {
    "outcome": "wt82_71",
    "treatment": "qsmk",
    "covariates": [
        "sex",
        "race",
        "age",
        "education",
        "exercise",
        "active",
        "smokeintensity",
        "smokeyrs",
        "wt71",
    ],
    "options": {
        "factors": ["education", "exercise", "active"],
        "squares": ["age", "smokeintensity", "smokeyrs", "wt71"],
    },
}


@pytest.fixture(scope="module")
def smoking():
    frame = causaldata.nhefs_complete.load_pandas().data
    return frame[[NHEFS["outcome"], NHEFS["treatment"], *NHEFS["covariates"]]].astype(float)


@pytest.fixture(scope="module")
def few():
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"before": rng.normal(size=240), "office": rng.integers(0, 24, 240)})
    frame["assisted"] = (rng.random(240) < 1 / (1 + np.exp(-frame["before"]))).astype(int)
    frame["score"] = frame["before"] + 0.5 * frame["assisted"] + rng.normal(size=240)
    return frame


def with_options(**more):
    return {**NHEFS, "options": {**NHEFS["options"], **more}}


@pytest.mark.parametrize(
    ("estimand", "more", "estimate", "error"),
    [
        ("ipw", {}, 3.4405, 0.4871),
        ("ipw", {"errors": "robust"}, 3.4405, 0.5255),
        ("aipw", {}, 3.3733, 0.4802),
        ("ipwra", {}, 3.3578, 0.4743),
        ("regression_adjustment", {}, 3.4358, 0.4811),
        ("overlap", {}, 3.4612, 0.4675),
        ("standardisation", {"interact": ["smokeintensity"]}, 3.5174, 0.4776),
        ("outcome_regression", {}, 3.4626, 0.4385),
        ("outcome_regression", {"interact": ["smokeintensity"], "at": {"smokeintensity": 5}}, 2.7929, 0.6683),
    ],
)
def test_smoking_cessation_through_the_command(tmp_path, capsys, smoking, estimand, more, estimate, error):
    found = asked(tmp_path, capsys, smoking, estimand=estimand, **with_options(**more))
    assert (found["estimate"], found["se"]) == pytest.approx((estimate, error), abs=6e-5)
    assert found["n"] == 1566
    assert found["claim"] == "allowed"
    assert found["evidence"]["level"] == 2
    assert len(found["details"]["balance"]) == 18


def test_weights_against_drop_out_through_the_command(tmp_path, capsys, smoking):
    frame = causaldata.nhefs.load_pandas().data
    frame = frame.assign(wt82_71=frame["wt82_71"].where(frame["wt82"].notna()))[list(smoking.columns)]
    spec = with_options(drop_out=True, errors="robust")
    found = asked(tmp_path, capsys, frame.astype(float), estimand="ipw", **spec)
    assert found["estimate"] == pytest.approx(3.496, abs=5e-4)
    assert found["ci"] == pytest.approx([2.466, 4.527], abs=5e-4)
    assert found["n"] == 1566
    assert {one["name"] for one in found["checks"]} >= {"response_rate", "attrition_excess"}


def test_training_through_the_command(tmp_path, capsys):
    frame = causaldata.nsw_mixtape.load_pandas().data[["treat", "re78", "re75"]]
    spec = {"outcome": "re78", "treatment": "treat", "options": {"assignment": "randomised"}}
    found = asked(tmp_path, capsys, frame, estimand="outcome_regression", **spec)
    assert (found["estimate"], found["se"]) == pytest.approx((1794.34, 632.85), abs=5e-3)
    assert found["evidence"]["level"] == 5


def test_numbers_are_given_and_the_claim_refused_where_groups_do_not_overlap(tmp_path, capsys, few):
    told = few.assign(before=np.where(few["assisted"] == 1, few["before"] + 1.4, few["before"] - 0.6))
    found = asked(
        tmp_path, capsys, told, estimand="aipw", outcome="score", treatment="assisted", covariates=["before"]
    )
    assert found["estimate"] is not None
    assert found["claim"] == "refused"
    assert "overlap_auc" in found["refusals"]


def test_covariates_that_tell_the_treated_without_fail_are_refused(tmp_path, capsys, few):
    told = few.assign(before=few["assisted"] * 10 + few["before"] / 10)
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    found = asked(tmp_path, capsys, told, estimand="ipw", **spec)
    assert (found["estimate"], found["refusals"]) == (None, ["perfect_separation"])
    without_scores = asked(tmp_path, capsys, told, estimand="regression_adjustment", **spec)
    assert without_scores["claim"] == "refused"


def test_where_groups_overlap_little_the_comparable_stand_beside(tmp_path, capsys, few):
    told = few.assign(before=few["before"] + 0.6 * few["assisted"])
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    found = asked(tmp_path, capsys, told, estimand="aipw", **spec)
    assert "overlap population" in [one["label"] for one in found["parts"]]
    assert "overlap_auc_everybody" in found["refusals"]
    among = asked(tmp_path, capsys, told, estimand="overlap", **spec)
    assert "overlap_auc_everybody" not in {one["name"] for one in among["checks"]}


def test_clusters_strata_and_weights_are_taken_from_the_design(tmp_path, capsys, few):
    frame = few.assign(weight=1 + few["office"] % 3, region=few["office"] // 6)
    spec = {"outcome": "score", "treatment": "assisted", "baseline": "before", "covariates": ["before"]}
    design = {"weight": "weight", "strata": "region", "psu": "office"}
    found = asked(tmp_path, capsys, frame, estimand="overlap", **spec, design=design)
    assert (found["df"], found["clusters"]) == (20, 24)
    assert found["evidence"]["level"] == 3
    assert found["n_eff"] < 240
    assert "balance_key_smd" in {one["name"] for one in found["checks"]}


def test_the_small_sample_form_is_stated(tmp_path, capsys, few):
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    found = asked(tmp_path, capsys, few, estimand="aipw", **spec, options={"small_sample": True})
    assert found["df"] == 236
    assert "small-sample" in found["details"]["errors"]


def test_a_treatment_in_words_names_its_value(tmp_path, capsys, few):
    spec = {"outcome": "score", "treatment": "arm", "covariates": ["before"]}
    frame = few.assign(arm=few["assisted"].map({1: "with", 0: "without"}))
    found = asked(tmp_path, capsys, frame, estimand="ipw", **spec, options={"treated_value": "with"})
    plain = asked(tmp_path, capsys, few, estimand="ipw", **{**spec, "treatment": "assisted"})
    assert found["estimate"] == pytest.approx(plain["estimate"])
    assert found["population"]["target"] == "ATE"
