"""The answer card of a question: eight parts, in the reader's language, from the finding as it is stored.

Light: pages make it from JSON, without loading an estimator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeward.evaluation.showing import shown_parts
from homeward.evaluation.wording import check_need, words_in
from homeward.evaluation.wording.numbers import number, share

Found = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """What a reader sees of a finding; no number where too few people stand behind it."""

    sentence: str
    is_refused: bool
    is_suppressed: bool
    value: str
    low: str
    high: str
    matters: str
    level: int
    level_words: str
    grade: str
    not_higher: str
    covered: str
    context: str
    cost: str
    overturn: tuple[str, ...]
    next_best: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]
    parts: tuple[tuple[str, str, str, str, str], ...]


def card_of(found: Found, spec: Mapping[str, Any], language: str, smallest: int = 10) -> Card:
    """The card of a finding that was stored as JSON."""
    said = words_in(language)
    is_hidden = bool(found["suppressed"])
    low, high = found["ci"] or (None, None)
    evidence = found["evidence"]
    return Card(
        sentence=said["card"]["suppressed"] if is_hidden else found["sentence"][language],
        is_refused=found["claim"] == "refused",
        is_suppressed=is_hidden,
        value="" if is_hidden else _or_nothing(found["estimate"], language),
        low="" if is_hidden else _or_nothing(low, language),
        high="" if is_hidden else _or_nothing(high, language),
        matters=_matters(spec, said, language),
        level=evidence["level"],
        level_words=said["levels"][str(evidence["level"])],
        grade=said["grades"][evidence["grade"]],
        not_higher=_not_higher(evidence, said),
        covered=said["card"]["suppressed"] if is_hidden else _covered(found, said, language),
        context=_context(found, said, language),
        cost=_cost(found, said, language),
        overturn=_overturn(found, said, language),
        next_best=_next_best(found, said, language),
        checks=() if is_hidden else tuple((one["state"], one["words"][language]) for one in found["checks"]),
        assumptions=tuple(said["assumptions"].get(one, one) for one in found["assumptions"]),
        parts=() if is_hidden else _parts(found, language, smallest),
    )


def _matters(spec: Mapping[str, Any], said: Mapping[str, Any], language: str) -> str:
    sesoi = spec.get("sesoi")
    if sesoi is None:
        return str(said["card"]["matters_not"])
    return str(said["card"]["matters"].format(sesoi=number(sesoi, language), unit=said["points"]))


def _not_higher(evidence: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """The one reason why the evidence is not stronger: what weakened it, else the design itself."""
    if evidence["downgrades"]:
        return str(said["downgrades"].get(evidence["downgrades"][0], evidence["downgrades"][0]))
    if evidence["level"] < 5:
        return str(said["levels"][str(evidence["level"])])
    return str(said["card"]["no_higher"])


def _covered(found: Found, said: Mapping[str, Any], language: str) -> str:
    reached = next((one["value"] for one in found["checks"] if one["name"] == "response_rate"), None)
    key = "reached_unknown" if reached is None else "reached"
    n = number(found["n"], language)
    told = str(said["card"][key].format(n=n, share=share(reached, language)))
    return f"{told} {said['card']['other_questions']}" if found["details"].get("set_aside") else told


def _context(found: Found, said: Mapping[str, Any], language: str) -> str:
    """What moved for everybody there; else what moved for people without assistance."""
    words, unit = said["card"], said["points"]
    moved, beside = found["details"].get("context_change"), found["details"].get("context")
    if moved is not None:
        return str(words["context"].format(d=number(moved, language), unit=unit))
    if not beside:
        return str(words["no_context"])
    told = words["context_up" if beside["change"] >= 0 else "context_down"]
    return str(
        told.format(d=number(abs(beside["change"]), language), unit=unit, n=number(beside["n"], language))
    )


def _cost(found: Found, said: Mapping[str, Any], language: str) -> str:
    """What a finding about cost says; else what was paid for the people asked about."""
    words, spent = said["card"], found["details"].get("spent")
    cost = next((one for one in found["parts"] if found["kind"] == "cost" and one["label"] == "cost"), None)
    if cost:
        ratio = "cost_unbounded" if found["estimate"] is None else "cost_ratio"
        return f"{_with_ends(words['cost_more'], cost, language)} {_with_ends(words[ratio], found, language)}"
    if not spent:
        return str(words["no_cost"])
    told = words["spent"].format(
        d=number(round(spent["per_person"]), language),
        currency=spent["currency"],
        n=number(spent["n"], language),
    )
    return f"{told} {words['spent_uncounted']}" if spent["uncounted"] else str(told)


def _with_ends(words: str, one: Mapping[str, Any], language: str) -> str:
    low, high = one["ci"] or (None, None)
    return words.format(
        d=_or_nothing(one["estimate"], language), lo=number(low, language), hi=number(high, language)
    )


def _overturn(found: Found, said: Mapping[str, Any], language: str) -> tuple[str, ...]:
    details = found["details"]
    if details.get("robustness_value") is not None:
        told = said["claims"]["robustness_value"]
        return (str(told.format(pct=share(details["robustness_value"], language))),)
    if details.get("e_value") is not None:
        return (str(said["claims"]["e_value"].format(d=number(details["e_value"], language))),)
    if not details.get("overturn") or found["claim"] == "refused" or not found["ci"]:
        return (str(said["card"]["no_overturn"]),)
    low, high = found["ci"]
    if low <= 0 <= high:
        return (str(said["card"]["overturn_open"]),)
    return _overturned(details["overturn"], said, language) or (str(said["card"]["no_overturn"]),)


def _overturned(given: Mapping[str, Any], said: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Something unmeasured, beside what was measured; and those who were lost, where scores reach so far."""
    words, told = said["card"], []
    if given.get("robustness_value") is not None:
        told.append(words["overturn_value"].format(pct=share(given["robustness_value"], language)))
        name = words["baseline"] if given["benchmark"].startswith("baseline_") else given["benchmark"]
        key = "overturn_never" if given["times"] is None else "overturn_times"
        told.append(words[key].format(times=number(given["times"], language), name=name))
    if 0 < (given.get("delta") or 0) <= 1:
        delta = number(given["delta"], language)
        told.append(words["overturn_lost"].format(delta=delta, unit=said["points"]))
    return tuple(told)


def _next_best(found: Found, said: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """What would have to be collected: first what refuses the claim, else what only weakens it."""
    for state in ("refuse", "warn"):
        wanted = [
            check_need(one["name"], one["limit"], language)
            for one in found["checks"]
            if one["state"] == state
        ]
        if any(wanted):
            return tuple(one for one in wanted if one)
    return (str(said["card"]["no_next"]),)


def _parts(found: Found, language: str, smallest: int) -> tuple[tuple[str, str, str, str, str], ...]:
    shown = []
    for one in shown_parts(found["parts"], smallest, whole=found["n"]):
        low, high = one["ci"] or (None, None)
        numbers = (_or_nothing(value, language) for value in (one["estimate"], low, high, one["n"]))
        shown.append((str(one["label"]), *numbers))
    return tuple(shown)  # type: ignore[arg-type]


def _or_nothing(value: object, language: str) -> str:
    return "" if value is None else number(value, language)
