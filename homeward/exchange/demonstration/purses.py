"""What the demonstration's partners may spend, what money was worth, and what things cost. Invented.

Marenia's money is the testing currency of ISO 4217, XTS: it is nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from homeward.assistance.rules import Quote
from homeward.exchange.demonstration.journeys import noon
from homeward.exchange.demonstration.programmes import PublishedRules
from homeward.lib.money import Money
from homeward.organisations import demo

Row = dict[str, Any]
LOCAL = "XTS"
YEARS_BACK = 4
SOURCE = "Bank of Marenia (invented)"
QUARTERS = ("first", "second", "third", "fourth")
LEAST_MINOR, MINOR_A_CASE = 20_000_000, 60_000
PRICES = (
    ("Sewing machine", "piece", 410_000, 0),
    ("Cargo tricycle", "piece", 1_480_000, 4),
    ("Goat", "head", 118_000, 2),
    ("Welding set", "set", 690_000, 0),
    ("Roof sheet", "piece", 9_400, 3),
    ("Cement, 50 kg", "bag", 7_100, 1),
    ("Flour, 50 kg", "bag", 21_500, 5),
    ("School uniform", "set", 24_000, 0),
    ("Shop shelf", "piece", 52_000, 2),
    ("Rent of a room", "month", 95_000, 6),
)
RECENT = 20
PLACES = ("Saltfield", "Old Harbour", "Stonewell")


@dataclass(frozen=True)
class Purses:
    """The budgets of one load, by partner and quarter; another load has its own."""

    name: str
    rules: PublishedRules
    holders: tuple[UUID, ...]
    cases: int
    today: date

    def rows(self) -> Iterator[tuple[str, UUID, Row]]:
        """Budgets of every partner and quarter, the rate of every month, and a catalogue of prices."""
        for holder in self.holders:
            for year in range(self.today.year - YEARS_BACK, self.today.year + 1):
                for quarter in range(4):
                    yield "assistance_budget", holder, self._budget(holder, year, quarter)
            for row in _rates(holder, self.today):
                yield "assistance_rate", holder, row
            for row in _prices(holder, self.today):
                yield "assistance_price", holder, row

    def budget_id(self, holder: UUID, day: date) -> UUID:
        """The budget that a partner spends from on a day."""
        return self._id(holder, day.year, (day.month - 1) // 3)

    def _id(self, holder: UUID, year: int, quarter: int) -> UUID:
        return uuid5(holder, f"budget {self.name} {year} {quarter}")

    def _budget(self, holder: UUID, year: int, quarter: int) -> Row:
        starts_on = date(year, 3 * quarter + 1, 1)
        following = date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1)
        return {
            "id": self._id(holder, year, quarter),
            "organisation_id": holder,
            "programme_id": self.rules.programme_id,
            "donor_id": demo.DONORS.id,
            "name": f"Home Again {year}, {QUARTERS[quarter]} quarter",
            "starts_on": starts_on,
            "ends_on": following - timedelta(days=1),
            "currency": self.rules.terms.currency,
            "amount_minor": max(LEAST_MINOR, self.cases * MINOR_A_CASE),
            "set_by_id": demo.ROSA.id,
            "set_by_name": demo.ROSA.name,
            "set_at": noon(starts_on),
            "version": 1,
            "committed_minor": 0,
            "delivered_minor": 0,
            "paid_minor": 0,
        }


def rate_of_month(day: date) -> tuple[date, Decimal]:
    """The rate of a month, which rises slowly and wavers."""
    months = day.year * 12 + day.month
    return day.replace(day=1), Decimal("10.4") + Decimal(months % 37) / 50 + Decimal(months * 7 % 11) / 100


def _rates(holder: UUID, today: date) -> list[Row]:
    """One rate a month, up to this one."""
    firsts = [
        date(year, month, 1)
        for year in range(today.year - YEARS_BACK, today.year + 1)
        for month in range(1, 13)
        if date(year, month, 1) <= today
    ]
    return [
        {
            "id": uuid5(holder, f"rate {first}"),
            "organisation_id": holder,
            "of": "EUR",
            "quote": LOCAL,
            "rate": rate_of_month(first)[1],
            "on": first,
            "source": SOURCE,
            "added_by_id": demo.FRIDA.id,
            "added_by_name": demo.FRIDA.name,
            "added_at": noon(first),
        }
        for first in firsts
    ]


def _prices(holder: UUID, today: date) -> list[Row]:
    """A small catalogue: each thing in three places, this year and half a year ago."""
    return [
        {
            "id": uuid5(holder, f"price {item} {place} {back}"),
            "organisation_id": holder,
            "item": item,
            "unit": unit,
            "place": place,
            "on": today - timedelta(days=back),
            "currency": LOCAL,
            "amount_minor": minor * (100 + dearer * number - back // 30) // 100,
            "source": "Asked three shops" if back > RECENT else "Market visit",
            "added_by_id": demo.NORA.id,
            "added_by_name": demo.NORA.name,
            "added_at": noon(today - timedelta(days=back)),
        }
        for item, unit, minor, dearer in PRICES
        for number, place in enumerate(PLACES)
        for back in (RECENT, 200)
    ]


@lru_cache(maxsize=50_000)
def in_local_money(minor: int, currency: str, month: date) -> tuple[int, int]:
    """What is paid in local money for an amount, and what that counts for."""
    quote = Quote(currency, LOCAL, rate_of_month(month)[1])
    paid = quote.convert(Money(minor, currency), LOCAL)
    return paid.minor, quote.convert(paid, currency).minor
