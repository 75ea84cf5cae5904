"""How people of the demonstration are doing: surveys handed in at their visits, and scored."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.sax.saxutils import escape

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.followup.commands import ask_for_visit, hand_in
from homeward.followup.queries import visible_visits
from homeward.followup.rules import VisitState
from homeward.organisations import demo
from homeward.outcomes.jobs import drain
from homeward.surveys.queries import form_of
from homeward.surveys.scoring.profile import Dimension, Item, Way
from homeward.surveys.scoring.shipped import shipped_profile

OFFICE = system_actor(demo.RETURN_PARTNERS.id)
SURVEY = "sustainability"
MOST_CASES = 40
AFTER_A_YEAR = "twelve_months"
HELD_AFTER_DAYS = (30, 180, 365)
AT_HOME = ("arrived", "planning", "reintegrating", "monitoring")
# What goes up after return and what does not: the two first move, how people feel stays behind.
BEGINS = {Dimension.ECONOMIC: 0.32, Dimension.SOCIAL: 0.44, Dimension.PSYCHOSOCIAL: 0.42}
GROWS = {Dimension.ECONOMIC: 0.12, Dimension.SOCIAL: 0.11, Dimension.PSYCHOSOCIAL: 0.01}
LEFT_OUT = (("refused", 0.03), ("dont_know", 0.03), ("", 0.02))


def tell_outcomes(today: date) -> None:
    """Ask people who came home how life is, as if it had been done at its time; once, and score it."""
    with acting_as(OFFICE):
        if visible_visits(OFFICE).filter(instrument=SURVEY).exclude(submission_id=None).exists():
            return
        version = form_of(OFFICE, SURVEY).form_version
        homes = _homes(today)
    for case_id, arrived_on in homes:
        for place, (visit_id, on) in enumerate(_held(case_id, arrived_on, today)):
            answers = dict(_answers(case_id, place))
            hand_in(OFFICE, body=_filled(answers, visit_id, version, on), visit_id=visit_id)
    drain(OFFICE)


def _held(case_id: UUID, arrived_on: date, today: date) -> list[tuple[UUID, date]]:
    """The visits that were made, each with its day; where none was planned in time, visits asked for."""
    with acting_as(OFFICE):
        about = visible_visits(OFFICE).filter(case_id=case_id, instrument=SURVEY, submission_id=None)
        made = list(about.filter(state=VisitState.DONE).order_by("due_on"))
    if made:
        return [(one.id, one.done_on or today) for one in made]
    days = [arrived_on + timedelta(days) for days in HELD_AFTER_DAYS]
    return [(_asked_for(case_id, today), day) for day in days if day < today]


def _asked_for(case_id: UUID, today: date) -> UUID:
    return ask_for_visit(OFFICE, case_id=case_id, due_on=today, closes_on=today, instrument=SURVEY).id


def _homes(today: date) -> list[tuple[UUID, date]]:
    """Cases of people who came home, those told in full first, and all who were seen again after a year."""
    led = listed_cases(OFFICE, CaseFilters(), today).filter(scope="lead", stage__in=AT_HOME)
    rows = led.filter(case__arrived_on__isnull=False).order_by("-case_id")
    found = rows.values_list("case_id", "case__arrived_on")[:MOST_CASES]
    seen = visible_visits(OFFICE).filter(instrument=SURVEY, state=VisitState.DONE, round=AFTER_A_YEAR)
    again = seen.filter(case__arrived_on__isnull=False).order_by("case_id")
    known = dict([*found, *again.values_list("case_id", "case__arrived_on")])
    return [(case_id, arrived_on) for case_id, arrived_on in known.items() if arrived_on]


def _answers(case_id: UUID, place: int) -> Iterator[tuple[str, str]]:
    chance = random.Random(f"{case_id}{place}")  # noqa: S311 (made-up answers, the same each time)
    for item in shipped_profile(SURVEY).items:
        code = _code(item, place, chance)
        if code:
            yield item.path, code


def _code(item: Item, place: int, chance: random.Random) -> str:
    told = chance.random()
    for code, share in LEFT_OUT:
        if told < share:
            return code
        told -= share
    wanted = BEGINS[item.dimension] + GROWS[item.dimension] * place + chance.gauss(0, 0.25)
    points = wanted if item.way == Way.UP else 1 - wanted
    return min(item.points, key=lambda code: abs(item.points[code] - points))


def _filled(answers: Mapping[str, str], visit_id: UUID, version: str, on: date) -> bytes:
    """A filled form as a telephone sends it, begun at ten in the morning."""
    groups: dict[str, str] = defaultdict(str)
    for path, code in answers.items():
        group, _slash, name = path.partition("/")
        groups[group] += f"<{name}>{escape(code)}</{name}>"
    said = "".join(f"<{name}>{told}</{name}>" for name, told in groups.items())
    began = datetime.combine(on, time(10), UTC)
    instance = uuid5(NAMESPACE_URL, str(visit_id))
    ended = began + timedelta(minutes=21)
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{SURVEY}" version="{escape(version)}">'
        f"<start>{began.isoformat()}</start><end>{ended.isoformat()}</end><willing>yes</willing>{said}"
        f"<orx:meta><orx:instanceID>uuid:{instance}</orx:instanceID></orx:meta></data>"
    ).encode()
