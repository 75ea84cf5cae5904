"""Measures over frames made by hand: every expected number can be counted on fingers."""

import pytest

from homeward.extracts.engine import connection
from homeward.indicators.catalogue import catalogue
from homeward.indicators.computing import known_frames, made_on, measured, values_of_all, values_of_one
from homeward.indicators.declared import MEASURES
from homeward.indicators.measures import FUNCTIONS
from homeward.indicators.measures.tables import Tables
from homeward.indicators.rules import Definition, Dimension, Frequency
from homeward.indicators.tests.framed import case, month, written

WORDS = {"en": "x", "fr": "x", "ar": "x"}
ID = "{:026}".format


def asked(measure, **given):
    """The definition of a measure with these parameters."""
    return Definition("X-1", WORDS, WORDS, WORDS, measure, given, frequency=Frequency.YEARLY)


@pytest.fixture
def reckon(tmp_path):
    def reckoned(measure, rows, **given):
        frames = written(tmp_path, **rows)
        tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
        found = measured(asked(measure, **given), tables)
        return {tuple(one[str(name)] for name in (*Dimension, "period")): one for one in found}

    return reckoned


def total(found, period=""):
    one = found[(*[""] * 6, period)]
    return one["n"], one["value"], one["coverage"]


def test_every_declared_measure_has_its_function():
    assert set(FUNCTIONS) == set(MEASURES)


@pytest.mark.thorough
def test_the_catalogue_reckons_without_a_single_row(tmp_path):
    made = list(values_of_all(catalogue("avrr_core").definitions, written(tmp_path)))
    assert [(values, trouble) for _code, values, trouble in made] == [([], "")] * len(made)


def test_a_missing_answer_is_never_nought(reckon):
    arrived = {"arrived_month": month("2025-01")}
    cases = [case(number, **arrived) for number in range(4)]
    visits = [
        {
            "case_id": ID(number),
            "visit_id": ID(number),
            "months": 12,
            "state": "done",
            "due_month": month("2026-01"),
        }
        for number in range(4)
    ]
    scores = [
        {"case_id": ID(0), "visit_id": ID(0), "months": 12, "economic": 0.2},
        {"case_id": ID(1), "visit_id": ID(1), "months": 11, "economic": 0.6},
        {"case_id": ID(2), "visit_id": ID(2), "months": 12, "economic": None},
    ]
    rows = {"cases": cases, "visits": visits, "scores": scores}
    found = reckon("score_at", rows, side="economic", months=12)
    assert total(found) == (2, pytest.approx(0.4), 0.5)
    assert total(found, "2025") == (2, pytest.approx(0.4), 0.5)
    assert total(reckon("score_above", rows, side="economic", months=12, bound=0.5)) == (2, 0.5, 0.5)
    assert total(reckon("score_gain", rows, side="economic", months=12)) == (0, None, 0)


def test_one_side_that_is_missing_leaves_nothing_to_say(reckon):
    cases = [case(number, arrived_month=month("2025-01")) for number in range(3)]
    side = {"months": 12, "social": 0.9, "psychosocial": 0.9}
    scores = [
        {"case_id": ID(0), "economic": 0.6, **side},
        {"case_id": ID(1), "economic": 0.1, **side},
        {"case_id": ID(2), "economic": 0.1, **side, "social": None},
    ]
    found = reckon("all_sides_above", {"cases": cases, "scores": scores}, months=12, bound=0.5)
    assert total(found) == (2, 0.5, pytest.approx(2 / 3))


def test_only_who_could_have_a_plan_by_now_is_asked_about(reckon):
    cases = [
        case(0, arrived_month=month("2026-03")),
        case(1, arrived_month=month("2026-03")),
        case(2, arrived_month=month("2026-11")),  # the extract is of November
        case(3),
    ]
    plans = [
        {"case_id": ID(0), "version": 1, "agreed_month": month("2026-04")},
        {"case_id": ID(1), "version": 1, "agreed_month": month("2026-07")},
        {"case_id": ID(2), "version": 1, "agreed_month": month("2026-11")},
    ]
    found = reckon("plan_agreed_within", {"cases": cases, "plans": plans}, months=1)
    assert total(found) == (2, 0.5, 1)


def test_margins_and_periods_add_up_and_the_full_cross_is_not_made(reckon):
    cases = [
        case(number, arrived_month=month("2025-06" if number < 3 else "2026-01"), sex=sex, return_basis=basis)
        for number, (sex, basis) in enumerate(
            [("female", "forced"), ("male", "voluntary"), ("male", "forced"), ("male", "unknown")]
        )
    ]
    found = reckon("forced_returns", {"cases": cases})
    assert total(found) == (3, pytest.approx(2 / 3), 0.75)
    by_sex = {place[3]: one["n"] for place, one in found.items() if place.count("") == 6 and place[3]}
    assert by_sex == {"female": 1, "male": 2}
    assert total(found, "2026") == (0, None, 0)
    assert max(7 - place.count("") for place in found) == 3  # country, sex and period


