"""Levels, providers, syntheses and agreement asked through the command, as an analyst asks them."""

import numpy as np
import pandas as pd
import pytest

from homeward.config.cli import main
from homeward.estimators.tests.asked import FPC, PSU, STRATA, WEIGHT, X, Y
from homeward.estimators.tests.test_agreement import FOUR, RATED
from homeward.estimators.tests.test_cluster_errors import GROUP, SCORE, THIRD
from homeward.estimators.tests.test_cluster_errors import Y as OUTCOME
from homeward.estimators.tests.test_meta_analysis import (
    EFFECTS,
    ERRORS,
    LATITUDE,
    MILK,
    MILK_OF_R,
    REGION,
    VARIANCES,
)
from homeward.evaluation.tests.asking import asked

DESIGN = {"weight": "w", "strata": "s", "psu": "p", "fpc": "f"}


@pytest.fixture
def twelve():
    return pd.DataFrame({"y": Y, "x": X, "w": WEIGHT, "s": STRATA, "p": PSU, "f": FPC})


@pytest.fixture
def ask(tmp_path, capsys):
    return lambda frame, **spec: asked(tmp_path, capsys, frame, **spec)


def part(found, label):
    return next(one for one in found["parts"] if one["label"] == label)


def test_a_lonely_sampling_unit_is_refused_in_words(ask, twelve):
    twelve["s"] = ["A"] * 6 + ["B"] * 4 + ["C"] * 2
    found = ask(twelve, estimand="mean", outcome="y", design={**DESIGN, "fpc": None})
    assert (found["estimate"], found["claim"], found["refusals"]) == (None, "refused", ["lonely_psu"])
    assert found["needs"]["strata"] == "C"


def test_an_option_that_names_no_column_is_told(tmp_path, capsys, twelve):
    (tmp_path / "rows.csv").write_text(twelve.to_csv())
    (tmp_path / "spec.json").write_text(
        '{"estimand": "ratio", "outcome": "y", "options": {"denominator": "z"}}'
    )
    assert main(["estimate", "--spec", str(tmp_path / "spec.json"), str(tmp_path / "rows.csv")]) == 1
    assert "There is no column z" in capsys.readouterr().err


def test_twelve_people_to_twelve_digits(ask, twelve):
    found = ask(twelve, estimand="mean", outcome="y", by=["x"], design=DESIGN)
    assert found["estimate"] == pytest.approx(0.614111111111, abs=1e-12)
    assert found["se"] == pytest.approx(0.010099998308, abs=1e-12)
    assert found["ci"] == pytest.approx([0.586069020246, 0.642153201976], abs=1e-12)
    assert (found["df"], found["n"], found["clusters"]) == (4, 12, 6)
    one = part(found, "x=1")
    assert (one["estimate"], one["se"]) == pytest.approx((0.659122807018, 0.023207206386), abs=1e-12)
    whole = ask(twelve, estimand="total", outcome="y", design=DESIGN)
    assert (whole["estimate"], whole["se"]) == pytest.approx((110.54, 11.5563765948), rel=1e-11)
    share = ask(twelve, estimand="proportion", outcome="x", design=DESIGN)
    assert share["ci"] == pytest.approx([0.242667691501, 0.923403296099], rel=1e-11)
    ratio = ask(twelve, estimand="ratio", outcome="y", design=DESIGN, options={"denominator": "x"})
    assert ratio["se"] == pytest.approx(0.20086372263, rel=1e-11)
    median = ask(twelve, estimand="quantile", outcome="y", design=DESIGN, options={"quantiles": [0.5, 0.25]})
    assert (median["estimate"], median["ci"]) == (0.62, [0.55, 0.74])
    assert part(median, "quantile=0.25")["estimate"] == 0.55


def test_whoever_did_not_answer_keeps_their_place_in_the_design(ask, twelve):
    missing = twelve.assign(y=twelve["y"].where(twelve["x"] == 1))
    found = ask(missing, estimand="mean", outcome="y", design=DESIGN)
    asked_for = ask(twelve, estimand="mean", outcome="y", design=DESIGN, options={"domain": "x"})
    assert found["se"] == asked_for["se"] == pytest.approx(0.023207206386, abs=1e-12)
    assert (found["n"], found["df"]) == (7, 4)


