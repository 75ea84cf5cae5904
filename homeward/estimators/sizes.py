"""How many people to ask: for a share, a mean or a difference, with what makes samples weaker or smaller.

Numbers of people are rounded up at the very end. z is of the normal distribution; shares, margins,
correlations and rates are between 0 and 1, never percent.
"""

from math import ceil, sqrt
from statistics import NormalDist

NORMAL = NormalDist()


def design_effect(cluster_size: float, icc: float, size_variation: float = 0.0) -> float:
    """By how much asking in clusters multiplies a variance: 1 + ((1 + cv²) m - 1) ICC.

    cluster_size: mean number asked in a cluster, at least 1; icc: intra-cluster correlation, 0 to 1;
    size_variation: standard deviation of cluster sizes over their mean, at least 0. ValueError otherwise.
    Source: Kish (1965); with unequal clusters Eldridge, Ashby & Kerry (2006), Int. J. Epidemiol. 35.
    """
    if cluster_size < 1 or not 0 <= icc <= 1 or size_variation < 0:
        raise ValueError("clusters of at least one, a correlation from 0 to 1")
    return 1 + ((1 + size_variation**2) * cluster_size - 1) * icc


def size_for_share(
    margin: float,
    *,
    expected: float = 0.5,
    confidence: float = 0.95,
    population: int | None = None,
    effect: float = 1.0,
) -> int:
    """People who have to answer so that a share is known to ± margin.

    expected: the share that is expected, 0.5 when nothing is known; population: of how many people, or None
    for very many; effect: the design effect. ValueError for what cannot be. Cochran (1977), 4.4 and 4.7.
    """
    _check(margin, confidence, population, effect)
    if not 0 <= expected <= 1:
        raise ValueError("an expected share from 0 to 1")
    z = NORMAL.inv_cdf((1 + confidence) / 2)
    return _up(_finite(effect * z * z * expected * (1 - expected) / margin**2, population))


def size_for_mean(
    margin: float,
    sd: float,
    *,
    confidence: float = 0.95,
    population: int | None = None,
    effect: float = 1.0,
) -> int:
    """People who have to answer to know a mean to ± margin, in the unit of sd. Cochran (1977), 4.6."""
    _check(margin, confidence, population, effect)
    if sd <= 0:
        raise ValueError("a standard deviation above 0")
    z = NORMAL.inv_cdf((1 + confidence) / 2)
    return _up(_finite(effect * (z * sd / margin) ** 2, population))


def size_for_difference(
    difference: float,
    sd: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    baseline_correlation: float = 0.0,
    effect: float = 1.0,
) -> int:
    """People in each of two equal groups so that a true difference, in the unit of sd, is found.

    baseline_correlation: of the measure before with the one after, when it is adjusted for. A normal
    approximation: with fewer than 30 in a group ask for two or three more. Bloom (1995), Eval. Rev. 19;
    McKenzie (2012), J. Dev. Econ. 99. ValueError for what cannot be.
    """
    if difference <= 0 or sd <= 0:
        raise ValueError("a difference and a standard deviation above 0")
    z = _both(power, confidence, baseline_correlation, effect)
    return _up(2 * effect * (1 - baseline_correlation**2) * (z * sd / difference) ** 2)


def detectable_difference(
    groups: tuple[int, int],
    sd: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    baseline_correlation: float = 0.0,
    effect: float = 1.0,
) -> float:
    """The smallest true difference, in the unit of sd, that groups of these sizes find with that power."""
    if min(groups) < 2 or sd <= 0:
        raise ValueError("two groups of at least two, a standard deviation above 0")
    z = _both(power, confidence, baseline_correlation, effect)
    return z * sd * sqrt(effect * (1 - baseline_correlation**2) * (1 / groups[0] + 1 / groups[1]))


def to_contact(answers: int, response: float, population: int | None = None) -> int:
    """How many to contact so that so many answer when a share `response` does; else ValueError."""
    if not 0 < response <= 1 or answers < 1:
        raise ValueError("a response above 0 and at most 1, at least one answer")
    wanted = _up(answers / response)
    if population is not None and wanted > population:
        raise ValueError("there are not so many people")
    return wanted


def _check(margin: float, confidence: float, population: int | None, effect: float) -> None:
    if not margin > 0 or not 0 < confidence < 1 or effect < 1:
        raise ValueError("a margin above 0, a confidence between 0 and 1, a design effect of at least 1")
    if population is not None and population < 1:
        raise ValueError("a population of at least one")


def _both(power: float, confidence: float, correlation: float, effect: float) -> float:
    if not 0.5 <= power < 1 or not 0 < confidence < 1 or not -1 < correlation < 1 or effect < 1:
        raise ValueError("power from 0.5, confidence and correlation within bounds, a design effect from 1")
    return NORMAL.inv_cdf((1 + confidence) / 2) + NORMAL.inv_cdf(power)


def _finite(number: float, population: int | None) -> float:
    return number if population is None else min(number / (1 + (number - 1) / population), population)


def _up(number: float) -> int:
    return max(1, ceil(number - 1e-9))
