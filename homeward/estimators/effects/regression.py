"""Comparisons by models of the outcome: regression adjustment, standardisation, and both with weights."""

from dataclasses import dataclass

import numpy as np

from homeward.estimators.arrays import Bools, Floats
from homeward.estimators.effects.results import Compared, Effect, effect_of
from homeward.estimators.effects.studies import Form, Models, Study, check_outcome, everybody_observed
from homeward.estimators.effects.tilts import Tilt, members, members_slope, tilt_of
from homeward.estimators.generalised import FAMILIES, Fitted, fit
from homeward.estimators.propensity import Propensity, scores_of
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class Outcome:
    """A model of the outcome in one arm: means and slopes of everybody (n,), and the design of the arm."""

    arm: Bools
    model: Fitted
    design: Floats
    means: Floats
    slopes: Floats

    def influence(self, direction: Floats, size: int) -> Floats:
        """What each person adds to direction' (found - true coefficients): (n,), 0 outside the arm."""
        found = np.zeros(size)
        found[self.arm] = self.model.influence(self.design, direction)
        return found


def outcomes(given: Study, family: str, weights: Floats) -> tuple[Outcome, Outcome]:
    """A model of the outcome for each arm, fitted with weights (n,)."""
    control, treated = (
        _outcome(given, family, weights, arm, name)
        for arm, name in zip(given.arms, ("outcome of control", "outcome of treated"), strict=True)
    )
    return control, treated


def regression_adjustment(
    given: Study, target: str = "ATE", models: Models | None = None, form: Form | None = None
) -> Effect:
    """The difference of the means that a model of each group's outcome expects of the target population.

    target: "ATE", "ATT" or "ATC". The same as standardisation with all products of treatment and covariates.
    Errors: stacked with both models. Source: Stata teffects ra, methods; Hernán & Robins (2020), ch. 13.
    """
    chosen = models or Models()
    everybody_observed(given, "regression_adjustment")
    check_outcome(given, chosen)
    counted = given.weights * _members_without_scores(given, target)
    found = outcomes(given, chosen.outcome, given.weights)
    parts = [_expected(given, one, counted) for one in found]
    shares = np.stack([share for _mean, share in parts], axis=1)
    compared = Compared(
        "ra", target, (parts[0][0], parts[1][0]), shares, given.weights, None, given.outcome_design.shape[1]
    )
    return effect_of(given, compared, form or Form())


def ipwra(
    given: Study, target: str = "ATE", models: Models | None = None, form: Form | None = None
) -> Effect:
    """Regression adjustment whose models are fitted with weights of the propensity.

    Right where one of both models, of selection or of the outcome, is right (linear outcomes, or the logit of
    yes and no and the Poisson of counts). Errors: stacked with the three models. Source: Wooldridge (2007),
    J. Econometrics 141; Stata teffects ipwra, methods.
    """
    chosen, asked, tilt = models or Models(), form or Form(), tilt_of(target)
    everybody_observed(given, "ipwra")
    check_outcome(given, chosen)
    selection = scores_of(given.treated, given.selection_design, given.weights, chosen.selection)
    e = selection.scores
    weights = given.weights * np.where(given.treated, tilt.weights[1](e), tilt.weights[0](e))
    member = members(tilt, e, given.treated.astype(np.float64))
    counted, means, shares = given.weights * member, [], []
    for place, one in enumerate(outcomes(given, chosen.outcome, weights)):
        mean, share = _expected(given, one, counted)
        if not asked.selection_known:
            slope = members_slope(tilt, e) * given.weights * (one.means - mean) / counted.sum()
            direction = given.outcome_design.T @ (counted * one.slopes / counted.sum())
            slope = slope + _of_weights(given, one, direction) * tilt.slopes[place](e) * given.weights
            share = share + selection.influence(selection.design.T @ (slope * selection.slopes))
        means.append(mean)
        shares.append(share)
    columns = max(given.outcome_design.shape[1], given.selection_design.shape[1])
    compared = Compared(
        "ipwra",
        target,
        (means[0], means[1]),
        np.stack(shares, axis=1),
        weights,
        e,
        columns,
        not asked.selection_known,
    )
    return effect_of(given, compared, asked)


