"""Protocols: proposed by one, put into force by another. Notices: one journey, one reason, one name."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.queries import get_case
from homeward.firewall.models import EnforcementAccount, NoticeSource, Protocol, TravelNotice
from homeward.firewall.problems import NoProtocol
from homeward.firewall.queries import (
    enforcement_bodies,
    get_account,
    get_notice,
    get_protocol,
    protocols_in_force,
)
from homeward.firewall.rules import LONGEST_PROTOCOL, SHORTEST_NECESSITY, DocumentStatus, names_in
from homeward.lib.problems import Invalid, NotFound, WrongState
from homeward.organisations.queries import own_organisation
from homeward.organisations.tokens import digest_of, new_token
from homeward.privacy.sealing import keyed_fingerprint

INVITATION_STANDS = timedelta(days=3)
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@command(Action.PROTOCOL_PROPOSE)
def propose_protocol(
    actor: Actor, *, body_id: UUID, legal_basis: str, purpose: str, starts_on: date, ends_on: date
) -> Protocol:
    """Write down a protocol with an enforcement body; it allows nothing until somebody else approves it."""
    if not enforcement_bodies(actor).filter(id=body_id).exists() or own_organisation(actor).is_enforcement:
        raise NotFound
    if not starts_on <= ends_on <= starts_on + LONGEST_PROTOCOL:
        raise Invalid(fields={"ends_on": _("A protocol ends after it starts, and within a year.")})
    return Protocol.objects.create(
        organisation_id=actor.organisation_id,
        body_id=body_id,
        legal_basis=legal_basis.strip(),
        purpose=purpose.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_by_id=actor.user_id,
        proposed_by_name=actor.name,
    )


@command(Action.PROTOCOL_APPROVE)
def approve_protocol(actor: Actor, *, protocol_id: UUID) -> Protocol:
    """Put a protocol into force, as the data protection officer, who did not propose it."""
    protocol = get_protocol(actor, protocol_id, for_update=True)
    if protocol.approved_at or protocol.ended_at or protocol.proposed_by_id == actor.user_id:
        raise WrongState
    protocol.approved_by_id, protocol.approved_by_name = actor.user_id, actor.name
    protocol.approved_at = now()
    protocol.save(update_fields=["approved_by_id", "approved_by_name", "approved_at"])
    return protocol


@command(Action.PROTOCOL_END)
def end_protocol(actor: Actor, *, protocol_id: UUID) -> Protocol:
    """End a protocol, or decline a proposed one: nothing told under it is shown from the next request on."""
    protocol = get_protocol(actor, protocol_id, for_update=True)
    if protocol.ended_at:
        raise WrongState
    protocol.ended_at, protocol.ended_by_id = now(), actor.user_id
    protocol.save(update_fields=["ended_at", "ended_by_id"])
    return protocol


@command(Action.NOTICE_MAKE)
def make_notice(
    actor: Actor,
    *,
    case_id: UUID,
    protocol_id: UUID,
    travels_on: date,
    document_status: DocumentStatus,
    necessity: str,
    flight: str = "",
) -> NoticeSource:
    """Tell one enforcement body of one journey, for a reason in words; nothing else ever makes a notice."""
    case = get_case(actor, case_id)
    protocol = protocols_in_force(actor).filter(id=protocol_id).first()
    if protocol is None:
        raise NoProtocol
    _check(necessity, flight, (case.person.given_names, case.person.family_name, case.person.native_name))
    notice = TravelNotice.objects.create(
        organisation_id=actor.organisation_id,
        body_id=protocol.body_id,
        protocol=protocol,
        pseudonym=_pseudonym_for(protocol.body_id, case.person_id),
        travels_on=travels_on,
        flight=flight.strip(),
        document_status=document_status,
        necessity=necessity.strip(),
        made_by_name=actor.name,
    )
    return NoticeSource.objects.create(
        notice=notice, organisation_id=actor.organisation_id, case_id=case.id, made_by_id=actor.user_id
    )


@command(Action.NOTICE_WITHDRAW)
def withdraw_notice(actor: Actor, *, notice_id: UUID) -> NoticeSource:
    """Take a notice back: the body no longer sees it from its next request on."""
    source = get_notice(actor, notice_id)
    if source.notice.withdrawn_at:
        raise WrongState
    source.notice.withdrawn_at, source.withdrawn_by_id = now(), actor.user_id
    source.notice.save(update_fields=["withdrawn_at"])
    source.save(update_fields=["withdrawn_by_id"])
    return source


@dataclass(frozen=True)
class Invited:
    """An account, with the secret of its invitation, shown once."""

    id: UUID
    secret: str = field(repr=False)


@command(Action.ENFORCEMENT_ACCOUNT_MAKE)
def make_account(actor: Actor, *, name: str, email: str) -> Invited:
    """Add somebody at the acting enforcement body; from the command line only."""
    if not own_organisation(actor).is_enforcement:
        raise NotFound
    secret = new_token(actor.organisation_id)
    account = EnforcementAccount.objects.create(
        organisation_id=actor.organisation_id,
        name=name.strip(),
        email=email.strip().lower(),
        invitation_digest=digest_of(secret),
        invited_until=now() + INVITATION_STANDS,
    )
    return Invited(account.id, secret)


@command(Action.ENFORCEMENT_ACCOUNT_END)
def end_account(actor: Actor, *, account_id: UUID) -> EnforcementAccount:
    """End an account of the acting enforcement body; its sessions end with it."""
    account = get_account(actor, account_id)
    account.ended_at = now()
    account.save(update_fields=["ended_at"])
    return account


def _pseudonym_for(body_id: UUID, person_id: UUID) -> str:
    """One person's name towards one body: the same each time, and told to no other body."""
    digest = keyed_fingerprint(f"notice:{body_id}", person_id.bytes)
    signs = "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:12])
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def _check(necessity: str, flight: str, names: tuple[str, ...]) -> None:
    wrong = {}
    if len(necessity.strip()) < SHORTEST_NECESSITY:
        wrong["necessity"] = _("Say in a sentence why this body has to know of this journey.")
    elif names_in(necessity, names):
        wrong["necessity"] = _("Leave the name out: the body knows the person by the pseudonym.")
    if names_in(flight, names):
        wrong["flight"] = _("Enter the number of the flight and nothing else.")
    if wrong:
        raise Invalid(fields=wrong)
