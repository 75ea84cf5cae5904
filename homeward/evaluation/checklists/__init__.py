"""Checklists of reporting, filled in as far as spec, finding and extract go; the rest is a gap for people.

What each item asks for stands in our own few words. Light: pages make them from what is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from homeward.evaluation.wording import words_in
from homeward.evaluation.wording.numbers import number

COMPARING = {"effect", "community", "subgroups"}
NOT_ABOUT_PEOPLE = {"planning", "sensitivity", "weights", "synthesis", "agreement", "delivery"}
HASH = 12


@dataclass(frozen=True)
class Item:
    """One item: what it asks for, and the answer, or nothing where people have to give it."""

    place: int
    asks: str
    answer: str


@dataclass(frozen=True)
class Checklist:
    """One list, by the name it is known under."""

    name: str
    items: tuple[Item, ...]

    @property
    def answered(self) -> int:
        """How many items need nobody any more."""
        return sum(bool(one.answer) for one in self.items)


@dataclass(frozen=True)
class Asked:
    """What a list is filled in from: the question as registered, and the finding as it may be shown."""

    title: str
    spec: Mapping[str, Any]
    spec_sha256: str
    found: Mapping[str, Any]
    language: str
    period: str = ""

    def say(self, key: str, **values: object) -> str:
        """An answer in the reader's language; numbers as people read them."""
        told = {name: self.num(value) for name, value in values.items()}
        return str(_read(self.language)["answers"][key]).format(**told)

    def num(self, value: object) -> str:
        """A number as people read it; words as they are."""
        return value if isinstance(value, str) else number(value, self.language)

    @property
    def details(self) -> Mapping[str, Any]:
        """The finding's further numbers; none where it may not be shown."""
        return self.found.get("details") or {}


def checklists_of(asked: Asked) -> tuple[Checklist, ...]:
    """The lists that fit the kind of the finding."""
    return tuple(_filled(name, asked) for name in lists_for(str(asked.found.get("kind", ""))))


def lists_for(kind: str) -> tuple[str, ...]:
    """Observations: STROBE; comparisons without lots: TREND besides; costs: CHEERS 2022 besides."""
    if kind in NOT_ABOUT_PEOPLE or not kind:
        return ()
    if kind == "cost":
        return ("STROBE", "CHEERS 2022")
    return ("STROBE", "TREND") if kind in COMPARING else ("STROBE",)


def _filled(name: str, asked: Asked) -> Checklist:
    topics = _read("lists")[name]
    asks = _read(asked.language)["topics"]
    items = (
        Item(at, asks[topic], HANDS[topic](asked) if topic in HANDS else "")
        for at, topic in enumerate(topics, 1)
    )
    return Checklist(name, tuple(items))


@cache
def _read(name: str) -> Mapping[str, Any]:
    read: Mapping[str, Any] = orjson.loads(files(__package__).joinpath(f"{name}.json").read_bytes())
    return read


def _sentence(asked: Asked) -> str:
    return str((asked.found.get("sentence") or {}).get(asked.language, ""))


def _design(asked: Asked) -> str:
    if "evidence" not in asked.found:
        return ""
    level = asked.found["evidence"]["level"]
    return asked.say("level", level=level, words=words_in(asked.language)["levels"][str(level)])


def _plan(asked: Asked) -> str:
    key = "registered" if asked.spec.get("confirmatory") else "exploratory"
    return asked.say(key, hash=asked.spec_sha256[:HASH])


def _where(asked: Asked) -> str:
    months = asked.spec.get("horizon_months")
    if not months:
        return ""
    place = asked.spec.get("place")
    return asked.say("where" if place else "everywhere", place=place or "", months=months)


def _flow(asked: Asked) -> str:
    flow = asked.details.get("flow")
    return asked.say("flow", entered=flow["entered"], analysed=flow["analysed"]) if flow else ""


