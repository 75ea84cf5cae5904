"""How many people: power, sizes and detectable effects, from a spec without rows."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import TYPE_CHECKING

from homeward.estimators.power import (
    cluster_detectable_effect,
    cluster_power,
    clusters_needed,
    detectable_effect,
    effect_h,
    people_for_margin,
    power_arcsine,
    power_shares,
    power_t,
    solve_n,
    variance_factor,
)
from homeward.estimators.refusals import CannotEstimate
from homeward.estimators.sizes import design_effect
from homeward.evaluation.columns import number_option
from homeward.evaluation.estimands.asked_options import needed, one_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd

TESTS = ("t", "paired", "one_sample", "shares", "arcsine", "clusters")
AIMS = (*TESTS, "share", "mean")
KINDS = {"t": "two.sample", "paired": "paired", "one_sample": "one.sample"}


def power(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Power of the named test."""
    test = one_of(spec, "test", TESTS, "t")
    if test == "clusters":
        pair = (
            int(needed(spec, "clusters")),
            int(number_option(spec, "clusters2", needed(spec, "clusters"))),
        )
        found = cluster_power(
            needed(spec, "d"),
            pair,
            needed(spec, "cluster_size"),
            needed(spec, "icc"),
            variance=_variance(spec),
            alpha=spec.alpha,
        )
        return Estimated(method="power_clusters", n=0, estimate=found, details=_inputs(spec))
    found = _power_of(spec, test)(needed(spec, "n"))
    return Estimated(method=f"power_{test}", n=0, estimate=found, details=_inputs(spec))


