"""The register of breaches, with the clock to the supervisory authority."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.privacy.models import Breach, BreachStep
from homeward.privacy.rules import SHORTEST_REASON, BreachRisk, BreachStepKind, authority_due_at


@command(Action.BREACH_RECORD)
def record_breach(
    actor: Actor,
    *,
    what: str,
    found_at: datetime,
    risk: BreachRisk,
    began_at: datetime | None = None,
    ended_at: datetime | None = None,
    account_id: UUID | None = None,
) -> Breach:
    """Put a breach on the register; the clock runs from when it was found."""
    if len(what.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"what": _("Say what happened, without naming anybody concerned.")})
    if found_at > now():
        raise Invalid(fields={"found_at": _("This moment has not come yet.")})
    breach = Breach.objects.create(
        organisation_id=actor.organisation_id,
        what=what.strip(),
        found_at=found_at,
        began_at=began_at,
        ended_at=ended_at,
        account_id=account_id,
        risk=risk,
        authority_due_at=authority_due_at(found_at, settings.BREACH_HOURS),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    _note(actor, breach, BreachStepKind.FOUND, "")
    return breach


@command(Action.BREACH_RECORD)
def note_breach_step(
    actor: Actor, *, breach_id: UUID, kind: BreachStepKind, note: str, people_count: int | None = None
) -> Breach:
    """Note what was done about a breach; telling the authority stops its clock, closing ends it."""
    own = Breach.objects.filter(organisation_id=actor.organisation_id, id=breach_id)
    breach = own.select_for_update().first()
    if breach is None:
        raise NotFound
    if breach.closed_at is not None:
        raise WrongState
    if len(note.strip()) < SHORTEST_REASON:
        raise Invalid(fields={"note": _("Say what was done, without naming anybody concerned.")})
    if kind in (BreachStepKind.AUTHORITY_TOLD, BreachStepKind.NOT_TO_TELL):
        breach.authority_told_at = breach.authority_told_at or now()
    if kind == BreachStepKind.CLOSED and breach.authority_told_at is None:
        raise WrongState(_("Tell the authority first, or record why it need not be told."))
    breach.closed_at = now() if kind == BreachStepKind.CLOSED else None
    breach.people_count = people_count if people_count is not None else breach.people_count
    breach.save(update_fields=["authority_told_at", "closed_at", "people_count"])
    _note(actor, breach, kind, note)
    return breach


def _note(actor: Actor, breach: Breach, kind: BreachStepKind, note: str) -> None:
    BreachStep.objects.create(
        organisation_id=actor.organisation_id,
        breach=breach,
        kind=kind,
        note=note.strip(),
        by_id=actor.user_id,
        by_name=actor.name,
    )
