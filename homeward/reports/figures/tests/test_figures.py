import re
from xml.etree import ElementTree

import pytest

from homeward.evaluation.flows import pooled
from homeward.evaluation.showing import shown_parts
from homeward.reports.figures.drawing import HANDS, draw
from homeward.reports.figures.kinds import DoesNotReconcile, Funnel, ParticipantFlow, Passage, Stages
from homeward.reports.figures.scales import places_of, ticks_over
from homeward.reports.figures.tests.samples import SAMPLES
from homeward.reports.figures.wording import words_in

LANGUAGES = ("en", "fr", "ar")
TEXT = "{http://www.w3.org/2000/svg}text"


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
            Stages(("arrived", "closed"), {"arrived": 5}, (Passage("arrived", "closed", 6, 1),))


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
    assert [row[1] for row in drawn.table[1:]] == ["fewer than 10", "40", "60", "20"]


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


def test_a_single_hidden_part_takes_the_next_smallest_with_it():
    parts = [{"label": name, "n": n} for name, n in (("a", 8), ("b", 30), ("c", 12))]
    assert [one["label"] for one in shown_parts(parts)] == ["b"]
    assert shown_parts([{"n": None}, {"n": 3}]) == [{"n": None}]
