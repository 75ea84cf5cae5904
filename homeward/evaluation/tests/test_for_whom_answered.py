"""Gaps, sub-groups and missing answers, asked through the command."""

import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.tests.asking import asked


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(9)
    frame = pd.DataFrame({"sex": rng.choice(["f", "m"], 400), "age": rng.choice(["18-29", "30+"], 400)})
    frame["assisted"] = rng.integers(0, 2, 400)
    frame["before"] = rng.normal(size=400)
    frame["score"] = 0.5 * frame["before"] + 0.6 * frame["assisted"] + rng.normal(size=400)
    return frame


def test_a_gap_to_neighbours(tmp_path, capsys, people):
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["sex", "age"]}
    found = asked(tmp_path, capsys, people, estimand="parity", **spec)
    assert found["kind"] == "parity"
    assert len(found["details"]["cells"]) == 4
    assert found["details"]["crude"] == pytest.approx(found["estimate"] + found["details"]["composition"])


def test_sub_groups_named_beforehand_and_not(tmp_path, capsys, people):
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"], "subgroups": ["sex"]}
    found = asked(tmp_path, capsys, people, estimand="subgroups", **spec, confirmatory=True)
    assert [one["label"] for one in found["parts"]] == ["f", "m"]
    assert found["details"]["adjusted_after"] == "holm"
    unplanned = asked(tmp_path, capsys, people, estimand="subgroups", **spec)
    assert unplanned["details"]["adjusted_after"] == "bh"
    assert "subgroups_unplanned" in {one["name"] for one in unplanned["checks"] if one["state"] == "warn"}


def test_missing_answers_are_filled_in_and_results_put_together(tmp_path, capsys, people):
    frame = people.assign(score=people["score"].where(people["before"] < 0.8))
    spec = {"outcome": "score", "treatment": "assisted", "covariates": ["before"]}
    options = {"times": 5, "rounds": 3, "deltas": [0, 1]}
    found = asked(tmp_path, capsys, frame, estimand="multiple_imputation", **spec, options=options)
    assert found["estimate"] == pytest.approx(0.6, abs=0.35)
    assert found["n"] == 400
    nothing, worse = found["details"]["delta_table"]
    assert nothing["estimate"] == pytest.approx(found["estimate"])
    assert worse["estimate"] < nothing["estimate"]


def test_results_are_put_together_after_rubin_without_rows(tmp_path, capsys):
    options = {
        "estimates": [2.1, 2.5, 1.9, 2.3, 2.2],
        "variances": [0.25, 0.28, 0.22, 0.26, 0.24],
        "df_complete": 48,
    }
    found = asked(tmp_path, capsys, None, estimand="multiple_imputation", options=options)
    assert found["df"] == pytest.approx(27.583924363730)
    assert found["details"]["missing_information"] == pytest.approx(0.246285348077)
