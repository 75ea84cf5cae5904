"""Stopping everybody but data protection officers from reading or writing anything of a person."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.privacy.models import Restriction
from homeward.privacy.queries import require_subject
from homeward.privacy.rules import SHORTEST_REASON


@command(Action.RESTRICTION_SET)
def restrict(actor: Actor, *, subject_id: UUID, reason: str) -> Restriction:
    """Keep a person's records, and stop every other use of them from the next request on."""
    require_subject(actor, subject_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"reason": _("Say why the use of these records must stop.")})
    try:
        with transaction.atomic():
            restriction = Restriction.objects.create(
                organisation_id=actor.organisation_id,
                subject_id=subject_id,
                reason=reason.strip(),
                set_by_id=actor.user_id,
                set_by_name=actor.name,
            )
    except IntegrityError as twice:
        raise WrongState(_("These records are restricted already.")) from twice
    restriction.refresh_from_db(fields=["is_for_everybody"])
    return restriction


@command(Action.RESTRICTION_LIFT)
def lift_restriction(actor: Actor, *, restriction_id: UUID, because: str) -> Restriction:
    """Let these records be used again; the person has to be told before."""
    own = Restriction.objects.filter(organisation_id=actor.organisation_id, id=restriction_id)
    restriction = own.select_for_update().first()
    if restriction is None:
        raise NotFound
    if restriction.lifted_at is not None:
        raise WrongState
    if len(because.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"because": _("Say why, and when the person was told.")})
    restriction.lifted_at, restriction.lifted_by_name = now(), actor.name
    restriction.lifted_because = because.strip()
    restriction.save(update_fields=["lifted_at", "lifted_by_name", "lifted_because"])
    return restriction
