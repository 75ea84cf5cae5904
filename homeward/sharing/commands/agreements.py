"""Proposing an agreement, accepting it, amending it, ending it."""

from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.lib.problems import Invalid, WrongState
from homeward.organisations.queries import known_organisations
from homeward.sharing.models import Agreement, AgreementParty, Clause
from homeward.sharing.problems import AcceptedAlready, NotOpen
from homeward.sharing.queries import agreement_for_edit
from homeward.sharing.rules import AgreementState, AgreementTerms


@command(Action.AGREEMENT_PROPOSE)
def propose_agreement(actor: Actor, *, terms: AgreementTerms, contact: str = "") -> Agreement:
    """Put an agreement before the other parties; who proposes accepts it, for a program somebody else."""
    _require_terms(actor, terms)
    return _propose(actor, terms, contact=contact, amends=None)


@command(Action.AGREEMENT_PROPOSE)
def amend_agreement(
    actor: Actor, *, agreement_id: UUID, terms: AgreementTerms, contact: str = ""
) -> Agreement:
    """Propose the next version of an agreement; the one in force holds until every party accepted it."""
    current = agreement_for_edit(actor, agreement_id)
    if current.state != AgreementState.IN_FORCE:
        raise WrongState
    _require_terms(actor, terms)
    if terms.party_ids != set(current.party_ids):
        raise Invalid(fields={"clauses": _("An amendment binds the same organisations.")})
    if terms.starts_on > localdate():
        raise Invalid(fields={"starts_on": _("An amendment holds from the day everybody accepted it.")})
    return _propose(actor, terms, contact=contact, amends=current)


@command(Action.AGREEMENT_ACCEPT)
def accept_agreement(actor: Actor, *, agreement_id: UUID, contact: str = "") -> Agreement:
    """Accept for the actor's organisation; with the last acceptance the agreement is in force."""
    actor.require_person()
    agreement = agreement_for_edit(actor, agreement_id)
    if agreement.state != AgreementState.PROPOSED:
        raise NotOpen
    _accept(actor, agreement, contact)
    return agreement


@command(Action.AGREEMENT_END)
def end_agreement(actor: Actor, *, agreement_id: UUID, why: str) -> Agreement:
    """End an agreement, or decline one that is proposed; what rests on it ends with it, at once."""
    agreement = agreement_for_edit(actor, agreement_id)
    if agreement.state == AgreementState.ENDED:
        raise WrongState
    if not why.strip():
        raise Invalid(fields={"why": _("Say why it ends.")})
    _end(actor, agreement, why.strip())
    return agreement


def _require_terms(actor: Actor, terms: AgreementTerms) -> None:
    faults = {
        "title": (not terms.title.strip(), _("Give it a title.")),
        "ends_on": (terms.ends_on < terms.starts_on, _("It ends before it starts.")),
        "clauses": (not _are_sound(actor, terms), _("Say who may give what to whom, and for what.")),
    }
    found = {name: words for name, (is_so, words) in faults.items() if is_so}
    if found:
        raise Invalid(fields=found)


def _are_sound(actor: Actor, terms: AgreementTerms) -> bool:
    """Every clause says something, between two known organisations that may be bound; one is the actor's."""
    parties = terms.party_ids
    known = known_organisations(actor).filter(id__in=parties)
    says = all(
        each.purposes and each.categories and each.giver_id != each.receiver_id for each in terms.clauses
    )
    bindable = sum(not one.is_enforcement for one in known) == len(parties)
    return bool(terms.clauses) and says and bindable and actor.organisation_id in parties


def _propose(actor: Actor, terms: AgreementTerms, *, contact: str, amends: Agreement | None) -> Agreement:
    agreement = Agreement.objects.create(
        organisation_id=actor.organisation_id,
        party_ids=sorted(terms.party_ids),
        amends=amends,
        number=amends.number + 1 if amends else 1,
        title=terms.title.strip(),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        review_on=terms.review_on,
        breach_contact=terms.breach_contact,
        note=terms.note,
        proposed_by_name=actor.name,
        proposed_at=now(),
    )
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organisation_id=party) for party in sorted(terms.party_ids)
    )
    Clause.objects.bulk_create(
        Clause(
            agreement=agreement,
            giver_id=each.giver_id,
            receiver_id=each.receiver_id,
            purposes=sorted(each.purposes),
            categories=sorted(each.categories),
            transfer_basis=each.transfer_basis or "",
            retention_days=each.retention_days,
            may_pass_on=each.may_pass_on,
        )
        for each in terms.clauses
    )
    if not actor.is_program:
        _accept(actor, agreement, contact)
    return agreement


def _accept(actor: Actor, agreement: Agreement, contact: str) -> None:
    accepted = agreement.parties.filter(organisation_id=actor.organisation_id, accepted_at=None).update(
        accepted_at=now(), accepted_by_id=actor.user_id, accepted_by_name=actor.name, contact=contact
    )
    if not accepted:
        raise AcceptedAlready
    if agreement.parties.filter(accepted_at=None).exists():
        return
    agreement.state, agreement.in_force_at = AgreementState.IN_FORCE, now()
    agreement.save(update_fields=["state", "in_force_at"])
    replaced = agreement.amends
    if replaced and replaced.state == AgreementState.IN_FORCE:
        _end(actor, replaced, "Amended.")


def _end(actor: Actor, agreement: Agreement, why: str) -> None:
    agreement.state, agreement.ended_at = AgreementState.ENDED, now()
    agreement.ended_by_name, agreement.ended_why = actor.name, why
    agreement.save(update_fields=["state", "ended_at", "ended_by_name", "ended_why"])
