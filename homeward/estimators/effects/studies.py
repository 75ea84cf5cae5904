"""Who is compared with whom, and how the answer is to be given."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Bools, Floats, Ints, codes, numbers, table, truths
from homeward.estimators.generalised import FAMILIES, scaled
from homeward.estimators.refusals import CannotEstimate

LEAST_IN_ARM = 2
RANGES = {"logit": (0.0, 1.0), "probit": (0.0, 1.0), "poisson": (0.0, np.inf)}


@dataclass(frozen=True)
class Sampling:
    """How people came into the data: weights, clusters (or primary units), strata, each (n,) or None."""

    weights: npt.ArrayLike | None = None
    clusters: npt.ArrayLike | None = None
    strata: npt.ArrayLike | None = None


@dataclass(frozen=True)
class Models:
    """The models used.

    outcome: "linear", "logit", "probit" or "poisson"; selection: "logit" or "probit"; weighted_outcome: the
    outcome models of `aipw` are fitted with the weights of the propensity too (teffects aipw, wnls).
    """

    outcome: str = "linear"
    selection: str = "logit"
    weighted_outcome: bool = False


@dataclass(frozen=True)
class Form:
    """How errors are given.

    small_sample: errors times sqrt(n / (n - 2 columns)) and Student's t; otherwise the large-sample form of
    Stata's teffects. Clusters and strata bring their own degrees of freedom in both. selection_known: the
    error that ignores that weights were estimated ("robust"). confidence: of intervals, 0 to 1.
    """

    small_sample: bool = False
    selection_known: bool = False
    confidence: float = 0.95


@dataclass(frozen=True)
class Study:
    """Two groups and what is known of them, checked.

    outcome: (n,), of no meaning where not `observed`; treated, observed: (n,); outcome_design (n, p) and
    selection_design (n, q): scaled, ones first; weights: (n,), above 0; clusters, strata: codes or None.
    """

    outcome: Floats
    treated: Bools
    outcome_design: Floats
    selection_design: Floats
    weights: Floats
    observed: Bools
    clusters: Ints | None = None
    strata: Ints | None = None
    arms: tuple[Bools, Bools] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arms", (~self.treated, self.treated))

    @property
    def size(self) -> int:
        """How many people there are, with or without an outcome."""
        return self.outcome.size

    @property
    def total(self) -> float:
        """The sum of the weights."""
        return float(self.weights.sum())


def study(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    covariates: npt.ArrayLike | None = None,
    *,
    selection: npt.ArrayLike | None = None,
    sampling: Sampling | None = None,
    observed: npt.ArrayLike | None = None,
) -> Study:
    """The study of an outcome (n,) in those treated and those not, with covariates (n, p) of before.

    selection: covariates of who is treated, where they are others than those of the outcome. observed: whose
    outcome is known, for weights against drop-out; without it a missing outcome is refused. Missing
    covariates, an arm of fewer than two and covariates that never vary are refused.
    """
    arms = truths(treated, "treated")
    known = (
        np.ones(arms.size, dtype=bool) if observed is None else truths(observed, "observed", size=arms.size)
    )
    answers = np.where(known, np.asarray(outcome, dtype=np.float64), 0.0)
    _check_arms(arms, known)
    columns = table(
        np.empty((arms.size, 0)) if covariates is None else covariates, "covariates", size=arms.size
    )
    design = scaled(columns)
    chosen = design if selection is None else scaled(table(selection, "selection", size=arms.size))
    sampled = sampling or Sampling()
    return Study(
        numbers(answers, "outcome", size=arms.size),
        arms,
        design,
        chosen,
        _weights(sampled.weights, arms.size),
        known,
        *(
            _codes(given, name, arms.size)
            for given, name in ((sampled.clusters, "cluster"), (sampled.strata, "strata"))
        ),
    )


def check_outcome(given: Study, models: Models) -> None:
    """Refuses a model that is not known, or that cannot have such an outcome ("outcome_out_of_range")."""
    if models.outcome not in FAMILIES or models.selection not in ("logit", "probit"):
        raise CannotEstimate("unknown_model", {"outcome": ", ".join(FAMILIES), "selection": "logit, probit"})
    low, high = RANGES.get(models.outcome, (-np.inf, np.inf))
    seen = given.outcome[given.observed]
    if (
        seen.min() < low
        or seen.max() > high
        or (models.outcome == "probit" and not np.isin(seen, (0, 1)).all())
    ):
        raise CannotEstimate("outcome_out_of_range", {"model": models.outcome, "from": low, "to": str(high)})


def everybody_observed(given: Study, method: str) -> None:
    """Refuses people without an outcome where a method has no weights for them."""
    if not given.observed.all():
        raise CannotEstimate("missing_values", {"of": "outcome", "method": method})


def _check_arms(treated: Bools, observed: Bools) -> None:
    for arm, name in ((treated, "treated"), (~treated, "control")):
        found = int((arm & observed).sum())
        if found < LEAST_IN_ARM:
            raise CannotEstimate("too_few", {"of": name, "rows": LEAST_IN_ARM, "found": found})


def _weights(given: npt.ArrayLike | None, size: int) -> Floats:
    if given is None:
        return np.ones(size)
    found = numbers(given, "weights", size=size)
    if (found <= 0).any():
        raise CannotEstimate("weights_not_positive", {"found": int((found <= 0).sum())})
    return found


def _codes(given: npt.ArrayLike | None, name: str, size: int) -> Ints | None:
    if given is None:
        return None
    found = np.asarray(given)
    if found.dtype.kind in "iu" and found.shape == (size,):
        return np.asarray(np.unique(found, return_inverse=True)[1], dtype=np.int64)
    return codes(found, name, size=size)[0]
