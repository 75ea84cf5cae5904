"""Definitions from JSON and back, and whether they can be meant; what is wrong is told by its path."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeGuard

import orjson
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.indicators.declared import MEASURES, Parameter
from homeward.indicators.rules import (
    LANGUAGES,
    Comparability,
    Comparing,
    Definition,
    Dimension,
    Target,
    reckons_alike,
)
from homeward.lib.problems import Problem

MOST = 200
LONGEST = 2000
MOST_OF_A_NUMBER = 1e12
CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
PERIOD = re.compile(r"(|[0-9]{4}(-Q[1-4])?)")
TOLD = ("name", "counts", "leaves_out")
NEW = (Comparing.NEW,)
KINDS: Mapping[str, type[StrEnum]] = {
    one.name: one.type
    for one in fields(Definition)
    if isinstance(one.type, type) and issubclass(one.type, StrEnum)
}


class DefinitionsInvalid(Problem):
    """What a version defines cannot be used; `fields` has the path of what is wrong."""

    status = 422
    code = "definitions_invalid"
    message = _("The indicators need another look.")


Wrongs = dict[str, str | Promise]


def definitions_from(given: object) -> tuple[Definition, ...]:
    """Definitions from a list of JSON objects; DefinitionsInvalid names every path that does not fit."""
    if not isinstance(given, Sequence) or isinstance(given, str | bytes) or len(given) > MOST:
        raise DefinitionsInvalid(fields={"definitions": _("A list is needed here.")})
    wrongs: Wrongs = {}
    made = tuple(_one(one, f"{place}", wrongs) for place, one in enumerate(given))
    codes = [one.code for one in made if one]
    for place, one in enumerate(made):
        if one and codes.count(one.code) > 1:
            wrongs[f"{place}.code"] = _("This code is there twice.")
    if wrongs:
        raise DefinitionsInvalid(fields=wrongs)
    return tuple(one for one in made if one)


def definition_from(given: object) -> Definition:
    """One definition."""
    wrongs: Wrongs = {}
    made = _one(given, "", wrongs)
    if made is None or wrongs:
        raise DefinitionsInvalid(fields=wrongs)
    return made


def stored_definitions(given: Sequence[Mapping[str, Any]]) -> tuple[Definition, ...]:
    """Definitions as they were kept: what was checked once stays readable when measures change."""
    return tuple(_stored(one) for one in given)


def _stored(given: Mapping[str, Any]) -> Definition:
    plain = {name: value for name, value in given.items() if name not in KINDS}
    plain |= {name: kind(given[name]) for name, kind in KINDS.items()}
    compared = given["comparability"]
    return Definition(
        **plain
        | {
            "disaggregations": tuple(Dimension(one) for one in given["disaggregations"]),
            "targets": tuple(Target(**one) for one in given["targets"]),
            "comparability": Comparability(**compared | {"kind": Comparing(compared["kind"])}),
        }
    )


def dumped(definitions: Iterable[Definition]) -> list[dict[str, Any]]:
    """Plain JSON that `definitions_from` reads again."""
    return [orjson.loads(orjson.dumps(asdict(one))) for one in definitions]


def hash_of(definitions: object) -> str:
    """SHA-256 of definitions as canonical JSON: what validated names and tables hold on to."""
    return sha256(orjson.dumps(definitions, option=orjson.OPT_SORT_KEYS)).hexdigest()


def check_comparability(now: Iterable[Definition], before: Iterable[Definition]) -> None:
    """Each code says how it goes with the version before, and says no more than its measure allows."""
    old = {one.code: one for one in before}
    wrongs: Wrongs = {}
    for place, one in enumerate(now):
        path, kind = f"{place}.comparability.kind", one.comparability.kind
        last = old.get(one.code)
        if last is None and kind not in NEW:
            wrongs[path] = _("The version before has no indicator of this code: it is new.")
        elif last is not None and kind in NEW:
            wrongs[path] = _("The version before has this code: say whether values may be joined.")
        elif last is not None and kind is Comparing.SAME and not reckons_alike(one, last):
            wrongs[path] = _("It is reckoned otherwise than before: it is bridged or broken, not the same.")
        elif last is not None and kind is Comparing.BRIDGED and one.frequency is not last.frequency:
            wrongs[path] = _("Quarters and years are never one series: it is broken.")
    if wrongs:
        raise DefinitionsInvalid(fields=wrongs)


def _one(given: object, path: str, wrongs: Wrongs) -> Definition | None:
    if not isinstance(given, Mapping):
        wrongs[path or "definition"] = _("Several named values are needed here.")
        return None
    told: Wrongs = {}
    known = {one.name for one in fields(Definition)}
    for name in [str(one) for one in given if str(one) not in known]:
        told[_text(name, 60)] = _("Nothing of this name is known here.")
    values: dict[str, Any] = {}
    for name in TOLD:
        values[name] = _words(given.get(name), name, told)
    for name, kind in KINDS.items():
        if name in given:
            values[name] = _enumerated(kind, given[name], name, told)
    values["code"] = _matching(CODE, given.get("code"), "code", told)
    for name in ("responsible", "reference"):
        if name in given:
            values[name] = _text(given[name])
    values |= _parts(given, told)
    values |= _measured(given, values.get("unit"), told)
    wrongs |= {f"{path}.{name}" if path else name: words for name, words in told.items()}
    return None if told else Definition(**values)


def _parts(given: Mapping[str, Any], told: Wrongs) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "disaggregations" in given:
        listed = given["disaggregations"]
        some = listed if isinstance(listed, list) else [None]
        made["disaggregations"] = tuple(
            _enumerated(Dimension, one, "disaggregations", told) for one in dict.fromkeys(map(str, some))
        )
    if "targets" in given:
        listed = given["targets"]
        some = listed if isinstance(listed, list) else [None]
        made["targets"] = tuple(_target(one, f"targets.{place}", told) for place, one in enumerate(some))
    if "comparability" in given:
        made["comparability"] = _comparability(given["comparability"], told)
    return made


def _measured(given: Mapping[str, Any], unit: object, told: Wrongs) -> dict[str, Any]:
    name, parameters = str(given.get("measure", "")), given.get("parameters") or {}
    known = MEASURES.get(name)
    if known is None:
        told["measure"] = _("No measure has this name.")
        return {}
    if not isinstance(parameters, Mapping) or set(parameters) != set(known.parameters):
        wanted = ", ".join(known.parameters)
        told["parameters"] = (
            _("The measure takes these: %s.") % wanted if wanted else _("The measure takes none.")
        )
        return {}
    for one, bounds in known.parameters.items():
        if not _fits(parameters[one], bounds):
            told[f"parameters.{one}"] = _("This cannot be: %s.") % (
                ", ".join(bounds.values) or f"{bounds.least:g}–{bounds.most:g}"
            )
    if (unit or known.units[0]) not in known.units:
        told["unit"] = _("The measure is not told in this unit.")
    return {"measure": name, "parameters": dict(parameters), "unit": unit or known.units[0]}


def _fits(value: object, bounds: Parameter) -> bool:
    if bounds.values:
        return value in bounds.values
    is_fine = _is_number(value) and (not bounds.is_whole or isinstance(value, int))
    return is_fine and bounds.least <= value <= bounds.most  # type: ignore[operator]


def _is_number(value: object) -> TypeGuard[int | float]:
    """Whether it is a number that means something: no truth, no infinity, nothing that is no number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST_OF_A_NUMBER


