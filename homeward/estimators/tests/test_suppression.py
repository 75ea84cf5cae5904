"""Hidden cells stay hidden: by hand, against known answers, and on tables made at random."""

import numpy as np
import pytest

from homeward.estimators.changes import changed_by_few
from homeward.estimators.disclosure_audit import exposed, intervals
from homeward.estimators.linked_cells import Counted, Known, completed, identity, linked
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.spans import named, span
from homeward.estimators.suppression import INSIDE, OUTSIDE, Rule, Why, of_shares, suppressed
from homeward.estimators.tests.linked import linked_tables

NINE = Counted(
    "places",
    ("district", "sex"),
    {("x", "f"): 3, ("x", "m"): 20, ("x", "o"): 30}
    | {("y", "f"): 25, ("y", "m"): 40, ("y", "o"): 25}
    | {("z", "f"): 15, ("z", "m"): 18, ("z", "o"): 30},
)


def test_one_hidden_cell_alone_is_worked_out_from_its_totals() -> None:
    only = {"places": [("x", "f")]}
    assert intervals([NINE], only)["places", ("x", "f")] == pytest.approx((3, 3))
    assert [one.coordinates for one in exposed([NINE], only, OUTSIDE)] == [("x", "f")]


def test_three_more_cells_hide_it() -> None:
    found = suppressed([NINE], OUTSIDE)
    assert found.hidden["places"][("x", "f")] is Why.PRIMARY
    assert len(found.hidden["places"]) == 4
    assert not exposed([NINE], found.hidden, OUTSIDE)
    low, high = intervals([NINE], found.hidden)["places", ("x", "f")]
    assert high - low >= 10
    assert found.is_shown("places", (None, "f"))
    assert not found.is_shown("places", ("x", "f"))


def test_what_was_hidden_once_is_hidden_so_again() -> None:
    """Readers in another language get the same table: what hides it upwards and downwards is enough again."""
    ages = {"0-11": (5, 15, 1), "12-17": (3, 25, 0), "18-24": (65, 133, 6), "25-34": (63, 161, 7)}
    ages |= {"35-44": (43, 76, 4), "45-54": (17, 31, 2), "55-64": (8, 10, 2), "65+": (2, 4, 0)}
    counts = {(age, sex): n for age, row in ages.items() for sex, n in zip("fmu", row, strict=True)}
    table = Counted("people", ("age_band", "sex"), counts)
    first = suppressed([table], OUTSIDE).hidden["people"]
    shown = {(identity(table, at), count) for at, count in completed(table).items() if at not in first}
    again = suppressed([table], OUTSIDE, known=Known(shown=shown)).hidden
    assert set(again["people"]) == set(first)
    assert not exposed([table], again, OUTSIDE)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    found = suppressed([NINE], Rule(2, 4))
    assert found.hidden == {"places": {}}
    assert found.lost == 0
    assert found.is_proven


def test_nought_is_small_unless_the_rule_or_the_table_says_otherwise() -> None:
    cells = {("a", "f"): 0, ("a", "m"): 40, ("b", "f"): 30, ("b", "m"): 50}
    one = Counted("t", ("place", "sex"), cells)
    assert ("a", "f") in suppressed([one], OUTSIDE).hidden["t"]
    assert not suppressed([one], Rule(shows_zeros=True)).hidden["t"]
    known = Counted("t", ("place", "sex"), cells, impossible=frozenset({("a", "f")}))
    assert not suppressed([known], OUTSIDE).hidden["t"]


def test_a_sealed_group_has_a_higher_threshold() -> None:
    cells = {("trafficking",): 14, ("none",): 90, ("health",): 60}
    assert not suppressed([Counted("g", ("group",), cells)], OUTSIDE).hidden["g"]
    sealed = Counted("g", ("group",), cells, sealed=frozenset({("trafficking",)}))
    found = suppressed([sealed], OUTSIDE)
    assert found.hidden["g"][("trafficking",)] is Why.PRIMARY
    assert len(found.hidden["g"]) == 2


def test_a_cell_hidden_in_one_table_is_hidden_in_the_other_that_shares_it() -> None:
    by_sex = Counted("sex", ("sex",), {("f",): 4, ("m",): 46}, given={"district": "x"})
    by_both = Counted(
        "both", ("district", "sex"), {("x", "f"): 4, ("x", "m"): 46, ("y", "f"): 50, ("y", "m"): 60}
    )
    found = suppressed([by_sex, by_both], OUTSIDE)
    assert ("f",) in found.hidden["sex"]
    assert ("x", "f") in found.hidden["both"]
    assert not exposed([by_sex, by_both], found.hidden, OUTSIDE)


