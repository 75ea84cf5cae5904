"""Which rows and columns a file has, and what its gaps say."""

import pandas as pd
import pytest

from homeward.exchange.analysts.problems import NoSuchColumn, RoundsAlike
from homeward.exchange.analysts.risk import risk_of
from homeward.exchange.analysts.rules import AnalystAudience, AnalystUnit, Missing
from homeward.exchange.analysts.staging import PERSON, as_table, stage
from homeward.exchange.analysts.tables import gap_of
from homeward.exchange.analysts.tests.made_up import written
from homeward.exchange.analysts.variables import chosen, keys_of, names_for, sensitive_of
from homeward.exchange.demonstration.truth import simulate

CASE, ROUND = AnalystUnit
OUTSIDE = AnalystAudience.OUTSIDE
SAFE = ("sex", "composite", "is_assisted")


@pytest.fixture
def frames():
    return dict(simulate(2, cases=400).frames)


def laid(frames, tmp_path, unit=CASE, wanted=(), **given):
    staged = stage(written(tmp_path / "frames", frames), unit, wanted, tmp_path / "laid", **given)
    return staged, pd.concat([one.to_pandas() for one in staged.batches()])


def test_a_row_for_each_case_has_the_scores_of_every_round_beside_each_other(frames, tmp_path):
    staged, rows = laid(frames, tmp_path, wanted=("sex", "composite", "paid_eur"))
    assert [one.name for one in staged.columns] == [
        "case_id",
        "sex",
        "paid_eur",
        "composite_at_baseline",
        "composite_at_six_months",
        "composite_at_twelve_months",
        "composite_at_eighteen_months",
    ]
    assert len(rows) == staged.rows == 400
    scores = frames["scores"].set_index(["case_id", "round"])["composite"]
    for case in rows.itertuples():
        assert same(case.composite_at_six_months, scores.get((case.case_id, "six_months")))
    paid = frames["costs"].groupby("case_id")["amount_eur"].sum()
    assert all(row.paid_eur == pytest.approx(paid.get(row.case_id, 0)) for row in rows.itertuples())


def same(found, kept):
    return (pd.isna(found) and (kept is None or pd.isna(kept))) or found == kept


def test_a_row_for_each_round_holds_who_was_not_reached_too(frames, tmp_path):
    staged, rows = laid(frames, tmp_path, ROUND, ("round", "state", "composite"))
    assert staged.rows == len(frames["visits"])
    not_made = rows[rows["state"] != "done"]
    assert len(not_made) > 0
    assert not_made["composite"].isna().all()
    assert set(not_made[gap_of("composite")]) == {Missing.NOT_REACHED}


def test_four_kinds_of_missing_are_told_apart(frames, tmp_path):
    cases = frames["cases"].astype({"is_assisted": object})
    cases.loc[0, "district"] = None
    cases.loc[1, "is_assisted"] = None
    cases.loc[2, "group"] = None
    cases.loc[3, ["departed_month", "arrived_month"]] = None
    cases.loc[4, ["departed_month", "arrived_month", "stage", "closure"]] = (
        None,
        None,
        "closed",
        "withdrawn",
    )
    staged, rows = laid(frames | {"cases": cases}, tmp_path)
    rows = rows.set_index("case_id", drop=False).loc[cases["case_id"]]
    gap = {
        name: rows[gap_of(name)].tolist()
        for name in ("district", "paid_eur", "group", "arrived_month", "closure")
    }
    assert gap["district"][0] == Missing.UNKNOWN
    assert (gap["paid_eur"][1], gap["group"][2]) == (Missing.NOT_SHOWN, Missing.NOT_SHOWN)
    assert (gap["arrived_month"][3], gap["arrived_month"][4]) == (Missing.NOT_REACHED, Missing.NOT_APPLICABLE)
    assert (gap["closure"][0], gap["closure"][4]) == (Missing.NOT_APPLICABLE, 0)
    for one in staged.columns:
        assert (rows[one.name].isna() == (rows[gap_of(one.name)] > 0)).all(), one.name


def test_frames_that_are_divided_give_the_same_rows(frames, tmp_path):
    whole, rows = laid(frames, tmp_path / "whole")
    parts = written(tmp_path / "parts", {name: frame for name, frame in frames.items() if name == "persons"})
    halves = [
        written(tmp_path / f"half-{half}", {
            name: frame[(frame["case_id"] < f"{200:026x}") == (half == 0)]
            for name, frame in frames.items()
            if name != "persons"
        })
        for half in (0, 1)
    ]  # fmt: skip
    parts |= {name: (halves[0][name][0], halves[1][name][0]) for name in halves[0]}
    again = stage(parts, CASE, (), tmp_path / "laid")
    assert len(again.files) == 2
    pd.testing.assert_frame_equal(
        pd.concat([one.to_pandas() for one in again.batches()]).reset_index(drop=True),
        rows.reset_index(drop=True),
    )
    assert whole.rows == again.rows


