"""Reading protocols and notices, as the organisation that makes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import get_case
from homeward.firewall.models import EnforcementAccount, NoticeSource, Protocol
from homeward.lib.problems import NotFound
from homeward.organisations.queries import known_organisations
from homeward.organisations.rules import OrganisationClass

if TYPE_CHECKING:
    from homeward.organisations.models import Organisation


def protocols_of(actor: Actor) -> QuerySet[Protocol]:
    """Every protocol of the organisation, the one that ends last first."""
    actor.require(Action.PROTOCOL_VIEW)
    return _own_protocols(actor).order_by("-ends_on", "id")


def protocols_in_force(actor: Actor, today: date | None = None) -> QuerySet[Protocol]:
    """Protocols under which the organisation may tell of a journey now."""
    today = today or localdate()
    live = _own_protocols(actor).filter(approved_at__isnull=False, ended_at=None)
    return live.filter(starts_on__lte=today, ends_on__gte=today).order_by("body__name")


def get_protocol(actor: Actor, protocol_id: UUID, *, for_update: bool = False) -> Protocol:
    """One protocol of the organisation, or NotFound."""
    own = _own_protocols(actor).filter(id=protocol_id)
    found = (own.select_for_update(of=("self",)) if for_update else own).first()
    if found is None:
        raise NotFound
    return found


def notices_of_case(actor: Actor, case_id: UUID) -> QuerySet[NoticeSource]:
    """What the organisation told of this case's journeys, newest first."""
    case = get_case(actor, case_id)
    own = NoticeSource.objects.filter(organisation_id=actor.organisation_id, case_id=case.id)
    return own.select_related("notice__body").order_by("-notice__made_at")


def get_notice(actor: Actor, notice_id: UUID) -> NoticeSource:
    """One notice of the organisation about a case the actor may see, locked, or NotFound."""
    own = NoticeSource.objects.filter(organisation_id=actor.organisation_id, notice_id=notice_id)
    found = own.select_related("notice").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    get_case(actor, found.case_id)
    return found


def enforcement_bodies(actor: Actor) -> QuerySet[Organisation]:
    """Enforcement bodies of this installation."""
    return known_organisations(actor).filter(organisation_class=OrganisationClass.ENFORCEMENT)


def get_account(actor: Actor, account_id: UUID) -> EnforcementAccount:
    """One live account of the acting enforcement body, for the command line."""
    found = EnforcementAccount.objects.filter(
        organisation_id=actor.organisation_id, id=account_id, ended_at=None
    ).first()
    if found is None:
        raise NotFound
    return found


def _own_protocols(actor: Actor) -> QuerySet[Protocol]:
    return Protocol.objects.filter(organisation_id=actor.organisation_id).select_related("body")
