"""How far a sample has got, how well it was answered, and whom to try next. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from homeward.estimators.chasing import Cell, chances, r_indicator, worth_of_answer
from homeward.estimators.responses import (
    Dispositions,
    contact_rate,
    cooperation_rate,
    refusal_rate,
    response_rate,
)
from homeward.followup.sampling.rules import Ended, MemberRole, ended, may_try

MOST_TRIES = 20  # beyond them one more is as hopeless as the last
ANSWERED = (Ended.INTERVIEW, Ended.PARTIAL)


@dataclass(frozen=True)
class Asked:
    """One member whom the sample asks, with what is known of their visit but not who they are."""

    id: UUID
    visit_id: UUID
    key: UUID
    group: str
    line: int
    role: MemberRole
    probability: float
    state: str
    outcome: str
    because: str
    attempts: int
    opens_on: date
    closes_on: date
    planned_on: date | None

    @property
    def ended(self) -> Ended:
        return ended(self.state, self.outcome, self.because)


@dataclass(frozen=True)
class GroupProgress:
    """One group: people in the frame, how many were asked, what became of them."""

    name: str
    people: int
    asked: int
    ended: Mapping[Ended, int]

    @property
    def interviews(self) -> int:
        return sum(self.ended.get(one, 0) for one in ANSWERED)

    @property
    def belonging(self) -> int:
        """Everybody asked who belongs to the frame."""
        return self.asked - self.ended.get(Ended.NOT_IN_FRAME, 0)


@dataclass(frozen=True)
class Rates:
    """Rates by AAPOR's definitions, from 0 to 1, and how evenly groups answered; None where none can be."""

    response: float | None
    cooperation: float | None
    refusal: float | None
    contact: float | None
    evenness: float | None


@dataclass(frozen=True)
class Next:
    """Somebody to try again; `gain` is of the most useful one, from 0 to 1."""

    member: Asked
    gain: float


def progress_of(members: Iterable[Asked], people: Mapping[str, int]) -> list[GroupProgress]:
    """By group, in the order of the frame's own list of groups."""
    found: dict[str, Counter[Ended]] = {name: Counter() for name in people}
    for one in members:
        found.setdefault(one.group, Counter())[one.ended] += 1
    return [GroupProgress(name, people.get(name, 0), told.total(), told) for name, told in found.items()]


def dispositions_of(members: Iterable[Asked]) -> Dispositions:
    """How the sample ended so far, by AAPOR: not tried is unknown, who does not belong is left out."""
    told = Counter(one.ended for one in members)
    return Dispositions(
        interviews=told[Ended.INTERVIEW],
        partial=told[Ended.PARTIAL],
        refusals=told[Ended.REFUSAL],
        non_contacts=told[Ended.NON_CONTACT],
        others=told[Ended.OTHER],
        unknown=told[Ended.NOT_TRIED],
    )


def rates_of(members: Sequence[Asked], people: Mapping[str, int]) -> Rates:
    """The rates of a sample so far; a partial interview counts as an answer."""
    given = dispositions_of(members)
    cells = [
        Cell(one.belonging, one.interviews, float(one.people))
        for one in progress_of(members, people)
        if one.people
    ]
    return Rates(
        response=response_rate(given, with_partial=True),
        cooperation=cooperation_rate(given),
        refusal=refusal_rate(given),
        contact=contact_rate(given),
        evenness=r_indicator(cells),
    )


def next_of(members: Sequence[Asked], people: Mapping[str, int], most: int) -> list[Next]:
    """Whom to try next: the chance of an answer times what it is worth, largest first."""
    everybody = sum(people.values()) or 1
    answers = Counter(one.group for one in members if one.ended in ANSWERED)
    chance = chances(_tries(members))
    last = max(chance, default=0)
    worth = {
        name: worth_of_answer(min(1.0, people.get(name, 0) / everybody), answers[name])
        for name in {one.group for one in members}
    }
    open_ = [one for one in members if may_try(one.state, one.outcome)]
    gains = [(one, worth[one.group] * chance.get(min(one.attempts, last), 0.5)) for one in open_]
    gains.sort(key=lambda pair: (-pair[1], pair[0].closes_on, pair[0].line))
    top = gains[0][1] if gains and gains[0][1] else 1.0
    return [Next(one, gain / top) for one, gain in gains[:most]]


def _tries(members: Iterable[Asked]) -> dict[int, tuple[int, int]]:
    made: Counter[int] = Counter()
    succeeded: Counter[int] = Counter()
    for one in members:
        is_in = one.ended in ANSWERED
        tries = min(max(one.attempts, 1) if is_in else one.attempts, MOST_TRIES)
        made.update(range(tries))
        if is_in:
            succeeded[tries - 1] += 1
    return {before: (made[before], succeeded[before]) for before in made}


def weights_of(
    members: Sequence[Asked], replaced: frozenset[UUID], followed: Mapping[UUID, float]
) -> dict[UUID, float]:
    """For how many people each member stands.

    replaced: members whose place somebody took, who stand for nobody any more. followed: by visit, the share
    with which a double sample took those who did not answer, 0 for whom it did not take; who is not in it
    answered the first time, or said no. Hansen & Hurwitz (1946).
    """
    found = {}
    for one in members:
        if one.id in replaced:
            found[one.id] = 0.0
            continue
        share = followed.get(one.visit_id, 1.0)
        found[one.id] = 1 / (one.probability * share) if one.probability and share else 0.0
    return found
