import re
from xml.etree import ElementTree

import pytest

from homeward.evaluation.showing import hidden_places, pooled, safe_flow, shown_parts
from homeward.reports.figures.drawing import HANDS, draw
from homeward.reports.figures.kinds import (
    DoesNotReconcile,
    Estimate,
    Forest,
    Funnel,
    Overlap,
    ParticipantFlow,
    Passage,
    Stages,
)
from homeward.reports.figures.of_findings import figures_of
from homeward.reports.figures.scales import places_of, ticks_over
from homeward.reports.figures.tests.samples import SAMPLES
from homeward.reports.figures.wording import words_in

LANGUAGES = ("en", "fr", "ar")
TEXT = "{http://www.w3.org/2000/svg}text"
BOX = "{http://www.w3.org/2000/svg}rect"


class TestFlowsThatDoNotAddUp:
    def test_more_leave_than_came(self):
        with pytest.raises(DoesNotReconcile):
            ParticipantFlow(10, (("asked_about", {"refused": 11}),), -1)

    def test_others_are_analysed_than_were_left(self):
        with pytest.raises(DoesNotReconcile):
            ParticipantFlow(100, (("asked_about", {"refused": 20}),), 81)

    def test_groups_that_are_not_all_who_were_analysed(self):
        with pytest.raises(DoesNotReconcile):
            ParticipantFlow(100, (), 100, (("treated", 50), ("untreated", 49)))

    def test_a_stage_that_more_left_than_entered(self):
        with pytest.raises(DoesNotReconcile):
            Stages(("arrived", "closed"), {"arrived": 10}, (Passage("arrived", "closed", 20, 1),))

    def test_a_path_that_is_not_in_tens(self):
        for begun, gone in ((83, 80), (80, 77), (80, 0)):
            with pytest.raises(DoesNotReconcile):
                Stages(("arrived", "closed"), {"arrived": begun}, (Passage("arrived", "closed", gone, 1),))


def test_every_kind_has_its_hand_and_its_sample():
    assert {type(one) for one in SAMPLES} == set(HANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figure", SAMPLES, ids=lambda one: type(one).__name__)
def test_a_figure_is_described_sourced_and_told_as_a_table(figure, language):
    for medium in ("screen", "print"):
        drawn = draw(figure, language=language, medium=medium)
        root = ElementTree.fromstring(drawn.svg)  # noqa: S314
        assert root[0].text == drawn.title
        assert root[1].text == drawn.alt
        assert len(drawn.table) > 1
        assert len({len(row) for row in drawn.table}) == 1
        assert "4f2ac1aa" in drawn.source
        assert "4f2ac1aa9" not in drawn.source
        assert not re.search(r"NaN|None|\{|nan\b", "".join(root.itertext()).replace(root[2].text, ""))
    assert "prefers-color-scheme" not in drawn.svg  # paper is never dark


@pytest.mark.parametrize("figure", SAMPLES, ids=lambda one: type(one).__name__)
def test_arabic_is_laid_out_from_the_other_side(figure):
    roots = [ElementTree.fromstring(draw(figure, language=one).svg) for one in ("fr", "ar")]  # noqa: S314
    french, arabic = ([float(one.get("x")) for one in root.iter(TEXT)] for root in roots)
    turned = sorted(round(640 - one, 1) for one in arabic)
    assert (
        sum(abs(one - other) < 0.2 for one, other in zip(sorted(french), turned, strict=False))
        > len(french) * 0.4
    )
    assert any(one.get("direction") == "rtl" for one in roots[1].iter(TEXT))


def test_marks_stay_on_the_sheet():
    for figure in SAMPLES:
        root = ElementTree.fromstring(draw(figure, language="en").svg)  # noqa: S314
        _x, _y, wide, high = map(float, root.get("viewBox").split())
        for one in root.iter(TEXT):
            assert 0 <= float(one.get("x")) <= wide
            assert 0 <= float(one.get("y")) <= high


def test_counts_of_too_few_people_are_not_written():
    overlap = next(one for one in SAMPLES if type(one).__name__ == "Overlap")
    drawn = draw(overlap, language="en")
    hidden = "too few people to be shown"
    assert [row[1] for row in drawn.table[1:]] == [hidden, "40", "60", hidden]
    assert [row[2] for row in drawn.table[1:]] == [hidden, "50", "40", hidden]


def test_providers_stand_by_name_never_by_merit():
    funnel = next(one for one in SAMPLES if isinstance(one, Funnel))
    names = [row[0] for row in draw(funnel, language="en").table[1:]]
    assert names == sorted(names)


def test_all_languages_say_the_same_things():
    english = words_in("en")
    for language in LANGUAGES:
        for part, words in words_in(language).items():
            assert set(words) == set(english[part])
            for name, said in words.items():
                assert set(re.findall(r"\{\w+\}", said)) == set(re.findall(r"\{\w+\}", english[part][name]))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-0.031, 0.152), (0, 0), (12, 8800), (1e-4, 3e-4)])
