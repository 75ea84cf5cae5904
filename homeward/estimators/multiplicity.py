"""P-values when several questions were asked at once."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, numbers
from homeward.estimators.refusals import CannotEstimate

METHODS: Mapping[str, str] = {
    "none": "as they are",
    "bonferroni": "chance of any false claim, whatever the dependence",
    "holm": "chance of any false claim, whatever the dependence; never weaker than bonferroni",
    "hochberg": "chance of any false claim, of tests that are independent or go together",
    "hommel": "chance of any false claim, of tests that are independent or go together",
    "bh": "expected share of false claims among those made, of tests that go together",
    "by": "expected share of false claims among those made, whatever the dependence",
}


def adjusted_p_values(p_values: npt.ArrayLike, method: str = "holm") -> Floats:
    """Each p-value (k,) so adjusted that it can be held against the level for all together.

    Methods as in R's p.adjust: see `METHODS`. Holm (1979); Hochberg (1988); Hommel (1988); Benjamini &
    Hochberg (1995), J. R. Stat. Soc. B 57; Benjamini & Yekutieli (2001), Ann. Stat. 29.
    """
    given = numbers(p_values, "p_values")
    if method not in METHODS:
        raise CannotEstimate("unknown_method", {"methods": ", ".join(METHODS)})
    if given.size and (given.min() < 0 or given.max() > 1):
        raise CannotEstimate("share_out_of_range", {"from": 0, "to": 1})
    if method in ("none", "bonferroni"):
        return np.asarray(np.minimum(1.0, given * (given.size if method == "bonferroni" else 1)))
    if method == "hommel":
        return _hommel(given)
    order = np.argsort(given)
    return _stepped(given[order], method)[np.argsort(order)]


def _stepped(rising: Floats, method: str) -> Floats:
    size = rising.size
    place = np.arange(1, size + 1)
    if method == "holm":
        return np.asarray(np.minimum(1.0, np.maximum.accumulate((size - place + 1) * rising)))
    factor = {
        "hochberg": (size - place + 1).astype(np.float64),
        "bh": size / place,
        "by": size / place * (1 / place).sum(),
    }[method]
    return np.asarray(np.minimum(1.0, np.minimum.accumulate((factor * rising)[::-1])[::-1]))


def _hommel(given: Floats) -> Floats:
    size, order = given.size, np.argsort(given)
    rising = given[order]
    least = float((size * rising / np.arange(1, size + 1)).min(initial=1.0))
    found, best = np.full(size, least), np.full(size, least)
    for number in range(size - 1, 1, -1):
        first, last = np.arange(size - number + 1), np.arange(size - number + 1, size)
        level = float((number * rising[last] / np.arange(2, number + 1)).min())
        found[first] = np.minimum(number * rising[first], level)
        found[last] = found[size - number]
        best = np.maximum(best, found)
    return np.asarray(np.maximum(best, rising)[np.argsort(order)])
