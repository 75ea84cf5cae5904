"""What a framework says, what may be done with its versions, and which values may be joined. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

LANGUAGES = ("en", "fr", "ar")
Words = Mapping[str, str]
"""The same thing said in each of LANGUAGES."""


class FrameworkState(StrEnum):
    """How far a version is. What it says changes in a draft only."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    VALIDATED = "validated"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


V = FrameworkState
MOVES: Mapping[FrameworkState, frozenset[FrameworkState]] = {
    V.DRAFT: frozenset({V.CONSULTATION}),
    V.CONSULTATION: frozenset({V.DRAFT, V.VALIDATED}),
    V.VALIDATED: frozenset({V.IN_FORCE}),
    V.IN_FORCE: frozenset({V.SUPERSEDED}),
    V.SUPERSEDED: frozenset(),
}
AGREED = frozenset({V.VALIDATED, V.IN_FORCE, V.SUPERSEDED})


class FrameworkPart(StrEnum):
    """What an organisation does in a framework beside owning it."""

    CO_OWNER = "co_owner"  # a person of it has to validate too
    CONSULTED = "consulted"


class TableState(StrEnum):
    """How far a table of values is."""

    ASKED = "asked"
    COMPUTING = "computing"
    READY = "ready"
    FAILED = "failed"


CRASHED_AFTER = timedelta(hours=1)  # without a sign of life from whoever reckons a table


class Scope(StrEnum):
    CORE = "core"
    LOCAL = "local"


class Level(StrEnum):
    INDIVIDUAL = "individual"
    COMMUNITY = "community"
    STRUCTURAL = "structural"


class Aspect(StrEnum):
    """Which side of life, or all of them."""

    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"
    OVERALL = "overall"


class Sort(StrEnum):
    PROCESS = "process"
    OUTCOME = "outcome"


class Criterion(StrEnum):
    """The six criteria of the OECD's Development Assistance Committee."""

    RELEVANCE = "relevance"
    COHERENCE = "coherence"
    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    IMPACT = "impact"
    SUSTAINABILITY = "sustainability"


class Unit(StrEnum):
    SHARE = "share"
    SCORE = "score"
    DAYS = "days"
    CASES = "cases"
    PLACES = "places"
    KINDS = "kinds"
    JOBS = "jobs"
    EURO = "euro"
    NUMBER = "number"


class Source(StrEnum):
    """Where the figures come from."""

    CASE_FILE = "case_file"
    PLAN = "plan"
    DELIVERIES = "deliveries"
    PAYMENTS = "payments"
    REFERRALS = "referrals"
    VISITS = "visits"
    SURVEY = "survey"


class Frequency(StrEnum):
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Better(StrEnum):
    """Which way is good; some indicators only describe."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Standing(StrEnum):
    """Whether anybody outside agreed to a definition."""

    PROPOSED = "proposed"  # ours: not an agreed international standard
    AGREED = "agreed"  # named in `reference`


class Comparing(StrEnum):
    """Whether values may be joined with those of the version before."""

    NEW = "new"
    SAME = "same"
    BRIDGED = "bridged"
    BROKEN = "broken"


class Dimension(StrEnum):
    """What values are told apart by; an empty value is the total over it."""

    PROGRAMME = "programme"
    COUNTRY = "country"
    PARTNER = "partner"
    SEX = "sex"
    AGE_BAND = "age_band"
    GROUP = "group"


@dataclass(frozen=True)
class Target:
    """What is aimed at; an empty place is every country, an empty period every period."""

    value: float
    place: str = ""
    period: str = ""


@dataclass(frozen=True)
class Comparability:
    """How an indicator goes with the same code in the version before.

    Bridged: old values times `factor` plus `offset` are new ones, for the reason in `rule`.
    """

    kind: Comparing = Comparing.NEW
    factor: float = 1.0
    offset: float = 0.0
    rule: str = ""


@dataclass(frozen=True)
class Definition:
    """One indicator of a version."""

    code: str
    name: Words
    counts: Words
    leaves_out: Words
    measure: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    scope: Scope = Scope.CORE
    level: Level = Level.INDIVIDUAL
    aspect: Aspect = Aspect.OVERALL
    sort: Sort = Sort.PROCESS
    criterion: Criterion = Criterion.EFFECTIVENESS
    unit: Unit = Unit.SHARE
    better: Better = Better.HIGHER
    source: Source = Source.CASE_FILE
    frequency: Frequency = Frequency.YEARLY
    responsible: str = "case_manager"
    disaggregations: tuple[Dimension, ...] = tuple(Dimension)
    targets: tuple[Target, ...] = ()
    comparability: Comparability = Comparability()
    standing: Standing = Standing.PROPOSED
    reference: str = ""


def may_move(before: FrameworkState, after: FrameworkState) -> bool:
    """Whether a version may go from one state to the other."""
    return after in MOVES[before]


def reckons_alike(one: Definition, other: Definition) -> bool:
    """Whether two definitions give the same numbers of the same frames, for the same periods."""
    return _reckoned_by(one) == _reckoned_by(other)


def _reckoned_by(one: Definition) -> tuple[object, ...]:
    return one.measure, dict(one.parameters), one.unit, one.frequency


def target_for(targets: Iterable[Target], place: str, period: str) -> Target | None:
    """The target nearest to a place and period: the place's own first, then one for all."""
    known = {(one.place, one.period): one for one in targets}
    year = period[:4]
    order = [(place, period), (place, year), ("", period), ("", year), (place, ""), ("", "")]
    return next((known[one] for one in order if one in known), None)