def _columns(asked: Asked) -> str:
    spec = asked.spec
    named = [spec.get("outcome"), spec.get("treatment"), spec.get("baseline"), *spec.get("covariates", ())]
    known = [one for one in named if one]
    return asked.say("columns", columns=", ".join(known)) if known else ""


def _measured(asked: Asked) -> str:
    sha = asked.found.get("inputs_sha256", "")
    return asked.say("scores", hash=sha[:HASH]) if sha else ""


def _checks(asked: Asked) -> str:
    checks = asked.found.get("checks")
    if not checks:
        return ""
    return asked.say("checks", n=len(checks), failed=sum(one["state"] != "pass" for one in checks))


def _method(asked: Asked) -> str:
    if not asked.found.get("method"):
        return ""
    method = str(asked.found["method"]).replace("_", " ")
    return asked.say("method", method=method, alpha=asked.spec.get("alpha", 0.05))


def _balance(asked: Asked) -> str:
    balance = asked.details.get("balance")
    return asked.say("balance", n=len(balance)) if balance else ""


def _people(asked: Asked) -> str:
    return asked.say("n", n=asked.found["n"]) if asked.found.get("n") else ""


def _interval(asked: Asked) -> str:
    if asked.found.get("estimate") is None or not asked.found.get("ci"):
        return ""
    low, high = asked.found["ci"]
    return asked.say("interval", d=asked.found["estimate"], low=low, high=high)


def _parts(asked: Asked) -> str:
    parts = asked.found.get("parts")
    return asked.say("parts", n=len(parts)) if parts else ""


def _limits(asked: Asked) -> str:
    reasons = (asked.found.get("evidence") or {}).get("downgrades") or ()
    words = words_in(asked.language)["downgrades"]
    return asked.say("weak", words="; ".join(words.get(one, one) for one in reasons)) if reasons else ""


def _assigned(asked: Asked) -> str:
    options = asked.spec.get("options") or {}
    chosen = asked.spec.get("treatment") and options.get("assignment", "chosen") == "chosen"
    return asked.say("chosen") if chosen else ""


def _unit(asked: Asked) -> str:
    clusters = asked.found.get("clusters")
    return asked.say("clusters", n=clusters) if clusters else asked.say("person")


def _smallest(asked: Asked) -> str:
    sesoi = asked.spec.get("sesoi")
    return asked.say("smallest", sesoi=sesoi) if sesoi is not None else ""


def _months(asked: Asked) -> str:
    months = asked.spec.get("horizon_months")
    return asked.say("months", months=months) if months else ""


def _compared(asked: Asked) -> str:
    return asked.say("comparison") if asked.spec.get("treatment") else ""


def _recruited(asked: Asked) -> str:
    return asked.say("period", period=asked.period) if asked.period else ""


def _perspective(asked: Asked) -> str:
    perspective = asked.details.get("perspective")
    return asked.say("perspective", perspective=perspective) if perspective else ""


def _uncertainty(asked: Asked) -> str:
    draws = asked.details.get("draws")
    return asked.say("draws", n=draws) if draws else _interval(asked)


def _quadrants(asked: Asked) -> str:
    return asked.say("quadrants") if asked.details.get("quadrant_shares") else ""


HANDS: Mapping[str, Callable[[Asked], str]] = {
    "title": _design,
    "summary": _sentence,
    "objectives": lambda asked: asked.title,
    "design": _design,
    "setting": _where,
    "participants": _flow,
    "variables": _columns,
    "measurement": _measured,
    "bias": _checks,
    "size": _smallest,
    "analysis": _method,
    "flow": _flow,
    "start": _balance,
    "alike": _balance,
    "outcomes": _people,
    "analysed": _people,
    "main": _interval,
    "other": _parts,
    "differences": _parts,
    "key": _sentence,
    "limits": _limits,
    "assignment": _assigned,
    "unit": _unit,
    "recruitment": _recruited,
    "plan": _plan,
    "comparators": _compared,
    "perspective": _perspective,
    "horizon": _months,
    "uncertainty": _uncertainty,
    "uncertain_effect": _quadrants,
}
