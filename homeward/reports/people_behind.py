"""The people behind a finding, as tables of counts: held against all that has gone before it goes outside.

Light: no estimator is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import override

from homeward.estimators.linked_cells import Counted
from homeward.evaluation.showing import SMALLEST_PART
from homeward.reports.rules import LANGUAGES

ANALYSED, YES = "analysed", "yes"
BESIDE = ("context", "spent", "sides")  # numbers of people of their own
DIGITS = 16
Found = Mapping[str, Any]
Place = tuple[str | None, ...]
At = tuple[str, Place]  # a cell: in which table, and where in it
IsShown = Callable[[str, Place], bool]


@dataclass
class Behind:
    """Tables of counts, and which of their cells tell of the whole, of the flow, of what stands beside.

    parts: of each part its cell; None where it counts no people.
    """

    tables: list[Counted] = field(default_factory=list)
    whole: list[At] = field(default_factory=list)
    flow: list[At] = field(default_factory=list)
    beside: dict[str, At] = field(default_factory=dict)
    parts: list[At | None] = field(default_factory=list)

    def add(self, table: Counted) -> list[At]:
        """One more table; its cells without margins."""
        self.tables.append(table)
        return [(table.name, place) for place in table.cells if None not in place]

    def single(self, name: str, n: int, given: Mapping[str, str]) -> At:
        """A count of its own."""
        self.tables.append(Counted(name, (), {(): n}, given=given))
        return (name, ())


def behind(name: str, spec: Mapping[str, Any], spec_sha256: str, found: Found) -> Behind:
    """Every number of people that a finding with its parts and figures tells; of no people, no tables.

    The same plan without its place is the same question asked of more people.
    """
    made, n = Behind(), int(found["n"] or 0)
    made.parts = [None] * len(found["parts"])
    if not n:
        return made
    asked = {f"plan {spec_sha256[:DIGITS]}": YES}
    analysed = {**asked, "left": ANALYSED}
    made.whole.append(made.single(name, n, analysed))
    made.whole.append(made.single(f"{name}: plan", n, _anywhere(spec)))
    if _is_refused(found):
        return made
    _add_flow(made, name, found, asked)
    for code in BESIDE:
        told = found["details"].get(code)
        if told:
            made.beside[code] = made.single(f"{name}: {code}", int(told["n"]), {f"{code} {spec_sha256}": YES})
    _add_parts(made, name, found, analysed)
    return made


def told_outside(found: Found, people: Behind, is_shown: IsShown) -> dict[str, Any] | None:
    """The finding as its readers outside may have it; None where nothing of it may be told."""
    if not all(is_shown(*at) for at in people.whole):
        return None
    if _is_refused(found):
        return _refusal(found)
    details = dict(found["details"])
    if not people.flow or not all(is_shown(*at) for at in people.flow):
        details.pop("flow", None)
    for code in BESIDE:
        if code not in people.beside or not is_shown(*people.beside[code]):
            details.pop(code, None)
    parts = [one for one, at in zip(found["parts"], people.parts, strict=True) if at is None or is_shown(*at)]
    return {**found, "details": details, "parts": parts}


def _is_refused(found: Found) -> bool:
    return bool(found["claim"] == "refused")


def _refusal(found: Found) -> dict[str, Any]:
    """Why it was refused, without numbers; where an estimator says what it found, only that it was."""
    nothing: dict[str, Any] = {"estimate": None, "ci": None, "parts": [], "details": {}}
    if all(isinstance(one, Mapping) for one in found["needs"].values()):
        return {**found, **nothing}
    kept = {}
    for language in LANGUAGES:
        with override(language):
            kept[language] = _("This cannot be answered yet.")
    return {**found, **nothing, "sentence": kept}


def _anywhere(spec: Mapping[str, Any]) -> dict[str, str]:
    """What is asked, and of which place: a country of return by its two letters, else a district."""
    place = str(spec.get("place") or "")
    plan = {name: value for name, value in spec.items() if name != "place"}
    asked = sha256(orjson.dumps(plan, option=orjson.OPT_SORT_KEYS)).hexdigest()[:DIGITS]
    level = "origin_country" if len(place) == len("XX") and place.isupper() else "district"
    return {f"asked {asked}": YES, **({level: place} if place else {})}


def _add_flow(made: Behind, name: str, found: Found, asked: Mapping[str, str]) -> None:
    """From everybody to those analysed, and in which arm; nothing where it does not add up, or a few left.

    A flow that is not drawn is no reason to hide how many were analysed.
    """
    flow = found["details"].get("flow")
    if not flow:
        return
    left: dict[Place, int] = {
        (f"{step['name']}: {reason}",): int(n) for step in flow["steps"] for reason, n in step["left"].items()
    }
    cells: dict[Place, int] = {**left, (ANALYSED,): int(flow["analysed"])}
    adds_up = sum(cells.values()) == flow["entered"] and flow["analysed"] == found["n"]
    if not adds_up or min(cells.values()) < SMALLEST_PART:
        return
    cells[None,] = int(flow["entered"])
    made.flow += [
        *made.add(Counted(f"{name}: flow", ("left",), cells, given=asked)),
        (f"{name}: flow", (None,)),
    ]
    arms = {one["name"]: int(one["n"]) for one in flow["arms"]}
    if arms:
        made.flow += _partition(
            made, f"{name}: arms", "arm", arms, (int(found["n"]), {**asked, "left": ANALYSED})
        )


def _add_parts(made: Behind, name: str, found: Found, analysed: Mapping[str, str]) -> None:
    """Parts of one column divide the people; parts of several curves or months tell of the same ones."""
    groups: dict[str, list[int]] = {}
    for at, one in enumerate(found["parts"]):
        if one["n"] is not None:
            column, mark, _value = str(one["label"]).partition("=")
            groups.setdefault(column if mark else "part", []).append(at)
    for column, places in groups.items():
        counts = {str(found["parts"][at]["label"]): int(found["parts"][at]["n"]) for at in places}
        whole = (int(found["n"]), analysed)
        if len(counts) == len(places) and sum(counts.values()) <= whole[0]:
            cells = _partition(made, f"{name} by {column}", column, counts, whole)
        else:
            cells = _alone(made, f"{name} by {column}", [(at, found["parts"][at]) for at in places], analysed)
        for at, cell in zip(places, cells, strict=True):
            made.parts[at] = cell


def _partition(
    made: Behind, name: str, column: str, counts: Mapping[str, int], whole: tuple[int, Mapping[str, str]]
) -> list[At]:
    cells: dict[Place, int] = {(label,): n for label, n in counts.items()}
    cells[None,] = whole[0]
    return made.add(Counted(name, (column,), cells, given=whole[1]))


def _alone(
    made: Behind, name: str, parts: Iterable[tuple[int, Found]], analysed: Mapping[str, str]
) -> list[At]:
    plan = next(iter(analysed))
    return [
        made.single(f"{name} {at}", int(one["n"]), {f"{plan}: {at} {one['label']}": YES}) for at, one in parts
    ]
