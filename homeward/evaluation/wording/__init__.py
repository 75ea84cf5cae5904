"""Sentences that the numbers make: how strong the words are follows from the evidence, in every language.

The words stand in en.json, fr.json and ar.json beside this; here is which of them may be said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from homeward.evaluation.rules import (
    LANGUAGES,
    Check,
    Estimated,
    Evidence,
    Kind,
    Spec,
    State,
    Words,
)
from homeward.evaluation.showing import OF_PEOPLE, SMALLEST_PART, is_few
from homeward.evaluation.wording.claims import claim_of
from homeward.evaluation.wording.locks import says_too_much
from homeward.evaluation.wording.numbers import number, share

SHARES = {
    "overlap_outside",
    "overlap_ess_share",
    "response_rate",
    "unit_response_rate",
    "complete_share",
    "unreachable_share",
    "heterogeneity_i2",
    "attrition_excess",
}
NO_COMPARISON = {Kind.LEVEL, Kind.DURATION, Kind.SENSITIVITY, Kind.PLANNING, Kind.WEIGHTS}
TOLD_OF_ATTRITION = {Kind.LEVEL, Kind.ADJUSTED, Kind.PROVIDERS, Kind.EFFECT, Kind.COMMUNITY, Kind.PARITY}


@dataclass(frozen=True)
class Told:
    """Everything that a sentence is made from."""

    spec: Spec
    kind: Kind
    estimated: Estimated
    evidence: Evidence
    checks: tuple[Check, ...]
    needs: Mapping[str, object]


@cache
def words_in(language: str) -> Mapping[str, Any]:
    """Everything that is said in one language, by what it is about."""
    read: Mapping[str, Any] = orjson.loads(files(__package__).joinpath(f"{language}.json").read_bytes())
    return read


def sentence_of(
    spec: Spec,
    kind: Kind,
    estimated: Estimated,
    evidence: Evidence,
    checks: tuple[Check, ...],
    needs: Mapping[str, object],
) -> Words:
    """What may be said, by language: the claim or why there is none; horizon, place, n and comparison."""
    told = Told(spec, kind, estimated, evidence, checks, needs)
    said = {}
    for language in LANGUAGES:
        made = _said(told, language)
        if evidence.level < 3 and says_too_much(made, language):
            made = _said(replace(told, spec=_without_own_words(spec)), language)
        said[language] = made
    return said


def check_words(name: str, state: State, value: float, limit: float) -> Words:
    """What one guardrail says, with its bound."""
    return {one: f"{_capital(_because(name, value, one))} ({_bound(name, limit, one)})." for one in LANGUAGES}


def refusal_words(reason: str) -> Words:
    """Why an estimator refused."""
    return {one: f"{_capital(_reason(reason, one))}." for one in LANGUAGES}


def check_need(name: str, limit: object, language: str) -> str:
    """What would have to be there for a guardrail to be kept, or nothing for what no guardrail judges."""
    known = words_in(language)["checks"].get(name)
    return str(known[1].format(limit=_shown(name, limit, language))) if known else ""


def _said(told: Told, language: str) -> str:
    said = words_in(language)
    spec, kind, estimated, checks = told.spec, told.kind, told.estimated, told.checks
    refused = [one for one in checks if one.state is State.REFUSE]
    if refused:
        parts = _refusal(refused, told.needs, language)
    else:
        key, values = claim_of(spec, kind, estimated, told.evidence, said)
        parts = [_capital(said["claims"][key].format(**_spoken(values, language)))]
        parts += _tails(spec, kind, estimated, checks, language)
    return " ".join([*parts, _basis(spec, kind, estimated, language)])


def _refusal(refused: list[Check], needs: Mapping[str, object], language: str) -> list[str]:
    said = words_in(language)
    because = _joined((_why(one, language) for one in refused), language)
    wanted = _joined(_wants(needs, language), language)
    told = [said["refused"].format(because=because)]
    return [*told, said["needed"].format(needs=wanted)] if wanted else told


def _why(check: Check, language: str) -> str:
    if check.value is None:
        return _reason(check.name, language)
    return _because(check.name, check.value, language)


def _wants(needs: Mapping[str, object], language: str) -> Iterable[str]:
    said = words_in(language)
    for name, value in needs.items():
        if isinstance(value, Mapping) and name in said["checks"]:
            bound = next(iter(value.values()))
            yield said["checks"][name][1].format(limit=_shown(name, bound, language))
        elif name in said["needs"]:
            yield said["needs"][name].format(value=number(value, language))
        else:
            shown = number(value, language) if isinstance(value, int | float) else str(value)
            yield f"{name.replace('_', ' ')}: {shown}"


def _tails(
    spec: Spec, kind: Kind, estimated: Estimated, checks: tuple[Check, ...], language: str
) -> Iterable[str]:
    tails = words_in(language)["tails"]
    missed = next((one for one in checks if one.name == "response_rate"), None)
    if missed and missed.state is State.WARN and kind in TOLD_OF_ATTRITION:
        yield _attrition(spec, estimated, 1 - float(str(missed.value)), language)
    if kind in {Kind.EFFECT, Kind.COMMUNITY, Kind.SUBGROUPS, Kind.COST} and not spec.confirmatory:
        yield tails["exploratory"]
    if spec.guardrails:
        yield tails["overridden"].format(names=", ".join(sorted(spec.guardrails)))


def _attrition(spec: Spec, estimated: Estimated, missed: float, language: str) -> str:
    """By how much those not reached would have to do worse for the interval to touch nought, or just that."""
    said = words_in(language)
    low, high = estimated.ci or (0.0, 0.0)
    spoken = {"share": share(missed, language), "unit": _unit(spec, language)}
    if missed <= 0 or low <= 0 <= high:
        return str(said["tails"]["attrition_bare"].format(**spoken))
    delta = estimated.details.get("tipping_delta", min(abs(low), abs(high)) / missed)
    return str(said["tails"]["attrition"].format(delta=number(delta, language), **spoken))


def _basis(spec: Spec, kind: Kind, estimated: Estimated, language: str) -> str:
    said = words_in(language)
    months = spec.horizon_months
    horizon = (
        said["no_horizon"] if months is None else said["horizon"].format(months=number(months, language))
    )
    compared = "none" if kind in NO_COMPARISON else kind.value
    return str(
        said["basis" if estimated.n else "basis_none"].format(
            n=number(estimated.n, language),
            place=spec.place or said["no_place"],
            horizon=horizon,
            comparison=_own(spec, "comparison_words", language) or said["comparison"][compared],
        )
    )


def _spoken(values: Mapping[str, object], language: str) -> dict[str, str]:
    return {
        name: share(one, language)
        if name == "pct"
        else one
        if isinstance(one, str)
        else number(one, language)
        for name, one in values.items()
    }


def _unit(spec: Spec, language: str) -> str:
    return _own(spec, "unit_words", language) or str(words_in(language)["points"])


def _own(spec: Spec, name: str, language: str) -> str:
    given = spec.options.get(name)
    return str(given.get(language, "")) if isinstance(given, Mapping) else str(given or "")


def _without_own_words(spec: Spec) -> Spec:
    """The spec without words of its author, which said more than the evidence bears."""
    from_author = {"outcome_words", "unit_words", "comparison_words", "cause_words"}
    kept = {name: one for name, one in spec.options.items() if name not in from_author}
    return Spec(
        spec.estimand,
        outcome=None,
        horizon_months=spec.horizon_months,
        sesoi=spec.sesoi,
        confirmatory=spec.confirmatory,
        options=kept,
        guardrails=spec.guardrails,
    )


def _because(name: str, value: object, language: str) -> str:
    said = words_in(language)
    if name in OF_PEOPLE and is_few(value):
        shown = said["few"].format(limit=number(SMALLEST_PART, language))
    else:
        shown = _shown(name, value, language)
    return str(said["checks"][name][0].format(value=shown))


def _bound(name: str, limit: float, language: str) -> str:
    return str(words_in(language)["bound"].format(limit=_shown(name, limit, language)))


def _shown(name: str, value: object, language: str) -> str:
    if isinstance(value, float) and value != value:
        return str(words_in(language)["unknown"])
    return share(value, language) if name in SHARES else number(value, language)


def _reason(code: str, language: str) -> str:
    said = words_in(language)
    return str(said["reasons"].get(code) or said["reason_other"].format(code=code.replace("_", " ")))


def _joined(parts: Iterable[str], language: str) -> str:
    return {"en": "; ", "fr": "\u202f; ", "ar": "؛ "}[language].join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
