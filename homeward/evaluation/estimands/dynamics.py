"""Whether one dimension goes before another over time, and what of a difference passes through a mediator."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from homeward.estimators.arrays import Floats
from homeward.estimators.dynamics import Link, WithinPerson, lagged, mediation, within_person
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import complete, flags, matrix, number_option, numbers
from homeward.evaluation.estimands.asked_options import column_option, one_of
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import DesignFacts, Estimated, Kind, Part, Spec

if TYPE_CHECKING:
    import pandas as pd


def over_time(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """Rows of people by rounds: the outcome and one other measure before and after; never an effect."""
    measures = (str(spec.outcome), *spec.covariates[:1])
    if len(measures) < 2:
        raise CannotEstimate("no_covariates", {"covariates": 1})
    kept, share = complete(frame, (*measures, spec.unit, spec.time))
    rounds = kept.pivot_table(index=spec.unit, columns=spec.time, values=list(measures), aggfunc="first")
    values = [rounds[name].to_numpy(dtype=np.float64) for name in measures]
    waves = values[0].shape[1]
    if waves < 2:
        raise CannotEstimate("too_few", {"waves": 2, "found": waves})
    model = one_of(spec, "model", ("auto", "lagged", "within"), "auto")
    if model == "within" or (model == "auto" and waves >= 3):
        whole = np.isfinite(np.hstack(values)).all(axis=1)
        return _within(within_person(values[0][whole], values[1][whole]), measures, share, spec)
    before, after, who = _steps(values)
    links = lagged(before, after, measures, clusters=who, confidence=1 - spec.alpha)
    first = next(one for one in links if (one.origin, one.destination) == (measures[1], measures[0]))
    return Estimated(
        method="lagged_regression_association_over_time",
        n=int(who.size),
        estimate=first.estimate,
        se=first.se,
        ci=(first.low, first.high),
        p_value=first.p_value,
        clusters=int(np.unique(who).size),
        parts=tuple(_part(one) for one in links),
        measures={"waves": float(waves), "complete_share": share},
        facts=DesignFacts(adjusted=True, before_after=True),
        assumptions=("no_unmeasured_confounding",),
        details={"label": "association over time", "from": measures[1], "to": measures[0]},
    )


def _steps(values: list[Floats]) -> tuple[Floats, Floats, Floats]:
    """Pairs of consecutive rounds in which everything was answered, stacked, with whose they are."""
    people, waves = values[0].shape
    before = np.vstack([np.column_stack([one[:, t] for one in values]) for t in range(waves - 1)])
    after = np.vstack([np.column_stack([one[:, t + 1] for one in values]) for t in range(waves - 1)])
    seen = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    who = np.tile(np.arange(people, dtype=np.float64), waves - 1)
    return before[seen], after[seen], who[seen]


def _within(found: WithinPerson, measures: tuple[str, ...], share: float, spec: Spec) -> Estimated:
    words = {"x": measures[0], "y": measures[1]}
    z = 1.959963984540054
    parts = []
    for name, (value, se) in found.parameters.items():
        after, _on, before = name.partition("_on_")
        label = f"{words[before]} -> {words[after]}" if before else name
        parts.append(Part(label, value, se, (value - z * se, value + z * se), details={"parameter": name}))
    value, se = found.parameters["x_on_y"]
    return Estimated(
        method="random_intercept_cross_lagged_panel",
        n=found.people,
        estimate=value,
        se=se,
        ci=(value - z * se, value + z * se),
        parts=tuple(parts),
        measures={"waves": float(found.waves), "complete_share": share},
        facts=DesignFacts(adjusted=True, before_after=True),
        assumptions=("no_unmeasured_confounding",),
        details={
            "label": "association over time within persons",
            "from": measures[1],
            "to": measures[0],
            "fit": {"chi_squared": found.chi_squared, "df": found.df, "p_value": found.p_value},
        },
    )


def _part(link: Link) -> Part:
    name = f"{link.origin} -> {link.destination}"
    return Part(name, link.estimate, link.se, (link.low, link.high), p_value=link.p_value)


def through(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """What of a difference passes through a mediator, and at which rho it would vanish."""
    middle = column_option(spec, "mediator", frame)
    kept, share = complete(frame, (spec.outcome, spec.treatment, middle, *spec.covariates))
    found = mediation(
        numbers(kept, str(spec.outcome)),
        numbers(kept, str(middle)),
        flags(kept, str(spec.treatment)).astype(np.float64),
        covariates=matrix(kept, spec.covariates)[0] if spec.covariates else None,
        draws=int(number_option(spec, "draws", 1000)),
        seed=int(number_option(spec, "seed", 0)),
    )
    parts = tuple(
        Part(name, one.estimate, one.se, (one.low, one.high), p_value=one.p_value)
        for name, one in (("indirect", found.indirect), ("direct", found.direct), ("total", found.total))
    )
    return Estimated(
        method="mediation_linear_quasi_bayesian",
        n=len(kept),
        estimate=found.indirect.estimate,
        se=found.indirect.se,
        ci=(found.indirect.low, found.indirect.high),
        p_value=found.indirect.p_value,
        parts=parts,
        measures={"complete_share": share},
        facts=DesignFacts(comparison=True, adjusted=bool(spec.covariates)),
        assumptions=("no_unmeasured_confounding",),
        details={
            "share_through_mediator": found.share,
            "rho_at_zero": found.rho_at_zero,
            "rho": found.rho,
            "indirect_at_rho": found.indirect_at_rho,
        },
    )


ENTRIES: Mapping[str, Estimand] = {
    "lagged": Estimand(
        over_time,
        Kind.ASSOCIATION,
        "How a measure before goes with another after: association over time; within people from 3 rounds.",
        required=("outcome", "covariates", "unit", "time"),
        options={"model": "auto (default: within from three rounds on), lagged or within"},
        source="Hamaker, Kuiper & Grasman (2015), Psychol. Methods 20",
    ),
    "mediation": Estimand(
        through,
        Kind.ASSOCIATION,
        "What of a difference passes through a mediator, with how far that rests on what is unmeasured.",
        required=("outcome", "treatment", "options.mediator"),
        optional=("covariates",),
        options={
            "mediator": "the column that lies between",
            "draws": "of the limits, default 1000",
            "seed": "of the draws, default 0",
        },
        source="Imai, Keele & Tingley (2010), Psychol. Methods 15",
    ),
}
