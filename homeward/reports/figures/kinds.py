"""What figures are made of: plain values, as they come from findings or indicators."""

from collections.abc import Mapping
from dataclasses import dataclass

Interval = tuple[float, float]
SMALLEST = 10
"""A number of people below which a count is not written."""


class DoesNotReconcile(ValueError):
    """The numbers of a flow do not follow from one another: it is not drawn."""

    def __init__(self, at: str, expected: int, found: int) -> None:
        super().__init__(f"{at}: {found} where {expected} must stand")
        self.at, self.expected, self.found = at, expected, found


@dataclass(frozen=True)
class Source:
    """Where numbers come from: people, the share who were reached, when, and which hashes."""

    n: int | None = None
    coverage: float | None = None
    period: str = ""
    horizon_months: float | None = None
    place: str = ""
    extract: str = ""
    spec: str = ""


@dataclass(frozen=True)
class ParticipantFlow:
    """From everybody to those analysed. steps: where people left, by reason; arms: of those analysed."""

    entered: int
    steps: tuple[tuple[str, Mapping[str, int]], ...]
    analysed: int
    arms: tuple[tuple[str, int], ...] = ()
    source: Source = Source()

    def __post_init__(self) -> None:
        now = self.entered
        for name, left in self.steps:
            gone = sum(left.values())
            if gone > now or min(left.values(), default=0) < 0:
                raise DoesNotReconcile(name, now, gone)
            now -= gone
        if now != self.analysed:
            raise DoesNotReconcile("analysed", now, self.analysed)
        if self.arms and sum(n for _name, n in self.arms) != self.analysed:
            raise DoesNotReconcile("arms", self.analysed, sum(n for _name, n in self.arms))


@dataclass(frozen=True)
class Passage:
    """How many went from one stage to another, and after how many days, in the middle."""

    origin: str
    destination: str
    people: int
    median_days: float


@dataclass(frozen=True)
class Stages:
    """The path of cases, in tens of people. order: stages from first to last; starts: how many began at each.

    In tens, because the people of a stage less those of its passages would tell of few.
    """

    order: tuple[str, ...]
    starts: Mapping[str, int]
    passages: tuple[Passage, ...]
    source: Source = Source()

    def __post_init__(self) -> None:
        for name in self.order:
            came, gone = self.came(name), self.gone(name)
            if gone > came:
                raise DoesNotReconcile(name, came, gone)
            if came % SMALLEST:
                raise DoesNotReconcile(name, came - came % SMALLEST, came)
        for one in self.passages:
            if one.people % SMALLEST or not one.people:
                raise DoesNotReconcile(one.origin, one.people - one.people % SMALLEST, one.people)
            if not {one.origin, one.destination} <= set(self.order):
                raise DoesNotReconcile(one.origin, 0, one.people)

    def came(self, name: str) -> int:
        """How often the stage was entered."""
        arrived = sum(one.people for one in self.passages if one.destination == name)
        return self.starts.get(name, 0) + arrived

    def gone(self, name: str) -> int:
        """How often it was left for another."""
        return sum(one.people for one in self.passages if one.origin == name)


@dataclass(frozen=True)
class Balanced:
    """One starting condition in both groups; differences, raw and weighted, in standard deviations."""

    name: str
    raw: float
    weighted: float
    ratio_raw: float | None = None
    ratio_weighted: float | None = None
    treated: float | None = None
    control: float | None = None


@dataclass(frozen=True)
class Love:
    """The balance table as dots beside the lines at 0.1 and 0.25."""

    rows: tuple[Balanced, ...]
    source: Source = Source()


@dataclass(frozen=True)
class Overlap:
    """Propensities in bins: edges (k + 1), and how many people of each group stand in each of the k bins."""

    edges: tuple[float, ...]
    treated: tuple[int, ...]
    control: tuple[int, ...]
    outside: float | None = None
    ess_treated: float | None = None
    ess_control: float | None = None
    auc: float | None = None
    source: Source = Source()


@dataclass(frozen=True)
class Estimate:
    """A number with its interval."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ForestRow:
    """One group's own number, thin, and what is left of it beside all others, bold."""

    label: str
    raw: Estimate
    n: int | None = None
    shrunk: Estimate | None = None
    planned: bool = False


@dataclass(frozen=True)
class Forest:
    """Groups, countries or studies beside one another, and what holds for all."""

    rows: tuple[ForestRow, ...]
    whole: Estimate | None = None
    prediction: Interval | None = None
    q: float | None = None
    q_df: float | None = None
    q_p: float | None = None
    i2: float | None = None
    sesoi: float | None = None
    source: Source = Source()


@dataclass(frozen=True)
class FunnelPoint:
    """One provider: how many people stand behind it, its mean, and where that lies."""

    name: str
    n: float
    value: float
    inner: Interval
    outer: Interval


@dataclass(frozen=True)
class Funnel:
    """Providers within the limits that their size allows. Never in the order of their results."""

    points: tuple[FunnelPoint, ...]
    target: float
    tau2: float = 0.0
    source: Source = Source()


@dataclass(frozen=True)
class ProfileLine:
    """Three sides of life of the same people at one time."""

    who: str
    economic: Estimate
    social: Estimate
    psychosocial: Estimate

    @property
    def sides(self) -> tuple[Estimate, Estimate, Estimate]:
        """In the order in which they are drawn."""
        return (self.economic, self.social, self.psychosocial)


@dataclass(frozen=True)
class Profile:
    """The three sides as a spider, always with interval bars beside it: its area misleads."""

    lines: tuple[ProfileLine, ...]
    source: Source = Source()
    n: int | None = None


@dataclass(frozen=True)
class CostPlane:
    """Draws of (difference of effect, difference of cost) with the shares of the four quadrants."""

    draws: tuple[tuple[float, float], ...]
    effect: Estimate
    cost: Estimate
    shares: Mapping[str, float]
    currency: str = ""
    ratio: float | None = None
    ratio_interval: Interval | None = None
    source: Source = Source()


@dataclass(frozen=True)
class Acceptability:
    """How likely assistance is worth its cost, by what a point is worth: (worth, chance)."""

    points: tuple[tuple[float, float], ...]
    currency: str = ""
    source: Source = Source()


@dataclass(frozen=True)
class Incident:
    """Shares by cause at one month; bounds: if the unreachable all stayed, or all left."""

    month: float
    shares: Mapping[str, Estimate]
    bounds: Interval | None = None


@dataclass(frozen=True)
class CumulativeIncidence:
    """Causes stacked at each month; of: the cause that the bounds are about."""

    causes: tuple[str, ...]
    months: tuple[Incident, ...]
    of: str = ""
    unreachable: float | None = None
    source: Source = Source()


@dataclass(frozen=True)
class Bar:
    """One district or group; value is None where too few people stand behind it."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Districts:
    """Districts, or other groups, as bars from nothing."""

    bars: tuple[Bar, ...]
    is_share: bool = False
    source: Source = Source()


Figure = (
    ParticipantFlow
    | Stages
    | Love
    | Overlap
    | Forest
    | Funnel
    | Profile
    | CostPlane
    | Acceptability
    | CumulativeIncidence
    | Districts
)
