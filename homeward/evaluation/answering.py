"""From a spec and rows to a finding: numbers first, then what may be said of them."""

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from homeward.estimators.refusals import CannotEstimate
from homeward.evaluation.estimands import ESTIMANDS
from homeward.evaluation.evidence import evidence_of
from homeward.evaluation.guardrails import GUARDRAILS, Better, judge
from homeward.evaluation.hashing import code_version, spec_hash
from homeward.evaluation.rules import Check, Claim, Estimated, Finding, Kind, Spec, State
from homeward.evaluation.specs import require_columns, require_known
from homeward.evaluation.wording import check_words, refusal_words, sentence_of
from homeward.evaluation.wording.claims import DIFFERENCES
from homeward.lib.problems import Invalid

if TYPE_CHECKING:
    import pandas as pd

COMMON_OPTIONS = {
    "outcome_words": "what the outcome is called in sentences, by language",
    "unit_words": "the unit of the outcome in sentences, by language",
    "unit_one_words": "one unit of the outcome, for costs, by language",
    "comparison_words": "whom people are compared with in sentences, by language",
    "key_covariates": "covariates of vulnerability, held to the stricter bound of balance",
}
CELL = 10
"""A number of people below which nothing leaves the organisation."""


def finding_of(frame: "pd.DataFrame", spec: Spec, inputs_sha256: str) -> Finding:
    """The answer in these rows, or its refusal with what would be needed: no exception for poor numbers."""
    require_answerable(spec)
    entry = ESTIMANDS[spec.estimand]
    if entry.has_rows:
        require_columns(spec, frame.columns)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            estimated = entry.estimate(frame, spec)
    except CannotEstimate as refusal:
        refused = Estimated(method="none", n=len(frame))
        check = Check(refusal.reason, State.REFUSE, None, None, refusal_words(refusal.reason))
        return _finding(spec, refused, (check,), refusal.needs, inputs_sha256)
    checks = (*checks_of(estimated.measures, spec), *_same_for_all(estimated, entry.kind))
    return _finding(spec, estimated, checks, _needs(checks), inputs_sha256)


def require_answerable(spec: Spec) -> None:
    """Invalid names an unknown estimand, a field that it needs, or an option that it does not know."""
    require_known(spec.estimand, ESTIMANDS, _("estimand"))
    entry = ESTIMANDS[spec.estimand]
    missing = [name for name in entry.required if not _has(spec, name)]
    if missing:
        words = _("The estimand {estimand} needs the field {names}.")
        raise Invalid(
            words.format(estimand=spec.estimand, names=", ".join(missing)),
            fields={name: _("This is needed.") for name in missing},
        )
    for name in spec.options:
        require_known(name, {**entry.options, **COMMON_OPTIONS}, _("option"))


def _has(spec: Spec, name: str) -> bool:
    part, _dot, inner = name.partition(".")
    if part == "options":
        return inner in spec.options
    value = getattr(spec, part)
    return bool(getattr(value, inner) if inner else value)


def checks_of(measures: Mapping[str, float], spec: Spec) -> tuple[Check, ...]:
    """What the guardrails say of every measure, in the order of the table."""
    made = []
    for name in GUARDRAILS:
        if name in measures:
            value = float(measures[name])
            state, limit = judge(name, value, spec.guardrails)
            made.append(Check(name, state, value, limit, check_words(name, state, value, limit)))
    unknown = set(measures) - set(GUARDRAILS)
    if unknown:
        raise KeyError(f"no guardrail judges {', '.join(sorted(unknown))}")
    return tuple(made)


def _same_for_all(estimated: Estimated, kind: Kind) -> tuple[Check, ...]:
    """An error of nought means that nothing varies: no difference can be told from that."""
    if estimated.se != 0 or kind not in DIFFERENCES:
        return ()
    return (Check("no_variation", State.REFUSE, None, None, refusal_words("no_variation")),)


def _is_of_few(estimated: Estimated) -> bool:
    """Few people at all, or on one side of a comparison: it tells the mean of the smaller side."""
    return min(estimated.n, estimated.measures.get("comparison_arm_n", estimated.n)) < CELL


def _needs(checks: tuple[Check, ...]) -> dict[str, object]:
    """By measure, the bound that would have to be kept; a number of people reads the same way as data."""
    return {
        one.name: {"at_least" if GUARDRAILS[one.name].better is Better.HIGH else "at_most": one.limit}
        for one in checks
        if one.state is State.REFUSE and one.name in GUARDRAILS
    }


def _finding(
    spec: Spec,
    estimated: Estimated,
    checks: tuple[Check, ...],
    needs: Mapping[str, object],
    inputs_sha256: str,
) -> Finding:
    kind = ESTIMANDS[spec.estimand].kind
    evidence = evidence_of(estimated, checks, spec, kind)
    refusals = tuple(one.name for one in checks if one.state is State.REFUSE)
    claim = Claim.REFUSED if refusals else Claim.ALLOWED
    return Finding(
        estimand=spec.estimand,
        kind=kind,
        population={
            "name": spec.population,
            "place": spec.place,
            "horizon_months": spec.horizon_months,
            **estimated.population,
        },
        method=estimated.method,
        estimate=estimated.estimate,
        se=estimated.se,
        ci=estimated.ci,
        df=estimated.df,
        p_value=estimated.p_value,
        n=estimated.n,
        n_eff=estimated.n_eff,
        clusters=estimated.clusters,
        parts=estimated.parts,
        assumptions=estimated.assumptions,
        checks=checks,
        overrides=tuple(sorted(spec.guardrails)),
        evidence=evidence,
        claim=claim,
        refusals=refusals,
        needs=dict(needs),
        sentence=sentence_of(spec, kind, estimated, evidence, checks, needs),
        suppressed=_is_of_few(estimated) and ESTIMANDS[spec.estimand].has_rows,
        details=estimated.details,
        inputs_sha256=inputs_sha256,
        spec_sha256=spec_hash(spec),
        code_version=code_version(),
    )