def test_a_case_in_two_periods_is_one_case_over_all_of_them(reckon):
    cases = [case(0), case(1)]
    sent = [(0, "2025-02", 3), (0, "2026-02", 31), (1, "2026-02", None)]
    referrals = [
        {
            "case_id": ID(who),
            "sent_month": month(when),
            "reply_days": days,
            "answer": "accepted" if days else "sent",
        }
        for who, when, days in sent
    ]
    found = reckon("referrals_answered_within", {"cases": cases, "referrals": referrals}, days=14)
    assert total(found) == (2, pytest.approx(1 / 3), 1)
    assert total(found, "2025") == (1, 1, 1)
    assert total(found, "2026") == (2, 0, 1)
    days = reckon("referrals_reply_days", {"cases": cases, "referrals": referrals})
    assert total(days) == (1, 17, 1)  # the mean of 3 and 31


def test_places_and_providers_are_counted_once_each(reckon):
    cases = [case(0), case(1)]
    referrals = [
        {"case_id": ID(0), "sent_month": month("2026-01"), "answer": "completed", "provider": "Clinic"},
        {"case_id": ID(0), "sent_month": month("2026-01"), "answer": "started", "provider": "School"},
        {"case_id": ID(1), "sent_month": month("2026-02"), "answer": "accepted", "provider": "Clinic"},
        {"case_id": ID(1), "sent_month": month("2026-02"), "answer": "declined", "provider": "Bank"},
    ]
    assert total(reckon("providers_taking", {"cases": cases, "referrals": referrals})) == (2, 2, 1)


def test_money_of_unknown_worth_is_not_nought(reckon):
    cases = [case(0, applied_month=month("2025-01")), case(1, applied_month=month("2025-01")), case(2)]
    costs = [
        {"case_id": ID(0), "amount_eur": 100.0},
        {"case_id": ID(0), "amount_eur": -40.0},
        {"case_id": ID(1), "amount_eur": 500.0},
        {"case_id": ID(1), "amount_eur": None},
    ]
    assert total(reckon("cost_per_case", {"cases": cases, "costs": costs})) == (1, 60, 0.5)


def test_days_have_their_middle_number(reckon):
    stages = [
        {"case_id": ID(number), "stage": "application", "entered_month": month("2026-01"), "days": days}
        for number, days in enumerate([1, 2, 9, None])
    ]
    found = reckon(
        "days_in_stage",
        {"cases": [case(number) for number in range(4)], "stages": stages},
        stage="application",
    )
    assert total(found) == (3, 2, 1)


def test_small_cells_and_what_gives_them_away_are_hidden(tmp_path):
    sexes = ["female"] * 3 + ["male"] * 30 + ["other"] * 8
    cases = [
        case(number, sex=sex, arrived_month=month("2025-06"), return_basis="forced")
        for number, sex in enumerate(sexes)
    ]
    frames = written(tmp_path, cases=cases)
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    by_sex = Definition(**{**vars(asked("forced_returns")), "disaggregations": (Dimension.SEX,)})
    found = {(one["sex"], one["period"]): one for one in values_of_one(by_sex, tables)}
    assert {place for place in found if place[1] == ""} == {
        ("", ""),
        ("female", ""),
        ("male", ""),
        ("other", ""),
    }
    assert found["female", ""]["why_hidden"] == "few"
    assert found["other", ""]["why_hidden"] == "complement"
    assert {found[sex, ""]["shown"] for sex in ("female", "other")} == {"hidden"}
    assert {found[sex, ""]["shown"] for sex in ("", "male")} == {"shown"}


def test_a_sealed_group_has_the_higher_threshold(tmp_path):
    groups = ["trafficking"] * 7 + ["none"] * 40
    cases = [
        case(number, sealed_group=group, arrived_month=month("2025-06"), return_basis="forced")
        for number, group in enumerate(groups)
    ]
    frames = written(tmp_path, cases=cases)
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    found = values_of_one(asked("forced_returns"), tables)
    hidden = {one["group"] for one in found if one["shown"] == "hidden"}
    assert "trafficking" in hidden