def test_two_stages_and_shares_drawn(ask, twelve):
    twelve = twelve.assign(q=range(12), f2=np.repeat([5, 8, 4, 6, 7, 9], 2))
    two = {**DESIGN, "weight": None}
    found = ask(
        twelve,
        estimand="mean",
        outcome="y",
        design=two,
        options={"second_psu": "q", "second_fpc": "f2"},
    )
    assert found["se"] == pytest.approx(0.0160897144689, rel=1e-11)


def test_a_calibrated_mean_meets_the_register(ask):
    draws = np.random.default_rng(1)
    sex, age = draws.choice(["f", "m"], 3000, p=[0.3, 0.7]), draws.integers(18, 60, 3000).astype(float)
    score = 0.3 + 0.2 * (sex == "f") + 0.004 * age + draws.normal(0, 0.1, 3000)
    answered = draws.random(3000) < 1 / (1 + np.exp(-(age - 32) / 10))
    frame = pd.DataFrame({"sex": sex, "age": age, "w": 10.0, "score": np.where(answered, score, np.nan)})
    spec = {
        "estimand": "calibrated_mean",
        "outcome": "score",
        "covariates": ["age"],
        "design": {"weight": "w"},
        "options": {"margins": {"sex": {"f": 9000, "m": 21000}}, "totals": {"age": float(10 * age.sum())}},
    }
    found = ask(frame, **spec)
    plain = ask(frame, estimand="mean", outcome="score", design={"weight": "w"})
    truth = 0.3 + 0.2 * 0.3 + 0.004 * age.mean()
    assert abs(found["estimate"] - truth) < 0.008 < abs(plain["estimate"] - truth)
    assert found["details"]["sum_of_weights"] == pytest.approx(30000)
    assert found["details"]["kish_response"] > 1
    assert "response_at_random" in found["assumptions"]
    raked = ask(frame, **{**spec, "options": {**spec["options"], "distance": "raking", "trim": 4}})
    assert raked["details"]["sum_of_weights"] == pytest.approx(30000)
    weights = ask(frame, estimand="response_weights", outcome="score", covariates=["age"])
    assert len(weights["details"]["weights"]) == 3000
    assert 0 < weights["details"]["r_indicator"] < 1
    assert ask(frame, estimand="r_indicator", outcome="score", covariates=["age"])[
        "estimate"
    ] == pytest.approx(weights["details"]["r_indicator"])


def test_following_up_some_of_those_missed(ask):
    frame = pd.DataFrame(
        {"y": [0.6, 0.7, 0.8, 0.7, 0.3, 0.4, None, None, None, None], "late": [0] * 4 + [1, 1] + [0] * 4}
    )
    found = ask(frame, estimand="double_sampling", outcome="y", options={"followed_up": "late"})
    assert found["estimate"] == pytest.approx(0.4 * 0.7 + 0.6 * 0.35)
    assert found["details"]["weight_of_followed_up"] == 3


def test_partners_side_by_side_have_tiers_and_intervals_of_ranks(ask):
    draws = np.random.default_rng(3)
    unit = np.repeat([f"P{one:02}" for one in range(10)], 40)
    before = draws.normal(0.4, 0.15, 400)
    lift = np.repeat([0.15, *[0.0] * 8, -0.15], 40)
    frame = pd.DataFrame({"unit": unit, "b": before})
    frame["y"] = 0.3 + 0.6 * before + lift + draws.normal(0, 0.1, 400)
    spec = {"outcome": "y", "baseline": "b", "unit": "unit"}
    found = ask(frame, estimand="providers", **spec)
    assert part(found, "P00")["details"]["tier"] == "above"
    assert part(found, "P09")["details"]["tier"] == "below"
    assert part(found, "P00")["details"]["rank_interval"][0] == 1
    assert found["claim"] == "allowed"
    assert "1 stand above" in found["sentence"]["en"]
    own = ask(frame, estimand="adjusted", **spec, options={"unit": "P00"})
    assert own["estimate"] == pytest.approx(part(found, "P00")["details"]["own"])
    assert own["details"]["slope"] == pytest.approx(0.6, abs=0.1)
    rows = pd.DataFrame({"name": list("abc"), "d": [1.0, 2.0, 4.0], "e": [1.0, 1.0, 1.0]})
    few = ask(rows, estimand="providers", outcome="d", unit="name", options={"se": "e"})
    assert few["claim"] == "refused"


