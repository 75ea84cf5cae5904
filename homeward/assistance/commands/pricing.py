"""Rates of currencies and prices of goods, each with its day and source."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.models import Price, Rate, RateAdoption
from homeward.assistance.queries import get_adoption, organisations_to_adopt_from
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, Problem

PLACES = 10


class RateKnown(Problem):
    """One rate of two currencies a day; what was recorded stays."""

    status = 409
    code = "rate_known"
    message = _("There is a rate of these currencies for that day already.")


@command(Action.RATE_ADD)
def add_rate(actor: Actor, *, of: str, quote: str, rate: Decimal, on: date, source: str) -> Rate:
    """Record how many units of `quote` one unit of `of` was worth on a day, and who says so."""
    _require(
        {
            "source": bool(source.strip()),
            "quote": of != quote,
            "rate": rate > 0 and rate == round(rate, PLACES) and rate < Decimal(10) ** 10,
        }
    )
    try:
        with transaction.atomic():
            return Rate.objects.create(
                organisation_id=actor.organisation_id,
                of=of,
                quote=quote,
                rate=rate,
                on=on,
                source=source.strip(),
                added_by_id=actor.user_id,
                added_by_name=actor.name,
            )
    except IntegrityError as error:
        raise RateKnown from error


@command(Action.RATE_ADOPT)
def adopt_rates(actor: Actor, *, organisation_id: UUID) -> RateAdoption:
    """Go by the dated rates of an organisation with which there is an agreement or a programme in common."""
    beside = organisations_to_adopt_from(actor).filter(id=organisation_id).first()
    if beside is None:
        raise Invalid(fields={"organisation_id": _("Choose an organisation you work with.")})
    return RateAdoption.objects.create(
        organisation_id=actor.organisation_id,
        from_organisation=beside,
        adopted_by_id=actor.user_id,
        adopted_by_name=actor.name,
    )


@command(Action.RATE_ADOPT)
def end_adoption(actor: Actor, *, adoption_id: UUID) -> RateAdoption:
    """Go by them no longer; what was counted by them stays as it was, with its source."""
    adoption = get_adoption(actor, adoption_id)
    adoption.ended_at = now()
    adoption.save(update_fields=["ended_at"])
    return adoption


@command(Action.PRICE_ADD)
def add_price(
    actor: Actor, *, item: str, unit: str, place: str, on: date, amount: Money, source: str
) -> Price:
    """Record what a unit of something cost in a place on a day, and who says so."""
    given = {"item": item, "unit": unit, "place": place, "source": source}
    _require({name: bool(text.strip()) for name, text in given.items()} | {"amount": amount.minor > 0})
    return Price.objects.create(
        organisation_id=actor.organisation_id,
        **{name: text.strip() for name, text in given.items()},
        on=on,
        currency=amount.currency,
        amount_minor=amount.minor,
        added_by_id=actor.user_id,
        added_by_name=actor.name,
    )


def _require(good: Mapping[str, bool]) -> None:
    wrong = {name: _("This needs another look.") for name, is_good in good.items() if not is_good}
    if wrong:
        raise Invalid(fields=wrong)
