"""What would overturn a result, asked through the command."""

import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.tests.asking import asked


@pytest.fixture(scope="module")
def lost():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"before": rng.normal(size=400), "assisted": rng.integers(0, 2, 400)})
    score = frame["before"] + frame["assisted"] + rng.normal(size=400)
    return frame.assign(score=score.clip(-4, 4).where(rng.random(400) < 0.7 + 0.2 * frame["assisted"]))


def test_a_robustness_value_of_published_numbers(tmp_path, capsys):
    options = {"estimate": 0.09731582, "se": 0.02325654, "df": 783}
    found = asked(tmp_path, capsys, None, estimand="robustness_value", options=options)
    assert found["estimate"] == pytest.approx(0.138776, abs=1e-6)
    assert found["details"]["robustness_value_alpha"] == pytest.approx(0.076258, abs=1e-6)
    assert found["details"]["partial_r2"] == pytest.approx(0.021873, abs=1e-6)


def test_a_robustness_value_of_rows_with_benchmarks(tmp_path, capsys, lost):
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    found = asked(
        tmp_path, capsys, lost, estimand="robustness_value", **spec, options={"benchmarks": ["before"]}
    )
    assert found["n"] == lost["score"].notna().sum()
    assert [one["label"] for one in found["parts"]] == ["1 x before", "2 x before", "3 x before"]


def test_an_e_value(tmp_path, capsys):
    options = {"measure": "RR", "estimate": 3.9, "low": 1.8, "high": 8.7}
    found = asked(tmp_path, capsys, None, estimand="e_value", options=options)
    assert found["estimate"] == pytest.approx(7.2630, abs=5e-5)
    assert found["details"]["e_value_interval"] == pytest.approx(3.0)


def test_rosenbaums_bounds_of_pairs_and_of_counts(tmp_path, capsys):
    frame = pd.DataFrame({"pair": [1, 1, 2, 2, 3, 3], "arm": [1, 0] * 3, "score": [5, 2, 7, 6, 4, 4.0]})
    spec = {"outcome": "score", "treatment": "arm", "unit": "pair"}
    found = asked(tmp_path, capsys, frame, estimand="rosenbaum_bounds", **spec, options={"gammas": [1, 2]})
    assert found["n"] == 3
    assert found["parts"][0]["label"] == "gamma 1"
    counts = {"test": "mcnemar", "treated_only": 110, "control_only": 12}
    found = asked(tmp_path, capsys, None, estimand="rosenbaum_bounds", options=counts)
    assert 5 < found["estimate"] < 6


def test_bounds_where_some_were_lost(tmp_path, capsys, lost):
    spec = {"outcome": "score", "treatment": "assisted"}
    found = asked(tmp_path, capsys, lost, estimand="lee_bounds", **spec)
    assert found["details"]["lower"] < 1 < found["details"]["upper"]
    assert found["details"]["trimmed"] > 0.1
    options = {"least": -4, "most": 4}
    wider = asked(tmp_path, capsys, lost, estimand="manski_bounds", **spec, options=options)
    assert wider["details"]["lower"] < found["details"]["lower"]


def test_how_much_worse_the_lost_would_have_to_be_doing(tmp_path, capsys, lost):
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    found = asked(tmp_path, capsys, lost, estimand="tipping_point", **spec)
    assert found["details"]["to_nothing"] > found["estimate"] > 0
    assert len(found["details"]["table"]) == 16
    options = {"estimate": 0.1, "se": 0.02, "lost_treated": 0.25}
    told = asked(tmp_path, capsys, None, estimand="tipping_point", options=options)
    assert told["details"]["to_nothing"] == pytest.approx(0.4)


def test_p_values_asked_together(tmp_path, capsys):
    options = {"p_values": [0.001, 0.012, 0.021, 0.04, 0.2]}
    found = asked(tmp_path, capsys, None, estimand="multiplicity", options=options)
    assert found["details"]["adjusted"]["bh"] == pytest.approx([0.005, 0.03, 0.035, 0.05, 0.2])
    assert found["parts"][1]["details"]["holm"] == pytest.approx(0.048)