def test_periods_of_cases_that_come_in_several_are_hidden_without_adding_up(tmp_path):
    sent = [(who, when) for who in range(20) for when in ("2025-02", "2026-02")] + [(20, "2025-03")]
    referrals = [
        {"case_id": ID(who), "sent_month": month(when), "reply_days": 3, "answer": "accepted"}
        for who, when in sent
    ]
    cases = [case(number, sex="male" if number < 3 else "female") for number in range(21)]
    frames = written(tmp_path, cases=cases, referrals=referrals)
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    found = {
        (one["sex"], one["period"]): one
        for one in values_of_one(asked("referrals_answered_within", days=14), tables)
        if not any(one[name] for name in ("programme", "country", "partner", "age_band", "group"))
    }
    assert [found["", period]["n"] for period in ("", "2025", "2026")] == [21, 21, 20]
    assert {found[sex, period]["shown"] for sex in ("male", "female") for period in ("", "2025")} == {
        "hidden"
    }
    assert found["", ""]["shown"] == "shown"


def test_who_was_asked_is_not_worked_out_from_the_share_that_is_known(tmp_path):
    # 3 women were asked and none answered: the total, the men and their coverage would tell so.
    known = ["unknown"] * 3 + ["forced"] * 30 + ["unknown"] * 10
    cases = [
        case(
            number,
            sex="female" if number < 3 else "male",
            arrived_month=month("2025-06"),
            return_basis=basis,
        )
        for number, basis in enumerate(known)
    ]
    frames = written(tmp_path, cases=cases)
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    by_sex = Definition(**{**vars(asked("forced_returns")), "disaggregations": (Dimension.SEX,)})
    found = {(one["sex"], one["period"]): one["shown"] for one in values_of_one(by_sex, tables)}
    assert (found["female", ""], found["male", ""], found["", ""]) == ("hidden", "hidden", "shown")


def test_a_share_of_what_tells_of_somebody_is_hidden_where_only_a_few_are_so(tmp_path):
    cases = [
        case(number, programme="P1" if number < 30 else "P2", arrived_month=month("2025-06"))
        for number in range(60)
    ]
    moved = [
        {"case_id": ID(number), "kind": "remigrated", "is_over": False} for number in (1, *range(30, 45))
    ]
    frames = written(tmp_path, cases=cases, movements=moved)
    tables = Tables(connection(frames, "duckdb"), known_frames(frames), made_on(frames))
    by = Definition(**{**vars(asked("moved_on")), "disaggregations": (Dimension.PROGRAMME,)})
    found = {(one["programme"], one["period"]): one for one in values_of_one(by, tables)}
    assert found["P1", ""]["shown"] == found["P2", ""]["shown"] == "hidden"  # each tells the other
    assert (found["", ""]["shown"], found["", ""]["value"]) == ("shown", pytest.approx(16 / 60))


def test_who_is_out_of_reach_has_not_stayed(reckon):
    cases = [case(number, arrived_month=month("2025-01")) for number in range(4)]
    moves = [
        {"case_id": ID(0), "kind": "remigrated"},
        {"case_id": ID(1), "kind": "contact_lost"},
        {"case_id": ID(2), "kind": "contact_lost", "is_over": True},
        {"case_id": ID(0), "kind": "contact_lost"},
    ]
    rows = {"cases": cases, "movements": moves}
    assert total(reckon("moved_on", rows)) == (3, pytest.approx(1 / 3), 0.75)
    assert total(reckon("contact_lost", rows)) == (4, 0.5, 1)


def test_scores_of_another_instrument_or_version_are_not_mixed_in(reckon):
    cases = [case(number, arrived_month=month("2025-01")) for number in range(3)]
    by = {"months": 12, "instrument": "S", "instrument_version": 1}
    scores = [
        {"case_id": ID(0), **by, "economic": 0.2},
        {"case_id": ID(1), **by, "economic": 0.4},
        {"case_id": ID(2), **by, "instrument_version": 2, "economic": 0.9},
    ]
    visits = [
        {"case_id": ID(one), "months": 12, "state": "done", "due_month": month("2026-01")} for one in range(3)
    ]
    found = reckon(
        "score_at", {"cases": cases, "scores": scores, "visits": visits}, side="economic", months=12
    )
    assert total(found) == (2, pytest.approx(0.3), pytest.approx(2 / 3))


def test_where_money_is_not_shown_nobody_is_without_help(reckon):
    cases = [
        case(number, arrived_month=month("2025-01"), is_assisted=seen)
        for number, seen in enumerate((True, False, None))
    ]
    deliveries = [{"case_id": ID(0), "month": month("2025-02")}]
    found = reckon("received_within", {"cases": cases, "deliveries": deliveries}, months=3)
    assert total(found) == (2, 0.5, pytest.approx(2 / 3))


def test_a_visit_whose_month_is_not_over_is_not_missed(reckon):
    visits = [
        {"case_id": ID(0), "visit_id": ID(0), "months": 12, "state": "done", "due_month": month("2026-10")},
        {"case_id": ID(0), "visit_id": ID(1), "months": 18, "state": "due", "due_month": month("2026-11")},
    ]
    assert total(reckon("visits_made", {"cases": [case(0)], "visits": visits})) == (1, 1, 1)
