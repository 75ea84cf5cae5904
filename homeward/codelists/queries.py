"""Holidays and weekends as the actor's organisation keeps them, and the last working day of a promise."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import QuerySet

from homeward.access.actor import Actor
from homeward.codelists import rules
from homeward.codelists.models import Holiday, Weekend
from homeward.codelists.weekends import usual_weekend


def own_holidays(actor: Actor) -> QuerySet[Holiday]:
    """Holidays the organisation keeps, by country and day."""
    kept = Holiday.objects.filter(organisation_id=actor.organisation_id, removed_at=None)
    return kept.order_by("country", "on")


def own_weekends(actor: Actor) -> QuerySet[Weekend]:
    """Weekends the organisation keeps, by country."""
    return Weekend.objects.filter(organisation_id=actor.organisation_id).order_by("country")


def working_days_after(actor: Actor, start: date, n: int, country: str) -> date:
    """The day that is `n` working days after `start`, by the holidays and weekend kept for that country."""
    return counting(actor)(start, n, country)


def counting(actor: Actor) -> Callable[[date, int, str], date]:
    """Counts working days; what is kept for a country is read once."""

    @cache
    def kept(country: str) -> tuple[frozenset[int], frozenset[date]]:
        own = own_weekends(actor).filter(country=country).first()
        days = own_holidays(actor).filter(country=country).values_list("on", flat=True)
        return frozenset(own.days) if own else usual_weekend(country), frozenset(days)

    return lambda start, n, country: rules.working_days_after(start, n, *kept(country))
