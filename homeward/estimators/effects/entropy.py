"""Comparisons by weights that make both groups alike exactly, in whichever moments are asked for."""

from dataclasses import dataclass

import numpy as np

from homeward.estimators.arrays import Bools, Floats
from homeward.estimators.effects.results import Compared, Effect, effect_of
from homeward.estimators.effects.studies import Form, Study, everybody_observed
from homeward.estimators.effects.tilts import tilt_of
from homeward.estimators.refusals import CannotEstimate

MOST_STEPS = 200
EXACT = 1e-9
HALVINGS = 40
COLLINEAR = 1e-11


@dataclass(frozen=True)
class Balanced:
    """Weights of one arm (n,), 0 outside it; moments (n, k) less the target's; members of the target (n,)."""

    arm: Bools
    weights: Floats
    apart: Floats
    members: Floats


def entropy_balance(
    given: Study, target: str = "ATT", form: Form | None = None, *, moments: int = 1
) -> Effect:
    """The difference of means after weights that give each group the moments of the target population.

    target: "ATT", "ATC", or "ATE" (both groups take on the moments of everybody). moments: 1 for means, 2 for
    variances too, 3 for skewness too; powers of yes-or-no covariates are left out. Weights are the nearest to
    those of the sampling in the sense of entropy. Errors: stacked with the weights' equations and with the
    target's own moments. Refused: moments that no weights reach ("cannot_balance"). Sources: Hainmueller
    (2012), Polit. Anal. 20; Zhao & Percival (2017), J. Causal Inference 5.
    """
    asked = form or Form()
    everybody_observed(given, "entropy_balance")
    by_arm = tilt_of(target).by_arm
    if by_arm is None and target != "ATE":
        raise CannotEstimate("unknown_target", {"targets": "ATE, ATT, ATC"})
    columns = _powers(given.selection_design[:, 1:], moments)
    members = given.weights if by_arm is None else np.where(given.arms[by_arm], given.weights, 0.0)
    parts = [
        _as_it_is(given, arm) if by_arm == place else _balanced(given, arm, columns, members)
        for place, arm in enumerate(given.arms)
    ]
    found = [_mean(given, one, known=asked.selection_known) for one in parts]
    compared = Compared(
        "entropy_balance",
        target,
        (found[0][0], found[1][0]),
        np.stack([share for _mean, share in found], axis=1),
        parts[0].weights + parts[1].weights,
        None,
        columns.shape[1] + 1,
        not asked.selection_known,
    )
    return effect_of(given, compared, asked)


def entropy_weights(start: Floats, apart: Floats) -> Floats:
    """The weights (n,) nearest to `start` (n,) that make the weighted sum of `apart` (n, k) zero.

    Newton's steps on the dual, halved where they do not go down. "cannot_balance" where zero is not among
    what weights above 0 can reach; "collinear" where columns say the same. The sum of weights is `start`'s.
    """
    _check_rank(start, apart)
    multipliers = np.zeros(apart.shape[1])
    weights, level = _tilted(start, apart, multipliers)
    for _step in range(MOST_STEPS):
        gradient = weights @ apart
        if np.abs(gradient).max(initial=0.0) < EXACT * start.sum():
            return weights
        apart_now = apart - gradient / weights.sum()
        step = np.linalg.lstsq(apart_now.T @ (apart_now * weights[:, None]), gradient, rcond=None)[0]
        slope = float(gradient @ step) / float(weights.sum())
        for halving in range(HALVINGS):
            length = 0.5**halving
            tried, new = _tilted(start, apart, multipliers - length * step)
            if new <= level - 1e-4 * length * slope or slope < EXACT**2:
                break
        else:
            break
        multipliers, weights, level = multipliers - length * step, tried, new
    raise CannotEstimate("cannot_balance", {"moments": apart.shape[1], "rows": apart.shape[0]})


def _tilted(start: Floats, apart: Floats, multipliers: Floats) -> tuple[Floats, float]:
    """Weights at multipliers, of `start`'s sum, and the log of what is made least."""
    eta = apart @ multipliers
    top = float(eta.max())
    raw = start * np.exp(eta - top)
    whole = float(raw.sum())
    return raw * (start.sum() / whole), top + float(np.log(whole))


def _check_rank(start: Floats, apart: Floats) -> None:
    rows, columns = apart.shape
    if rows <= columns:
        raise CannotEstimate("too_few", {"model": "weights", "rows": columns + 1, "found": rows})
    values = np.linalg.eigvalsh(np.cov(apart.T)) if columns > 1 else np.array([apart.var()])
    if columns and values[0] < COLLINEAR * max(values[-1], COLLINEAR):
        raise CannotEstimate("collinear", {"model": "weights"})


def _powers(columns: Floats, moments: int) -> Floats:
    if moments not in (1, 2, 3):
        raise CannotEstimate("unknown_moments", {"moments": "1, 2, 3"})
    measured = [one for one in columns.T if not ((one == one.min()) | (one == one.max())).all()]
    more = [one**power for power in range(2, moments + 1) for one in measured]
    return np.column_stack([columns, *more])


def _as_it_is(given: Study, arm: Bools) -> Balanced:
    return Balanced(arm, np.where(arm, given.weights, 0.0), np.empty((given.size, 0)), np.zeros(given.size))


def _balanced(given: Study, arm: Bools, columns: Floats, members: Floats) -> Balanced:
    apart = columns - members @ columns / members.sum()
    weights = np.zeros(given.size)
    weights[arm] = entropy_weights(given.weights[arm], apart[arm])
    return Balanced(arm, weights, apart, members)


def _mean(given: Study, one: Balanced, *, known: bool) -> tuple[float, Floats]:
    """The weighted mean and each person's share: of its own, of the multipliers, of the target's moments."""
    total = float(one.weights.sum())
    mean = float(one.weights @ given.outcome / total)
    share = one.weights * np.where(one.arm, given.outcome - mean, 0.0) / total
    if known or not one.apart.shape[1]:
        return mean, share
    curve = one.apart.T @ (one.apart * one.weights[:, None])
    pull = np.linalg.solve(curve, one.apart.T @ share)
    reach = one.apart @ pull
    return mean, share - one.weights * reach + total / one.members.sum() * one.members * reach
