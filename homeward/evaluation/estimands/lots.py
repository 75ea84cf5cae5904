"""Whether a site's delivery is acceptable, from few people: lot quality."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from homeward.estimators.lot_quality import Rule, rule_for, smallest_sample
from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.columns import complete, flags, labels, number_option
from homeward.evaluation.estimands.entries import Estimand
from homeward.evaluation.rules import Estimated, Kind, Part, Spec
from homeward.evaluation.specs import require_known

if TYPE_CHECKING:
    import pandas as pd


def lots(frame: "pd.DataFrame", spec: Spec) -> Estimated:
    """The rule for n people, and with rows the decision on each site."""
    upper, lower = number_option(spec, "upper", 0.8), number_option(spec, "lower", 0.5)
    most = number_option(spec, "most", 0.10)
    people = int(number_option(spec, "people", 0)) or None
    if spec.outcome and len(frame.columns):
        return _of_sites(frame, spec, (upper, lower, most, people))
    if "n" in spec.options:
        rule = rule_for(int(number_option(spec, "n", 19)), upper, lower, most=most, population=people)
    else:
        rule = smallest_sample(upper, lower, alpha=most, beta=most, population=people)
    served = spec.options.get("served")
    details = _of_rule(rule)
    if served is not None:
        details["accepts"] = rule.accepts(int(number_option(spec, "served", 0)))
    return Estimated(method="lqas", n=rule.n, estimate=float(rule.accept), details=details)


def _of_sites(frame: "pd.DataFrame", spec: Spec, asked: tuple[float, float, float, int | None]) -> Estimated:
    upper, lower, most, people = asked
    require_known(str(spec.outcome), [str(one) for one in frame.columns], _("column"))
    kept, share = complete(frame, (spec.outcome, spec.unit))
    served = flags(kept, str(spec.outcome))
    site = labels(kept, spec.unit) if spec.unit else np.full(len(kept), "all", dtype=object)
    parts = []
    for name in sorted(set(site)):
        here = served[site == name]
        try:
            rule = rule_for(len(here), upper, lower, most=most, population=people)
        except CannotEstimate as refused:
            parts.append(Part(str(name), n=len(here), details={"refused": refused.reason, **refused.needs}))
            continue
        decided = {"served": int(here.sum()), "accepts": rule.accepts(int(here.sum())), **_of_rule(rule)}
        parts.append(Part(str(name), n=len(here), details=decided))
    if not any("accepts" in one.details for one in parts):
        raise CannotEstimate("errors_too_large", {"n": int(str(parts[0].details["people"]))})
    accepted = sum(bool(one.details.get("accepts")) for one in parts)
    return Estimated(
        method="lqas",
        n=len(kept),
        estimate=float(accepted),
        clusters=len(parts),
        parts=tuple(parts),
        measures={"response_rate": share},
    )


def _of_rule(rule: Rule) -> dict[str, object]:
    return {
        "people": rule.n,
        "accept_from": rule.accept,
        "upper": rule.upper,
        "lower": rule.lower,
        "alpha": rule.alpha,
        "beta": rule.beta,
    }


ENTRIES: Mapping[str, Estimand] = {
    "lqas": Estimand(
        lots,
        Kind.DELIVERY,
        "Whether a site's delivery is acceptable: the rule, and with rows (outcome, unit) each decision.",
        optional=("outcome", "unit"),
        options={
            "n": "people asked; without it the fewest that keep both errors",
            "upper": "coverage that is good, 0.8 by default",
            "lower": "coverage that is poor, 0.5 by default",
            "most": "what neither error may pass, 0.10 by default",
            "people": "of the lot, for drawing without replacement",
            "served": "people who were served, for the decision on one site",
        },
        source="Robertson & Valadez (2006), Glob. Public Health 1",
        has_rows=False,
    ),
}