def _words(given: object, path: str, told: Wrongs) -> dict[str, str]:
    words = given if isinstance(given, Mapping) else {}
    made = {one: _text(words.get(one)) for one in LANGUAGES}
    for language, text in made.items():
        if not text:
            told[f"{path}.{language}"] = _("Say it in this language too.")
    return made


def _text(given: object, longest: int = LONGEST) -> str:
    """Text as the database keeps it: without signs that are none."""
    known = str(given or "").replace("\0", "").encode("utf-8", "ignore").decode()
    return known.strip()[:longest]


def _enumerated(kind: type[StrEnum], given: object, path: str, told: Wrongs) -> Any:
    if isinstance(given, str) and given in {str(one) for one in kind}:
        return kind(given)
    told[path] = _("This cannot be: %s.") % ", ".join(str(one) for one in kind)
    return None


def _matching(pattern: re.Pattern[str], given: object, path: str, told: Wrongs) -> str:
    text = str(given or "")
    if not pattern.fullmatch(text):
        told[path] = _("Capital letters, digits and hyphens, such as OUT-12.")
    return text


def _target(given: object, path: str, told: Wrongs) -> Target | None:
    value = given.get("value") if isinstance(given, Mapping) else None
    if not isinstance(given, Mapping) or not _is_number(value):
        told[path] = _("A target is a number for a place and a period.")
        return None
    period = str(given.get("period") or "")
    if not PERIOD.fullmatch(period):
        told[f"{path}.period"] = _("Periods are written 2026 or 2026-Q1.")
    return Target(float(value), _text(given.get("place"), 40), period)


def _comparability(given: object, told: Wrongs) -> Comparability | None:
    if not isinstance(given, Mapping):
        told["comparability"] = _("Several named values are needed here.")
        return None
    kind = _enumerated(Comparing, given.get("kind", ""), "comparability.kind", told)
    rule = _text(given.get("rule"))
    numbers = [given.get("factor", 1.0), given.get("offset", 0.0)]
    if not all(_is_number(one) for one in numbers) or not numbers[0]:
        told["comparability.factor"] = _("A number is needed here.")
        return None
    if kind in (Comparing.BRIDGED, Comparing.BROKEN) and not rule:
        told["comparability.rule"] = _("Say by which rule values are bridged, or why the series breaks.")
    return Comparability(kind or Comparing.NEW, float(numbers[0]), float(numbers[1]), rule)