def test_axes_hold_their_values_between_round_numbers(low, high):
    ticks = ticks_over(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 9
    assert 0 <= places_of(ticks) <= 3


def test_small_reasons_are_joined_until_none_can_be_worked_out():
    assert pooled({"refused": 3, "unreachable": 40, "moved_on": 12}) == {
        "unreachable": 40,
        "several_reasons": 15,
    }
    assert pooled({"refused": 3}) == {"several_reasons": 3}
    assert pooled({"refused": 30}) == {"refused": 30}


@pytest.mark.parametrize(
    ("counts", "rest", "hidden"),
    [
        ((8, 30, 12), 0, {0, 2}),  # one alone follows from the whole
        ((40, 35, 3, 2), 0, {1, 2, 3}),  # five together as well
        ((40, 35, 9, 2), 0, {2, 3}),
        ((40, 35), 3, {1}),  # so do those who are in no group
        ((40, 35), 30, set()),
        ((40, 5), 30, {1}),
        ((3,), 0, {0}),
        ((40, 0, 12), 0, set()),
    ],
)
def test_what_is_hidden_cannot_be_worked_out_from_the_rest(counts, rest, hidden):
    assert hidden_places(counts, rest=rest) == hidden


def parts(**named):
    return [
        {"label": label.replace("__", "="), "n": n, "estimate": 0.5, "ci": None, "se": 0.01, "details": {}}
        for label, n in named.items()
    ]


def labels(given, **whole):
    return [one["label"] for one in shown_parts(given, **whole)]


def test_each_column_of_groups_keeps_its_own_small_ones():
    asked = parts(sex__female=60, sex__male=5, sex__other=15, group__none=68, group__disability=12)
    assert labels(asked, whole=80) == ["sex=female", "group=none", "group=disability"]
    assert labels(parts(sex__female=60, sex__male=17), whole=80) == ["sex=female"]
    assert shown_parts([{"n": None}, {"n": 3}]) == [{"n": None}]


def found(kind, estimand, given, n, **details):
    return {
        "kind": kind,
        "estimand": estimand,
        "parts": given,
        "n": n,
        "details": details,
        "checks": [],
        "estimate": 0.5,
        "ci": [0.0, 1.0],
        "inputs_sha256": "",
        "spec_sha256": "",
    }


def test_figures_hide_what_the_card_hides():
    partners = parts(a=60, b=45, c=12, d=1)
    (funnel,) = figures_of(found("providers", "providers", partners, 118))
    assert {one.name for one in funnel.points} == {"a", "b"}
    (forest,) = figures_of(found("subgroups", "subgroups", partners, 118))
    assert isinstance(forest, Forest)
    assert {one.label for one in forest.rows} == {"a", "b"}
    (bars,) = figures_of(found("level", "mean", parts(sex__male=60, sex__female=17), 80))
    assert {one.name: one.n for one in bars.bars} == {"sex=male": 60, "sex=female": None}


def test_every_small_bin_has_a_companion_of_the_same_group():
    drawn = draw(Overlap((0.0, 0.5, 1.0), (57, 3), (40, 20)), language="en")
    assert [row[1:] for row in drawn.table[1:]] == [
        ("too few people to be shown", "40"),
        ("too few people to be shown", "20"),
    ]
    root = ElementTree.fromstring(drawn.svg)  # noqa: S314
    bars = {one.get("height") for one in root.iter(BOX) if one.get("class") == "act"}
    assert len(bars - {"13"}) == 1, "both are drawn alike, the key beside them"


def flow(*lost, arms=()):
    steps = [{"name": name, "left": left} for name, left in lost]
    gone = sum(sum(left.values()) for _name, left in lost)
    named = [{"name": name, "n": n} for name, n in arms]
    return {"entered": 200 + gone, "steps": steps, "analysed": 200, "arms": named}


def test_a_step_at_which_few_left_is_joined_to_the_one_before():
    few = flow(
        ("in_extract", {}), ("asked_about", {"refused": 30, "died": 12}), ("reached", {"incomplete": 3})
    )
    assert safe_flow(few)["steps"] == [
        {"name": "in_extract", "left": {}},
        {"name": "asked_about", "left": {"refused": 30, "several_reasons": 15}},
    ]
    first = flow(("in_extract", {"other_place": 3}), ("asked_about", {"refused": 30}))
    assert safe_flow(first)["steps"] == [{"name": "in_extract", "left": {"several_reasons": 33}}]


def test_a_flow_that_few_left_and_a_small_arm_are_not_told():
    assert safe_flow(flow(("in_extract", {}), ("reached", {"incomplete": 3}))) is None
    assert safe_flow(flow(("in_extract", {}), arms=(("treated", 196), ("untreated", 4))))["arms"] == []


def test_an_interval_that_ends_at_nought_ends_there():
    def begins(low):
        svg = draw(Forest((), Estimate(0.5, low, 1.0)), language="en").svg
        return float(re.search(r'class="act" d="M(\S+)', svg)[1])

    assert begins(0.0) < begins(None)
