"""Of a finding outside: no part and no flow of a few people, and no reason that counts them."""

from homeward.estimators.suppression import OUTSIDE, suppressed
from homeward.reports.people_behind import behind, told_outside

SPEC = {"estimand": "mean", "outcome": "economic", "horizon_months": 12}
SHA = "a" * 64


def a_part(label, n):
    return {"label": label, "n": n, "estimate": 0.5, "ci": [0.4, 0.6], "se": 0.05, "details": {}}


def a_finding(*parts, left=None, n=100, **details):
    steps = [{"name": "asked_about", "left": left or {"refused": 20, "not_answered": 80}}]
    flow = {"entered": n + sum(steps[0]["left"].values()), "steps": steps, "analysed": n, "arms": []}
    sentence = dict.fromkeys(("en", "fr", "ar"), "It holds fewer than 10 people.")
    return {
        "n": n,
        "estimate": 0.5,
        "ci": [0.4, 0.6],
        "parts": list(parts),
        "details": {"flow": flow, **details},
        "sentence": sentence,
        "claim": "allowed",
        "needs": {},
    }


def told(found, spec=SPEC, *others):
    people = behind("finding 1", spec, SHA, found)
    hidden = suppressed([*people.tables, *others], OUTSIDE, seconds=1).hidden
    return told_outside(found, people, lambda table, at: at not in hidden.get(table, {}))


def test_a_part_of_a_few_goes_with_another_that_would_give_it_away():
    found = a_finding(a_part("sex=female", 92), a_part("sex=other", 3), a_part("sex=unknown", 5))
    assert told(found)["parts"] == []
    found = a_finding(a_part("district=A", 58), a_part("district=B", 37), a_part("district=C", 5))
    assert [one["label"] for one in told(found)["parts"]] == ["district=A"]


def test_what_counts_no_people_is_told_and_curves_of_the_same_people_too():
    found = a_finding(a_part("month 6", 100), a_part("month 12", 100), a_part("slope", None))
    assert len(told(found)["parts"]) == 3


def test_a_flow_that_a_few_left_is_not_drawn():
    assert "flow" in told(a_finding())["details"]
    found = told(a_finding(left={"refused": 3, "not_answered": 97}))
    assert "flow" not in found["details"]
    assert found["n"] == 100


def test_a_question_of_one_place_is_held_against_the_same_question_of_all():
    everywhere = behind("finding 2", SPEC, "b" * 64, a_finding())
    here = {**SPEC, "place": "Herat"}
    assert told(a_finding(n=96), here, *everywhere.tables) is None
    assert told(a_finding(n=60), here, *everywhere.tables) is not None


def test_a_refusal_says_why_but_not_what_an_estimator_found():
    refused = {**a_finding(a_part("sex=other", 30), n=60), "claim": "refused"}
    kept = told({**refused, "needs": {"comparison_n": {"at_least": 100}}})
    assert kept["sentence"] == refused["sentence"]
    assert not kept["parts"]
    assert kept["estimate"] is None
    assert told({**refused, "needs": {"found": 3}})["sentence"]["en"] == "This cannot be answered yet."
