"""How strong the evidence is: the level from the facts of the design, the grade from what weakens it."""

from homeward.evaluation.rules import Check, DesignFacts, Estimated, Evidence, Grade, Kind, Spec, State

GRADES = (Grade.VERY_LOW, Grade.LOW, Grade.MODERATE, Grade.HIGH)
RISKS_OF_BIAS = {
    "response_rate",
    "unit_response_rate",
    "attrition_excess",
    "balance_smd",
    "balance_key_smd",
    "overlap_auc",
    "index_reliability",
    "complete_share",
    "unreachable_share",
    "pretrend_p",
}
INDIRECT = {"overlap_outside", "overlap_ess_share"}
INCONSISTENT = {"heterogeneity_i2"}
COMPARABLE = {"balance_smd", "balance_key_smd", "pretrend_p"}
COMPARING = {Kind.EFFECT, Kind.COMMUNITY, Kind.COST, Kind.SUBGROUPS}


def level_of(facts: DesignFacts) -> int:
    """The Maryland level, 1 to 5: weights on an endline alone are 2, a baseline in both arms makes it 3."""
    if facts.randomised:
        return 5
    if facts.quasi_random:
        return 4
    if facts.comparison and facts.baseline_in_both_arms:
        return 3
    if facts.adjusted and (facts.comparison or facts.before_after):
        return 2
    return 1


def evidence_of(estimated: Estimated, checks: tuple[Check, ...], spec: Spec, kind: Kind) -> Evidence:
    """Level and grade with their reasons: randomised starts high, everything else low, after GRADE.

    Arms that are shown to be comparable on a baseline in both raise a level 3 or 4 by one, a quasi-random
    assignment by one more; every reason below takes one away.
    """
    level = level_of(estimated.facts)
    upgrades = _upgrades(level, checks)
    downgrades = _downgrades(estimated, checks, spec)
    start = GRADES.index(Grade.HIGH if level == 5 else Grade.LOW)
    place = start + len(upgrades) - len(downgrades)
    return Evidence(level, GRADES[max(0, min(place, len(GRADES) - 1))], downgrades, upgrades)


def _upgrades(level: int, checks: tuple[Check, ...]) -> tuple[str, ...]:
    if level not in (3, 4):
        return ()
    judged = [one for one in checks if one.name in COMPARABLE]
    comparable = bool(judged) and all(one.state is State.PASS for one in judged)
    return (("quasi_random",) if level == 4 else ()) + (("shown_comparable",) if comparable else ())


def _downgrades(estimated: Estimated, checks: tuple[Check, ...], spec: Spec) -> tuple[str, ...]:
    failed = {one.name for one in checks if one.state is not State.PASS}
    reasons = (
        ("risk_of_bias", bool(failed & RISKS_OF_BIAS)),
        ("inconsistency", bool(failed & INCONSISTENT)),
        ("indirectness", bool(failed & INDIRECT)),
        ("imprecision", _is_imprecise(estimated, checks, spec)),
    )
    return tuple(name for name, is_so in reasons if is_so)


def _is_imprecise(estimated: Estimated, checks: tuple[Check, ...], spec: Spec) -> bool:
    """The interval holds both nothing and what would matter, or too few people stand behind it."""
    small = {"comparison_n", "comparison_arm_n", "level_n_eff", "did_clusters", "events_n", "at_risk_n"}
    if any(one.name in small and one.state is not State.PASS for one in checks):
        return True
    if estimated.ci is None or spec.sesoi is None:
        return False
    low, high = estimated.ci
    return low <= 0 <= high and (high >= spec.sesoi or low <= -spec.sesoi)
