"""Commitments, instalments and entries of cases the actor may see."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from homeward.access.actor import Actor
from homeward.approvals.queries import approvals_of
from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.assistance.models import Commitment, Entry, Instalment, Intent, Proof
from homeward.assistance.rules import IntentKind
from homeward.cases.queries import visible_cases
from homeward.lib.problems import NotFound


def visible_commitments(actor: Actor) -> QuerySet[Commitment]:
    """Commitments of cases the actor may see."""
    return Commitment.objects.filter(case__in=visible_cases(actor))


def commitments_of_case(actor: Actor, case_id: UUID) -> QuerySet[Commitment]:
    """What was promised on a case, oldest first, with its instalments."""
    of_case = visible_commitments(actor).filter(case_id=case_id)
    return of_case.prefetch_related("instalments").order_by("committed_at")


def own_commitment(actor: Actor, commitment_id: UUID) -> Commitment:
    """A commitment of the actor's own organisation, with its case and entitlement."""
    own = visible_commitments(actor).filter(organisation_id=actor.organisation_id, id=commitment_id)
    found = own.select_related("case", "entitlement").first()
    if found is None:
        raise NotFound
    return found


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Entries of cases the actor may see."""
    return Entry.objects.filter(case__in=visible_cases(actor))


def entries_of_case(actor: Actor, case_id: UUID) -> QuerySet[Entry]:
    """The ledger of a case, newest first."""
    of_case = visible_entries(actor).filter(case_id=case_id)
    return of_case.select_related("commitment", "entitlement", "reverses").order_by("-at")


def own_entry(actor: Actor, entry_id: UUID) -> Entry:
    """An entry that the actor's own organisation made."""
    own = visible_entries(actor).filter(organisation_id=actor.organisation_id, id=entry_id)
    found = own.select_related("entitlement", "commitment").first()
    if found is None:
        raise NotFound
    return found


def own_instalment(actor: Actor, instalment_id: UUID) -> Instalment:
    """An instalment of a commitment of the actor's own organisation."""
    own = Instalment.objects.filter(
        commitment__organisation_id=actor.organisation_id, case__in=visible_cases(actor)
    )
    found = own.filter(id=instalment_id).select_related("commitment", "case").first()
    if found is None:
        raise NotFound
    return found


def intents_of_case(actor: Actor, case_id: UUID) -> QuerySet[Intent]:
    """What was asked to be approved on a case, newest first."""
    return Intent.objects.filter(case__in=visible_cases(actor), case_id=case_id).order_by("-at")


def own_intent(actor: Actor, intent_id: UUID) -> Intent:
    """What the actor's own organisation asked to be approved."""
    own = Intent.objects.filter(case__in=visible_cases(actor), organisation_id=actor.organisation_id)
    found = own.filter(id=intent_id).select_related("case", "entitlement").first()
    if found is None:
        raise NotFound
    return found


def intents_to_record(actor: Actor) -> list[Intent]:
    """What this person asked for, was approved, and is not recorded yet; oldest first."""
    recorded = Entry.objects.filter(organisation_id=actor.organisation_id, request_id=OuterRef("pk"))
    own = Intent.objects.filter(organisation_id=actor.organisation_id, by_id=actor.user_id)
    waiting = list(own.filter(~Exists(recorded), case__in=visible_cases(actor)).order_by("at"))
    approved: set[UUID] = set()
    for kind in {IntentKind(one.kind) for one in waiting}:
        answers = approvals_of(actor, SubjectKind(kind.value), [one.id for one in waiting])
        approved |= {key for key, one in answers.items() if one.state == ApprovalState.APPROVED}
    return [one for one in waiting if one.id in approved]


def own_proof(actor: Actor, proof_id: UUID) -> Proof:
    """A proof on a case the actor may see."""
    found = Proof.objects.filter(case__in=visible_cases(actor), id=proof_id).first()
    if found is None:
        raise NotFound
    return found
