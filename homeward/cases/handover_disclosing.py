"""Handing over is disclosing: what the next lead sees, and what the former reads on, is on the register."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils.timezone import make_aware, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actor import Actor, system_actor
from homeward.access.roles import Role
from homeward.cases.grounds import ground_of
from homeward.cases.models import Case, Handover, Share
from homeward.cases.rules import Scope
from homeward.lib.problems import WrongState
from homeward.sharing.commands import disclose, end_disclosure, note_opened
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare
from homeward.sharing.queries import live_disclosures
from homeward.sharing.rules import Basis, Category, Condition, DisclosureKind, EndReason, Purpose

if TYPE_CHECKING:
    from homeward.sharing.models import Disclosure

SHOWN = frozenset(Category)  # who leads a case sees all of it


class NothingBehindIt(WrongState):
    """The agreement, or the consent, under which the case was offered has ended since."""

    code = "handover_not_disclosed"
    message = _("What the offer stood on has ended: an agreement, or a consent. It has to be offered anew.")


@dataclass(frozen=True)
class Justification:
    """Why a case is shown to who will lead it, and on what ground."""

    basis: Basis
    necessity: str
    condition: Condition | None = None


def disclose_to_next_lead(actor: Actor, case: Case, receiver_id: UUID, why: Justification) -> "Disclosure":
    """Put on the register that the receiver may have the whole case; refused with all that is missing."""
    return _disclose_whole(_hands_over(actor), case, receiver_id, why, None)


def require_disclosed(actor: Actor, handover: Handover) -> None:
    """Refuse when what a handover stands on has ended since it began."""
    live = live_disclosures(_hands_over(actor), now())
    if handover.disclosure_id is None or not live.filter(id=handover.disclosure_id).exists():
        raise NothingBehindIt


def end_what_was_disclosed(actor: Actor, handover: Handover) -> None:
    """The receiver gives back what it will not lead, or the giver takes it back."""
    if handover.disclosure_id is None:
        return
    is_receiver = handover.to_organisation_id == actor.organisation_id
    why = EndReason.RETURNED if is_receiver else EndReason.RECALLED
    try:
        end_disclosure(_hands_over(actor), disclosure_id=handover.disclosure_id, why=why)
    except DisclosureEnded:
        return  # ended before, with its agreement or a withdrawn consent


def next_lead(actor: Actor, handover: Handover) -> Actor:
    """Who acts for the organisation that leads from now on: who accepted, or who had asked for the case."""
    if handover.to_organisation_id == actor.organisation_id or handover.lead_user_id is None:
        return _hands_over(actor)
    asked = system_actor(handover.to_organisation_id)
    return replace(asked, user_id=handover.lead_user_id, name=handover.lead_user_name)


def let_former_lead_read(lead: Actor, handover: Handover, case: Case) -> None:
    """Show the case to who led it until the agreed day; where no agreement carries that, not at all."""
    _end_earlier_shares(lead, handover, case)
    if handover.disclosure_id is None or handover.stays_until is None:
        return
    given = note_opened(lead, disclosure_id=handover.disclosure_id)
    necessity = str(_("Answers questions about the case, which it led before."))
    condition = Condition(given.condition) if given.condition else None
    why = Justification(Basis(given.basis), necessity, condition)
    until = make_aware(datetime.combine(handover.stays_until + timedelta(days=1), time.min))
    try:
        disclosure = _disclose_whole(lead, case, handover.from_organisation_id, why, until)
    except NotAllowedToShare:
        return  # it can be asked until the day all the same
    _grant(lead, case, disclosure)


def _hands_over(actor: Actor) -> Actor:
    """Whoever hands a case over discloses it by that, whatever else their role lets them send."""
    return replace(actor, role=Role.SYSTEM)


def _disclose_whole(
    actor: Actor, case: Case, receiver_id: UUID, why: Justification, until: datetime | None
) -> "Disclosure":
    said = (why.basis, why.condition)
    return disclose(
        actor,
        subject_id=case.person_id,
        case_id=case.id,
        organisation_id=receiver_id,
        purpose=Purpose.HANDOVER,
        ground=ground_of(actor, case, receiver_id, Purpose.HANDOVER, SHOWN, said),
        necessity=why.necessity,
        categories=SHOWN,
        kind=DisclosureKind.CASE,
        until=until,
    )


def _end_earlier_shares(lead: Actor, handover: Handover, case: Case) -> None:
    """What either side was shown before is no longer what it reads by."""
    sides = (handover.from_organisation_id, handover.to_organisation_id)
    earlier = Share.objects.filter(case=case, organisation_id__in=sides, ended_at=None)
    for share in earlier.filter(organisation_id=lead.organisation_id):
        if share.disclosure_id:
            end_disclosure(lead, disclosure_id=share.disclosure_id, why=EndReason.NO_LONGER_NEEDED)
    earlier.update(ended_at=now())


def _grant(lead: Actor, case: Case, disclosure: "Disclosure") -> None:
    share = Share.objects.create(
        case=case,
        by_organisation_id=disclosure.by_organisation_id,
        organisation_id=disclosure.organisation_id,
        scope=Scope.PARTICIPANT,
        basis=disclosure.basis,
        purpose=disclosure.purpose,
        disclosure_id=disclosure.id,
        shared_by_id=lead.user_id,
        until=disclosure.until,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_case(%s)", [share.id])
