"""Whether a project changed the places it went to, where it began at one time: differences in differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from homeward.estimators.differences import (
    Errors,
    Path,
    Rows,
    difference_in_differences,
    event_study,
    permutation_p,
    wild_bootstrap_p,
)
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import complete, flags, labels, matrix, number_option, numbers, weights
from homeward.evaluation.estimands.asked_options import column_option, needed, one_of, require_one
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd

FEW, SOME = 5, 9
FACTS = DesignFacts(comparison=True, adjusted=True, before_after=True, baseline_in_both_arms=True)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Asked:
    """Rows as the estimators take them; begins: first treated period of each row's place, inf for never."""

    rows: Rows
    time: Floats
    begins: Floats
    units: npt.NDArray[Any]
    share: float

    @property
    def common(self) -> bool:
        """Whether the project begins everywhere at once."""
        return np.unique(self.begins[np.isfinite(self.begins)]).size == 1

    @property
    def since(self) -> Floats:
        """Periods since the beginning, by the order of periods; nan where it never began."""
        order = np.unique(self.time)
        place, first = np.searchsorted(order, self.time), np.searchsorted(order, self.begins)
        return np.where(np.isfinite(self.begins), (place - first).astype(float), np.nan)

    @property
    def before(self) -> int:
        """How many periods lie before the first beginning."""
        return int(np.sum(np.unique(self.time) < self.begins.min()))


