"""Exact amounts of money: whole minor units with their currency, and conversion by a stated rate."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Self

from babel.core import get_global
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem

MOST_MINOR = 10**15  # more than any programme spends; keeps sums well inside a bigint


class CurrenciesDiffer(Problem):
    """Amounts of two currencies are added or compared only after a conversion that says its rate."""

    status = 422
    code = "currencies_differ"
    message = _("These amounts are in different currencies.")


def digits_of(currency: str) -> int:
    """How many decimal places the minor unit of an ISO 4217 currency stands for."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


@dataclass(frozen=True, order=False)
class Money:
    """`minor` whole minor units (cents, or whole units where there are none) of an ISO 4217 currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if abs(self.minor) > MOST_MINOR:
            raise OverflowError("More money than this system counts.")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Self:
        """The amount as people write it; ValueError when it has more places than the currency."""
        scaled = Decimal(amount).scaleb(digits_of(currency))
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{currency} has {digits_of(currency)} decimal places.")
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The amount as people write it, exact."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other).minor

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other).minor

    def convert(self, currency: str, rate: Decimal) -> "Money":
        """At `rate` units of `currency` for one unit of this one, rounded half to even to its minor unit."""
        exact = self.amount * rate
        scaled = exact.scaleb(digits_of(currency)).to_integral_value(rounding=ROUND_HALF_EVEN)
        return Money(int(scaled), currency)

    def share(self, percent: Decimal) -> "Money":
        """`percent` of this amount, rounded half to even to the minor unit."""
        exact = Decimal(self.minor) * percent / 100
        return Money(int(exact.to_integral_value(rounding=ROUND_HALF_EVEN)), self.currency)

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise CurrenciesDiffer
        return other


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency; nothing sums to zero of it."""
    result = Money(0, currency)
    for one in amounts:
        result = result + one
    return result
