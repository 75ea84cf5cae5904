"""Who came how far: participant flow that adds up exactly, and moves between stages with median days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import codes, numbers
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class Step:
    """One box of the flow: how many came, how many left from here and why, how many go on."""

    name: str
    entered: int
    left: Mapping[str, int]
    continued: int


@dataclass(frozen=True)
class Move:
    """How many went from one stage to the next, and after how many days, in the middle and the quarters."""

    origin: str
    destination: str
    people: int
    median_days: float
    quartiles: tuple[float, float]


def participant_flow(
    steps: Sequence[tuple[str, Mapping[str, int]]], entered: int, analysed: int
) -> list[Step]:
    """Boxes from those registered to those analysed; every number must follow from the one before.

    steps: names in order, each with how many left there by reason. Refused ("does_not_reconcile") where
    more leave than came, or the last box is not `analysed`: such a flow is never printed. CONSORT (2010).
    """
    found, now = [], entered
    for name, left in steps:
        going = now - sum(left.values())
        if going < 0 or min(left.values(), default=0) < 0:
            raise CannotEstimate("does_not_reconcile", {"at": name, "entered": now, "left": now - going})
        found.append(Step(name, now, dict(left), going))
        now = going
    if now != analysed:
        raise CannotEstimate("does_not_reconcile", {"at": "analysed", "entered": now, "found": analysed})
    return found


def flow_of_people(reached: npt.ArrayLike, reasons: npt.ArrayLike, steps: Sequence[str]) -> list[Step]:
    """The flow counted from people.

    reached: (n,) number of steps each completed, 0 to all; reasons: why they
    went no further, "" for those who completed every step. Refused where a reason is missing or superfluous.
    """
    done = numbers(reached, "reached").astype(np.int64)
    why = np.asarray(reasons, dtype=object)
    if why.size != done.size or done.min(initial=0) < 0 or done.max(initial=0) > len(steps):
        raise CannotEstimate("wrong_shape", {"of": "reached"})
    stopped = done < len(steps)
    if any(bool(reason) != bool(short) for reason, short in zip(why, stopped, strict=True)):
        raise CannotEstimate("does_not_reconcile", {"at": "reasons"})
    listed = []
    for number, name in enumerate(steps):
        here = why[done == number]
        listed.append((name, {str(one): int(np.sum(here == one)) for one in sorted(set(here))}))
    return participant_flow(listed, int(done.size), int(np.sum(~stopped)))


def moves(case: npt.ArrayLike, stage: npt.ArrayLike, day: npt.ArrayLike) -> list[Move]:
    """Moves between consecutive stages of each case, the most travelled first.

    case, stage: labels (n,); day: (n,) when the stage was entered, any origin. At one day, order of rows.
    """
    days = numbers(day, "day")
    who, _labels = codes(case, "case", size=days.size)
    where, names = codes(stage, "stage", size=days.size)
    order = np.lexsort((np.arange(days.size), days, who))
    w, s, d = who[order], where[order], days[order]
    next_ = (w[1:] == w[:-1]) & (s[1:] != s[:-1])
    pairs, gone = s[:-1][next_] * names.size + s[1:][next_], np.diff(d)[next_]
    found = [_move(names, int(pair), gone[pairs == pair]) for pair in np.unique(pairs)]
    return sorted(found, key=lambda one: (-one.people, one.origin, one.destination))


def _move(names: npt.NDArray[Any], pair: int, gone: npt.NDArray[np.float64]) -> Move:
    low, middle, high = (float(one) for one in np.quantile(gone, [0.25, 0.5, 0.75]))
    return Move(str(names[pair // names.size]), str(names[pair % names.size]), gone.size, middle, (low, high))