def difference(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Two by two, or one beginning and more periods; by permutation where no more than five are treated."""
    asked = _asked(frame, spec)
    rows = asked.rows
    errors = _errors(spec, asked)
    plain: Errors = "CR1" if errors in ("permutation", "wild") else errors  # type: ignore[assignment]
    found = difference_in_differences(rows, errors=plain, confidence=1 - spec.alpha)
    draws, seed = int(number_option(spec, "draws", 9999)), int(number_option(spec, "seed", 0))
    details: dict[str, object] = {"errors": errors, "treated_clusters": found.treated_clusters}
    p, shown = found.p_value, True
    if errors in ("permutation", "wild") or found.treated_clusters <= FEW:
        details["cluster_robust"] = {
            "errors": plain,
            "se": found.se,
            "p_value": found.p_value,
            "df": found.df,
        }
    if errors == "permutation":
        p, ways, _effects = permutation_p(rows, draws=draws, seed=seed)
        details["permutation"] = {"p_value": p, "ways": ways}
        shown = False
    if errors == "wild":
        p, made = wild_bootstrap_p(rows, draws=draws, seed=seed)
        details["wild_bootstrap"] = {"p_value": p, "draws": made}
        shown = False
    measures = {
        "did_clusters": float(min(found.treated_clusters, found.clusters - found.treated_clusters)),
        "pre_periods": float(asked.before),
        "complete_share": asked.share,
    }
    path = _path(asked, spec) if asked.common and asked.before >= 2 else None
    if path is not None and path.pretrend_p is not None and errors != "permutation":
        measures["pretrend_p"] = path.pretrend_p
    if path is not None:
        details["event_study"] = {"at": path.at, "effects": path.effects, "pretrend_p": path.pretrend_p}
    return Estimated(
        method=f"difference_in_differences_{errors}",
        n=found.rows,
        estimate=found.estimate,
        se=found.se if shown else None,
        ci=(found.low, found.high) if shown else None,
        df=found.df if shown else None,
        p_value=p,
        clusters=found.clusters,
        parts=_cells(asked),
        measures=measures,
        facts=FACTS,
        assumptions=("parallel_trends", "no_interference"),
        details=details,
    )


def by_period(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Effects by period since one beginning, and the joint test of those before it."""
    asked = _asked(frame, spec, every_period=True)
    if not asked.common:
        raise CannotEstimate("several_beginnings", {"estimand": "staggered_did"})
    path = _path(asked, spec)
    after = path.at >= 0
    weight = after / after.sum()
    estimate, se = float(weight @ path.effects), float(np.sqrt(weight @ path.covariance @ weight))
    half = float((path.high[0] - path.effects[0]) / path.se[0]) * se
    treated = np.unique(asked.units[np.isfinite(asked.begins)]).size
    parts = tuple(
        Part(
            f"{at:+g}",
            float(path.effects[n]),
            float(path.se[n]),
            (float(path.low[n]), float(path.high[n])),
            df=path.df,
            details={"since": float(at)},
        )
        for n, at in enumerate(path.at)
    )
    measures = {
        "did_clusters": float(min(treated, np.unique(asked.units).size - treated)),
        "pre_periods": float(asked.before),
        "complete_share": asked.share,
    }
    if path.pretrend_p is not None:
        measures["pretrend_p"] = path.pretrend_p
    return Estimated(
        method="event_study_two_way_fixed_effects",
        n=int(asked.time.size),
        estimate=estimate,
        se=se,
        ci=(estimate - half, estimate + half),
        df=path.df,
        clusters=int(path.df + 1),
        parts=parts,
        measures=measures,
        facts=FACTS,
        assumptions=("parallel_trends", "no_interference"),
        details={
            "pretrend": {"f": path.pretrend_statistic, "df": path.pretrend_df, "p_value": path.pretrend_p},
            "reference": number_option(spec, "reference", -1),
        },
    )


def _asked(frame: "pd.DataFrame", spec: Spec, *, every_period: bool = False) -> _Asked:
    require_one(spec, "treatment", "cohort")
    require_one(spec, "time", "after")
    after = column_option(spec, "after", frame)
    place = spec.unit or spec.group
    columns = (spec.outcome, spec.time, place, spec.treatment, spec.cluster, after, *spec.covariates)
    kept, share = complete(frame, columns)
    time = numbers(kept, str(spec.time)) if spec.time else flags(kept, str(after)).astype(float)
    treated, begins = _beginnings(kept, spec, time, after)
    arms = treated.astype(int).astype(str).astype(object)
    units = labels(kept, place) + "/" + arms if place else arms
    exposed = time >= begins
    common = np.unique(begins[np.isfinite(begins)]).size == 1
    periods = one_of(spec, "periods", ("before_after", "every"), "before_after")
    merged = common and periods == "before_after" and not every_period
    rows = Rows(
        numbers(kept, str(spec.outcome)),
        exposed,
        units,
        (time >= begins.min()).astype(int) if merged else time,
        _clusters(kept, spec, place),
        matrix(kept, spec.covariates)[0] if spec.covariates else None,
        weights(kept, spec) if spec.design.weight else None,
    )
    return _Asked(
        rows, time, begins, np.asarray(rows.clusters) if rows.clusters is not None else units, share
    )


def _clusters(kept: "pd.DataFrame", spec: Spec, place: str | None) -> npt.NDArray[Any]:
    if spec.cluster:
        return labels(kept, spec.cluster)
    return labels(kept, place) if place else np.arange(len(kept)).astype(str).astype(object)


def _beginnings(
    kept: "pd.DataFrame", spec: Spec, time: Floats, after: str | None
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """Whose place is treated, and from which period on: from the cohort, from when, or from the rows."""
    if spec.cohort:
        cohort = numbers(kept, spec.cohort)
        begins = np.where(np.isfinite(cohort) & (cohort != 0), cohort, np.inf)
        return np.isfinite(begins), begins
    treated = flags(kept, str(spec.treatment))
    if after is not None:
        now = flags(kept, after)
        start = time[now].min() if now.any() else np.inf
    elif "start" in spec.options:
        start = needed(spec, "start")
    elif np.unique(time).size == 2:
        start = time.max()
    else:
        return _switched(kept, spec, time, treated)
    place = spec.unit or spec.group
    ever = treated if place is None or _is_mixed(kept, place, time, treated) else _ever(kept, place, treated)
    return ever, np.where(ever, start, np.inf)


def _ever(kept: "pd.DataFrame", place: str, treated: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return np.asarray(kept[place].isin(set(kept.loc[treated, place])))


def _is_mixed(kept: "pd.DataFrame", place: str, time: Floats, treated: npt.NDArray[np.bool_]) -> bool:
    """Whether some in a place are treated and others are not at one time: then people are, not places."""
    return bool((kept.assign(_treated=treated).groupby([place, time])["_treated"].nunique() > 1).any())


def _switched(
    kept: "pd.DataFrame", spec: Spec, time: Floats, treated: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.bool_], Floats]:
    """The treatment says by row whether the project runs: it begins at the first such period of a place."""
    place = spec.unit or spec.group
    if place is None or not (~treated).any():
        needed(spec, "start")
    where = labels(kept, str(place))
    begins = np.full(time.size, np.inf)
    for one in set(where[treated]):
        begins[where == one] = time[(where == one) & treated].min()
    if ((time >= begins) != treated).any() or (begins == time.min()).any():
        needed(spec, "start")  # somebody is treated from the first period on, or stops: say when it began
    return np.isfinite(begins), begins


def _errors(spec: Spec, asked: _Asked) -> str:
    exposed = np.isfinite(asked.begins)
    treated = np.unique(asked.units[exposed]).size
    fewest = min(treated, np.unique(asked.units).size - treated)
    default = "permutation" if treated <= FEW else "CR2" if fewest <= SOME else "CR1"
    return one_of(spec, "errors", ("CR0", "CR1", "CR2", "HC1", "classical", "wild", "permutation"), default)


def _path(asked: _Asked, spec: Spec) -> Path:
    rows = Rows(
        asked.rows.outcome,
        asked.rows.exposed,
        asked.rows.unit,
        asked.time,
        asked.rows.clusters,
        asked.rows.covariates,
        asked.rows.weights,
    )
    return event_study(
        rows, asked.since, reference=number_option(spec, "reference", -1), confidence=1 - spec.alpha
    )


def _cells(asked: _Asked) -> tuple[Part, ...]:
    """Means before and after of those treated and not."""
    treated, after = np.isfinite(asked.begins), asked.time >= asked.begins.min()
    y = np.asarray(asked.rows.outcome, dtype=np.float64)
    return tuple(
        Part(f"{who} {when}", float(y[a & b].mean()), n=int(np.sum(a & b)))
        for who, a in (("treated", treated), ("untreated", ~treated))
        for when, b in (("before", ~after), ("after", after))
        if (a & b).any()
    )


WHEN = {
    "start": "the first period of the project, where neither cohort nor two periods say it",
    "after": "a column that is 1 in periods since the project began",
}
ENTRIES: Mapping[str, Estimand] = {
    "difference_in_differences": Estimand(
        difference,
        Kind.COMMUNITY,
        "Change where the project went less change elsewhere: places and periods held constant.",
        required=("outcome",),
        optional=("treatment", "cohort", "unit", "group", "time", "covariates", "cluster", "design.weight"),
        options={
            **WHEN,
            "errors": "CR1, CR2 (6 to 9 places), permutation (5 or fewer treated), wild, CR0, HC1, classical",
            "periods": "before_after (default: one beginning) or every: an effect of each period",
            "draws": "of permutation or bootstrap, default 9999",
            "seed": "of the draws, default 0",
        },
        source="Bell & McCaffrey (2002); Cameron, Gelbach & Miller (2008); Abadie et al. (2010)",
    ),
    "event_study": Estimand(
        by_period,
        Kind.COMMUNITY,
        "Effects by period since one beginning, against the last before it, with the test of trends before.",
        required=("outcome", "time"),
        optional=("treatment", "cohort", "unit", "group", "covariates", "cluster", "design.weight"),
        options={**WHEN, "reference": "the period left out, default -1", "periods": "not used"},
        source="Roth et al. (2023), J. Econometrics 235",
    ),
}
