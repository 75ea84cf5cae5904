"""What an estimator says when the data cannot carry the number that was asked for."""

from collections.abc import Mapping
from types import MappingProxyType

Needs = Mapping[str, float | int | str]


class CannotEstimate(ValueError):
    """The data do not allow this estimate.

    reason: a stable code such as "too_few", "no_variation", "perfect_separation", "lonely_psu";
    needs: what would have to be there instead, as data, e.g. {"events": 5, "found": 2}.
    """

    def __init__(self, reason: str, needs: Needs | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.needs: Needs = MappingProxyType(dict(needs or {}))

    def __str__(self) -> str:
        needs = ", ".join(f"{name}={value}" for name, value in self.needs.items())
        return f"{self.reason} ({needs})" if needs else self.reason
