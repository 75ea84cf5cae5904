"""What currencies are worth: by the organisation's own rates, and by those it adopted from others."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.assistance.models import Rate, RateAdoption
from homeward.lib.problems import NotFound
from homeward.organisations.queries import known_organisations
from homeward.programmes.queries import known_programmes
from homeward.sharing.queries import bound_with

if TYPE_CHECKING:
    from homeward.organisations.models import Organisation


def known_rates(actor: Actor) -> QuerySet[Rate]:
    """The organisation's rates and those it adopted, newest day first."""
    adopted = live_adoptions(actor).values("from_organisation_id")
    known = Q(organisation_id=actor.organisation_id) | Q(organisation_id__in=adopted)
    return Rate.objects.filter(known).select_related("organisation").order_by("-on", "of", "quote")


def latest_rate(actor: Actor, one: str, other: str, on: date) -> Rate | None:
    """The last rate of two currencies up to a day, in either direction; of one day, one's own first."""
    known = known_rates(actor).filter(of__in=(one, other), quote__in=(one, other), on__lte=on)
    is_own = Case(When(organisation_id=actor.organisation_id, then=1), default=0)
    return known.order_by("-on", is_own.desc(), "-added_at", "-id").first()


def live_adoptions(actor: Actor) -> QuerySet[RateAdoption]:
    """Whose rates the organisation goes by, beside its own."""
    own = RateAdoption.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return own.select_related("from_organisation").order_by("adopted_at")


def get_adoption(actor: Actor, adoption_id: UUID) -> RateAdoption:
    """One of them."""
    found = live_adoptions(actor).filter(id=adoption_id).first()
    if found is None:
        raise NotFound
    return found


def organisations_to_adopt_from(actor: Actor, on: date | None = None) -> "QuerySet[Organisation]":
    """Organisations with which an agreement is in force or a programme is carried out together."""
    beside = bound_with(actor, on or localdate())
    for programme in known_programmes(actor).prefetch_related("parties"):
        together = {programme.organisation_id, *(party.party_id for party in programme.parties.all())}
        if actor.organisation_id in together:
            beside.update(together)
    return _without(actor, beside)


def _without(actor: Actor, beside: Iterable[UUID]) -> "QuerySet[Organisation]":
    adopted = live_adoptions(actor).values("from_organisation_id")
    others = known_organisations(actor).filter(id__in=beside).exclude(id__in=adopted)
    return others.exclude(id=actor.organisation_id).order_by("name")
