"""How people are doing: means by the design of the sample."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import complete, numbers, weights
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Spec

if TYPE_CHECKING:
    import pandas as pd


def mean(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The weighted mean with its linearised error, rows as sampling units."""
    kept, share = complete(frame, (spec.outcome,))
    n = len(kept)
    if n < 2:
        raise CannotEstimate("too_few", {"n": 2})
    y, w = numbers(kept, str(spec.outcome)), weights(kept, spec)
    estimate = float(np.average(y, weights=w))
    pulls = w * (y - estimate) / w.sum()
    se = float(np.sqrt(n / (n - 1) * np.sum((pulls - pulls.mean()) ** 2)))
    half = float(stats.t.ppf(1 - spec.alpha / 2, n - 1)) * se
    n_eff = float(w.sum() ** 2 / np.sum(w**2))
    return Estimated(
        method="weighted_mean_linearised",
        n=n,
        estimate=estimate,
        se=se,
        ci=(estimate - half, estimate + half),
        df=n - 1,
        n_eff=n_eff,
        measures={"level_n_eff": n_eff, "response_rate": share},
        assumptions=("response_at_random",),
    )


ENTRIES: Mapping[str, Estimand] = {
    "mean": Estimand(
        mean,
        Kind.LEVEL,
        "Mean of a finite population by the design of the sample.",
        required=("outcome",),
        optional=("design.weight", "design.strata", "design.psu", "design.fpc", "by"),
        source="Lumley (2004), J. Stat. Softw. 9(8)",
    )
}
