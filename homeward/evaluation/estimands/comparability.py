"""How alike both groups of a comparison are: the measures that guardrails judge, and tables for figures."""

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np

from homeward.estimators.attrition import excess_attrition
from homeward.estimators.balance import Balance, balance
from homeward.estimators.propensity import Overlap, overlap_of, scores_of
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import Floats
from homeward.evaluation.estimands.compared_rows import Rows
from homeward.evaluation.rules import Spec

BINS = 20


def measures_of(
    rows: Rows, spec: Spec, overlap: Overlap | None, balanced: tuple[Balance, ...]
) -> dict[str, float]:
    """Every measure of a comparison by the name of its guardrail; auc 1 where the groups do not overlap."""
    given = rows.given
    arms = [int((arm & given.observed).sum()) for arm in given.arms]
    found = {
        "comparison_n": float(sum(arms)),
        "comparison_arm_n": float(min(arms)),
        "parameters_per_person": given.outcome_design.shape[1] / sum(arms),
        "complete_share": rows.complete,
    }
    if rows.names:
        found |= _overlap(overlap)
        found["balance_smd"] = max(abs(one.smd_weighted) for one in balanced)
    key = key_places(rows, spec)
    if key:
        found["balance_key_smd"] = max(abs(balanced[place].smd_weighted) for place in key)
    return found | attrition_of(rows)


def attrition_of(rows: Rows) -> dict[str, float]:
    """The share with an outcome, and by how much its difference between groups is above what is allowed."""
    control, treated = rows.answered
    if min(control, treated) == 1:
        return {}
    share = float(rows.given.treated.mean())
    return {
        "response_rate": share * treated + (1 - share) * control,
        "attrition_excess": max(0.0, excess_attrition(1 - treated, 1 - control, share)),
    }


def overlap_and_scores(
    rows: Rows, weights: Floats, scores: Floats | None
) -> tuple[Overlap | None, Floats | None]:
    """How both groups overlap, with the comparison's weights; None where they are told apart entirely."""
    given = rows.given
    if scores is None:
        try:
            scores = scores_of(given.treated, given.selection_design, given.weights).scores
        except CannotEstimate:
            return None, None
    return overlap_of(scores, given.treated, weights), scores


def balance_of(rows: Rows, weights: Floats, target: str) -> tuple[Balance, ...]:
    """Each covariate's balance before and after the comparison's weights."""
    given = rows.given
    return balance(rows.covariates, given.treated, weights, sampling=given.weights, target=target)


def key_places(rows: Rows, spec: Spec) -> tuple[int, ...]:
    """The places of the baseline and of covariates of vulnerability, held to a stricter bound."""
    given = spec.options.get("key_covariates", ())
    wanted = {str(one) for one in given} if isinstance(given, list | tuple) else {str(given)}
    wanted |= {spec.baseline} if spec.baseline else set()
    return tuple(place for place, name in enumerate(rows.names) if name.split("=")[0] in wanted)


def tables_of(
    rows: Rows, balanced: tuple[Balance, ...], overlap: Overlap | None, scores: Floats | None
) -> Mapping[str, object]:
    """What a balance table, a love plot and an overlap plot are drawn from."""
    told: dict[str, object] = {
        "balance": [{"name": name, **asdict(one)} for name, one in zip(rows.names, balanced, strict=True)]
    }
    if overlap is not None:
        told["overlap"] = asdict(overlap)
    if scores is not None:
        edges = np.linspace(0, 1, BINS + 1)
        arms = {"control": ~rows.given.treated, "treated": rows.given.treated}
        counts = {name: np.histogram(scores[arm], edges)[0].tolist() for name, arm in arms.items()}
        told["propensities"] = {"edges": edges.tolist(), **counts}
    return told


def profile_of(rows: Rows, weights: Floats) -> dict[str, float]:
    """Means of covariates in the population that the weights make: who the answer is about."""
    total = weights.sum()
    return {
        name: float(weights @ column / total)
        for name, column in zip(rows.names, rows.covariates.T, strict=True)
    }


def _overlap(overlap: Overlap | None) -> dict[str, float]:
    if overlap is None:
        return {"overlap_auc": 1.0}
    return {
        "overlap_auc": overlap.auc,
        "overlap_outside": overlap.outside,
        "overlap_ess_share": overlap.ess_share,
        "overlap_ess_arm": min(overlap.ess_treated, overlap.ess_control),
    }
