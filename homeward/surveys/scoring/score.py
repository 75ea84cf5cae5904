"""Scores of one filled form by one profile: pure, the same for the same answers each time.

A dimension is the weighted mean of the points of what was answered. Its coverage is the weight of what was
answered over the weight of what could have been. Below the minimum coverage there is no score and a reason;
a missing answer is never counted as 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from typing import Any

from homeward.surveys.filled.answers import answer_of
from homeward.surveys.rules import Missing
from homeward.surveys.scoring.profile import Dimension, Item, Profile, Reason, Treatment, Way

PLACES = 6


@dataclass(frozen=True)
class Score:
    """A score between 0 and 1, or None with the reason; `missing` says how many items had which kind."""

    value: float | None
    coverage: float
    reason: Reason | None = None
    missing: Mapping[Reason, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scores:
    """The dimensions and the composite of one filled form."""

    dimensions: Mapping[Dimension, Score]
    composite: Score


@dataclass(frozen=True)
class Tally:
    """Weights of one dimension while it is added up."""

    answered: tuple[tuple[float, float], ...]
    lacking: tuple[float, ...]
    is_blocked: bool
    missing: Mapping[Reason, int]


def score(answers: Mapping[str, Any], profile: Profile) -> Scores:
    """Score the answers of a filled form."""
    by_dimension = {
        dimension: _dimension(answers, profile, dimension)
        for dimension in Dimension
        if dimension in profile.dimensions
    }
    return Scores(by_dimension, _composite(by_dimension, profile))


def points_of(item: Item, answer: Any) -> float | None:
    """The points of an answer, turned so that more is better; None for an answer that has none."""
    points = _written(item, answer)
    if points is None:
        return None
    return 1 - points if item.way == Way.DOWN else points


def _written(item: Item, answer: Any) -> float | None:
    if item.least is not None and item.most is not None:
        if not isinstance(answer, int | float) or isinstance(answer, bool):
            return None
        within = min(max(float(answer), item.least), item.most)
        return (within - item.least) / (item.most - item.least)
    return item.points.get(str(answer))


def _dimension(answers: Mapping[str, Any], profile: Profile, dimension: Dimension) -> Score:
    tally = _tally(answers, profile, [one for one in profile.items if one.dimension == dimension])
    answered = fsum(weight for weight, _points in tally.answered)
    countable = answered + fsum(tally.lacking)
    coverage = round(answered / countable, PLACES) if countable else 0.0
    reason = _reason(tally, countable, coverage, profile.dimensions[dimension].minimum_coverage)
    if reason:
        return Score(None, coverage, reason, tally.missing)
    value = fsum(weight * points for weight, points in tally.answered) / answered
    return Score(round(value, PLACES), coverage, None, tally.missing)


def _reason(tally: Tally, countable: float, coverage: float, minimum: float) -> Reason | None:
    if not tally.answered:
        return Reason.NOTHING_ANSWERED if countable else Reason.NOTHING_APPLIES
    if tally.is_blocked:
        return Reason.REQUIRED_MISSING
    return Reason.LOW_COVERAGE if coverage < round(minimum, PLACES) else None


def _tally(answers: Mapping[str, Any], profile: Profile, items: Sequence[Item]) -> Tally:
    answered, lacking, is_blocked = [], [], False
    missing: dict[Reason, int] = {}
    for item in items:
        given = answer_of(answers, item.path)
        points = None if isinstance(given, Missing) else points_of(item, given)
        if points is not None:
            answered.append((item.weight, points))
            continue
        treatment = profile.treatment(item, given) if isinstance(given, Missing) else Treatment.LACKING
        why = Reason(given.value) if isinstance(given, Missing) else Reason.UNKNOWN_ANSWER
        missing[why] = missing.get(why, 0) + 1
        is_blocked = is_blocked or treatment == Treatment.NO_SCORE
        if treatment != Treatment.LEAVE_OUT:
            lacking.append(item.weight)
    return Tally(tuple(answered), tuple(lacking), is_blocked, missing)


def _composite(by_dimension: Mapping[Dimension, Score], profile: Profile) -> Score:
    """The weighted mean of the dimensions; none where a dimension that weighs something has no score."""
    weighed = [
        (profile.dimensions[dimension].weight, one)
        for dimension, one in by_dimension.items()
        if profile.dimensions[dimension].weight > 0
    ]
    whole = fsum(weight for weight, _one in weighed)
    coverage = round(fsum(weight * one.coverage for weight, one in weighed) / whole, PLACES)
    values = [(weight, one.value) for weight, one in weighed if one.value is not None]
    if len(values) < len(weighed):
        return Score(None, coverage, Reason.DIMENSION_MISSING)
    return Score(round(fsum(weight * value for weight, value in values) / whole, PLACES), coverage)