def sample_size(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """People to ask, in each group where groups are compared, and to contact where some will not answer."""
    aim = one_of(spec, "test", AIMS, "share")
    wanted, clusters = number_option(spec, "power", 0.8), None
    if aim in ("share", "mean"):
        exact = _exact_for_margin(spec, aim)
    elif aim == "clusters":
        size, icc, d = needed(spec, "cluster_size"), needed(spec, "icc"), needed(spec, "d")
        clusters = clusters_needed(d, size, icc, power=wanted, alpha=spec.alpha, variance=_variance(spec))
        exact = clusters * size
    else:
        exact = solve_n(_power_of(spec, aim), wanted) * _deff(spec)
        exact *= _variance(spec) if aim == "t" else 1.0
    number, response = _up(exact), number_option(spec, "response", 1.0)
    parts = [Part("answers", float(number))]
    if clusters is not None:
        parts.append(Part("clusters per arm", float(clusters)))
    if response < 1:
        parts.append(Part("contacts", float(_contacts(exact, response, _population(spec)))))
    return Estimated(
        method=f"sample_size_{aim}",
        n=0,
        estimate=float(number),
        parts=tuple(parts),
        details={**_inputs(spec), "exact": exact},
    )


def mde(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The smallest effect that is found with the power, in standard deviations and in the unit of sd."""
    wanted, sd = number_option(spec, "power", 0.8), number_option(spec, "sd", 1.0)
    if "clusters" in spec.options:
        pair = (
            int(needed(spec, "clusters")),
            int(number_option(spec, "clusters2", needed(spec, "clusters"))),
        )
        found = cluster_detectable_effect(
            pair,
            needed(spec, "cluster_size"),
            needed(spec, "icc"),
            variance=_variance(spec),
            power=wanted,
            alpha=spec.alpha,
        )
    else:
        first = needed(spec, "n")
        pair_n = (first, number_option(spec, "n2", first * number_option(spec, "ratio", 1.0)))
        found = detectable_effect(
            pair_n, power=wanted, alpha=spec.alpha, variance=_variance(spec) * _deff(spec)
        )
    parts = (Part("standard deviations", found), Part("unit of sd", found * sd))
    return Estimated(
        method="minimum_detectable_effect", n=0, estimate=found * sd, parts=parts, details=_inputs(spec)
    )


def _power_of(spec: Spec, test: str) -> Callable[[float], float]:
    alpha, ratio = spec.alpha, number_option(spec, "ratio", 1.0)
    if test in KINDS:
        d = needed(spec, "d")
        return lambda n: power_t(n, d, alpha=alpha, ratio=ratio, kind=KINDS[test])
    if test == "arcsine" and "h" in spec.options:
        h = needed(spec, "h")
    else:
        p1, p2 = needed(spec, "p1"), needed(spec, "p2")
        if test == "shares":
            return lambda n: power_shares(n, p1, p2, alpha=alpha, ratio=ratio)
        h = effect_h(p1, p2)
    return lambda n: power_arcsine(n, h, alpha=alpha, ratio=ratio)


def _exact_for_margin(spec: Spec, aim: str) -> float:
    expected = number_option(spec, "expected", 0.5)
    sd = needed(spec, "sd") if aim == "mean" else (expected * (1 - expected)) ** 0.5
    return people_for_margin(
        needed(spec, "margin"), sd, confidence=1 - spec.alpha, population=_population(spec), deff=_deff(spec)
    )


def _contacts(exact: float, response: float, population: int | None) -> int:
    """Rounded up at the very end; refused where there are not so many people."""
    if not 0 < response <= 1:
        raise CannotEstimate("not_a_rate", {"response_above": 0})
    contacts = _up(exact / response)
    if population is not None and contacts > population:
        raise CannotEstimate("not_enough_people", {"people": contacts, "found": population})
    return contacts


def _up(number: float) -> int:
    return ceil(number - 1e-9)


def _population(spec: Spec) -> int | None:
    return int(needed(spec, "population")) if "population" in spec.options else None


def _deff(spec: Spec) -> float:
    if "icc" in spec.options and "clusters" not in spec.options:
        return design_effect(
            needed(spec, "cluster_size"), needed(spec, "icc"), number_option(spec, "size_cv", 0.0)
        )
    return number_option(spec, "deff", 1.0)


def _variance(spec: Spec) -> float:
    return variance_factor(
        baseline_correlation=number_option(spec, "baseline_correlation", 0.0),
        analysis=one_of(spec, "analysis", ("post", "did", "ancova"), "ancova"),
        r_squared=number_option(spec, "r_squared", 0.0),
    )


def _inputs(spec: Spec) -> dict[str, object]:
    return {"alpha": spec.alpha, **spec.options}


GROUPS = {
    "n": "people in the first group",
    "ratio": "size of the second group over the first, default 1",
    "d": "difference in standard deviations",
    "clusters": "clusters in the first arm",
    "clusters2": "clusters in the second arm, default as many",
    "cluster_size": "people in each cluster",
    "icc": "correlation within clusters",
    "baseline_correlation": "of the outcome with its baseline, default 0",
    "analysis": "ancova (default), did or post: what is made of the baseline",
    "r_squared": "of other covariates, default 0",
}
SHARES = {
    "p1": "share in the first group",
    "p2": "share in the second group",
    "h": "Cohen's h instead of two shares",
}
ENTRIES: Mapping[str, Estimand] = {
    "power": Estimand(
        power,
        Kind.PLANNING,
        "Power of a two-sided test.",
        options={"test": ", ".join(TESTS) + "; default t", **GROUPS, **SHARES},
        source="Cohen (1988); as R's pwr, power.t.test and power.prop.test",
        has_rows=False,
    ),
    "sample_size": Estimand(
        sample_size,
        Kind.PLANNING,
        "People to ask for a margin or a power, with finite population, design effect and response.",
        options={
            "test": ", ".join(AIMS) + "; default share: a margin of a share",
            "margin": "half the width of the interval",
            "expected": "the share that is expected, default 0.5",
            "sd": "standard deviation, for a mean",
            "power": "default 0.8",
            "population": "how many people there are, for the finite correction",
            "deff": "design effect, default 1, or from cluster_size and icc",
            "size_cv": "variation of cluster sizes, default 0",
            "response": "share that answers, default 1",
            **GROUPS,
            **SHARES,
        },
        source="Cochran (1977), 4; Kish (1965); Bloom (1995)",
        has_rows=False,
    ),
    "mde": Estimand(
        mde,
        Kind.PLANNING,
        "The smallest effect that is found with the power.",
        options={
            **GROUPS,
            "n2": "people in the second group",
            "power": "default 0.8",
            "sd": "standard deviation of the outcome, default 1",
            "deff": "design effect, default 1, or from cluster_size and icc",
            "size_cv": "variation of cluster sizes, default 0",
        },
        source="Bloom (1995), Eval. Rev. 19; McKenzie (2012), J. Dev. Econ. 99",
        has_rows=False,
    ),
}
