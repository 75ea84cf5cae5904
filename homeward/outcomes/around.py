"""What was happening around a person, from the stages that know: plan, deliveries, referrals, contact."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.assistance.queries import case_money
from homeward.assistance.rules import EntryKind
from homeward.cases.queries import get_case
from homeward.outcomes.rules import Happening, Meanwhile
from homeward.plans.queries import versions_of
from homeward.referrals.queries import referrals_of

if TYPE_CHECKING:
    from datetime import date

    from homeward.cases.models import Case


def happenings(actor: Actor, case_id: UUID, today: "date") -> list[Happening]:
    """What the actor may know of what happened, in order of time."""
    case = get_case(actor, case_id)
    found = [
        *_of_case(case),
        *(_plans(actor, case_id) if actor.may(Action.PLAN_VIEW) else ()),
        *(_deliveries(actor, case_id, today) if actor.may(Action.MONEY_VIEW) else ()),
        *(_referrals(actor, case_id) if actor.may(Action.REFERRAL_VIEW) else ()),
    ]
    return sorted(found, key=lambda one: one.on)


def _of_case(case: "Case") -> Iterator[Happening]:
    for day, kind in (
        (case.arrived_on, Meanwhile.ARRIVED),
        (case.contact_lost_on, Meanwhile.CONTACT_LOST),
        (case.closed_on, Meanwhile.CLOSED),
    ):
        if day:
            yield Happening(day, kind)


def _plans(actor: Actor, case_id: UUID) -> Iterator[Happening]:
    for version in versions_of(actor, case_id):
        if version.agreed_on:
            yield Happening(version.agreed_on, Meanwhile.PLAN_AGREED, str(version.number))


def _deliveries(actor: Actor, case_id: UUID, today: "date") -> Iterator[Happening]:
    for line in case_money(actor, case_id, today).entries:
        if line.entry.kind == EntryKind.DELIVERY and not line.is_reversed:
            delivery = getattr(line.entry, "delivery", None)
            yield Happening(line.entry.on, Meanwhile.DELIVERED, delivery.what if delivery else "")


def _referrals(actor: Actor, case_id: UUID) -> Iterator[Happening]:
    for one in referrals_of(actor, case_id):
        if one.sent_at:
            yield Happening(one.sent_at.date(), Meanwhile.REFERRED, one.service_name)
        if one.sent_at and one.ended_at:
            yield Happening(one.ended_at.date(), Meanwhile.REFERRAL_ENDED, one.service_name)
