"""Asking some of those who did not answer, with more effort, so that the rest do not go unheard.

A double sample: a simple random sample is asked; of those who do not answer, a random part is followed up
until they do. Source: Hansen & Hurwitz (1946), J. Am. Stat. Assoc. 41; Cochran (1977), 13.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt


@dataclass(frozen=True)
class Estimate:
    """A mean in the unit of the answers, with its standard error and the weights that made it."""

    mean: float
    standard_error: float
    weight_of_answered: float
    weight_of_followed_up: float


def double_sample(
    answered: Sequence[float],
    followed_up: Sequence[float],
    not_answered: int,
    population: int | None = None,
) -> Estimate:
    """The mean of everybody from those who answered and a random part of those who did not.

    answered: answers to the first asking; followed_up: answers of the part that was followed up, each of
    whom stands for not_answered / len(followed_up) people; not_answered: everybody who did not answer the
    first time; population: for the finite correction, or None. At least two in each sequence, and as many not
    answered as followed up (ValueError). Error: the parts within and between of two-phase sampling
    (Cochran 1977, 12.2), checked by simulation.
    """
    n1, r = len(answered), len(followed_up)
    if min(n1, r) < 2 or not_answered < r or (population is not None and population < n1 + not_answered):
        raise ValueError("at least two of each, and no more followed up than did not answer")
    n = n1 + not_answered
    mean1, mean2 = fsum(answered) / n1, fsum(followed_up) / r
    w1, w2 = n1 / n, not_answered / n
    mean = w1 * mean1 + w2 * mean2
    total = population or float("inf")
    s1, s2 = _variance(answered, mean1), _variance(followed_up, mean2)
    small = 0.0 if population is None else 1 / total
    variance = (
        (1 / n - small) * (n1 - 1) / (n - 1) * s1
        + ((not_answered - 1) / (n - 1) * (1 / n - small) + w2 * (not_answered / r - 1) / n) * s2
        + (1 / n - small) * n / (n - 1) * (w1 * (mean1 - mean) ** 2 + w2 * (mean2 - mean) ** 2)
    )
    return Estimate(mean, sqrt(max(variance, 0.0)), 1.0, not_answered / r)


def share_to_follow_up(
    cost_to_ask: float,
    cost_of_answer: float,
    cost_of_follow_up: float,
    *,
    not_answering: float,
    variance_ratio: float = 1.0,
) -> float:
    """Which share of those who do not answer to follow up, for the least cost of one precision; at most 1.

    Costs in one currency: to ask anybody, of each answer that comes, of each follow-up; not_answering: the
    share that does not answer; variance_ratio: the variance among them over everybody's. Cochran 13.6:
    sqrt(S2² (c0 + c1 W1) / (c2 (S² - W2 S2²))). ValueError for costs or shares that cannot be.
    """
    if min(cost_to_ask, cost_of_answer) < 0 or cost_of_follow_up <= 0 or not 0 < not_answering < 1:
        raise ValueError("costs above 0, a share between 0 and 1")
    if not 0 < variance_ratio < 1 / not_answering:
        raise ValueError("a ratio of variances above 0 and below one over the share not answering")
    first = cost_to_ask + cost_of_answer * (1 - not_answering)
    share = variance_ratio * first / (cost_of_follow_up * (1 - not_answering * variance_ratio))
    return min(1.0, sqrt(share))


def _variance(given: Sequence[float], mean: float) -> float:
    return fsum((one - mean) ** 2 for one in given) / (len(given) - 1)
