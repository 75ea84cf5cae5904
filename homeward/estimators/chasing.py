"""Whom to try next: how even the answers are so far, and what one more of them is worth.

Cells are groups of the sample that are known of everybody, whether they answered or not. Sources: Schouten,
Cobben & Bethlehem (2009), Survey Methodology 35; the correction for small samples after Shlomo, Skinner &
Schouten (2012), J. Stat. Plan. Inference 142, for propensities by cell; checked by simulation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Cell:
    """So many of a group were asked, so many of them answered; their sizes are in people of the frame."""

    asked: int
    answered: int
    people: float

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.asked or self.people < 0:
            raise ValueError("no more answers than were asked, none below 0")


def r_indicator(cells: Sequence[Cell]) -> float | None:
    """How alike the groups answer: 1 when all do at one rate, towards 0 when some do and others do not.

    R = 1 - 2 S, S² the variance of the rates between groups without what chance alone makes of it. None with
    fewer than two groups of at least two people.
    """
    told = [cell for cell in cells if cell.asked >= 2 and cell.people > 0]
    people = sum(cell.people for cell in told)
    if len(told) < 2 or not people:
        return None
    rates = [cell.answered / cell.asked for cell in told]
    shares = [cell.people / people for cell in told]
    mean = sum(share * rate for share, rate in zip(shares, rates, strict=True))
    between = sum(share * (rate - mean) ** 2 for share, rate in zip(shares, rates, strict=True))
    chance = sum(
        share * (1 - share) * rate * (1 - rate) / (cell.asked - 1)
        for cell, share, rate in zip(told, shares, rates, strict=True)
    )
    return 1 - 2 * sqrt(max(0.0, between - chance))


def worth_of_answer(share: float, answers: int) -> float:
    """By how much one more answer of a group makes the variance of everybody's mean smaller.

    share: of the group among all, 0 to 1; in units of the variance of one answer, alike in all groups. With
    the mean by groups it is share² / r for r answers; half an answer is added, so that a group without any
    has a worth as well. ValueError for what cannot be.
    """
    if not 0 <= share <= 1 or answers < 0:
        raise ValueError("a share from 0 to 1, answers from 0 on")
    return share**2 * (1 / (answers + 0.5) - 1 / (answers + 1.5))


def chances(tries: Mapping[int, tuple[int, int]]) -> dict[int, float]:
    """The chance that the next try brings an answer, by how many there were before: never rising.

    tries: for each number of tries before, how many next ones there were and how many of them succeeded. Two
    tries of which one succeeded are added to each. What comes later is no likelier than what came before.
    """
    found: dict[int, float] = {}
    last = 1.0
    for before in range(max(tries, default=-1) + 1):
        made, succeeded = tries.get(before, (0, 0))
        if not 0 <= succeeded <= made:
            raise ValueError("no more successes than tries")
        last = found[before] = min(last, (succeeded + 1) / (made + 2))
    return found
