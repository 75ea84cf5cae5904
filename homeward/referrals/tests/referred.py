"""A referral in any state, as the people of the cast bring it there."""

from datetime import date

from homeward.lib.identifiers import new_id
from homeward.referrals import commands
from homeward.referrals.rules import Channel, Reason, ReferralOutcome, ReferralState, ServiceAsked
from tests.cast import CLINIC, karim, nora

S = ReferralState


def asked(organisation_id=CLINIC, **given):
    """A service of the clinic, or of whoever is named; None stands for a provider without account."""
    return ServiceAsked(
        new_id(), "Counselling hours", "Port Clinic Demo", "Saltfield", organisation_id, **given
    )


def drafted(case, organisation_id=CLINIC, **given):
    given = {"need": "counselling", "service": asked(organisation_id), **given}
    return commands.draft_referral(nora, case_id=case.id, **given)


def sent(case, organisation_id=CLINIC, **given):
    draft = drafted(case, organisation_id, **given)
    if organisation_id is None:
        told = commands.LetterTold("They ask for it", date(2026, 3, 3))
        commands.write_letter(nora, referral_id=draft.id, content=b"{}", categories=["identity"], told=told)
    disclosure_id = new_id() if organisation_id else None
    return commands.send_referral(nora, referral_id=draft.id, disclosure_id=disclosure_id)


def brought_to(state, case, organisation_id=CLINIC):
    """A referral of Nora's in this state."""
    if state == S.DRAFT:
        return drafted(case, organisation_id)
    referral = sent(case, organisation_id)
    for step in WAY[state]:
        step(referral.id, karim if organisation_id else nora, organisation_id is not None)
    return referral


def _open(referral_id, actor, has_account):
    if has_account:
        commands.open_referral(actor, referral_id=referral_id)


def _by(command, **given):
    def step(referral_id, actor, has_account):
        channel = Channel.HOMEWARD if has_account else Channel.PHONE
        command(actor, referral_id=referral_id, channel=channel, **given)

    return step


def _recall(referral_id, actor, has_account):
    commands.recall_referral(nora, referral_id=referral_id, reason=Reason.NO_LONGER_NEEDED)


ACCEPT = _by(commands.accept_referral)
START = _by(commands.start_referral)
WAY = {
    S.SENT: [],
    S.ACKNOWLEDGED: [_open],
    S.WAITLISTED: [_open, _by(commands.waitlist_referral)],
    S.ACCEPTED: [_open, ACCEPT],
    S.STARTED: [_open, ACCEPT, START],
    S.COMPLETED: [_open, ACCEPT, START, _by(commands.complete_referral, outcome=ReferralOutcome.RECEIVED)],
    S.DECLINED: [_open, _by(commands.decline_referral, reason=Reason.NO_CAPACITY)],
    S.RECALLED: [_recall],
}
