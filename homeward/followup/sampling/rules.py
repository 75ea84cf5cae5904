"""What a sample is drawn from, how large it has to be, and who may stand in for whom. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from homeward.estimators.sizes import (
    design_effect,
    size_for_difference,
    size_for_mean,
    size_for_share,
    to_contact,
)
from homeward.followup.rules import AAPOR, Disposition, NotNeeded, VisitOutcome, VisitState

MOST_IN_A_FRAME = 50_000
OTHERS = ""  # the group of everybody whose own group is too small to be told apart


class Design(StrEnum):
    SIMPLE = "simple"
    STRATIFIED = "stratified"
    CLUSTER = "cluster"  # places in proportion to their people, by systematic steps; then people in them


class TellApart(StrEnum):
    """By what the groups of a frame are told apart."""

    PLACE = "place"
    PROGRAMME = "programme"
    PARTNER = "partner"
    SEX = "sex"
    RETURN_TYPE = "return_type"


class Allocation(StrEnum):
    PROPORTIONAL = "proportional"
    EQUAL = "equal"


class SampleState(StrEnum):
    PLANNED = "planned"
    DRAWN = "drawn"


class MemberRole(StrEnum):
    """`frame`: of a place that was not drawn. `substitute`: took the place of somebody."""

    CHOSEN = "chosen"
    RESERVE = "reserve"
    FRAME = "frame"
    SUBSTITUTE = "substitute"


ASKED = (MemberRole.CHOSEN, MemberRole.SUBSTITUTE)


class ReplaceWhen(StrEnum):
    NEVER = "never"
    NOT_IN_FRAME = "not_in_frame"  # somebody who turned out not to belong to the frame
    UNREACHED = "unreached"  # these, and whom nobody reached after so many attempts


class Ended(StrEnum):
    """What became of one member of a sample, so far."""

    INTERVIEW = "interview"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    NON_CONTACT = "non_contact"
    OTHER = "other"
    NOT_IN_FRAME = "not_in_frame"
    NOT_TRIED = "not_tried"


class Aim(StrEnum):
    """What the sample has to be large enough for."""

    SHARE = "share"
    MEAN = "mean"
    DIFFERENCE = "difference"
    NUMBER = "number"  # somebody decided on a number


@dataclass(frozen=True)
class FrameRule:
    """Who belongs: visits of one round, of people who arrived so many months ago; empty asks for nothing."""

    round: str
    programme_id: UUID | None = None
    partner_id: UUID | None = None
    from_months: int = 0
    to_months: int | None = None
    places: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    return_types: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """The rule as it is kept."""
        kept = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        return {name: str(value) if isinstance(value, UUID) else value for name, value in kept.items()}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "FrameRule":
        """The rule as it was kept."""
        given: dict[str, Any] = dict(kept)
        for name in ("programme_id", "partner_id"):
            given[name] = UUID(given[name]) if given.get(name) else None
        for name in ("places", "sexes", "return_types"):
            given[name] = tuple(given.get(name, ()))
        return cls(**given)


@dataclass(frozen=True)
class SizeAsked:
    """What is wanted of a sample; shares, margins and rates from 0 to 1, `sd` in the unit of the margin."""

    aim: Aim
    number: int = 0
    margin: float = 0.05
    expected: float = 0.5
    sd: float = 0.2
    difference: float = 0.05
    power: float = 0.8
    confidence: float = 0.95
    response: float = 1.0
    icc: float = 0.0
    per_cluster: float = 1.0


@dataclass(frozen=True)
class SizeFound:
    """How many have to answer, how many to contact for that; `is_short` when there are not so many people."""

    answers: int
    contacts: int
    effect: float
    is_short: bool


def size_of(asked: SizeAsked, people: int | None = None) -> SizeFound:
    """How large a sample has to be; ValueError for what cannot be."""
    effect = design_effect(asked.per_cluster, asked.icc)
    try:
        answers = _answers(asked, people, effect)
    except ArithmeticError as beyond:
        raise ValueError("beyond all numbers") from beyond
    contacts = answers if asked.aim == Aim.NUMBER else to_contact(answers, asked.response)
    is_short = people is not None and contacts > people
    return SizeFound(answers, min(contacts, people) if people is not None else contacts, effect, is_short)


def _answers(asked: SizeAsked, people: int | None, effect: float) -> int:
    if asked.aim == Aim.NUMBER:
        if asked.number < 1:
            raise ValueError("at least one")
        return asked.number
    shared = {"confidence": asked.confidence, "population": people, "effect": effect}
    if asked.aim == Aim.SHARE:
        return size_for_share(asked.margin, expected=asked.expected, **shared)  # type: ignore[arg-type]
    if asked.aim == Aim.MEAN:
        return size_for_mean(asked.margin, asked.sd, **shared)  # type: ignore[arg-type]
    told = {"power": asked.power, "confidence": asked.confidence, "effect": effect}
    return 2 * size_for_difference(asked.difference, asked.sd, **told)


def ended(state: str, outcome: str, because: str) -> Ended:
    """What became of a member, by their visit."""
    if state == VisitState.DONE:
        return Ended.PARTIAL if outcome == VisitOutcome.PARTLY else Ended.INTERVIEW
    if state == VisitState.NOT_NEEDED:
        if because == NotNeeded.WANTS_NONE:
            return Ended.REFUSAL
        return Ended.NOT_IN_FRAME if because in (NotNeeded.DIED, NotNeeded.SCHEDULE) else Ended.OTHER
    if not outcome:
        return Ended.NOT_TRIED
    _code, found = AAPOR[VisitOutcome(outcome)]
    # The person said yes, but no form came in yet.
    return Ended.NON_CONTACT if found == Disposition.INTERVIEW else Ended(found.value)


NO_MORE = (
    VisitOutcome.REFUSED,
    VisitOutcome.BROKE_OFF,
    VisitOutcome.DIED,
)  # nobody is asked again after these


def may_try(state: str, outcome: str) -> bool:
    """Whether one more attempt is right: the form is not in, and they did not say no."""
    return state in (VisitState.DUE, VisitState.MISSED) and outcome not in NO_MORE


def may_replace(when: ReplaceWhen, found: Ended, attempts: int, after: int) -> bool:
    """Whether somebody else may be asked instead. Never for a refusal: that would hide it."""
    if when == ReplaceWhen.NEVER:
        return False
    if found == Ended.NOT_IN_FRAME:
        return True
    return when == ReplaceWhen.UNREACHED and found == Ended.NON_CONTACT and attempts >= after


def told_apart(counts: Mapping[str, int], fewest: int) -> dict[str, str]:
    """The group under which each group is shown: small ones together, and never a small remainder alone."""
    large = {name: count for name, count in counts.items() if name != OTHERS and count >= fewest}
    rest = sum(counts.values()) - sum(large.values())
    while large and 0 < rest < fewest:
        smallest = min(large, key=lambda name: (large[name], name))
        rest += large.pop(smallest)
    return {name: name if name in large else OTHERS for name in counts}
