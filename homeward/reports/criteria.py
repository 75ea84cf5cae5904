"""The six criteria of OECD-DAC (2019) as chapters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        return self.is_lasting and kind in LEVELS and months >= LASTING_MONTHS


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
