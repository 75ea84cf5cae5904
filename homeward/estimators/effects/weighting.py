"""Comparisons by weights made of the propensity: inverse probability, overlap, matching."""

from dataclasses import dataclass

import numpy as np

from homeward.estimators.arrays import Bools, Floats
from homeward.estimators.effects.results import Compared, Effect, effect_of
from homeward.estimators.effects.studies import Form, Models, Study, everybody_observed
from homeward.estimators.effects.tilts import tilt_of
from homeward.estimators.generalised import LOGIT, Fitted, fit
from homeward.estimators.propensity import scores_of


@dataclass(frozen=True)
class Weighted:
    """Weights of a comparison (n,), their slopes in the selection model's predictor, and of drop-out's."""

    weights: Floats
    slopes: Floats
    staying: "Staying | None" = None


@dataclass(frozen=True)
class Staying:
    """A model of who is still observed: its design (n, q), model and probabilities (n,)."""

    design: Floats
    model: Fitted
    probability: Floats


def ipw(given: Study, target: str = "ATE", models: Models | None = None, form: Form | None = None) -> Effect:
    """The difference of weighted means, with weights made of the propensity (normalised within each group).

    target: "ATE", "ATT", "ATC", "ATO" (overlap weights) or "ATM" (matching weights). Where not everybody is
    observed, weights against drop-out are made as well, from a logit of being observed on treatment and the
    selection's covariates. Errors: stacked with the models of selection and drop-out, or "weights taken as
    known" (see `Form`). Sources: Lunceford & Davidian (2004), Stat. Med. 23; Li, Morgan & Zaslavsky (2018),
    J. Am. Stat. Assoc. 113; Li & Greene (2013), Int. J. Biostat. 9; Hernán & Robins (2020), ch. 12.
    """
    chosen, asked = models or Models(), form or Form()
    selection = scores_of(given.treated, given.selection_design, given.weights, chosen.selection)
    tilt, e = tilt_of(target), selection.scores
    weighted = Weighted(
        np.where(given.treated, tilt.weights[1](e), tilt.weights[0](e)),
        np.where(given.treated, tilt.slopes[1](e), tilt.slopes[0](e)) * selection.slopes,
        None if given.observed.all() else _staying(given),
    )
    means, shares, used = [], [], given.weights * weighted.weights
    if weighted.staying:
        used = used * given.observed / weighted.staying.probability
    for arm in given.arms:
        share, mean = _direct(given, used, arm)
        if not asked.selection_known:
            apart = np.where(arm, given.outcome - mean, 0.0) / used[arm].sum()
            slope = selection.design.T @ (apart * _relative(used, weighted))
            share = share + selection.influence(slope) + _of_staying(weighted.staying, used * apart)
        means.append(mean)
        shares.append(share)
    compared = Compared(
        "ipw",
        target,
        (means[0], means[1]),
        np.stack(shares, axis=1),
        used,
        e,
        given.selection_design.shape[1],
        not asked.selection_known,
    )
    return effect_of(given, compared, asked)


def unadjusted(given: Study, form: Form | None = None) -> Effect:
    """The difference of both groups' (weighted) means, as they are."""
    everybody_observed(given, "unadjusted")
    found = [_direct(given, given.weights, arm) for arm in given.arms]
    shares = np.stack([share for share, _mean in found], axis=1)
    compared = Compared("unadjusted", "ATE", (found[0][1], found[1][1]), shares, given.weights)
    return effect_of(given, compared, form or Form())


def _direct(given: Study, used: Floats, arm: Bools) -> tuple[Floats, float]:
    weights = np.where(arm, used, 0.0)
    mean = float(weights @ given.outcome / weights.sum())
    return weights * (given.outcome - mean) / weights.sum(), mean


def _relative(used: Floats, weighted: Weighted) -> Floats:
    """The slope of the weight that is used: the tilt's own may be 0, so it is not a share of the weight."""
    return used / weighted.weights * weighted.slopes


def _staying(given: Study) -> Staying:
    design = np.column_stack([given.selection_design, given.treated - given.treated.mean()])
    model = fit(LOGIT, design, given.observed.astype(np.float64), given.weights, "observed")
    return Staying(design, model, LOGIT.mean(model.linear(design)))


def _of_staying(staying: Staying | None, moments: Floats) -> Floats | float:
    if staying is None:
        return 0.0
    slope = -(staying.design.T @ (moments * (1 - staying.probability)))
    return staying.model.influence(staying.design, slope)
