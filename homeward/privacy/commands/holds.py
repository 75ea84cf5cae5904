"""Keeping a person's records from being erased, and letting them go again."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.privacy.models import LegalHold
from homeward.privacy.queries import require_subject
from homeward.privacy.rules import SHORTEST_REASON


@command(Action.HOLD_SET)
def set_hold(actor: Actor, *, subject_id: UUID, reason: str, review_on: date) -> LegalHold:
    """Keep everything of this person, against every rule and request, until the hold is released."""
    require_subject(actor, subject_id)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"reason": _("Say why these records must be kept, and who asks for them.")})
    if review_on < now().date():
        raise Invalid(fields={"review_on": _("Choose a day to come.")})
    try:
        with transaction.atomic():
            return LegalHold.objects.create(
                organisation_id=actor.organisation_id,
                subject_id=subject_id,
                reason=reason.strip(),
                review_on=review_on,
                set_by_id=actor.user_id,
                set_by_name=actor.name,
            )
    except IntegrityError as twice:
        raise WrongState(_("A hold of your organisation on this person stands already.")) from twice


@command(Action.HOLD_RELEASE)
def release_hold(actor: Actor, *, hold_id: UUID, because: str) -> LegalHold:
    """Let rules and requests apply to this person again."""
    own = LegalHold.objects.filter(organisation_id=actor.organisation_id, id=hold_id)
    hold = own.select_for_update().first()
    if hold is None:
        raise NotFound
    if hold.released_at is not None:
        raise WrongState
    if len(because.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"because": _("Say why these records need not be kept any longer.")})
    hold.released_at, hold.released_by_name = now(), actor.name
    hold.released_because = because.strip()
    hold.save(update_fields=["released_at", "released_by_name", "released_because"])
    return hold
