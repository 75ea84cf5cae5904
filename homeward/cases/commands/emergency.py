"""Opening a case beyond one's reach when somebody's safety asks for it, and reviewing that afterwards."""

from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import EmergencyAccess, Listing
from homeward.cases.rules import EMERGENCY_HOURS, EventKind, Scope, Visibility
from homeward.cases.saving import tell
from homeward.lib.identifiers import clean_reference
from homeward.lib.problems import Invalid, NotFound, WrongState


@command(Action.CASE_EMERGENCY)
def open_in_emergency(actor: Actor, *, reference: str, reason: str) -> EmergencyAccess:
    """Let the actor into a case of their own organisation beyond their reach, for a few hours."""
    if len(reason.strip()) < 10:
        raise Invalid(fields={"reason": _("Say what happened and why it cannot wait.")})
    clean = clean_reference(reference)
    listed = Listing.objects.filter(organisation_id=actor.organisation_id, reference=clean or "")
    listing = listed.exclude(scope=Scope.ARRIVAL).first()
    if listing is None:
        raise NotFound
    opened = EmergencyAccess.objects.create(
        organisation_id=actor.organisation_id,
        case_id=listing.case_id,
        user_id=actor.user_id,
        user_name=actor.name,
        reason=reason.strip(),
        until=now() + EMERGENCY_HOURS,
    )
    tell(
        actor,
        listing.case_id,
        EventKind.EMERGENCY_OPENED,
        subject_id=opened.id,
        visibility=Visibility.ORGANISATION,
    )
    return opened


@command(Action.CASE_EMERGENCY_REVIEW)
def review_emergency(
    actor: Actor, *, emergency_id: UUID, was_justified: bool, note: str = ""
) -> EmergencyAccess:
    """Say afterwards whether the emergency was one; never about oneself."""
    waiting = EmergencyAccess.objects.filter(organisation_id=actor.organisation_id, id=emergency_id)
    opened = waiting.exclude(user_id=actor.user_id).select_for_update().first()
    if opened is None:
        raise NotFound
    if opened.reviewed_at is not None:
        raise WrongState
    opened.reviewed_by_id, opened.reviewed_at = actor.user_id, now()
    opened.was_justified, opened.review_note = was_justified, note
    opened.save()
    return opened
