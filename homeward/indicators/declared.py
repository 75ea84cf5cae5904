"""The measures by name: what they reckon and which parameters they take. Loads no engine. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from homeward.indicators.rules import Unit

SIDES = ("economic", "social", "psychosocial", "composite")
STAGES = (
    *("enquiry", "counselling", "application", "accepted", "pre_departure", "travelling", "arrived"),
    *("planning", "reintegrating", "closed", "monitoring"),
)


class Kind(StrEnum):
    """What is made of the rows of a measure, and which interval goes with it."""

    SHARE = "share"  # of cases: Wilson's interval
    EVENT_SHARE = "event_share"  # of events that cases have several of: Korn and Graubard's, by case
    MEAN = "mean"  # of cases: t
    MEDIAN = "median"  # of days: by order statistics
    RATIO = "ratio"  # of two sums over cases: linearised
    COUNT = "count"  # counted in full: value, low and high are one
    DISTINCT = "distinct"  # different codes seen: counted in full


@dataclass(frozen=True)
class Parameter:
    """One parameter: among `values` where these are given, else a number from `least` to `most`."""

    about: str
    values: tuple[str, ...] = ()
    least: float = 0
    most: float = 0
    is_whole: bool = False


@dataclass(frozen=True)
class Declared:
    """A measure as a definition names it."""

    kind: Kind
    about: str
    frames: tuple[str, ...]
    units: tuple[Unit, ...]
    parameters: Mapping[str, Parameter]

    @property
    def is_counted(self) -> bool:
        """Whether its value is counted in full, and so no estimate of anything."""
        return self.kind in (Kind.COUNT, Kind.DISTINCT)


HORIZON = Parameter("months after arrival; answers within a fifth of it count", most=60, is_whole=True)
MONTHS = Parameter("months after arrival", most=24, is_whole=True)
SIDE = Parameter("which score", SIDES)
DAYS = Parameter("at most so many days", least=1, most=1000, is_whole=True)
SHARES = (Unit.SHARE,)
TELLING = frozenset({"in_group", "moved_on", "moved_on_by_necessity", "contact_lost"})
"""Shares of something that nobody is to be recognised by: both who is so and who is not have to be enough."""
SEALED = frozenset({"in_group"})
"""Of these, shares of something that is sealed: the higher threshold holds for both."""


def _of(
    kind: Kind, about: str, frames: str, units: tuple[Unit, ...] = SHARES, **parameters: Parameter
) -> Declared:
    return Declared(kind, about, tuple(frames.split()), units, parameters)


MEASURES: Mapping[str, Declared] = {
    "cases_reaching": _of(
        Kind.COUNT,
        "Cases that reached a stage, in the period in which they reached it.",
        "cases stages",
        (Unit.CASES,),
        stage=Parameter("the stage", STAGES),
    ),
    "counselled_before_applying": _of(
        Kind.SHARE,
        "Of the cases that applied, those that reached counselling, not later than the application's month.",
        "cases stages",
    ),
    "forced_returns": _of(
        Kind.SHARE, "Of the cases that arrived with a known ground, those whose return was forced.", "cases"
    ),
    "in_group": _of(
        Kind.SHARE,
        "Of the cases that applied and whose circumstances are known, those with one of the groups that "
        "need more.",
        "cases",
    ),
    "days_in_stage": _of(
        Kind.MEDIAN,
        "Days in a stage, of cases that went on from it.",
        "cases stages",
        (Unit.DAYS,),
        stage=Parameter("the stage", STAGES),
    ),
    "plan_agreed_within": _of(
        Kind.SHARE,
        "Of the cases that arrived at least `months` before the extract, those with a plan agreed by then.",
        "cases plans",
        months=MONTHS,
    ),
    "days_to_agree": _of(
        Kind.MEDIAN, "Days from beginning the first agreed plan to agreeing.", "cases plans", (Unit.DAYS,)
    ),
    "plan_has_side": _of(
        Kind.SHARE,
        "Of the cases with an agreed plan, those whose latest has an activity of that dimension.",
        "cases plans",
        side=Parameter("which dimension", (*SIDES[:3], "all")),
    ),
    "plan_amended": _of(
        Kind.SHARE, "Of the cases with an agreed plan, those with a second version or more.", "cases plans"
    ),
    "deliveries_confirmed": _of(
        Kind.EVENT_SHARE,
        "Of the deliveries whose person was asked, those that the person says came.",
        "cases deliveries",
    ),
    "received_within": _of(
        Kind.SHARE,
        "Of the cases that arrived at least `months` before the extract, those with a delivery by then.",
        "cases deliveries",
        months=MONTHS,
    ),
    "in_kind_share": _of(
        Kind.RATIO,
        "Worth of what was delivered in kind or as a service in euro, of the worth of all.",
        "cases deliveries",
        SHARES,
    ),
    "visits_made": _of(
        Kind.EVENT_SHARE, "Of the visits that were due, those that were made.", "cases visits"
    ),
    "attempts_per_visit": _of(
        Kind.RATIO, "Attempts for each visit that was due.", "cases visits", (Unit.NUMBER,)
    ),
    "reached_at": _of(
        Kind.SHARE,
        "Of the cases with a visit due about that long after arrival, those that were reached.",
        "cases visits",
        months=HORIZON,
    ),
    "closed_for": _of(
        Kind.SHARE,
        "Of the closed cases, those closed for that reason.",
        "cases",
        reason=Parameter(
            "the reason, by its code",
            ("completed", "not_eligible", "chose_to_stop", "left_area", "died", "funding_ended", "security"),
        ),
    ),
    "contact_lost": _of(
        Kind.SHARE,
        "Of the cases that arrived, those whose contact was lost and not found again.",
        "cases movements",
    ),
    "referrals_answered_within": _of(
        Kind.EVENT_SHARE,
        "Of the referrals sent at least so many days before the extract, those answered within them.",
        "cases referrals",
        days=DAYS,
    ),
    "referrals_reply_days": _of(
        Kind.MEDIAN, "Days to the first answer to a referral.", "cases referrals", (Unit.DAYS,)
    ),
    "referrals_with_answer": _of(
        Kind.EVENT_SHARE,
        "Of the referrals that were answered, those with one of the answers.",
        "cases referrals",
        answer=Parameter("where it stands", ("accepted", "declined", "completed")),
    ),
    "referrals_confirmed": _of(
        Kind.EVENT_SHARE,
        "Of the referrals whose person was asked, those that the person says came about.",
        "cases referrals",
    ),
    "score_at": _of(
        Kind.MEAN,
        "The score of the round nearest to that long after arrival, by the instrument and version most used.",
        "cases visits scores",
        (Unit.SCORE,),
        side=SIDE,
        months=HORIZON,
    ),
    "score_above": _of(
        Kind.SHARE,
        "Of the cases scored about that long after arrival, those at or above the bound.",
        "cases visits scores",
        side=SIDE,
        months=HORIZON,
        bound=Parameter("the bound", least=0, most=1),
    ),
    "score_gain": _of(
        Kind.MEAN,
        "The score about that long after arrival less that of the first month, of cases with both.",
        "cases visits scores",
        (Unit.SCORE,),
        side=SIDE,
        months=HORIZON,
    ),
    "all_sides_above": _of(
        Kind.SHARE,
        "Of the cases scored about that long after arrival on all three sides, those at or above the bound "
        "on each.",
        "cases visits scores",
        months=HORIZON,
        bound=Parameter("the bound", least=0, most=1),
    ),
    "business_open_at": _of(
        Kind.SHARE,
        "Of the cases whose business was looked at about that long after arrival, those with one open.",
        "cases businesses",
        months=HORIZON,
    ),
    "jobs_per_business": _of(
        Kind.MEAN,
        "People who work in the business that was open about that long after arrival, for each case.",
        "cases businesses",
        (Unit.JOBS,),
        months=HORIZON,
    ),
    "moved_on_by_necessity": _of(
        Kind.SHARE,
        "Of the cases that moved on again and told why, those that did so by necessity.",
        "cases movements",
    ),
    "moved_on": _of(
        Kind.SHARE,
        "Of the cases that arrived and are not out of reach, those known to have moved on again.",
        "cases movements",
    ),
    "districts_reached": _of(
        Kind.DISTINCT, "Districts of return of cases that arrived.", "cases", (Unit.PLACES,)
    ),
    "districts_with_service": _of(
        Kind.DISTINCT,
        "Districts with a service that took a referral.",
        "cases referrals",
        (Unit.PLACES,),
    ),
    "needs_with_service": _of(
        Kind.DISTINCT, "Kinds of need for which a service took a referral.", "cases referrals", (Unit.KINDS,)
    ),
    "providers_taking": _of(
        Kind.DISTINCT, "Providers that took a referral.", "cases referrals", (Unit.NUMBER,)
    ),
    "cost_per_case": _of(
        Kind.MEAN,
        "What was paid for a case in euro; cases with payments of unknown worth in euro are not answered.",
        "cases costs",
        (Unit.EURO,),
    ),
    "cost_per_success": _of(
        Kind.RATIO,
        "What was paid for the cases scored about that long after arrival, for each at or above the bound.",
        "cases costs visits scores",
        (Unit.EURO,),
        side=SIDE,
        months=HORIZON,
        bound=Parameter("the bound", least=0, most=1),
    ),
}


def is_counted(measure: str) -> bool:
    """Whether a measure counts in full; one that is gone since is taken for an estimate."""
    known = MEASURES.get(measure)
    return known is not None and known.is_counted
