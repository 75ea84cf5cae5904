"""A promised day in words, and how full its clock stands."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

WINDOW_DAYS = 14  # a promise two weeks away or farther shows an empty ring


@dataclass(frozen=True)
class Due:
    """What the reply clock shows."""

    text: str
    is_late: bool
    fraction: float


def due(day: date, today: date) -> Due:
    """The clock of a promise for `day`, seen on `today`."""
    left = (day - today).days
    if left < 0:
        text = ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
        return Due(text, True, 1.0)
    return Due(_words(day, today, left), False, 1 - min(left / WINDOW_DAYS, 1))


def _words(day: date, today: date, left: int) -> str:
    if left == 0:
        return gettext("Due today")
    if left < 7:
        return date_format(day, "D j M")
    return date_format(day, "j M" if day.year == today.year else "j M Y")
