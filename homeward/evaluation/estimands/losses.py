"""What an effect can be when some people were lost: bounds, and how much worse they would have to do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from homeward.estimators.effects.regression import regression_adjustment
from homeward.estimators.effects.weighting import unadjusted
from homeward.estimators.sensitivity.lost import Bounds, delta_table, lee_bounds, manski_bounds, tipping_point
from homeward.evaluation.columns import number_option
from homeward.evaluation.estimands.asked_options import number_list
from homeward.evaluation.estimands.comparability import attrition_of
from homeward.evaluation.estimands.compared_rows import MODEL_OPTIONS, Rows, rows_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_columns

if TYPE_CHECKING:
    import pandas as pd


def lee(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Lee's bounds; a row without an outcome is a person who was lost."""
    rows = _with_lost(frame, spec)
    return _bounded("lee_bounds", rows, lee_bounds(rows.given, 1 - spec.alpha))


def manski(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Bounds without suppositions, between the least and the most that the outcome can be."""
    rows = _with_lost(frame, spec)
    least, most = (number_option(spec, name, float("nan")) for name in ("least", "most"))
    of = str(spec.options.get("of", "lost"))
    return _bounded(f"manski_{of}", rows, manski_bounds(rows.given, least, most, 1 - spec.alpha, of=of))


def tipping(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """How much worse the lost would have to be doing for the conclusion to change."""
    (effect, error), lost, (n, measures) = _effect_and_lost(frame, spec)
    tips = tipping_point(effect, error, lost[1], confidence=1 - spec.alpha)
    grid = number_list(spec, "deltas", tuple(round(share * abs(effect), 12) for share in (0, 0.5, 1, 2)))
    return Estimated(
        method="tipping_point",
        n=n,
        estimate=tips.to_doubt,
        measures=measures,
        details={
            "effect": effect,
            "se": error,
            "lost_control": lost[0],
            "lost_treated": lost[1],
            "to_doubt": tips.to_doubt,
            "to_nothing": tips.to_nothing,
            "table": [
                {"delta_control": one, "delta_treated": other, "effect": moved}
                for one, other, moved in delta_table(effect, lost, grid)
            ],
        },
    )


def _effect_and_lost(
    frame: "pd.DataFrame", spec: Spec
) -> tuple[tuple[float, float], tuple[float, float], tuple[int, dict[str, float]]]:
    if "estimate" in spec.options:
        effect, error = (number_option(spec, name, float("nan")) for name in ("estimate", "se"))
        lost = number_option(spec, "lost_control", 0.0), number_option(spec, "lost_treated", 0.0)
        return (effect, error), lost, (0, {})
    require_columns(spec, frame.columns)
    rows = rows_of(frame, spec)
    found = (regression_adjustment if rows.names else unadjusted)(rows.given).difference
    lost = 1 - rows.answered[0], 1 - rows.answered[1]
    return (found.estimate, found.standard_error), lost, (rows.given.size, attrition_of(rows))


def _with_lost(frame: "pd.DataFrame", spec: Spec) -> Rows:
    return rows_of(frame, replace(spec, options={**spec.options, "drop_out": True}))


def _bounded(method: str, rows: Rows, found: Bounds) -> Estimated:
    arms = [int((arm & rows.given.observed).sum()) for arm in rows.given.arms]
    return Estimated(
        method=method,
        n=found.n,
        ci=found.interval,
        parts=(
            Part("lower bound", found.low, found.low_error),
            Part("upper bound", found.high, found.high_error),
        ),
        measures={
            "comparison_n": float(sum(arms)),
            "comparison_arm_n": float(min(arms)),
            **attrition_of(rows),
        },
        details={"lower": found.low, "upper": found.high, "trimmed": found.trimmed},
    )


def _bounds_entry(
    estimate: Callable[["pd.DataFrame", Spec], Estimated],
    about: str,
    source: str,
    options: Mapping[str, str],
) -> Estimand:
    return Estimand(
        estimate,
        Kind.SENSITIVITY,
        about,
        required=("outcome", "treatment"),
        optional=("cluster", "design.weight", "design.strata", "design.psu"),
        options={**{name: MODEL_OPTIONS[name] for name in ("treated_value",)}, **options},
        source=source,
    )


ENTRIES: Mapping[str, Estimand] = {
    "lee_bounds": _bounds_entry(
        lee,
        "Bounds of the effect on those observed whether treated or not; a missing outcome is a loss.",
        "Lee (2009), Rev. Econ. Stud. 76",
        {},
    ),
    "manski_bounds": _bounds_entry(
        manski,
        "Bounds of the effect without suppositions on those lost, or on who was treated.",
        "Manski (1990), Am. Econ. Rev. 80",
        {
            "least": "the least that the outcome can be",
            "most": "the most that it can be",
            "of": "lost (default) or selection",
        },
    ),
    "tipping_point": Estimand(
        tipping,
        Kind.SENSITIVITY,
        "How much worse those lost would have to be doing for the conclusion to change.",
        optional=("outcome", "treatment", "covariates"),
        source="Carpenter & Kenward (2013), ch. 10",
        has_rows=False,
        options={
            "estimate": "the effect, where it is not reckoned from rows",
            "se": "its standard error",
            "lost_control": "share of the controls lost",
            "lost_treated": "share of the treated lost",
            "deltas": "list of how much worse, for the table",
            "treated_value": MODEL_OPTIONS["treated_value"],
        },
    ),
}
