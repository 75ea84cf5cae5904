"""Sentences that the numbers make: how strong the words are follows from the evidence, in every language."""

from collections.abc import Mapping

from homeward.evaluation.rules import LANGUAGES, Check, Estimated, Evidence, Kind, Spec, State, Words


def sentence_of(
    spec: Spec,
    kind: Kind,
    estimated: Estimated,
    evidence: Evidence,
    checks: tuple[Check, ...],
    needs: Mapping[str, object],
) -> Words:
    """What may be said, in each language."""
    refused = [one.name for one in checks if one.state is State.REFUSE]
    words = f"This cannot be answered yet, because of {', '.join(refused)}." if refused else "Answered."
    return dict.fromkeys(LANGUAGES, words)


def check_words(name: str, state: State, value: float, limit: float) -> Words:
    """What one guardrail says."""
    return dict.fromkeys(LANGUAGES, f"{name}: {value:.4g} ({limit:g})")


def refusal_words(reason: str) -> Words:
    """Why an estimator refused."""
    return dict.fromkeys(LANGUAGES, reason.replace("_", " "))