def test_what_is_left_when_a_filtered_table_is_subtracted_is_protected_too() -> None:
    everybody = Counted("all", ("sex",), {("f",): 60, ("m",): 80})
    programme = Counted("p", ("sex",), {("f",): 57, ("m",): 60}, given={"programme": "P1"})
    nothing_hidden = exposed([everybody, programme], {}, OUTSIDE)
    assert [(one.table, one.low) for one in nothing_hidden] == [("", 3.0)]
    found = suppressed([everybody, programme], OUTSIDE)
    assert found.hidden["all"] or found.hidden["p"]
    assert not exposed([everybody, programme], found.hidden, OUTSIDE)


@pytest.mark.parametrize(
    ("dimension", "wider", "narrower"),
    [
        ("period", "2025", "2025-01/2025-11"),
        ("age_band", "18+", "18-64"),
        ("quarter", "2025-Q1", "2025-01/2025-02"),
    ],
)
def test_a_period_or_age_within_another_gives_away_the_difference(
    dimension: str, wider: str, narrower: str
) -> None:
    one = Counted("n", (dimension,), {(wider,): 100, (narrower,): 96, (None,): 300})
    assert exposed([one], {}, OUTSIDE)
    assert not exposed([one], suppressed([one], OUTSIDE).hidden, OUTSIDE)


WOMEN = {"sex": "f"}


