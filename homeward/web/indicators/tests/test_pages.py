"""Pages of indicators: what a value is, how sure, what is hidden, what may be compared."""

import json

import pytest

from homeward.indicators.commands import begin_framework_version
from homeward.indicators.rules import Better, Definition, Point
from homeward.indicators.tests.agreed import (
    a_draft,
    a_ready_table,
    defined,
    drafter,
    in_force,
    written,
)
from homeward.web.indicators.cells import Scale, reached, row_of, scale_of
from tests.cast import mona, rosa

WORDS = {"en": "x", "fr": "x", "ar": "x"}
TARGETS = [{"value": 0.3}, {"value": 0.9, "period": "2026"}]


def an_indicator(**given):
    return Definition("X-1", WORDS, WORDS, WORDS, "forced_returns", **given)


def a_point(value, low, high, n=40, coverage=1.0, shown="shown"):
    return Point("2026", 1, shown, n, coverage, value, low, high)


def test_a_target_is_reached_only_where_the_interval_says_so():
    higher, lower = an_indicator(), an_indicator(better=Better.LOWER)
    at = a_point(0.5, 0.4, 0.6)
    assert [reached(higher, at, aim) for aim in (0.4, 0.5, 0.7)] == [
        "the target is reached",
        "these data cannot tell whether it is reached",
        "the target is not reached",
    ]
    assert [reached(lower, at, aim) for aim in (0.6, 0.3)] == [
        "the target is reached",
        "the target is not reached",
    ]
    assert reached(an_indicator(better=Better.NEITHER), at, 0.4) == ""


def test_a_number_of_few_or_of_few_who_are_known_says_so():
    one = an_indicator()
    row = row_of("", a_point(0.5, 0.3, 0.7, n=20, coverage=0.3), one, Scale(0, 1))
    assert row.care == ("few cases", "most are not known")
    assert row_of("", a_point(0.5, 0.3, 0.7), one, Scale(0, 1)).care == ()


def test_numbers_below_nought_have_their_place():
    scale = scale_of([a_point(-0.1, -0.2, 0.2)], "score")
    assert (scale.place(-0.2), scale.place(0), scale.place(0.2)) == (3, 50, 97)
    assert scale_of([a_point(0, 0, 0)], "score").place(0) == 3


@pytest.fixture
def version(cast):
    made = in_force(a_draft(defined(targets=TARGETS, comparability={"kind": "new"})))
    a_ready_table(made)
    return made


@pytest.fixture
def page(client_of):
    client = client_of(rosa)
    return lambda path: client.get(path).content.decode()


def test_the_page_of_an_indicator_says_what_a_value_is_and_how_sure(version, page):
    shown = page(f"/indicators/{version.id}/OUT-1")
    for words in (
        "50.0\N{NO-BREAK SPACE}%",
        "These data fit every value from 35.0\N{NO-BREAK SPACE}% to 65.0\N{NO-BREAK SPACE}%",
        "of the cases asked about are known",
        "the target is reached",
        "many are not known",
        "How to read this",
        "hidden: too few people",
        "5 to 9 cases: too few for a number",
        "too few for a number",
    ):
        assert words in shown
    assert not any(f'data-label="Cases">{n}<' in shown for n in (3, 7))


def test_another_period_has_its_own_target_and_what_is_not_told_apart_says_why(version, page):
    assert "the target is not reached" in page(f"/indicators/{version.id}/OUT-1?period=2026")
    assert "Nobody is in it" in page(f"/indicators/{version.id}/OUT-1?period=2026")


def test_the_page_of_a_version_shows_every_value(version, page):
    shown = page(f"/indicators/{version.id}")
    for words in ("35.0\N{NO-BREAK SPACE}%", "many are not known", "How to read this", "30.0"):
        assert words in shown


def test_what_is_wrong_in_a_draft_is_told_by_its_path(version, client_of):
    draft = begin_framework_version(drafter, framework_id=version.framework_id)
    given = json.dumps([defined(level="cosmic", comparability={"kind": "same"})])
    asked = {"keep": "1", "expected_version": draft.version, "definitions": given}
    answer = client_of(mona).post(f"/indicators/{draft.id}", asked)
    assert answer.status_code == 422
    assert "0.level" in answer.content.decode()


def test_a_broken_series_is_not_joined_on_the_page(version, page):
    draft = begin_framework_version(drafter, framework_id=version.framework_id)
    broken = {"kind": "broken", "rule": "Others are counted now"}
    second = in_force(written(draft, defined(measure="contact_lost", comparability=broken)))
    a_ready_table(second)
    shown = page(f"/indicators/{second.id}/OUT-1")
    assert "The series breaks with version 2" in shown
    assert "Others are counted now" in shown


def test_pages_ask_the_database_a_bounded_number_of_times(version, client_of, django_assert_max_num_queries):
    client = client_of(rosa)
    for path in (f"/indicators/{version.id}", f"/indicators/{version.id}/OUT-1", "/indicators/"):
        client.get(path)
        with django_assert_max_num_queries(40):
            assert client.get(path).status_code == 200
