"""The values of an evaluation, pure.

What is asked (Spec, Design), what was reckoned (Estimated), what may be said (Check, Evidence, Finding).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LANGUAGES = ("en", "fr", "ar")
Words = Mapping[str, str]
"""The same thing said in each of LANGUAGES."""


class State(StrEnum):
    """What a guardrail says of a number."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    REFUSE = "refuse"


class Grade(StrEnum):
    """How sure one may be, after GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class Claim(StrEnum):
    """Whether the finding may be said as an answer."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class Kind(StrEnum):
    """What sort of question an estimand answers: kinds of comparison that are never one number."""

    LEVEL = "level"
    ADJUSTED = "adjusted"
    PROVIDERS = "providers"
    EFFECT = "effect"
    PARITY = "parity"
    COMMUNITY = "community"
    DURATION = "duration"
    ASSOCIATION = "association"
    SUBGROUPS = "subgroups"
    COST = "cost"
    SENSITIVITY = "sensitivity"
    SYNTHESIS = "synthesis"
    AGREEMENT = "agreement"
    DELIVERY = "delivery"
    PLANNING = "planning"
    WEIGHTS = "weights"


@dataclass(frozen=True)
class Design:
    """How the rows were drawn, as names of columns.

    fpc holds the number of sampling units in the stratum, or the fraction drawn when it is below 1.
    lonely: error, collapse, centre or certainty.
    """

    weight: str | None = None
    strata: str | None = None
    psu: str | None = None
    fpc: str | None = None
    lonely: str = "error"


@dataclass(frozen=True)
class Spec:
    """What is asked, fixed before the outcomes are opened. Columns are named as they stand in the frame."""

    estimand: str
    outcome: str | None = None
    treatment: str | None = None
    covariates: tuple[str, ...] = ()
    baseline: str | None = None
    subgroups: tuple[str, ...] = ()
    group: str | None = None
    unit: str | None = None
    time: str | None = None
    event: str | None = None
    cause: str | None = None
    cohort: str | None = None
    cost: str | None = None
    by: tuple[str, ...] = ()
    cluster: str | None = None
    design: Design = Design()
    sesoi: float | None = None
    alpha: float = 0.05
    confirmatory: bool = False
    population: str | None = None
    horizon_months: float | None = None
    place: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    guardrails: Mapping[str, object] = field(default_factory=dict)


COLUMN_FIELDS = (
    "outcome",
    "treatment",
    "baseline",
    "group",
    "unit",
    "time",
    "event",
    "cause",
    "cohort",
    "cost",
    "cluster",
)
COLUMNS_FIELDS = ("covariates", "subgroups", "by")


@dataclass(frozen=True)
class DesignFacts:
    """What the data are like, from which the level of evidence follows."""

    comparison: bool = False
    adjusted: bool = False
    before_after: bool = False
    baseline_in_both_arms: bool = False
    quasi_random: bool = False
    randomised: bool = False


@dataclass(frozen=True)
class Part:
    """A labelled sub-result: a domain, a provider, a month, a coefficient, a sub-group."""

    label: str
    estimate: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    df: float | None = None
    n: int | None = None
    p_value: float | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Estimated:
    """What an estimand's function hands back: numbers, and the measures that the guardrails judge.

    measures: by name of a guardrail (see `guardrails.py`), e.g. {"comparison_n": 212, "overlap_auc": 0.71};
    assumptions: codes with words in `wording`; details: further numbers, printed as they are.
    """

    method: str
    n: int
    estimate: float | None = None
    se: float | None = None
    ci: tuple[float, float] | None = None
    df: float | None = None
    p_value: float | None = None
    n_eff: float | None = None
    clusters: int | None = None
    parts: tuple[Part, ...] = ()
    measures: Mapping[str, float] = field(default_factory=dict)
    facts: DesignFacts = DesignFacts()
    assumptions: tuple[str, ...] = ()
    population: Mapping[str, object] = field(default_factory=dict)
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """What one guardrail says of one measure. limit: the bound that was not kept, or the one that was."""

    name: str
    state: State
    value: object
    limit: object
    words: Words


@dataclass(frozen=True)
class Evidence:
    """The design's level on the Maryland scale (1 to 5), GRADE's certainty, and every reason up or down."""

    level: int
    grade: Grade
    downgrades: tuple[str, ...] = ()
    upgrades: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """An answer, or the refusal of one, with all that is needed to judge and to repeat it."""

    estimand: str
    kind: Kind
    population: Mapping[str, object]
    method: str
    estimate: float | None
    se: float | None
    ci: tuple[float, float] | None
    df: float | None
    p_value: float | None
    n: int
    n_eff: float | None
    clusters: int | None
    parts: tuple[Part, ...]
    assumptions: tuple[str, ...]
    checks: tuple[Check, ...]
    overrides: tuple[str, ...]
    evidence: Evidence
    claim: Claim
    refusals: tuple[str, ...]
    needs: Mapping[str, object]
    sentence: Words
    suppressed: bool
    details: Mapping[str, object]
    inputs_sha256: str
    spec_sha256: str
    code_version: str
