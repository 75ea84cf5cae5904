"""Showing a case to another organisation, and taking that back."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.grounds import ground_of
from homeward.cases.models import Case, Share
from homeward.cases.queries import case_for_edit
from homeward.cases.rules import EventKind, Scope
from homeward.cases.saving import tell
from homeward.lib.problems import Invalid, NotFound, Problem
from homeward.organisations.queries import get_organisation
from homeward.sharing.commands import disclose
from homeward.sharing.rules import ALWAYS_SHOWN, Basis, Category, Condition, DisclosureKind, Purpose

if TYPE_CHECKING:
    from homeward.sharing.models import Disclosure


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
    purpose: Purpose,
    basis: Basis,
    necessity: str,
    categories: Collection[Category] = (),
    condition: Condition | None = None,
    scope: Scope = Scope.PARTICIPANT,
    until: datetime | None = None,
) -> Share:
    """Let another organisation see these categories of a case, or only that somebody will arrive.

    It is a disclosure: refused, with everything that is missing, unless agreement, ground and transfer stand.
    """
    case = _led_case(actor, case_id)
    if scope not in (Scope.PARTICIPANT, Scope.ARRIVAL):
        raise Invalid(fields={"scope": _("Choose the whole case or the expected arrival.")})
    receiver = get_organisation(actor, organisation_id)
    if Share.objects.filter(case=case, organisation=receiver, ended_at=None).exists():
        raise SharedAlready
    is_arrival = scope == Scope.ARRIVAL
    shown = frozenset({Category.JOURNEY}) if is_arrival else ALWAYS_SHOWN | set(categories)
    disclosure = disclose(
        actor,
        subject_id=case.person_id,
        case_id=case.id,
        organisation_id=receiver.id,
        purpose=purpose,
        ground=ground_of(actor, case, receiver.id, purpose, shown, (basis, condition)),
        necessity=necessity,
        categories=shown,
        kind=DisclosureKind.ARRIVAL if is_arrival else DisclosureKind.CASE,
        until=until,
    )
    share = _grant(actor, case, disclosure, scope)
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


def _grant(actor: Actor, case: Case, disclosure: "Disclosure", scope: Scope) -> Share:
    share = Share.objects.create(
        case=case,
        by_organisation_id=disclosure.by_organisation_id,
        organisation_id=disclosure.organisation_id,
        scope=scope,
        basis=disclosure.basis,
        purpose=disclosure.purpose,
        disclosure_id=disclosure.id,
        shared_by_id=actor.user_id,
        until=disclosure.until,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_case(%s)", [share.id])
    return share
