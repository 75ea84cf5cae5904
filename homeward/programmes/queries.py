"""Reading programmes, which every signed-in actor may do."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actor import Actor
from homeward.lib.problems import NotFound
from homeward.programmes.models import Programme


def known_programmes(actor: Actor) -> QuerySet[Programme]:
    """Every programme on this installation."""
    return Programme.objects.select_related("organisation")


def open_programmes(actor: Actor, on: date) -> QuerySet[Programme]:
    """Programmes that take applications on the day `on`."""
    not_closed = Q(closes_on=None) | Q(closes_on__gte=on)
    return known_programmes(actor).filter(not_closed, opens_on__lte=on)


def get_programme(actor: Actor, programme_id: UUID) -> Programme:
    """One programme."""
    found = known_programmes(actor).filter(id=programme_id).first()
    if found is None:
        raise NotFound
    return found