# What is told apart together. The full cross is never made: it would hold more cells than people.
BY_PERIOD: tuple[tuple[Dimension, ...], ...] = (
    (),
    *((one,) for one in Dimension),
    (Dimension.COUNTRY, Dimension.SEX),
)
OVER_ALL_PERIODS: tuple[tuple[Dimension, ...], ...] = (
    *BY_PERIOD,
    (Dimension.PROGRAMME, Dimension.COUNTRY),
    (Dimension.COUNTRY, Dimension.PARTNER),
    (Dimension.COUNTRY, Dimension.AGE_BAND),
    (Dimension.COUNTRY, Dimension.GROUP),
    (Dimension.PARTNER, Dimension.SEX),
    (Dimension.SEX, Dimension.AGE_BAND),
)


def is_told_apart(dimensions: Iterable[Dimension], *, by_period: bool) -> bool:
    """Whether values are reckoned for these dimensions together."""
    wanted = set(dimensions)
    return any(set(one) == wanted for one in (BY_PERIOD if by_period else OVER_ALL_PERIODS))


SEALED_GROUPS = frozenset({"trafficking", "unaccompanied_child", "violence", "health"})
NOT_KNOWN = "not_known"


BAND = 10  # below it a cell says no more than that it is small
FEWEST_FOR_A_NUMBER = 15  # below it cases are counted, and nothing is said of them
ENOUGH = 30  # below it a number is shown with a warning


class Shown(StrEnum):
    """How much of a cell is told; whatever is too small to be told apart at all is hidden."""

    SHOWN = "shown"
    COUNT = "count"  # how many cases, and how many of those asked about are known
    BAND = "band"  # that there are some, fewer than BAND
    HIDDEN = "hidden"


class Why(StrEnum):
    """Why a cell is hidden."""

    FEW = "few"  # too few people stand behind it
    COMPLEMENT = "complement"  # it would give one away that too few stand behind


def shown_of(n: int, *, is_hidden: bool, is_counted: bool) -> Shown:
    """How much may be told of a cell of n cases; is_counted: its value is a count in full, no estimate."""
    if is_hidden:
        return Shown.HIDDEN
    if 0 < n < BAND:
        return Shown.BAND
    if 0 < n < FEWEST_FOR_A_NUMBER and not is_counted:
        return Shown.COUNT
    return Shown.SHOWN


@dataclass(frozen=True)
class Segment:
    """Values that may be drawn as one line, and why it does not go on from the one before it."""

    version: int
    broken: str
    points: tuple["Point", ...]


@dataclass(frozen=True)
class Point:
    """One period of a series; `is_bridged` says that the stated rule made it of another version's value."""

    period: str
    version: int
    shown: str
    n: int | None
    coverage: float | None
    value: float | None
    low: float | None
    high: float | None
    is_bridged: bool = False


@dataclass(frozen=True)
class Versioned:
    """One version's points of an indicator, and how they go with those of the version before.

    A version without values is one without points: what it breaks or bridges holds all the same.
    """

    version: int
    comparability: Comparability
    points: tuple[Point, ...]


def joined(parts: Iterable[Versioned]) -> tuple[Segment, ...]:
    """Series of the versions, in order, as segments: what is broken begins anew, what is bridged is reckoned.

    Where two versions tell of one period, the later says what it is.
    """
    segments: list[Segment] = []
    for part in parts:
        if segments and part.comparability.kind in (Comparing.SAME, Comparing.BRIDGED):
            segments[-1] = _continued(segments[-1], part)
        else:
            segments.append(Segment(part.version, part.comparability.rule or str(Comparing.NEW), part.points))
    told = [one for one in segments if one.points]
    return (*(replace(one, broken="") for one in told[:1]), *told[1:])


def _continued(before: Segment, part: Versioned) -> Segment:
    older = before.points
    if part.comparability.kind is Comparing.BRIDGED:
        older = tuple(_bridged(one, part.comparability) for one in older)
    kept = {one.period: one for one in (*older, *part.points)}
    return Segment(part.version, before.broken, tuple(kept[period] for period in sorted(kept)))


def _bridged(point: Point, by: Comparability) -> Point:
    """The point by the stated rule, with the limits of before: how unsure the rule is, nobody said."""
    told = (point.value, point.low, point.high)
    value, *ends = (None if one is None else one * by.factor + by.offset for one in told)
    low, high = ends if by.factor >= 0 else ends[::-1]
    return replace(point, value=value, low=low, high=high, is_bridged=True)
