"""What is drawn, what a report can be, when the next one is due, how far a recommendation is: pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

SHORTEST_REASON = 10  # letters: less than that says nothing to who reads it later
SHORTEST_NAME = 4
LANGUAGES = ("en", "fr", "ar")
MAKING_JOB = "make_report"


class FigureKind(StrEnum):
    """The kinds of figure."""

    PARTICIPANT_FLOW = "participant_flow"
    STAGES = "stages"
    LOVE = "love"
    OVERLAP = "overlap"
    FOREST = "forest"
    FUNNEL = "funnel"
    PROFILE = "profile"
    COST_PLANE = "cost_plane"
    ACCEPTABILITY = "acceptability"
    CUMULATIVE_INCIDENCE = "cumulative_incidence"
    DISTRICTS = "districts"


class ReportAudience(StrEnum):
    """Who a report is for: outside means that whoever reads it is bound by nothing."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class ReportState(StrEnum):
    """How far a report is."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    CHECKED = "checked"  # one person has read it and would let it go
    RELEASED = "released"
    REFUSED = "refused"  # its tables would tell of people
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class ReportFormat(StrEnum):
    """What a report is written as."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"


class Frequency(StrEnum):
    """How often a report is made by itself."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Means(StrEnum):
    """How a person handed a report over."""

    IN_PERSON = "in_person"
    POST = "post"
    E_MAIL = "e_mail"
    PORTAL = "portal"


class AdviceState(StrEnum):
    """How far a recommendation is: said, answered, done."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    DONE = "done"


S = ReportState
MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    S.ASKED: frozenset({S.MAKING, S.WITHDRAWN}),
    # Making is begun anew when a crash ended it.
    S.MAKING: frozenset({S.MAKING, S.READY, S.REFUSED, S.FAILED, S.WITHDRAWN}),
    S.READY: frozenset({S.CHECKED, S.RELEASED, S.WITHDRAWN}),
    S.CHECKED: frozenset({S.RELEASED, S.WITHDRAWN}),
    S.RELEASED: frozenset({S.WITHDRAWN}),
    S.REFUSED: frozenset({S.WITHDRAWN}),
    S.FAILED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
UNDER_WAY = frozenset({S.ASKED, S.MAKING})
FROZEN = frozenset({S.READY, S.CHECKED, S.RELEASED})
MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}

A = AdviceState
DECISIONS = frozenset({A.ACCEPTED, A.PARTLY, A.REJECTED})
ADVICE_MOVES: Mapping[AdviceState, frozenset[AdviceState]] = {
    A.OPEN: DECISIONS,
    A.ACCEPTED: DECISIONS | {A.DONE},
    A.PARTLY: DECISIONS | {A.DONE},
    A.REJECTED: DECISIONS,
    A.DONE: frozenset(),
}
WAITING = frozenset({A.OPEN, A.ACCEPTED, A.PARTLY})


def may_move(before: ReportState, after: ReportState) -> bool:
    """Whether a report may go from one state to the other."""
    return after in MOVES[before]


def last_period(frequency: Frequency, today: date) -> tuple[date, date]:
    """The last whole month or quarter of the calendar that is over, both days included."""
    months = MONTHS[frequency]
    index = today.year * 12 + today.month - 1
    start = index - index % months - months
    return _first(start), _first(start + months) - timedelta(days=1)


def is_whole_months(start: date, end: date) -> bool:
    """Whether both days included are months of the calendar: extracts know no days."""
    return start.day == 1 and (end + timedelta(days=1)).day == 1


def months_between(start: date | None, end: date | None) -> str:
    """The months from one day to the other, open at the end that is not known; nothing for all time."""
    ends = [f"{one:%Y-%m}" if one else "…" for one in (start, end)]
    return " – ".join(ends) if start or end else ""


def next_due(frequency: Frequency, today: date) -> date:
    """The first day after today on which another period is over: what was missed is not made up for."""
    months = MONTHS[frequency]
    index = today.year * 12 + today.month - 1
    return _first(index - index % months + months)


def _first(months: int) -> date:
    year, month = divmod(months, 12)
    return date(year, month + 1, 1)
