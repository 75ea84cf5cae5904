"""Which visits somebody is due for: by the rounds of the programme, and the least for such a person. Pure.

What is the least is data (`least.json`, or the file that HOMEWARD_FOLLOW_UP_FILE names). A round opens that
many months after the arrival and is due when a third of its window has passed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from homeward.cases.gate_rules import ADULT_AT, MONTHS_OF, UNTIL_ADULT, ProfileFlag
from homeward.followup.rules import Why
from homeward.lib.dates import months_later
from homeward.programmes.terms import Round

MOST_MONTHS = 36  # how far a follow-up can be extended
SEEN = "seen_{}"  # a visit without questions, so many months after the arrival


@dataclass(frozen=True)
class Least:
    """The least that is done for everybody, for some, and by choice; what is not confirmed is marked so."""

    source: str
    is_confirmed: bool
    for_everybody: tuple[Round, ...]
    seen_every_months: Mapping[ProfileFlag, int]
    extended: tuple[Round, ...]
    for_children: Mapping[str, str]
    lost_after_attempts: int
    lost_after_days: int


@dataclass(frozen=True)
class Planned:
    """One visit as the rules want it."""

    round: str
    instrument: str
    opens_on: date
    due_on: date
    closes_on: date
    why: Why


@dataclass(frozen=True)
class Person:
    """What the rules ask of somebody. Whose birth is not known is taken for grown up."""

    arrived_on: date
    birth_latest_on: date | None = None
    flags: frozenset[ProfileFlag] = field(default_factory=frozenset)
    extended_months: int = 0


def read_least(path: Path) -> Least:
    """The least, as a file says it."""
    given: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Least(
        source=given["source"],
        is_confirmed=given["is_confirmed"],
        for_everybody=tuple(Round(**one) for one in given["for_everybody"]),
        seen_every_months={ProfileFlag(flag): int(n) for flag, n in given["seen_every_months"].items()},
        extended=tuple(Round(**one) for one in given["extended"]),
        for_children=dict(given["for_children"]),
        lost_after_attempts=int(given["lost_after"]["attempts"]),
        lost_after_days=int(given["lost_after"]["days"]),
    )


def planned(person: Person, rounds: Sequence[Round], least: Least) -> tuple[Planned, ...]:
    """Every visit the person is due for; where two rules want one round, the programme's stands."""
    found: dict[str, Planned] = {}
    for one in rounds:
        found[one.code] = _of_round(person, one, least, Why.PROGRAMME)
    by_choice = [one for one in least.extended if one.months_after_arrival <= person.extended_months]
    taken = {one.months_after_arrival for one in rounds}
    for one in (*(() if rounds else least.for_everybody), *by_choice):
        if one.months_after_arrival not in taken:
            why = Why.PROFILE if one in least.for_everybody else Why.ASKED
            found.setdefault(one.code, _of_round(person, one, least, why))
    for visit in _seen(person, least):
        found.setdefault(visit.round, visit)
    return tuple(sorted(found.values(), key=lambda one: (one.due_on, one.round)))


def _of_round(person: Person, one: Round, least: Least, why: Why) -> Planned:
    opens_on = months_later(person.arrived_on, one.months_after_arrival)
    due_on, closes_on = _window(opens_on, one.window_days)
    is_child = person.birth_latest_on is not None and due_on < _grown_up(person.birth_latest_on)
    instrument = least.for_children.get(one.instrument, one.instrument) if is_child else one.instrument
    return Planned(one.code, instrument, opens_on, due_on, closes_on, why)


def _seen(person: Person, least: Least) -> Iterable[Planned]:
    """Visits in between, as often as the strictest thing known of the person asks for."""
    for flag, every in sorted(least.seen_every_months.items(), key=lambda one: one[1]):
        if flag not in person.flags or every < 1:
            continue
        until = _until(person, flag)
        month = every
        while (opens_on := months_later(person.arrived_on, month)) <= until:
            yield Planned(SEEN.format(month), "", opens_on, *_window(opens_on, every * 15), Why.PROFILE)
            month += every


def _until(person: Person, flag: ProfileFlag) -> date:
    until = months_later(person.arrived_on, MONTHS_OF.get(flag, 0))
    if flag in UNTIL_ADULT and person.birth_latest_on:
        until = max(until, _grown_up(person.birth_latest_on))
    return until


def _grown_up(birth_latest_on: date) -> date:
    return months_later(birth_latest_on, 12 * ADULT_AT)


def _window(opens_on: date, days: int) -> tuple[date, date]:
    return opens_on + timedelta(days // 3), opens_on + timedelta(days)
