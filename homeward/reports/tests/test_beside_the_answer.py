"""What stands beside an answer: the flow, the context, what was paid, what would overturn it, checklists."""

import numpy as np
import pandas as pd
import pytest

from homeward.evaluation.answering import finding_of
from homeward.evaluation.asking import Asked, Side, spec_of
from homeward.evaluation.cards import card_of
from homeward.evaluation.checklists import HANDS, checklists_of, lists_for
from homeward.evaluation.checklists import Asked as Filling
from homeward.evaluation.companions import companions_of, sides_of
from homeward.evaluation.framing import gathered
from homeward.evaluation.specs import as_given
from homeward.evaluation.tests.framed import ARRIVED, AS_OF, frames
from homeward.evaluation.writing import as_json
from homeward.reports.figures.drawing import draw
from homeward.reports.figures.kinds import ParticipantFlow, Profile, Stages
from homeward.reports.figures.of_findings import figures_of

LANGUAGES = ("en", "fr", "ar")
PEOPLE = 620


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Cases and scores, with what was paid and why some were not reached."""
    place = tmp_path_factory.mktemp("frames")
    made, rng = frames(place, n=PEOPLE), np.random.default_rng(1)
    ids = [f"case{number:022d}" for number in range(PEOPLE)]
    paid = np.where(np.arange(PEOPLE) == 5, np.nan, rng.normal(1800, 300, PEOPLE))
    when = {"month": ARRIVED, "currency": "EUR", "amount": 1800.0}
    pd.DataFrame({"case_id": ids, "amount_eur": paid, **when}).to_parquet(place / "costs.parquet")
    why = rng.choice(["refused", "no_answer", "left_country"], PEOPLE)
    visits = {"case_id": ids, "months": 12, "state": "missed", "disposition": why}
    pd.DataFrame(visits).to_parquet(place / "visits.parquet")
    paths(ids).to_parquet(place / "stages.parquet")
    return {**made, **{name: (place / f"{name}.parquet",) for name in ("visits", "stages")}}


def paths(ids):
    """All arrive, all but 3 plan; of those 12 close, and of those 8 begin to plan again."""
    ways = [
        ("arrived", "planning", 14, ids[3:]),
        ("planning", "closed", 100, ids[3:15]),
        ("closed", "planning", 7, ids[3:11]),
        ("planning", None, np.nan, [*ids[3:11], *ids[15:]]),
        ("closed", None, np.nan, ids[11:15]),
        ("arrived", None, np.nan, ids[:3]),
    ]
    made = [
        pd.DataFrame({"case_id": who, "stage": stage, "next_stage": onward, "days": days})
        for stage, onward, days, who in ways
    ]
    return pd.concat(made)


def answered(files, asked):
    spec = spec_of(asked, Side.ECONOMIC, 12, sesoi=0.05, place="XM")
    people = gathered(files, spec, AS_OF)
    found = as_json(finding_of(people.rows, spec, "a" * 64))
    return spec, {**found, "details": {**found["details"], **companions_of(files, people, spec, found)}}


@pytest.fixture(scope="module")
def difference(files):
    return answered(files, Asked.DIFFERENCE)


def test_the_flow_adds_up_to_the_people_of_the_finding(difference):
    _spec, found = difference
    flow = figures_of(found)[0]
    assert isinstance(flow, ParticipantFlow)
    assert flow.entered == PEOPLE
    assert flow.analysed == found["n"] == sum(n for _name, n in flow.arms)
    assert {"refused", "unreachable", "moved_on"} == set(dict(flow.steps)["asked_about"])


def test_the_path_of_cases_is_told_in_tens(files):
    _spec, found = answered(files, Asked.LEVEL)
    (path,) = [one for one in figures_of(found) if isinstance(one, Stages)]
    assert path.order == ("arrived", "planning", "closed")
    assert {(one.origin, one.destination): one.people for one in path.passages} == {
        ("arrived", "planning"): 610,
        ("planning", "closed"): 10,
    }
    assert (path.came("arrived"), path.came("planning"), path.source.n) == (620, 610, None)
    assert path.passages[0].median_days == 14


def test_extracts_from_before_next_stages_have_no_path(files, tmp_path):
    pd.read_parquet(files["stages"][0]).drop(columns=["next_stage"]).to_parquet(tmp_path / "stages.parquet")
    _spec, found = answered({**files, "stages": (tmp_path / "stages.parquet",)}, Asked.LEVEL)
    assert found["details"]["stages"] is None


def test_three_sides_are_those_of_the_same_people_at_the_start_and_then(files):
    _spec, found = answered(files, Asked.LEVEL)
    (sides,) = [one for one in figures_of(found) if isinstance(one, Profile)]
    assert sides.n == sides.source.n == found["n"]
    before, after = sides.lines
    assert before.economic.low < before.economic.value < after.economic.low


def test_nothing_is_told_of_the_few_who_have_no_starting_point(files):
    spec, found = answered(files, Asked.LEVEL)
    rows = gathered(files, spec, AS_OF).rows
    some = rows[rows["economic"].notna()].index[:4]
    rows.loc[some, "baseline_social"] = np.nan
    assert sides_of(rows, found) is None


def test_without_visits_nobody_says_why(files):
    _spec, found = answered({name: files[name] for name in ("cases", "scores")}, Asked.LEVEL)
    assert set(found["details"]["flow"]["steps"][1]["left"]) == {"not_answered"}
    assert found["details"]["spent"] is None


def test_who_was_paid_in_what_is_not_counted_is_left_out_and_said(difference):
    spent = difference[1]["details"]["spent"]
    assert spent["n"] == PEOPLE - 1
    assert spent["uncounted"] == 1
    assert 1700 < spent["per_person"] < 1900


def test_a_suppressed_finding_has_no_figures(difference):
    assert figures_of({**difference[1], "suppressed": True}) == ()
    assert figures_of({}) == ()


@pytest.mark.parametrize("asked", list(Asked))
def test_every_question_has_figures_in_every_language(files, asked):
    found = answered(files, asked)[1]
    figures = figures_of(found, period="2024-01 – 2024-12")
    assert figures
    for language in LANGUAGES:
        assert all(draw(one, language=language).svg for one in figures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_what_moved_what_was_paid_and_what_would_overturn_it(difference, language):
    spec, found = difference
    card = card_of({**found, "claim": "allowed", "ci": [0.05, 0.1]}, as_given(spec), language)
    assert len(card.overturn) >= 2
    assert not any("{" in one for one in (*card.overturn, card.context, card.cost))
    assert "EUR" in card.cost
    open_claim = card_of({**found, "claim": "allowed", "ci": [-0.1, 0.1]}, as_given(spec), language)
    assert len(open_claim.overturn) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["effect", "cost", "level"])
def test_checklists_are_filled_in_as_far_as_they_go(difference, language, kind):
    spec, found = difference
    asked = Filling("Do they fare otherwise?", as_given(spec), "b" * 64, {**found, "kind": kind}, language)
    lists = checklists_of(asked)
    assert tuple(one.name for one in lists) == lists_for(kind)
    for one in lists:
        assert len(one.items) == {"STROBE": 22, "TREND": 22, "CHEERS 2022": 28}[one.name]
        assert 5 < one.answered < len(one.items)  # what is meant and who paid is for people to write
        assert all(item.asks and "{" not in item.answer for item in one.items)


def test_a_suppressed_finding_fills_no_number_into_a_checklist(difference):
    spec, found = difference
    shown = {"kind": "effect", "suppressed": True, "inputs_sha256": found["inputs_sha256"]}
    strobe = checklists_of(Filling("Asked", as_given(spec), "b" * 64, shown, "en"))[0]
    said = " ".join(one.answer for one in strobe.items)
    assert str(found["n"]) not in said
    assert set(HANDS)
