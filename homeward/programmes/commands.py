"""Setting programmes up."""

from collections.abc import Sequence
from datetime import date

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.programmes.models import Programme


@command(Action.PROGRAMME_ADD)
def add_programme(
    actor: Actor,
    *,
    name: str,
    code: str,
    opens_on: date,
    closes_on: date | None = None,
    host_countries: Sequence[str] = (),
    return_countries: Sequence[str] = (),
) -> Programme:
    """Put a programme on the installation, run by the actor's organisation."""
    return Programme.objects.create(
        organisation_id=actor.organisation_id,
        name=name,
        code=code,
        opens_on=opens_on,
        closes_on=closes_on,
        host_countries=list(host_countries),
        return_countries=list(return_countries),
    )
