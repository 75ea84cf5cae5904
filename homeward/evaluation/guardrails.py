"""What a number must keep before it may be said: a table of bounds, and the judging by it.

The bounds come from simulations and common practice; a spec may override each, and the finding lists
every override. A measure that no guardrail is named after is refused, so that nothing is judged by nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from homeward.evaluation.rules import State
from homeward.lib.problems import Invalid


class Better(StrEnum):
    """Which way a measure is better."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class Guardrail:
    """passes: the bound from which a value passes; refuses: beyond it the claim is refused (None: never)."""

    better: Better
    passes: float
    refuses: float | None
    about: str


def _high(passes: float, refuses: float | None, about: str) -> Guardrail:
    return Guardrail(Better.HIGH, passes, refuses, about)


def _low(passes: float, refuses: float | None, about: str) -> Guardrail:
    return Guardrail(Better.LOW, passes, refuses, about)


GUARDRAILS: Mapping[str, Guardrail] = {
    "cell_n": _high(10, 5, "people in the smallest group that is shown"),
    "level_n_eff": _high(30, 15, "effective number behind a level"),
    "comparison_n": _high(150, 100, "people compared"),
    "comparison_arm_n": _high(50, 30, "people in the smaller arm"),
    "parameters_per_person": _low(0.1, 0.1, "parameters of the models for each person"),
    "overlap_auc": _low(0.80, 0.95, "how well the propensity tells the arms apart (AUC)"),
    "overlap_auc_everybody": _low(
        0.80, 0.80, "the same where everybody, or everybody treated, is to be compared by weights (AUC)"
    ),
    "overlap_outside": _low(0.15, None, "share whose propensity lies outside 0.1 to 0.9"),
    "overlap_ess_share": _high(0.5, None, "effective share of people left by the weights"),
    "overlap_ess_arm": _high(20, 20, "effective number in the smaller arm after weighting"),
    "balance_smd": _low(0.10, None, "largest standardised difference after weighting"),
    "balance_key_smd": _low(0.10, 0.25, "the same for the baseline and for vulnerability"),
    "attrition_excess": _low(0.0, None, "differential attrition above the WWC bound for the overall one"),
    "response_rate": _high(0.80, 0.40, "share that was reached"),
    "unit_response_rate": _high(
        0.80, 0.40, "share that was reached of the unit of which the smallest share was"
    ),
    "complete_share": _high(0.90, None, "share of rows with nothing missing"),
    "provider_n": _high(10, 5, "people of the smallest provider that is shown"),
    "provider_units": _high(8, 5, "providers compared"),
    "did_clusters": _high(10, 6, "communities in the smaller arm"),
    "pre_periods": _high(2, None, "periods before the project"),
    "pretrend_p": _high(0.10, None, "p-value of the joint test of trends before the project"),
    "subgroup_arm_n": _high(30, 15, "people in the smallest arm of a sub-group"),
    "subgroups_unplanned": _low(0, None, "sub-groups that were not named beforehand"),
    "cost_bounded": _high(1, 1, "whether Fieller's interval of the ratio is bounded (1) or not (0)"),
    "cost_benefit": _high(
        1, None, "whether the effect's interval lies on the side of benefit (1) or not (0)"
    ),
    "index_reliability": _high(0.60, None, "alpha or omega of the index"),
    "unreachable_share": _low(0.10, 0.50, "share that could not be reached at all"),
    "heterogeneity_i2": _low(
        0.50, None, "share of the variation between results that chance does not explain"
    ),
    "at_risk_n": _high(10, 5, "people still observed at the last month that is shown"),
    "events_n": _high(10, 5, "events behind a hazard"),
    "waves": _high(3, 2, "rounds of asking"),
}


def judge(name: str, value: float, overrides: Mapping[str, object]) -> tuple[State, float]:
    """What the guardrail says of the value, and the bound that decided."""
    bound = _bounds(name, overrides)
    if value != value:  # a measure that could not be taken keeps nothing
        return State.REFUSE if bound.refuses is not None else State.WARN, bound.passes
    sign = 1 if bound.better is Better.HIGH else -1
    if sign * value >= sign * bound.passes:
        return State.PASS, bound.passes
    if bound.refuses is not None and sign * value < sign * bound.refuses:
        return State.REFUSE, bound.refuses
    return State.WARN, bound.passes


def _bounds(name: str, overrides: Mapping[str, object]) -> Guardrail:
    default = GUARDRAILS[name]
    if name not in overrides:
        return default
    given = overrides[name]
    if isinstance(given, Mapping) and not set(given) - {"pass", "refuse"}:
        passes, refuses = given.get("pass", default.passes), given.get("refuse", default.refuses)
    else:
        passes, refuses = default.passes, given
    if not _is_number(passes) or not (refuses is None or _is_number(refuses)):
        words = _("An override of {name} is a number, or an object with pass and refuse.").format(name=name)
        raise Invalid(words, fields={"guardrails": words})
    if refuses is not None:
        sign = 1 if default.better is Better.HIGH else -1
        passes = sign * max(sign * float(passes), sign * float(refuses))
    return replace(default, passes=float(passes), refuses=None if refuses is None else float(refuses))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
