"""The answer card of a question: eight parts, in the reader's language, from the finding as it is stored.

Light: pages make it from JSON, without loading an estimator.
"""

from collections.abc import Mapping, Sequence
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
    overturn: str
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
        cost=said["card"]["no_cost"],
        overturn=_overturn(found, said, language),
        next_best=_next_best(found, said, language),
        checks=() if is_hidden else tuple((one["state"], one["words"][language]) for one in found["checks"]),
        assumptions=tuple(said["assumptions"].get(one, one) for one in found["assumptions"]),
        parts=() if is_hidden else _parts(found["parts"], language, smallest),
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
    return str(said["card"][key].format(n=n, share=share(reached, language)))


def _context(found: Found, said: Mapping[str, Any], language: str) -> str:
    moved = found["details"].get("context_change")
    if moved is None:
        return str(said["card"]["no_context"])
    return str(said["card"]["context"].format(d=number(moved, language), unit=said["points"]))


def _overturn(found: Found, said: Mapping[str, Any], language: str) -> str:
    details = found["details"]
    if details.get("robustness_value") is not None:
        told = said["claims"]["robustness_value"]
        return str(told.format(pct=share(details["robustness_value"], language)))
    if details.get("e_value") is not None:
        return str(said["claims"]["e_value"].format(d=number(details["e_value"], language)))
    return str(said["card"]["no_overturn"])


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


def _parts(
    parts: Sequence[Mapping[str, Any]], language: str, smallest: int
) -> tuple[tuple[str, str, str, str, str], ...]:
    shown = []
    for one in shown_parts(parts, smallest):
        low, high = one["ci"] or (None, None)
        numbers = (_or_nothing(value, language) for value in (one["estimate"], low, high, one["n"]))
        shown.append((str(one["label"]), *numbers))
    return tuple(shown)  # type: ignore[arg-type]


def _or_nothing(value: object, language: str) -> str:
    return "" if value is None else number(value, language)
