"""One model of the outcome for both groups, read as if everybody were treated and as if nobody were."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t

from homeward.estimators.arrays import Floats
from homeward.estimators.effects.results import Compared, Effect, Interval, effect_of
from homeward.estimators.effects.studies import Form, Models, Study, check_outcome, everybody_observed
from homeward.estimators.generalised import FAMILIES, fit
from homeward.estimators.refusals import CannotEstimate

ERRORS = ("classical", "hc0", "hc1", "hc2", "hc3")


def standardisation(
    given: Study,
    interact: tuple[int, ...] = (),
    target: str = "ATE",
    models: Models | None = None,
    form: Form | None = None,
) -> Effect:
    """The difference of what one model expects of the target population when treated and when not.

    interact: places of covariates whose product with treatment is in the model, () for none. target: "ATE",
    "ATT" or "ATC". Errors: stacked with the model (a bootstrap gives the same). Hernán & Robins (2020),
    ch. 13; the parametric g-formula for one time.
    """
    chosen = models or Models()
    everybody_observed(given, "standardisation")
    check_outcome(given, chosen)
    counted = given.weights * _counted(given, target)
    model = fit(
        FAMILIES[chosen.outcome],
        _design(given, given.treated.astype(np.float64), interact),
        given.outcome,
        given.weights,
        "outcome",
    )
    means, shares = [], []
    design = _design(given, given.treated.astype(np.float64), interact)
    for state in (0.0, 1.0):
        asked = _design(given, np.full(given.size, state), interact)
        eta = model.linear(asked)
        expected = model.family.mean(eta)
        mean = float(counted @ expected / counted.sum())
        direction = asked.T @ (counted * model.family.slope(eta) / counted.sum())
        shares.append(counted * (expected - mean) / counted.sum() + model.influence(design, direction))
        means.append(mean)
    compared = Compared(
        "standardisation",
        target,
        (means[0], means[1]),
        np.stack(shares, axis=1),
        given.weights,
        None,
        design.shape[1],
    )
    return effect_of(given, compared, form or Form())


@dataclass(frozen=True)
class Contrast:
    """The coefficient of treatment, at given values of what it is multiplied with; df of Student's t."""

    difference: Interval
    df: float
    n: int
    errors: str
    r_squared: float


def outcome_regression(
    given: Study,
    interact: tuple[int, ...] = (),
    at: npt.ArrayLike | None = None,
    *,
    errors: str = "classical",
    confidence: float = 0.95,
) -> Contrast:
    """The difference that a linear regression (analysis of covariance) gives to treatment.

    Without covariates the difference of two means. interact: places of covariates whose product with
    treatment is in the model; at: their values, in the units of the *scaled* design, at which the difference
    is wanted. errors: "classical", or "hc0" to "hc3" of MacKinnon & White (1985); by cluster with CR2 see
    `cluster_errors`. Weights are taken as analytic ones. Degrees of freedom: n - columns.
    """
    everybody_observed(given, "outcome_regression")
    if errors not in ERRORS:
        raise CannotEstimate("unknown_errors", {"errors": ", ".join(ERRORS)})
    design = _design(given, given.treated.astype(np.float64), interact)
    model = fit(FAMILIES["linear"], design, given.outcome, given.weights, "outcome")
    n, p = design.shape
    left = given.outcome - model.linear(design)
    values = np.zeros(len(interact)) if at is None else np.asarray(at, dtype=np.float64)
    ask = np.concatenate([[0.0, 1.0], np.zeros(p - 2 - len(interact)), values])
    pull = design @ (model.inverse @ ask)
    hat = np.einsum("ij,jk,ik->i", design, model.inverse, design) * given.weights
    spread = float(given.weights @ left**2) / (n - p)
    middle = float(given.weights @ given.outcome) / given.total
    variance = {
        "classical": spread * float(ask @ model.inverse @ ask),
        "hc0": float(((model.scores * pull) ** 2).sum()),
        "hc1": float(((model.scores * pull) ** 2).sum()) * n / (n - p),
        "hc2": float(((model.scores * pull) ** 2 / (1 - hat)).sum()),
        "hc3": float(((model.scores * pull / (1 - hat)) ** 2).sum()),
    }[errors]
    return Contrast(
        _interval(float(ask @ model.coefficients), float(np.sqrt(variance)), n - p, confidence),
        n - p,
        n,
        errors,
        1 - float(given.weights @ left**2) / float(given.weights @ (given.outcome - middle) ** 2),
    )


def _interval(estimate: float, error: float, df: float, confidence: float) -> Interval:
    reach = float(t.ppf((1 + confidence) / 2, df)) * error
    p_value = float(2 * t.sf(abs(estimate) / error, df)) if error > 0 else float(estimate == 0)
    return Interval(estimate, error, estimate - reach, estimate + reach, p_value)


def _design(given: Study, treated: Floats, interact: tuple[int, ...]) -> Floats:
    covariates = given.outcome_design[:, 1:]
    products = treated[:, None] * covariates[:, list(interact)]
    return np.column_stack([np.ones(given.size), treated, covariates, products])


def _counted(given: Study, target: str) -> Floats:
    if target not in ("ATE", "ATT", "ATC"):
        raise CannotEstimate("unknown_target", {"targets": "ATE, ATT, ATC"})
    if target == "ATE":
        return np.ones(given.size)
    return given.arms[int(target == "ATT")].astype(np.float64)
