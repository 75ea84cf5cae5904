"""How people came to be asked, and what that does to the error of an estimate: linearised totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, Ints, codes, numbers, table
from homeward.estimators.refusals import CannotEstimate

Lonely = Literal["error", "collapse", "centre", "certainty"]
Column = npt.ArrayLike
Columns = Column | tuple[Column, ...]  # a tuple: one column for each stage of drawing
FULL = 1e-12  # a stratum of which everything was drawn, to rounding


@dataclass(frozen=True)
class Stage:
    """One stage of drawing: each row's unit and stratum as whole numbers, units counted across strata.

    stratum_of: (units,) the stratum of each unit; drawn: (strata,) share of the units that were drawn, 0
    where the population is taken to be endless; parent: (strata,) the unit of the stage before.
    """

    unit: Ints
    stratum_of: Ints
    drawn: Floats
    parent: Ints
    names: tuple[str, ...]

    @property
    def counts(self) -> Ints:
        """Units drawn in each stratum."""
        return np.bincount(self.stratum_of, minlength=len(self.drawn)).astype(np.int64)


@dataclass(frozen=True)
class Projection:
    """What a calibration holds fixed: x (n, k), the weights before it (n,), and the weights after it (n,)."""

    x: Floats
    before: Floats
    after: Floats

    def residuals(self, scores: Floats) -> Floats:
        """Scores (n, k) less all that x tells, regressed on x with the weights before."""
        used = self.after > 0
        linear = np.where(used[:, None], scores / np.where(used, self.after, 1.0)[:, None], 0.0)
        root = np.sqrt(self.before)[:, None]
        fitted = self.x @ np.linalg.lstsq(root * self.x, root * linear, rcond=None)[0]
        return np.where(used[:, None], self.after[:, None] * (linear - fitted), 0.0)


@dataclass(frozen=True)
class Design:
    """Weights of everybody who was drawn and the stages they were drawn in; whoever did not answer too.

    A part of the people is a domain of this, never a design of its own: taking rows out loses PSUs.
    """

    weight: Floats
    stages: tuple[Stage, ...]
    lonely: Lonely = "error"
    projections: tuple[Projection, ...] = ()

    @property
    def n(self) -> int:
        return len(self.weight)

    @cached_property
    def psus(self) -> int:
        """Primary sampling units with anybody of weight above 0."""
        return len(np.unique(self.stages[0].unit[self.weight > 0]))

    @cached_property
    def strata(self) -> int:
        first = self.stages[0]
        return len(np.unique(first.stratum_of[first.unit[self.weight > 0]]))

    @property
    def df(self) -> int:
        """PSUs less strata: what R's degf and Stata's svy count."""
        return self.psus - self.strata

    def calibrated(self, weight: npt.ArrayLike, x: npt.ArrayLike) -> "Design":
        """The same people with weights that make totals of x right; errors are then of residuals on x."""
        after = numbers(weight, "weight", size=self.n)
        step = Projection(table(x, "x", size=self.n), self.weight, after)
        return replace(self, weight=after, projections=(*self.projections, step))

    def covariance(self, scores: Floats) -> Floats:
        """The covariance (k, k) of totals of scores (n, k): each a weight times a linearised value.

        At each stage sum_h (1 - f_h) n_h/(n_h - 1) sum_c (z_hc - zbar_h)^2 of the units' totals z; later
        stages count by the shares drawn before, none where those are unknown. Särndal, Swensson & Wretman
        (1992), 4.3 and 5.5; Lumley (2004), J. Stat. Softw. 9(8).
        """
        for step in self.projections:
            scores = step.residuals(scores)
        whole = np.zeros((scores.shape[1], scores.shape[1]))
        share = np.ones(1)  # of each unit of the stage before: the chance of being drawn so far
        for stage in self.stages:
            so_far = share[stage.parent]
            whole += _of_stage(stage, scores, so_far, self.lonely)
            share = (so_far * stage.drawn)[stage.stratum_of]
            if not share.any():
                break
        return whole


def design_of(
    size: int,
    *,
    weight: Column | None = None,
    strata: Columns | None = None,
    psu: Columns | None = None,
    fpc: Columns | None = None,
    lonely: Lonely = "error",
) -> Design:
    """How `size` people came to be asked.

    weight: at least 0, not all 0; without it the inverse share drawn that fpc tells, or 1. strata, psu:
    labels of any kind; the same label of a PSU in two strata is two PSUs; without psu each row is its own.
    fpc: for each row how many units its stratum has, or which share of them was drawn: a share where no
    number of the column is above 1. Several stages: a tuple of columns, first stage first; strata and fpc
    may be shorter than psu. lonely: what to do with a stratum of one PSU that is not the whole stratum:
    "error" refuses ("lonely_psu"), "collapse" joins it with the next stratum in order, "centre" takes it
    around 0 as R's "adjust" does, "certainty" as if it had no error.
    """
    if size < 2:
        raise CannotEstimate("too_few", {"rows": 2, "found": size})
    units = _staged(psu) or (np.arange(size),)
    layers, shares = _staged(strata), _staged(fpc)
    if len(layers) > len(units) or len(shares) > len(units):
        raise CannotEstimate("wrong_shape", {"of": "strata or fpc", "stages": len(units)})
    stages, parent = [], np.zeros(size, dtype=np.int64)
    for place, labels in enumerate(units):
        layer = layers[place] if place < len(layers) else np.zeros(size)
        within, names = _nested(parent, layer, "strata", size)
        unit, _ = _nested(within, labels, "psu", size)
        stage = _stage(unit, within, parent, shares[place] if place < len(shares) else None)
        stages.append(replace(stage, names=names))
        parent = unit
    given = _weights(weight, stages, size)
    if lonely == "collapse":
        stages[0] = _collapsed(stages[0])
    return Design(given, tuple(stages), lonely)


def _staged(given: Columns | None) -> tuple[Column, ...]:
    if given is None:
        return ()
    return given if isinstance(given, tuple) else (given,)


def _nested(parent: Ints, labels: Column, name: str, size: int) -> tuple[Ints, tuple[str, ...]]:
    own, names = codes(labels, name, size=size)
    both, place = np.unique(parent * len(names) + own, return_inverse=True)
    return place.astype(np.int64), tuple(str(names[one % len(names)]) for one in both)


def _stage(unit: Ints, stratum: Ints, parent: Ints, fpc: Column | None) -> Stage:
    first = np.unique(unit, return_index=True)[1]
    stratum_of = stratum[first]
    strata = int(stratum.max()) + 1
    by_stratum = np.unique(stratum, return_index=True)[1]
    drawn = np.zeros(strata)
    if fpc is not None:
        drawn = _drawn(numbers(fpc, "fpc", size=len(unit)), stratum, np.bincount(stratum_of), by_stratum)
    return Stage(unit, stratum_of, drawn, parent[by_stratum], ())


def _drawn(fpc: Floats, stratum: Ints, counts: Ints, first: Ints) -> Floats:
    given = fpc[first]
    if not np.allclose(fpc, given[stratum], rtol=1e-9):
        raise CannotEstimate("fpc_varies_in_stratum", {"of": "fpc"})
    if (given <= 0).any():
        raise CannotEstimate("fpc_not_above_zero", {"of": "fpc"})
    if (given <= 1).all():
        return given
    if (given < counts - 1e-9).any():
        raise CannotEstimate("population_smaller_than_sample", {"of": "fpc", "least": int(counts.max())})
    return counts / given


def _weights(weight: Column | None, stages: Sequence[Stage], size: int) -> Floats:
    if weight is not None:
        given = numbers(weight, "weight", size=size)
        if (given < 0).any() or not given.any():
            raise CannotEstimate("weights_below_zero", {"of": "weight"})
        return given
    given = np.ones(size)
    for stage in stages:
        drawn = stage.drawn[stage.stratum_of[stage.unit]]
        given = np.where(drawn > 0, given / np.where(drawn > 0, drawn, 1.0), given)
    return given


def _collapsed(stage: Stage) -> Stage:
    """Each lonely stratum joined with the next in order, the last with the one before; fpcs are added up."""
    counts = stage.counts
    if len(counts) == 1:
        return stage
    group, place = np.zeros(len(counts), dtype=np.int64), 0
    for one in range(1, len(counts)):
        alone = counts[group == place][:one].sum() == 1 or (one == len(counts) - 1 and counts[one] == 1)
        place += 0 if alone else 1
        group[one] = place
    sizes = np.where(stage.drawn > 0, counts / np.where(stage.drawn > 0, stage.drawn, 1.0), np.inf)
    whole = np.bincount(group, weights=sizes)
    joined = np.bincount(group, weights=counts)
    names = tuple(
        "+".join(name for name, at in zip(stage.names, group, strict=True) if at == one)
        for one in range(place + 1)
    )
    parent = np.zeros(place + 1, dtype=np.int64)
    return Stage(stage.unit, group[stage.stratum_of], joined / whole, parent, names)


def _of_stage(stage: Stage, scores: Floats, so_far: Floats, lonely: Lonely) -> Floats:
    counts, units = stage.counts, len(stage.stratum_of)
    totals = np.column_stack([np.bincount(stage.unit, column, minlength=units) for column in scores.T])
    sums = np.column_stack([np.bincount(stage.stratum_of, column, len(counts)) for column in totals.T])
    left = np.where(so_far > 0, 1 - stage.drawn, 0.0)
    alone = (counts == 1) & (left > FULL)
    if alone.any() and lonely in ("error", "collapse"):
        which = ", ".join(name for name, one in zip(stage.names, alone, strict=True) if one)
        raise CannotEstimate("lonely_psu", {"psus_in_each_stratum": 2, "strata": which})
    centre = sums / counts[:, None]
    if lonely == "centre":
        centre[alone] = 0.0
    scale = left * so_far * np.where(counts > 1, counts / np.maximum(counts - 1, 1), 1.0)
    apart = totals - centre[stage.stratum_of]
    return np.asarray((apart * scale[stage.stratum_of, None]).T @ apart)