def test_small_places_and_funnels_and_lots(ask):
    region = [f"r{one}" for one in REGION]
    frame = pd.DataFrame({"area": range(43), "y": MILK, "se": ERRORS, "region": region})
    found = ask(
        frame,
        estimand="fay_herriot",
        outcome="y",
        unit="area",
        covariates=["region"],
        options={"se": "se"},
    )
    assert [one["estimate"] for one in found["parts"][:4]] == pytest.approx(MILK_OF_R["REML"][0], abs=2e-6)
    funnel = ask(frame, estimand="funnel", outcome="y", unit="area", options={"se": "se"})
    assert funnel["details"]["tau2"] > 0
    rule = ask(None, estimand="lqas", options={"n": 19, "upper": 0.8, "lower": 0.5, "served": 12})
    assert (rule["estimate"], rule["details"]["accepts"]) == (13, False)
    sites = pd.DataFrame({"site": ["a"] * 19 + ["b"] * 19, "ok": [1] * 14 + [0] * 5 + [1] * 9 + [0] * 10})
    decided = ask(sites, estimand="lqas", outcome="ok", unit="site")
    assert [one["details"]["accepts"] for one in decided["parts"]] == [True, False]


def test_trials_drawn_together(ask):
    frame = pd.DataFrame({"effect": EFFECTS, "v": VARIANCES, "latitude": LATITUDE})
    found = ask(frame, estimand="meta_analysis", outcome="effect", options={"variance": "v"})
    assert (found["estimate"], found["se"]) == pytest.approx((-0.7145323, 0.1807917), abs=1e-6)
    assert found["details"]["prediction_interval"] == pytest.approx([-1.9960, 0.5670], abs=1e-4)
    plain = {"variance": "v", "method": "DL", "errors": "normal"}
    assert ask(frame, estimand="meta_analysis", outcome="effect", options=plain)["se"] == pytest.approx(
        0.178742089535
    )
    moderated = ask(
        frame,
        estimand="meta_analysis",
        outcome="effect",
        covariates=["latitude"],
        options={"variance": "v", "method": "DL"},
    )
    assert part(moderated, "coefficient:latitude")["estimate"] == pytest.approx(-0.0292287387552)


def test_a_regression_with_errors_by_cluster(ask):
    frame = pd.DataFrame({"y": OUTCOME, "x": SCORE, "t": THIRD, "g": GROUP})
    found = ask(frame, estimand="regression", outcome="y", covariates=["x", "t"], cluster="g")
    assert (found["se"], found["df"]) == pytest.approx((0.0464038825865, 6.06002758512), rel=1e-8)
    assert found["clusters"] == 8
    apart = ask(
        frame,
        estimand="regression",
        outcome="y",
        covariates=["x", "t"],
        cluster="g",
        options={"contrast": {"x": 1, "t": -1}},
    )
    assert (apart["se"], apart["df"]) == pytest.approx((0.37298659, 2.127938), rel=1e-6)


def test_judges_and_items(ask):
    four = pd.DataFrame(FOUR, columns=list("abcd"))
    found = ask(four, estimand="agreement", options={"judges": list("abcd"), "coefficient": "ac1"})
    assert (found["estimate"], found["se"]) == pytest.approx((0.77544, 0.14295), abs=5e-6)
    rated = pd.DataFrame(RATED, columns=list("abcd"))
    icc = ask(rated, estimand="agreement", options={"judges": list("abcd"), "coefficient": "icc"})
    assert icc["estimate"] == pytest.approx(0.29, abs=5e-3)
    items = ask(rated, estimand="reliability", options={"items": list("abcd")})
    assert items["estimate"] == pytest.approx(0.909315542377)
    long = pd.DataFrame({"y": [1, 2, 3, 4, 5, 6], "g": list("aabbcc")})
    alike = ask(long, estimand="reliability", outcome="y", cluster="g")
    assert alike["estimate"] == pytest.approx(7.5 / 8.5)
