"""Disclosing, ending a disclosure, and what the recipient notes on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import NotFound
from homeward.organisations.queries import get_organisation
from homeward.organisations.rules import OrganisationClass
from homeward.privacy.sealing import keyed_fingerprint, place_of, seal
from homeward.sharing.models import Clause, DisclosedContent, Disclosure, Override
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.queries import (
    agreed_by,
    closest_clause,
    confirmed_override,
    disclosure_for_edit,
    end_of,
    may_pass_on,
    transfer_allowed,
)
from homeward.sharing.rules import (
    LONGEST,
    Category,
    DisclosureKind,
    EndReason,
    Ground,
    Purpose,
    Request,
    allowed_until,
    decide,
)

if TYPE_CHECKING:
    from homeward.organisations.models import Organisation


@dataclass(frozen=True)
class _Standing:
    """What a disclosure that is allowed stands on."""

    clause: Clause
    override: Override | None
    until: datetime


@command(Action.DISCLOSURE_MAKE)
def disclose(
    actor: Actor,
    *,
    subject_id: UUID,
    case_id: UUID | None,
    organisation_id: UUID,
    purpose: Purpose,
    ground: Ground | None,
    necessity: str,
    categories: Collection[Category],
    kind: DisclosureKind,
    content: bytes | None = None,
    until: datetime | None = None,
) -> Disclosure:
    """Let another organisation have data about a person; refused with everything that is missing.

    It lasts no longer than its ground and its agreement, a year at most.
    """
    receiver = get_organisation(actor, organisation_id)
    chosen = frozenset(categories)
    own = may_pass_on(actor, subject_id, case_id)
    standing = _require_standing(actor, subject_id, receiver, purpose, chosen, ground, necessity, until, own)
    assert ground is not None  # noqa: S101 (what is allowed has a ground)
    disclosure = Disclosure.objects.create(
        subject_id=subject_id,
        case_id=case_id,
        by_organisation_id=actor.organisation_id,
        organisation=receiver,
        kind=kind,
        purpose=purpose,
        basis=ground.basis,
        condition=ground.condition or "",
        necessity=necessity.strip(),
        categories=sorted(chosen),
        clause=standing.clause,
        consent_id=ground.consent_id,
        override=standing.override,
        pseudonym=pseudonym_for(receiver.id, subject_id),
        until=standing.until,
        made_by_id=actor.user_id,
        made_by_name=actor.name,
        made_at=now(),
    )
    if content is not None:
        _seal(disclosure, content)
    return disclosure


@command(Action.DISCLOSURE_END)
def end_disclosure(actor: Actor, *, disclosure_id: UUID, why: EndReason = EndReason.RECALLED) -> Disclosure:
    """Take back what was given, or give back what was received; the recipient's next look is refused."""
    disclosure = disclosure_for_edit(actor, disclosure_id)
    if disclosure.ended_at is not None:
        raise DisclosureEnded
    disclosure.ended_at, disclosure.ended_why = now(), why
    disclosure.ended_by_id, disclosure.ended_by_name = actor.user_id, actor.name
    disclosure.save(update_fields=["ended_at", "ended_why", "ended_by_id", "ended_by_name"])
    return disclosure


@command(Action.DISCLOSURE_OPEN)
def note_opened(actor: Actor, *, disclosure_id: UUID) -> Disclosure:
    """Put on record that the recipient looked; the first time stays."""
    disclosure = _received(actor, disclosure_id)
    if not disclosure.is_live(now()):
        raise DisclosureEnded
    if disclosure.first_opened_at is None:
        disclosure.first_opened_at = now()
        disclosure.save(update_fields=["first_opened_at"])
    return disclosure


@command(Action.DISCLOSURE_OPEN)
def confirm_receipt(actor: Actor, *, disclosure_id: UUID) -> Disclosure:
    """The recipient confirms: they have it, or, once it has ended, that they know and keep no copy."""
    disclosure = _received(actor, disclosure_id)
    disclosure.receipt_at, disclosure.receipt_by_name = now(), actor.name
    disclosure.save(update_fields=["receipt_at", "receipt_by_name"])
    return disclosure


def _received(actor: Actor, disclosure_id: UUID) -> Disclosure:
    disclosure = disclosure_for_edit(actor, disclosure_id)
    if disclosure.organisation_id != actor.organisation_id:
        raise NotFound
    return disclosure


def _require_standing(
    actor: Actor,
    subject_id: UUID,
    receiver: "Organisation",
    purpose: Purpose,
    categories: frozenset[Category],
    ground: Ground | None,
    necessity: str,
    until: datetime | None,
    passing_on: frozenset[Category] | None,
) -> _Standing:
    moment = now()
    clause = closest_clause(actor, actor.organisation_id, receiver.id, purpose, categories, moment.date())
    asked = min(until, moment + LONGEST) if until else moment + LONGEST
    ends = asked
    if clause:
        kept_until = moment + timedelta(days=clause.retention_days)
        ends = allowed_until(asked, ground, end_of(clause.agreement), kept_until)
    override = confirmed_override(
        actor,
        subject_id=subject_id,
        receiver_id=receiver.id,
        purpose=purpose,
        categories=categories,
        at=moment,
    )
    request = Request(
        receiver_class=OrganisationClass(receiver.organisation_class),
        is_itself=receiver.id == actor.organisation_id,
        purpose=purpose,
        categories=categories,
        necessity=necessity,
        now=moment,
        until=asked,
        override_confirmed=override is not None,
        may_pass_on=passing_on,
    )
    transfer = transfer_allowed(actor, receiver.id, categories)
    decision = decide(request, agreed_by(clause, moment.date()), ground, transfer)
    if not decision.is_allowed or clause is None:
        raise NotAllowedToShare(decision)
    return _Standing(clause, override, min(ends, override.until) if override else ends)


def _seal(disclosure: Disclosure, content: bytes) -> None:
    kept = DisclosedContent(disclosure=disclosure, digest=keyed_fingerprint("disclosure", content))
    kept.sealed = seal(disclosure.subject_id, place_of(kept, "sealed"), content)
    kept.save(force_insert=True)