def test_every_code_that_stands_in_the_rows_has_a_number(frames, tmp_path):
    cases = frames["cases"].copy()
    cases.loc[0, "return_basis"] = "by_sea"
    staged, _ = laid(frames | {"cases": cases}, tmp_path)
    table = as_table(staged, name="x", title="x", words="x", about=())
    (basis,) = [one for one in table.variables if one.name == "return_basis"]
    assert basis.codes == ("voluntary", "forced", "humanitarian", "unknown", "by_sea")


def test_an_unknown_column_is_named_with_the_nearest():
    with pytest.raises(NoSuchColumn, match="nationality"):
        chosen(CASE, ["nationalty"], ())


def test_what_tells_too_much_is_in_no_file_for_outside():
    for unit in AnalystUnit:
        left_out = set(names_for(unit)) - set(names_for(unit, OUTSIDE))
        assert left_out >= {"person_id", "sealed_group", "closed_month", "remigrated_month"}
        with pytest.raises(NoSuchColumn):
            chosen(unit, ["sealed_group"], (), OUTSIDE)


def test_two_files_for_outside_cannot_be_joined_by_case_or_place(frames, tmp_path):
    inside, rows = laid(frames, tmp_path / "a", wanted=SAFE)
    one, first = laid(frames, tmp_path / "b", wanted=SAFE, audience=OUTSIDE)
    _, second = laid(frames, tmp_path / "c", wanted=SAFE, audience=OUTSIDE)
    for known in ("case_id", PERSON):
        assert not set(first[known]) & (set(second[known]) | set(rows[known]))
    assert first["case_id"].is_monotonic_increasing
    assert first["case_id"].is_unique
    assert sorted(first["composite_at_baseline"].dropna()) == sorted(second["composite_at_baseline"].dropna())
    assert first["composite_at_baseline"].tolist() != second["composite_at_baseline"].tolist()


def test_risk_counts_combinations_of_what_others_know(frames, tmp_path):
    staged, _ = laid(frames, tmp_path / "a", wanted=SAFE, audience=OUTSIDE)
    keys = keys_of(staged.columns, ["is_assisted"])
    assert keys == ("sex", "is_assisted")
    risk = risk_of(staged, keys, sensitive_of(staged.columns))
    assert risk.is_safe
    assert risk.k == frames["cases"].groupby(["sex", "is_assisted"]).size().min()
    every = stage(written(tmp_path / "f", frames), CASE, (), tmp_path / "d", audience=OUTSIDE)
    found = risk_of(every, keys_of(every.columns, ()), sensitive_of(every.columns))
    assert not found.is_safe
    assert found.k < 5
    assert found.too_few_alike > 0


def test_what_all_answer_alike_is_told_of_everybody_and_does_not_leave(frames, tmp_path):
    staged, _ = laid(frames, tmp_path, wanted=("sex", "group"), audience=OUTSIDE)
    risk = risk_of(staged, ["sex"], ["group"])
    assert (risk.l, risk.is_safe) == (
        frames["cases"]["group"].nunique(),
        frames["cases"]["group"].nunique() > 1,
    )


def test_a_score_is_declared_for_all_rounds_and_counted(frames, tmp_path):
    staged, _ = laid(frames, tmp_path, wanted=("sex", "composite"), audience=OUTSIDE)
    keys = keys_of(staged.columns, ["composite"])
    assert keys == ("sex", *(one.name for one in staged.columns if one.group == "composite"))
    assert not risk_of(staged, keys, ()).is_safe


def test_where_a_case_stands_is_nobody_elses_to_know():
    assert set(sensitive_of(chosen(CASE, ("stage", "closure", "group", "sex"), ()))) == {
        "group",
        "closure",
        "stage",
    }


def test_rows_of_one_case_count_once(frames, tmp_path):
    staged, _ = laid(frames, tmp_path, ROUND, ("sex", "round", "composite"), audience=OUTSIDE)
    risk = risk_of(staged, ["sex"], [])
    assert risk.people == frames["visits"]["case_id"].nunique()


def test_somebody_with_many_cases_is_one_person(frames, tmp_path):
    cases = frames["cases"].copy()
    women = cases["sex"] == "female"
    cases.loc[women, "person_id"] = cases.loc[women, "person_id"].iloc[0]
    staged, _ = laid(frames | {"cases": cases}, tmp_path, wanted=("sex",), audience=OUTSIDE)
    risk = risk_of(staged, ["sex"], [])
    assert (risk.k, risk.is_safe) == (1, False)


def test_a_round_may_be_called_as_it_is(frames, tmp_path):
    named = {
        name: frames[name].replace({"round": {"six_months": "visit_at_home"}})
        for name in ("visits", "scores")
    }
    staged, rows = laid(frames | named, tmp_path, wanted=("composite",))
    assert "composite_at_visit_at_home" in [one.name for one in staged.columns]
    assert rows["composite_at_visit_at_home"].notna().any()


@pytest.mark.parametrize("other", ["6_months", "6-Months"])
def test_two_rounds_never_share_a_column(other):
    rounds = ("6-months", other, "6-months")
    with pytest.raises(RoundsAlike, match=other):
        chosen(CASE, ["composite"], rounds)
    assert [one.name for one in chosen(CASE, ["sex"], rounds)] == ["case_id", "sex"]
    assert chosen(ROUND, ["composite"], rounds)[-1].name == "composite"
