"""Whether a provider's result is unusual, given how many people stand behind it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from homeward.estimators.arrays import Floats, numbers
from homeward.estimators.refusals import CannotEstimate

Law = Literal["normal", "binomial", "poisson"]
INNER, OUTER = 0.95, 0.998


class Place(StrEnum):
    """Where a result lies in its funnel."""

    INSIDE = "inside"
    HIGH = "high"
    VERY_HIGH = "very_high"
    LOW = "low"
    VERY_LOW = "very_low"


@dataclass(frozen=True)
class Funnel:
    """Results (G,) about a target, in one unit.

    z: how many errors each lies off, with what differs between providers anyway (tau2) counted in; phi: the
    mean square of z without it, 1 where chance explains all; inner (95%) and outer (99.8%): limits (G, 2).
    """

    results: Floats = field(repr=False)
    target: float
    z: Floats = field(repr=False)
    phi: float
    tau2: float
    inner: Floats = field(repr=False)
    outer: Floats = field(repr=False)
    places: tuple[Place, ...] = field(repr=False)


def of_means(
    values: npt.ArrayLike,
    variances: npt.ArrayLike,
    *,
    target: float | None = None,
    overdispersed: bool = True,
    winsorised: float = 0.0,
) -> Funnel:
    """A funnel of (adjusted) means with their squared errors; target: by default their weighted mean.

    overdispersed: whether differences between all providers that chance does not explain widen the limits,
    by DerSimonian and Laird's tau2; winsorised: the share of z at each end brought in before it is worked
    out, 0 to 0.5. Spiegelhalter (2005), Stat. Med. 24 and Qual. Saf. Health Care 14.
    """
    y = numbers(values, "values")
    v = numbers(variances, "variances", size=len(y))
    if (v <= 0).any():
        raise CannotEstimate("variance_not_above_zero", {"of": "variances"})
    middle = float(y @ (1 / v) / (1 / v).sum()) if target is None else target
    return _funnel(y, v, middle, ("normal", v), (overdispersed, winsorised))


def of_shares(
    events: npt.ArrayLike,
    counts: npt.ArrayLike,
    *,
    target: float | None = None,
    overdispersed: bool = True,
    winsorised: float = 0.0,
) -> Funnel:
    """A funnel of shares: exact binomial limits, interpolated, where chance explains all that differs."""
    x = numbers(events, "events")
    n = numbers(counts, "counts", size=len(x))
    if (n <= 0).any() or (x < 0).any() or (x > n).any():
        raise CannotEstimate("share_out_of_range", {"events_from": 0, "events_to": "counts"})
    middle = float(x.sum() / n.sum()) if target is None else target
    if not 0 < middle < 1:
        raise CannotEstimate("no_variation", {"of": "events"})
    return _funnel(x / n, middle * (1 - middle) / n, middle, ("binomial", n), (overdispersed, winsorised))


def of_ratios(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    *,
    target: float = 1.0,
    overdispersed: bool = True,
    winsorised: float = 0.0,
) -> Funnel:
    """A funnel of standardised ratios observed / expected: exact Poisson limits where chance explains all."""
    x = numbers(observed, "observed")
    e = numbers(expected, "expected", size=len(x))
    if (e <= 0).any() or (x < 0).any():
        raise CannotEstimate("expected_not_above_zero", {"of": "expected"})
    return _funnel(x / e, target / e, target, ("poisson", e), (overdispersed, winsorised))


def _funnel(y: Floats, v: Floats, target: float, law: tuple[Law, Floats], how: tuple[bool, float]) -> Funnel:
    if len(y) < 2:
        raise CannotEstimate("too_few", {"providers": 2, "found": len(y)})
    overdispersed, winsorised = how
    z = (y - target) / np.sqrt(v)
    ends = np.quantile(z, [winsorised, 1 - winsorised]) if winsorised > 0 else (-np.inf, np.inf)
    square = float((np.clip(z, *ends) ** 2).sum())
    tau2 = _between(v, square) if overdispersed else 0.0
    inner, outer = (
        _limits(v + tau2, target, law if tau2 == 0 else ("normal", v), at) for at in (INNER, OUTER)
    )
    return Funnel(
        results=y,
        target=target,
        z=(y - target) / np.sqrt(v + tau2),
        phi=square / len(y),
        tau2=tau2,
        inner=inner,
        outer=outer,
        places=tuple(_place(*one) for one in zip(y, inner, outer, strict=True)),
    )


def _between(v: Floats, square: float) -> float:
    w = 1 / v
    return max(0.0, (square - (len(v) - 1)) / float(w.sum() - (w**2).sum() / w.sum()))


def _limits(v: Floats, target: float, law: tuple[Law, Floats], within: float) -> Floats:
    name, size = law
    shares = ((1 - within) / 2, (1 + within) / 2)
    if name == "normal":
        return np.column_stack([target + stats.norm.ppf(share) * np.sqrt(v) for share in shares])
    if name == "binomial":
        return np.column_stack([_exact(stats.binom(size, target), share) / size for share in shares])
    return np.column_stack([_exact(stats.poisson(target * size), share) / size for share in shares])


def _exact(law: "stats.rv_frozen", share: float) -> Floats:
    """The count with so much below it, between whole counts as the probability goes (Spiegelhalter 2005)."""
    count = law.ppf(share)
    over, at = law.cdf(count), law.pmf(count)
    return np.asarray(np.maximum(count - np.where(at > 0, (over - share) / at, 0.0), 0.0))


def _place(result: float, inner: Floats, outer: Floats) -> Place:
    if result > outer[1]:
        return Place.VERY_HIGH
    if result > inner[1]:
        return Place.HIGH
    if result < outer[0]:
        return Place.VERY_LOW
    return Place.LOW if result < inner[0] else Place.INSIDE
