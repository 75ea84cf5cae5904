import json

import pandas as pd
import pytest

from homeward.config.cli import main
from homeward.evaluation.tests.asking import asked


@pytest.fixture
def rows():
    return pd.DataFrame({"score": [0.2, 0.4, 0.6, 0.8] * 10, "weight": [1.0] * 40})


def refused(tmp_path, capsys, spec, rows):
    written = tmp_path / "spec.json"
    written.write_text(json.dumps(spec))
    rows.to_csv(tmp_path / "rows.csv", index=False)
    assert main(["estimate", "--spec", str(written), str(tmp_path / "rows.csv")]) == 1
    return capsys.readouterr().err


def test_an_unknown_estimand_is_named_with_the_nearest(tmp_path, capsys, rows):
    assert "Is mean meant?" in refused(tmp_path, capsys, {"estimand": "meen", "outcome": "score"}, rows)


def test_an_unknown_field_is_named_with_the_nearest(tmp_path, capsys, rows):
    said = refused(tmp_path, capsys, {"estimand": "mean", "outcom": "score"}, rows)
    assert "outcom" in said
    assert "Is outcome meant?" in said


def test_an_unknown_column_is_named_with_the_nearest(tmp_path, capsys, rows):
    assert "Is score meant?" in refused(tmp_path, capsys, {"estimand": "mean", "outcome": "scor"}, rows)


def test_a_field_that_is_needed_is_named(tmp_path, capsys, rows):
    assert "outcome" in refused(tmp_path, capsys, {"estimand": "mean"}, rows)


def test_an_unknown_guardrail_is_named(tmp_path, capsys, rows):
    spec = {"estimand": "mean", "outcome": "score", "guardrails": {"level_neff": 3}}
    assert "Is level_n_eff meant?" in refused(tmp_path, capsys, spec, rows)


def test_the_finding_is_printed_with_its_hashes(tmp_path, capsys, rows):
    found = asked(tmp_path, capsys, rows, estimand="mean", outcome="score")
    assert found["estimate"] == pytest.approx(0.5)
    assert found["claim"] == "allowed"
    assert len(found["inputs_sha256"]) == len(found["spec_sha256"]) == 64
    assert set(found["sentence"]) == {"en", "fr", "ar"}


def test_numbers_are_printed_even_where_nothing_may_be_claimed(tmp_path, capsys, rows):
    found = asked(tmp_path, capsys, rows.head(12), estimand="mean", outcome="score")
    assert found["estimate"] is not None
    assert found["claim"] == "refused"
    assert found["needs"] == {"level_n_eff": {"at_least": 15}}


def test_an_override_of_a_guardrail_is_listed_in_the_finding(tmp_path, capsys, rows):
    spec = {"estimand": "mean", "outcome": "score", "guardrails": {"level_n_eff": 5}}
    found = asked(tmp_path, capsys, rows.head(12), **spec)
    assert found["claim"] == "allowed"
    assert found["overrides"] == ["level_n_eff"]


def test_what_can_be_asked_is_described(capsys):
    assert main(["estimate", "--describe", "mean"]) == 0
    assert "outcome" in capsys.readouterr().out
