"""How likely each person was to be assisted, and whether both groups are likely enough to be compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from homeward.estimators.arrays import Bools, Floats, numbers, table, truths
from homeward.estimators.generalised import FAMILIES, Fitted, fit, scaled
from homeward.estimators.refusals import CannotEstimate

EDGE = 0.1


@dataclass(frozen=True)
class Propensity:
    """A model of being treated: scores (n,) between 0 and 1, their slopes (n,), the design and the model."""

    scores: Floats
    slopes: Floats
    design: Floats
    model: Fitted

    def influence(self, direction: Floats) -> Floats:
        """What each person adds to direction' (found - true coefficients): (n,)."""
        return self.model.influence(self.design, direction)


@dataclass(frozen=True)
class Overlap:
    """Whether two groups can be compared at all.

    auc: 0.5 when nobody can tell who was treated, 1 when anybody can; outside: the share of people with a
    propensity below 0.1 or above 0.9; ess_treated, ess_control: how many people without weights would be as
    exact as these; ess_share: both over n; lowest, highest: propensities in both groups together.
    """

    auc: float
    outside: float
    ess_treated: float
    ess_control: float
    ess_share: float
    lowest: float
    highest: float


def propensity_scores(
    treated: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    link: str = "logit",
) -> Propensity:
    """Propensities to be treated (n,) given covariates (n, p), by logit or probit of most likelihood.

    weights: (n,) of a survey, or None. Refused: missing values, covariates that tell the treated from the
    others without fail ("perfect_separation"), that say the same ("collinear") or never vary. Rosenbaum &
    Rubin (1983), Biometrika 70.
    """
    arms = truths(treated, "treated")
    design = scaled(table(covariates, "covariates", size=arms.size))
    given = np.ones(arms.size) if weights is None else numbers(weights, "weights", size=arms.size)
    return scores_of(arms, design, given, link)


def scores_of(treated: Bools, design: Floats, weights: Floats, link: str = "logit") -> Propensity:
    """The same from a design (n, q) that is scaled already."""
    if link not in ("logit", "probit"):
        raise CannotEstimate("unknown_model", {"selection": "logit, probit"})
    model = fit(FAMILIES[link], design, treated.astype(np.float64), weights, "selection")
    eta = model.linear(design)
    return Propensity(model.family.mean(eta), model.family.slope(eta), design, model)


def area_under_curve(scores: Floats, treated: Bools) -> float:
    """The chance that a treated person has a higher score than another; ties count half. Mann & Whitney."""
    n1 = int(treated.sum())
    n0 = treated.size - n1
    if not n1 or not n0:
        raise CannotEstimate("too_few", {"of": "arm", "rows": 1, "found": 0})
    return float((rankdata(scores)[treated].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def effective_size(weights: Floats) -> float:
    """How many people of equal weight are as exact: (sum of w)² / sum of w². Kish (1965); 0 for nobody."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def overlap_of(scores: npt.ArrayLike, treated: npt.ArrayLike, weights: npt.ArrayLike) -> Overlap:
    """How far both groups overlap: scores, treated and the comparison's weights, each (n,)."""
    arms = truths(treated, "treated")
    e, w = numbers(scores, "scores", size=arms.size), numbers(weights, "weights", size=arms.size)
    ess = effective_size(w[arms]), effective_size(w[~arms])
    return Overlap(
        auc=area_under_curve(e, arms),
        outside=float(((e < EDGE) | (e > 1 - EDGE)).mean()),
        ess_treated=ess[0],
        ess_control=ess[1],
        ess_share=sum(ess) / arms.size,
        lowest=float(e.min()),
        highest=float(e.max()),
    )