def test_a_quarter_within_the_year_of_a_filter_is_worked_out_though_they_have_two_names() -> None:
    year = Counted("year", (), {(): 60}, given={**WOMEN, "year": "2025"})
    counts = {(f"2025-Q{n}",): count for n, count in enumerate((20, 19, 18, 3), start=1)}
    quarters = Counted("quarters", ("quarter",), counts, given=WOMEN)
    hidden = {"quarters": [("2025-Q4",), (None,)]}
    assert [(one.low, one.high) for one in exposed([year, quarters], hidden, OUTSIDE)] == [(3, 3)]
    assert not exposed([year, quarters], suppressed([year, quarters], OUTSIDE).hidden, OUTSIDE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"period": "2025-H1"}, {"half_year": "2025-01/2025-06"}),
        ({"year": "2025", "month": "2025-03"}, {"period": "2025-03/2025-03"}),
        ({"age_band": "65+"}, {"age": ">=65"}),
        ({"age": "<18"}, {"age_band": "0–17"}),
        ({"age": "18+", "age_band": "18-34"}, {"age": "18-34"}),
    ],
)
def test_one_span_is_one_cell_in_whatever_spelling(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (Counted(name, (), {(): 60}, given=given) for name, given in (("a", one), ("b", other)))
    assert identity(first, ()) == identity(second, ())
    with pytest.raises(CannotEstimate, match="cells_disagree"):
        linked([first, Counted("b", (), {(): 61}, given=other)])


def test_a_month_of_another_year_is_nobody_and_costs_nothing_to_hide() -> None:
    counts = {("2025", "2025-03"): 40, ("2026", "2026-03"): 50}
    found = suppressed([Counted("t", ("year", "month"), counts)], OUTSIDE)
    assert not found.hidden["t"]
    with pytest.raises(CannotEstimate, match="cells_disagree"):
        linked([Counted("t", ("year", "month"), {**counts, ("2025", "2026-03"): 1})])


@pytest.mark.parametrize("value", ["2025-13", "2025-06/2025-01", "34-18", "<0", "unknown"])
def test_what_is_no_span_keeps_its_own_words(value: str) -> None:
    one = Counted("t", (), {(): 60}, given={"period": value, "age": value})
    assert identity(one, ()) == {("period", value), ("age", value)}


def test_what_is_left_of_a_sealed_group_has_its_threshold() -> None:
    cells = {("2025",): 120, ("2025-01/2025-11",): 105, (None,): 300}
    plain = Counted("trafficked", ("period",), cells)
    sealed = Counted("trafficked", ("period",), cells, sealed=frozenset(cells))
    assert not exposed([plain], {}, OUTSIDE)
    assert [(one.low, one.needed) for one in exposed([sealed], {}, OUTSIDE)] == [(15, 20)]
    assert not exposed([sealed], suppressed([sealed], OUTSIDE).hidden, OUTSIDE)


def test_a_difference_of_a_few_between_two_moments_is_a_cell_of_its_own() -> None:
    def counted(women: int, of_district: int) -> list[Counted]:
        everywhere = Counted("all", (), {(): women}, given=WOMEN)
        return [everywhere, Counted("x", (), {(): of_district}, given={**WOMEN, "district": "x"})]

    before = {identity(one, ()): one.cells[()] for one in counted(60, 40)}
    later = counted(78, 55)
    (change,) = changed_by_few(later, {}, [before], OUTSIDE, ())
    assert [[count for _, count in cells] for cells in (change.now, change.then)] == [[78, 55], [60, 40]]
    assert not changed_by_few(later, {"x": [()]}, [before], OUTSIDE, ())
    assert not changed_by_few(counted(88, 55), {}, [before], OUTSIDE, ())
    assert changed_by_few(counted(88, 55), {}, [before], OUTSIDE, list(before))
    known = Known(shown=set(before.items()), changes=[change])
    assert [(one.low, one.high) for one in exposed(later, {}, OUTSIDE, known=known)] == [(3, 3)]
    found = suppressed(later, OUTSIDE, known=known)
    assert found.hidden["all"] or found.hidden["x"]
    assert not exposed(later, found.hidden, OUTSIDE, known=known)


def test_a_quarter_and_its_year_are_not_added_up() -> None:
    both = Counted("both", ("period", "sex"), {("2025", "f"): 60, ("2025-Q1", "f"): 20, ("2025", "m"): 70})
    cells = linked([both])
    assert ("both", (None, "f")) not in cells.places
    assert cells.counts[cells.places["both", ("2025", None)]] == 130


def test_a_release_that_takes_too_long_hides_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.estimators.complementary.PATIENCE", -1)
    found = suppressed([NINE], OUTSIDE, seconds=0)
    assert len(found.hidden["places"]) == 16
    assert not exposed([NINE], found.hidden, OUTSIDE)


def test_a_share_of_all_or_nobody_is_hidden_with_its_counts() -> None:
    one = Counted("reached", ("district",), {("x",): 40, ("y",): 50, ("z",): 80})
    shares = of_shares(one, {("x",): 40, ("y",): 20, ("z",): 35, (None,): 95})
    found = suppressed([shares], OUTSIDE)
    assert not found.is_shown("reached", ("x", "no"))
    assert found.is_shown("reached", ("x", None))


def test_what_readers_know_is_not_taken_back() -> None:
    known = Known(shown={(frozenset({("sex", "o"), ("district", "z")}), 30), (frozenset({("sex", "o")}), 85)})
    found = suppressed([NINE], OUTSIDE, known=known)
    assert ("z", "o") not in found.hidden["places"]
    assert not exposed([NINE], found.hidden, OUTSIDE, known=known)
    everything = Known(shown={cell for cell in linked([NINE]).cells if cell[1] != 3})
    with pytest.raises(CannotEstimate, match="cannot_be_hidden"):
        suppressed([NINE], OUTSIDE, known=everything)
    with pytest.raises(CannotEstimate, match="already_known"):
        suppressed([NINE], OUTSIDE, known=Known(shown=set(linked([NINE]).cells)))


def test_what_was_told_at_another_moment_is_taken_to_hold_still() -> None:
    year = Counted("year", ("period",), {("2025",): 100, (None,): 300})
    earlier = {frozenset({("period", "2025-01/2025-11")}): 96}
    known = Known(shown=set(earlier.items()), carried=earlier)
    assert not exposed([year], {}, OUTSIDE)
    assert exposed([year], {}, OUTSIDE, known=known)
    found = suppressed([year], OUTSIDE, known=known)
    assert not found.is_shown("year", ("2025",))
    assert not exposed([year], found.hidden, OUTSIDE, known=known)


def test_a_secret_cell_is_protected_like_a_small_one() -> None:
    cells = Counted("sex", ("sex",), {("f",): 60, ("m",): 80, ("o",): 40})
    known = Known(secret={(frozenset({("sex", "f")}), 60)})
    found = suppressed([cells], OUTSIDE, known=known)
    assert len(found.hidden["sex"]) == 2
    assert not exposed([cells], found.hidden, OUTSIDE, known=known)


def test_the_same_cell_cannot_have_two_counts() -> None:
    again = Counted("again", ("sex",), {("f",): 43, ("m",): 78, ("o",): 86})
    with pytest.raises(CannotEstimate, match="cells_disagree"):
        suppressed([NINE, again], OUTSIDE)
    with pytest.raises(CannotEstimate, match="cells_disagree"):
        linked([Counted("less", ("sex",), {("f",): 5, ("m",): 6, (None,): 10})])


@pytest.mark.parametrize("seed", range(20))
def test_no_small_cell_of_linked_tables_can_be_worked_out(seed: int) -> None:
    tables = linked_tables(np.random.default_rng(seed))
    rule = (INSIDE, OUTSIDE)[seed % 2]
    found = suppressed(tables, rule, seconds=0.05)
    assert not exposed(tables, found.hidden, rule)


def test_small_releases_hide_as_little_as_any_choice_could() -> None:
    """All 32,768 choices were tried once: three more cells of 11.76 together is the least."""
    found = suppressed([NINE], OUTSIDE, seconds=20)
    assert found.is_proven
    assert set(found.hidden["places"]) == {("x", "f"), ("x", "m"), ("z", "f"), ("z", "m")}
    assert found.lost == pytest.approx(14.147844500249535 / 73.84501426431206)


def test_months_and_years_of_one_event_are_of_one_clock_those_of_another_are_not() -> None:
    arrived = named({"arrived_year": "2026", "arrived_month": "2026-02"}.items())
    assert arrived == named({"arrived_period": "2026-02/2026-02"}.items())
    assert arrived != named({"departed_month": "2026-02"}.items())
    assert span("birth_year", "1990-1994") is None
