"""Keeping the days on which nobody works."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.codelists.countries import is_country
from homeward.codelists.models import Holiday, Weekend
from homeward.codelists.queries import own_holidays
from homeward.lib.problems import Invalid, NotFound

MOST_ROWS = 500
LARGEST = 100_000


@dataclass(frozen=True)
class HolidayGiven:
    """One day of a country on which nobody works, and who says so."""

    country: str
    on: date
    name: str
    source: str = ""
    is_verified: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of a file: `id` is the organisation that keeps the days."""

    id: UUID
    added: int
    known: int


@command(Action.CALENDAR_EDIT)
def add_holiday(actor: Actor, *, holiday: HolidayGiven) -> Holiday:
    """Keep a holiday; deadlines counted from now on pass over it."""
    _check(holiday)
    if own_holidays(actor).filter(country=holiday.country, on=holiday.on).exists():
        raise Invalid(fields={"on": _("A holiday of that country is kept for this day already.")})
    return _new(actor, holiday, save=True)


@command(Action.CALENDAR_EDIT)
def import_holidays(actor: Actor, *, content: bytes) -> Imported:
    """Add the holidays of a CSV file (country, on, name, source); those already kept stay as they are."""
    given = _read(content)
    kept = set(own_holidays(actor).values_list("country", "on"))
    new = {(one.country, one.on): one for one in given if (one.country, one.on) not in kept}
    Holiday.objects.bulk_create(_new(actor, one) for one in new.values())
    return Imported(actor.organisation_id, len(new), len(given) - len(new))


@command(Action.CALENDAR_EDIT)
def remove_holiday(actor: Actor, *, holiday_id: UUID) -> Holiday:
    """Take a mistaken holiday out; deadlines that passed over it stay as they were promised."""
    holiday = own_holidays(actor).filter(id=holiday_id).first()
    if holiday is None:
        raise NotFound
    holiday.removed_at = now()
    holiday.save(update_fields=["removed_at"])
    return holiday


@command(Action.CALENDAR_EDIT)
def set_weekend(actor: Actor, *, country: str, days: Collection[int]) -> Weekend:
    """Say on which days of the week nobody works in a country; the usual weekend counts otherwise."""
    if not is_country(country):
        raise Invalid(fields={"country": _("Choose a country.")})
    if not set(days) <= set(range(7)) or len(set(days)) > 6:
        raise Invalid(fields={"days": _("A week has at least one working day.")})
    weekend, _is_new = Weekend.objects.update_or_create(
        organisation_id=actor.organisation_id, country=country, defaults={"days": sorted(set(days))}
    )
    return weekend


def _new(actor: Actor, given: HolidayGiven, *, save: bool = False) -> Holiday:
    holiday = Holiday(
        organisation_id=actor.organisation_id,
        country=given.country,
        on=given.on,
        name=given.name.strip(),
        source=given.source.strip(),
        is_verified=given.is_verified,
    )
    if save:
        holiday.save(force_insert=True)
    return holiday


def _check(holiday: HolidayGiven) -> None:
    if not is_country(holiday.country):
        raise Invalid(fields={"country": _("Choose a country.")})
    if not holiday.name.strip():
        raise Invalid(fields={"name": _("Say what day it is.")})


def _read(content: bytes) -> Sequence[HolidayGiven]:
    """The rows of a file, or Invalid with the number of the first row that cannot be read."""
    try:
        rows = list(csv.DictReader(io.StringIO(content[:LARGEST].decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error):
        raise Invalid(fields={"file": _("Choose a CSV file in UTF-8.")}) from None
    if not rows or len(rows) > MOST_ROWS or len(content) > LARGEST:
        raise Invalid(fields={"file": _("The file has no rows, or more than 500.")})
    return [_row(number, row) for number, row in enumerate(rows, start=2)]


def _row(number: int, row: dict[str, str | None]) -> HolidayGiven:
    words = {name: (row.get(name) or "").strip() for name in ("country", "on", "name", "source")}
    try:
        given = HolidayGiven(
            words["country"].upper(), date.fromisoformat(words["on"]), words["name"], words["source"]
        )
        _check(given)
    except (ValueError, Invalid):
        message = _("Row %(n)s: a country (two letters), a day such as 2026-03-02 and a name are needed.")
        raise Invalid(fields={"file": message % {"n": number}}) from None
    return given
