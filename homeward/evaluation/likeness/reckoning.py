"""Reckoning the groups of a publication from the frames of an extract; only the worker loads this."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from homeward.estimators.suppression import INSIDE, Rule
from homeward.evaluation.framing import Files
from homeward.evaluation.likeness.gathering import people_of
from homeward.evaluation.likeness.rules import (
    ENOUGH,
    LEVELS,
    NOT_KNOWN,
    Group,
    Trait,
    is_sealed,
)
from homeward.evaluation.likeness.standing import told_of

SEALED = Rule(INSIDE.sealed_threshold, INSIDE.sealed_threshold)


@dataclass(frozen=True)
class Reckoned:
    """Groups that do not overlap, and the places and programmes that a reader can choose from."""

    groups: tuple[Group, ...]
    districts: dict[str, list[str]]
    programmes: list[str]


def reckoned(files: Files, as_of: date, seed: int) -> Reckoned:
    """The frozen table of an extract; the same extract gives the same one."""
    people = people_of(files, as_of, seed)
    groups = tuple(_group(*one) for one in divided(people))
    places = people[people["district"] != NOT_KNOWN]
    districts = {
        str(origin): sorted(set(rows["district"].astype(str))) for origin, rows in places.groupby("origin")
    }
    programmes = sorted(set(people["programme"].astype(str)) - {NOT_KNOWN})
    return Reckoned(groups, districts, programmes)


def divided(people: pd.DataFrame) -> Iterator[tuple[int, dict[Trait, str], pd.DataFrame]]:
    """Each cell with enough people, the closest first; who is left over is put together one step wider."""
    left = people
    for level, traits in enumerate(LEVELS):
        columns = [one.value for one in traits]
        cells = left.groupby(columns, sort=True) if columns else [((), left)]
        taken = []
        for values, rows in cells:
            if len(rows) >= ENOUGH:
                taken.append(rows.index)
                yield level, dict(zip(traits, map(str, values), strict=True)), rows
        for index in taken:
            left = left.drop(index)


def _group(level: int, traits: dict[Trait, str], people: pd.DataFrame) -> Group:
    rule = SEALED if is_sealed(int(people["is_sealed"].sum()), len(people)) else INSIDE
    return Group(level, traits, told_of(people, rule))
