"""Showing a case to another organisation, and taking that back."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.models import Case, Share
from homeward.cases.queries import case_for_edit
from homeward.cases.rules import Basis, EventKind, Scope
from homeward.cases.saving import tell
from homeward.lib.problems import Invalid, NotFound, Problem
from homeward.organisations.queries import get_organisation


class NotTheLead(Problem):
    """Only the organisation that leads a case may share it or pass it on."""

    status = 409
    code = "not_the_lead"
    message = _("Your organisation does not lead this case. Ask the lead.")


class SharedAlready(Problem):
    """The organisation sees the case already."""

    status = 409
    code = "shared_already"
    message = _("This organisation sees the case already. End that sharing first to change it.")


@command(Action.CASE_SHARE)
def share_case(
    actor: Actor,
    *,
    case_id: UUID,
    organisation_id: UUID,
    basis: Basis,
    purpose: str,
    scope: Scope = Scope.PARTICIPANT,
    until: datetime | None = None,
) -> Share:
    """Let another organisation see the case, or only that somebody will arrive, on a recorded basis."""
    case = _led_case(actor, case_id)
    if scope not in (Scope.PARTICIPANT, Scope.ARRIVAL):
        raise Invalid(fields={"scope": _("Choose the whole case or the expected arrival.")})
    if not purpose.strip():
        raise Invalid(fields={"purpose": _("Say what it is shared for.")})
    receiver = get_organisation(actor, organisation_id)
    if receiver.id == actor.organisation_id or receiver.is_enforcement:
        raise Invalid(fields={"organisation": _("A case cannot be shared with this organisation.")})
    if Share.objects.filter(case=case, organisation=receiver, ended_at=None).exists():
        raise SharedAlready
    share = _grant(actor, case, receiver.id, scope=scope, basis=basis, purpose=purpose, until=until)
    tell(actor, case.id, EventKind.SHARED, subject_id=share.id)
    return share


@command(Action.CASE_END_SHARE)
def end_share(actor: Actor, *, case_id: UUID, share_id: UUID) -> Share:
    """Stop showing the case to an organisation, at once."""
    case_for_edit(actor, case_id)
    share = Share.objects.filter(id=share_id, case_id=case_id, ended_at=None).select_for_update().first()
    if share is None:
        raise NotFound
    # Told first: an organisation that ends what it received can no longer write on the case.
    tell(actor, case_id, EventKind.SHARING_ENDED, subject_id=share.id)
    share.ended_at = now()
    share.save(update_fields=["ended_at"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_grant(%s)", [share.id])
    return share


def _led_case(actor: Actor, case_id: UUID) -> Case:
    case = case_for_edit(actor, case_id)
    if case.lead_organisation_id != actor.organisation_id:
        raise NotTheLead
    return case


def _grant(
    actor: Actor,
    case: Case,
    organisation_id: UUID,
    *,
    scope: Scope,
    basis: Basis,
    purpose: str,
    until: datetime | None,
) -> Share:
    share = Share.objects.create(
        case=case,
        by_organisation_id=actor.organisation_id,
        organisation_id=organisation_id,
        scope=scope,
        basis=basis,
        purpose=purpose,
        shared_by_id=actor.user_id,
        until=until,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_case(%s)", [share.id])
    return share
