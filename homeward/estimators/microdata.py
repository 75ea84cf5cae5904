"""How likely somebody is found again among records without names, from what an attacker may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.estimators.arrays import Floats, Ints, numbers
from homeward.estimators.refusals import CannotEstimate


@dataclass(frozen=True)
class Limits:
    """What records need to leave: the least class, the least different answers in one, the most risk."""

    k: int = 5
    diversity: int = 2
    risk: float = 0.03


@dataclass(frozen=True)
class MicrodataRisk:
    """Risk of a file of records.

    k: people in the smallest class of equal keys; below_k: records in classes under the limit; diversity: for
    each sensitive column the least number of different values in a class; below_diversity: records in classes
    under that limit; global_risk: expected share of records found again, 0 to 1; broken: "k", "diversity",
    "risk".
    """

    records: int
    classes: int
    k: int
    below_k: int
    diversity: Mapping[str, int]
    below_diversity: Mapping[str, int]
    global_risk: float
    broken: tuple[str, ...]

    @property
    def is_safe(self) -> bool:
        return not self.broken


ALL = Limits()


def microdata_risk(
    keys: Mapping[str, npt.ArrayLike],
    sensitive: Mapping[str, npt.ArrayLike] | None = None,
    *,
    weights: npt.ArrayLike | None = None,
    limits: Limits = ALL,
) -> MicrodataRisk:
    """k-anonymity on the keys, distinct l-diversity of what is sensitive, and the global risk.

    keys, sensitive: columns (n,) of any kind; a missing key is a value of its own, a missing sensitive answer
    is no answer. weights: how many people each record stands for, (n,); without them the file is the whole
    population and the risk of a record is one in its class. With them the risk is the posterior mean of one
    over the population's class given the sample's (Benedetti & Franconi 1998; as in sdcMicro: Templ, Kowarik
    & Meindl 2015, JSS 67(4)); the global risk is its mean over records. k: Sweeney (2002); diversity:
    Machanavajjhala et al. (2007). Errors: "no_keys", "no_records", "wrong_shape".
    """
    classes = _classes(keys)
    sizes = np.bincount(classes)
    found = {name: _different(classes, sizes.size, column) for name, column in (sensitive or {}).items()}
    risks = 1.0 / sizes if weights is None else _sampled(classes, sizes, numbers(weights, "weights"))
    global_risk = float((risks * sizes).sum() / classes.size)
    diversity = {name: int(least.min()) for name, least in found.items()}
    return MicrodataRisk(
        records=classes.size,
        classes=sizes.size,
        k=int(sizes.min()),
        below_k=int(sizes[sizes < limits.k].sum()),
        diversity=diversity,
        below_diversity={name: int(sizes[least < limits.diversity].sum()) for name, least in found.items()},
        global_risk=global_risk,
        broken=_broken(int(sizes.min()), diversity, global_risk, limits),
    )


def _broken(k: int, diversity: Mapping[str, int], risk: float, limits: Limits) -> tuple[str, ...]:
    is_poor = any(least < limits.diversity for least in diversity.values())
    said = (("k", k < limits.k), ("diversity", is_poor), ("risk", risk >= limits.risk))
    return tuple(name for name, is_broken in said if is_broken)


def _classes(keys: Mapping[str, npt.ArrayLike]) -> Ints:
    """The class of equal keys of each record, (n,), numbered from nought."""
    if not keys:
        raise CannotEstimate("no_keys")
    columns = [_codes(column) for column in keys.values()]
    if len({column.size for column in columns}) > 1:
        raise CannotEstimate("wrong_shape", {"of": "keys"})
    if not columns[0].size:
        raise CannotEstimate("no_records")
    classes: Ints = np.zeros(columns[0].size, dtype=np.int64)
    for column in columns:
        together = classes * (int(column.max()) + 1) + column
        classes = np.unique(together, return_inverse=True)[1].astype(np.int64)
    return classes


def _codes(column: npt.ArrayLike) -> Ints:
    """Each value's number; missing ones have nought."""
    given = np.asarray(column, dtype=object)
    if given.ndim != 1:
        raise CannotEstimate("wrong_shape", {"of": "columns"})
    told = np.array([one is not None and one == one for one in given], dtype=np.bool_)
    codes: Ints = np.zeros(given.size, dtype=np.int64)
    codes[told] = np.unique(given[told].astype(str), return_inverse=True)[1] + 1
    return codes


def _different(classes: Ints, size: int, column: npt.ArrayLike) -> Ints:
    """How many different answers each class holds, (classes,)."""
    codes = _codes(column)
    if codes.size != classes.size:
        raise CannotEstimate("wrong_shape", {"of": "sensitive"})
    told = codes > 0
    pairs = np.unique(np.stack([classes[told], codes[told]]), axis=1)
    found: Ints = np.bincount(pairs[0], minlength=size).astype(np.int64)
    return found


def _sampled(classes: Ints, sizes: Ints, weights: Floats) -> Floats:
    """The risk of a record of each class, (classes,), where the file is a sample."""
    if weights.size != classes.size or (weights < 1).any():
        raise CannotEstimate("wrong_shape", {"of": "weights", "least": 1})
    share = np.minimum(sizes / np.bincount(classes, weights=weights), 1.0)
    drawn = np.clip(share, None, 1 - 1e-9)
    odds = drawn / (1 - drawn)
    one = odds * np.log(1 / drawn)
    two = odds - odds**2 * np.log(1 / drawn)
    more = drawn / (sizes - (1 - drawn))
    found: Floats = np.where(
        share == 1, 1 / sizes, np.where(sizes == 1, one, np.where(sizes == 2, two, more))
    )
    return found
