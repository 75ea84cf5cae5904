"""What may be joined over versions, by the rule alone."""

from homeward.indicators.rules import (
    Comparability,
    Comparing,
    Point,
    Target,
    Versioned,
    joined,
    shown_of,
    target_for,
)


def points(version, **values):
    return tuple(
        Point(name[1:], version, "shown", 20, 1.0, value, value - 0.1, value + 0.1)
        for name, value in values.items()
    )


FIRST = Versioned(1, Comparability(), points(1, y2024=0.2, y2025=0.3))


def test_the_same_goes_on_and_the_later_version_tells_a_shared_period():
    (one,) = joined([FIRST, Versioned(2, Comparability(Comparing.SAME), points(2, y2025=0.4, y2026=0.5))])
    assert [(point.period, point.version, point.value) for point in one.points] == [
        ("2024", 1, 0.2),
        ("2025", 2, 0.4),
        ("2026", 2, 0.5),
    ]


def test_what_is_bridged_is_reckoned_by_the_rule_and_marked():
    by = Comparability(Comparing.BRIDGED, -1.0, 1.0, "Counted from the other side")
    (one,) = joined([FIRST, Versioned(2, by, points(2, y2026=0.5))])
    told = one.points[0]
    assert (told.value, told.low, told.high, told.is_bridged) == (0.8, 0.7, 0.9, True)
    assert not one.points[-1].is_bridged


def test_what_is_broken_is_never_in_one_line():
    by = Comparability(Comparing.BROKEN, rule="Others are asked")
    first, second = joined([FIRST, Versioned(2, by, points(2, y2025=0.9))])
    assert (first.broken, second.broken) == ("", "Others are asked")
    assert [one.value for one in first.points] == [0.2, 0.3]


def test_a_hidden_value_stays_hidden_when_bridged():
    hidden = Point("2024", 1, "hidden", None, None, None, None, None)
    by = Comparability(Comparing.BRIDGED, 2.0, 0.0, "Twice")
    (one,) = joined([Versioned(1, Comparability(), (hidden,)), Versioned(2, by, ())])
    assert (one.points[0].value, one.points[0].low, one.points[0].shown) == (None, None, "hidden")


def test_a_break_holds_though_its_version_has_no_values_yet():
    broken = Comparability(Comparing.BROKEN, rule="Others are asked")
    same = Versioned(3, Comparability(Comparing.SAME), points(3, y2026=0.5))
    first, third = joined([FIRST, Versioned(2, broken, ()), same])
    assert (first.version, third.version, third.broken) == (1, 3, "Others are asked")
    (bridged,) = joined([FIRST, Versioned(2, Comparability(Comparing.BRIDGED, 2.0, rule="Twice"), ()), same])
    assert [point.value for point in bridged.points] == [0.4, 0.6, 0.5]


def test_the_first_that_has_values_breaks_from_nothing():
    broken = Comparability(Comparing.BROKEN, rule="Others are asked")
    (one,) = joined([Versioned(1, Comparability(), ()), Versioned(2, broken, points(2, y2026=0.5))])
    assert one.broken == ""


def test_a_few_cases_are_counted_fewer_are_only_some_and_the_fewest_nothing():
    told = [str(shown_of(n, is_hidden=n in range(1, 5), is_counted=False)) for n in (0, 4, 5, 9, 10, 14, 15)]
    assert told == ["shown", "hidden", "band", "band", "count", "count", "shown"]
    assert [str(shown_of(n, is_hidden=False, is_counted=True)) for n in (5, 10)] == ["band", "shown"]


def test_the_nearest_target_counts():
    targets = (Target(0.5), Target(0.6, period="2026"), Target(0.7, "XM", "2026"))
    assert target_for(targets, "XM", "2026-Q1").value == 0.7
    assert target_for(targets, "XK", "2026-Q1").value == 0.6
    assert target_for(targets, "XK", "2025").value == 0.5
    assert target_for((), "", "") is None
