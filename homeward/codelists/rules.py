"""Counting working days. Pure."""

from collections.abc import Collection
from datetime import date, timedelta


def working_days_after(start: date, n: int, weekend: Collection[int], holidays: Collection[date]) -> date:
    """The day that is `n` working days after `start`; days of the weekend are 0 for Monday to 6."""
    if len(set(weekend)) > 6:
        raise ValueError("A week has at least one working day.")
    day = start
    while n > 0:
        day += timedelta(1)
        n -= day.weekday() not in weekend and day not in holidays
    return day