def aipw(given: Study, target: str = "ATE", models: Models | None = None, form: Form | None = None) -> Effect:
    """Expected means of both groups, each mended by the weighted residuals of those who show it.

    Right where one of both models, of selection or of the outcome, is right; the least error there can be
    where both are. Errors: stacked with the three models. Sources: Robins, Rotnitzky & Zhao (1994), J. Am.
    Stat. Assoc. 89; Lunceford & Davidian (2004), Stat. Med. 23; Stata teffects aipw, methods.
    """
    chosen, asked, tilt = models or Models(), form or Form(), tilt_of(target)
    everybody_observed(given, "aipw")
    check_outcome(given, chosen)
    selection = scores_of(given.treated, given.selection_design, given.weights, chosen.selection)
    e = selection.scores
    weights = given.weights * np.where(given.treated, tilt.weights[1](e), tilt.weights[0](e))
    found = outcomes(
        given, chosen.outcome, _fitting(given, e, target) if chosen.weighted_outcome else given.weights
    )
    parts = [_augmented(given, tilt, selection, (place, one), asked) for place, one in enumerate(found)]
    if chosen.weighted_outcome and not asked.selection_known:
        parts = [
            (mean, share + _of_fitting(given, tilt, selection, (place, one)))
            for place, (one, (mean, share)) in enumerate(zip(found, parts, strict=True))
        ]
    compared = Compared(
        "aipw",
        target,
        (parts[0][0], parts[1][0]),
        np.stack([share for _mean, share in parts], axis=1),
        weights,
        e,
        max(given.outcome_design.shape[1], given.selection_design.shape[1]),
        not asked.selection_known,
    )
    return effect_of(given, compared, asked)


def _outcome(given: Study, family: str, weights: Floats, arm: Bools, name: str) -> Outcome:
    design = given.outcome_design[arm]
    model = fit(FAMILIES[family], design, given.outcome[arm], weights[arm], name)
    eta = model.linear(given.outcome_design)
    return Outcome(arm, model, design, model.family.mean(eta), model.family.slope(eta))


def _members_without_scores(given: Study, target: str) -> Floats:
    if target == "ATE":
        return np.ones(given.size)
    by_arm = tilt_of(target).by_arm
    if by_arm is None:
        raise CannotEstimate("unknown_target", {"targets": "ATE, ATT, ATC"})
    return given.arms[by_arm].astype(np.float64)


def _expected(given: Study, one: Outcome, counted: Floats) -> tuple[float, Floats]:
    """The expected mean in the population that `counted` (n,) describes, and each person's share."""
    total = float(counted.sum())
    mean = float(counted @ one.means / total)
    direction = given.outcome_design.T @ (counted * one.slopes / total)
    return mean, counted * (one.means - mean) / total + one.influence(direction, given.size)


def _of_weights(given: Study, one: Outcome, direction: Floats) -> Floats:
    """How direction' coefficients of the arm's model answer to each weight it was fitted with: (n,)."""
    found = np.zeros(given.size)
    residual = one.model.family.residual(given.outcome[one.arm], one.model.linear(one.design))
    found[one.arm] = residual * (one.design @ (one.model.inverse @ direction))
    return found


def _fitting(given: Study, e: Floats, target: str) -> Floats:
    """Weights of outcome models in the augmented estimate of least error: (1 - e) / e² of one's own arm."""
    if target != "ATE":
        raise CannotEstimate("unknown_target", {"targets": "ATE"})
    own = np.where(given.treated, e, 1 - e)
    return np.asarray(given.weights * (1 - own) / own**2)


def _of_fitting(given: Study, tilt: Tilt, selection: Propensity, arm: tuple[int, Outcome]) -> Floats:
    """The share that comes of weights in the outcome's own model having been estimated: (n,)."""
    place, one = arm
    direction = _slope_in_outcome(given, tilt, selection.scores, arm)
    e = selection.scores if place else 1 - selection.scores
    sign = -1.0 if place else 1.0
    slope = _of_weights(given, one, direction) * sign * (2 - e) / e**3 * given.weights
    return selection.influence(selection.design.T @ (slope * selection.slopes))


def _slope_in_outcome(given: Study, tilt: Tilt, e: Floats, arm: tuple[int, Outcome]) -> Floats:
    place, one = arm
    member = members(tilt, e, given.treated.astype(np.float64))
    apart = member - np.where(one.arm, tilt.weights[place](e), 0.0)
    scale = given.weights / (given.weights @ member)
    return np.asarray(given.outcome_design.T @ (scale * apart * one.slopes))


def _augmented(
    given: Study, tilt: Tilt, selection: Propensity, arm: tuple[int, Outcome], form: Form
) -> tuple[float, Floats]:
    place, one = arm
    e = selection.scores
    member = members(tilt, e, given.treated.astype(np.float64))
    weight = np.where(one.arm, tilt.weights[place](e), 0.0)
    left = given.outcome - one.means
    total = float(given.weights @ member)
    mean = float(given.weights @ (member * one.means + weight * left) / total)
    scale = given.weights / total
    direction = _slope_in_outcome(given, tilt, e, arm)
    share = scale * (member * (one.means - mean) + weight * left) + one.influence(direction, given.size)
    if form.selection_known:
        return mean, share
    slope = members_slope(tilt, e) * (one.means - mean) + np.where(one.arm, tilt.slopes[place](e), 0.0) * left
    return mean, share + selection.influence(selection.design.T @ (scale * slope * selection.slopes))
