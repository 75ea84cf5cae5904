"""The six criteria of OECD-DAC (2019) as chapters, and what a careful reader asks of a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.evaluation.rules import Kind

if TYPE_CHECKING:
    from homeward.reports.gathering import Asked

LASTING_MONTHS = 12
K = Kind


@dataclass(frozen=True)
class Criterion:
    """One criterion: what it asks, and which kinds of finding speak to it."""

    code: str
    name: str | Promise
    question: str | Promise
    kinds: frozenset[Kind]
    is_lasting: bool = False

    def is_answered_by(self, kind: str, asked: Asked) -> bool:
        """Whether a finding of this kind speaks to it; lasting is what was seen a year later or more."""
        if kind in self.kinds:
            return True
        months = asked.question.spec.get("horizon_months") or 0
        return self.is_lasting and kind in LEVELS and months > LASTING_MONTHS


LEVELS = frozenset({K.LEVEL, K.ADJUSTED, K.EFFECT, K.PARITY})
CRITERIA = (
    Criterion(
        "relevance",
        _("Relevance"),
        _("Did the assistance answer what people needed, in every group?"),
        frozenset({K.SUBGROUPS}),
    ),
    Criterion(
        "coherence",
        _("Coherence"),
        _("Did it fit with what others did, by referral and without doing things twice?"),
        frozenset({K.DELIVERY, K.AGREEMENT}),
    ),
    Criterion(
        "effectiveness",
        _("Effectiveness"),
        _("Did people progress, more than their starting points let expect?"),
        frozenset({K.LEVEL, K.ADJUSTED, K.EFFECT, K.PROVIDERS}),
    ),
    Criterion(
        "efficiency",
        _("Efficiency"),
        _("What did it cost, against what came of it, and was it in time?"),
        frozenset({K.COST}),
    ),
    Criterion(
        "impact",
        _("Impact"),
        _("What else changed, beside people who live there and in the place itself?"),
        frozenset({K.PARITY, K.COMMUNITY, K.EFFECT, K.SYNTHESIS}),
    ),
    Criterion(
        "sustainability",
        _("Sustainability"),
        _("Does it last, and is moving on again a choice?"),
        frozenset({K.DURATION}),
        is_lasting=True,
    ),
)


def _found(one: Asked) -> Mapping[str, Any]:
    return one.answer.finding if one.answer else {}


def _measured(name: str) -> Callable[[Asked], bool | None]:
    """Whether a guardrail was kept; not applicable where it did not judge."""

    def holds(one: Asked) -> bool | None:
        states = [check["state"] for check in _found(one).get("checks", ()) if check["name"] == name]
        return states[0] != "refuse" if states else None

    return holds


def _compares(one: Asked) -> bool | None:
    levels = (_found(one).get("evidence") or {}).get("level")
    return None if levels is None else int(levels) >= 3


def _has_interval(one: Asked) -> bool | None:
    return bool(_found(one).get("ci")) if _found(one).get("estimate") is not None else None


CHECKLIST: tuple[tuple[str | Promise, Callable[[Asked], bool | None]], ...] = (
    (
        _("The question was registered before its outcome was opened"),
        lambda one: one.question.is_confirmatory,
    ),
    (_("How many people stand behind the number is said"), lambda one: bool(_found(one).get("n"))),
    (_("The number comes with its uncertainty"), _has_interval),
    (_("Enough of those asked were reached"), _measured("response_rate")),
    (_("Those compared were comparable at the start"), _measured("balance_max")),
    (_("There is a comparison with people who had no assistance, or with a time before it"), _compares),
    (_("What it rests on is written down"), lambda one: bool(_found(one).get("assumptions"))),
    (_("The claim may be said as an answer"), lambda one: _found(one).get("claim") == "allowed"),
)
