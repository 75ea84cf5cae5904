"""Agreements, transfer rules and the register, as far as the actor's organisation has a part in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.utils.timezone import localdate, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import reading
from homeward.lib.problems import NotFound
from homeward.organisations.queries import get_organisation
from homeward.privacy.sealing import open_sealed, place_of
from homeward.sharing.models import (
    Agreement,
    AgreementParty,
    Clause,
    DisclosedContent,
    Disclosure,
    Override,
    TransferRule,
)
from homeward.sharing.problems import DisclosureEnded
from homeward.sharing.rules import (
    RECEIPT_WITHIN,
    SPECIAL,
    Agreed,
    AgreementState,
    Category,
    ClauseTerms,
    DisclosureKind,
    EndReason,
    Purpose,
    TransferBasis,
)

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class OpenedContent:
    """What a package holds, opened; `id` is the disclosure's."""

    id: UUID
    subject_id: UUID
    case_id: UUID | None
    content: bytes


def agreements_of(actor: Actor) -> QuerySet[Agreement]:
    """Every version of every agreement that names the actor's organisation, newest first."""
    actor.require(Action.AGREEMENT_VIEW)
    found = Agreement.objects.filter(party_ids__contains=[actor.organisation_id])
    return found.select_related("organisation").order_by("-proposed_at", "-id")


def agreements_in_force(actor: Actor, on: date) -> QuerySet[Agreement]:
    """The agreements that hold on a day, the one that ends first in front."""
    live = agreements_of(actor).filter(state=AgreementState.IN_FORCE, starts_on__lte=on, ends_on__gte=on)
    return live.order_by("ends_on", "title")


def bound_with(actor: Actor, on: date) -> set[UUID]:
    """The organisations with which an agreement of the actor's organisation is in force on a day."""
    live = Agreement.objects.filter(
        party_ids__contains=[actor.organisation_id],
        state=AgreementState.IN_FORCE,
        starts_on__lte=on,
        ends_on__gte=on,
    )
    return {party for parties in live.values_list("party_ids", flat=True) for party in parties}


def get_agreement(actor: Actor, agreement_id: UUID) -> Agreement:
    """One agreement that names the actor's organisation."""
    return _one(agreements_of(actor).filter(id=agreement_id))


def agreements_waiting(actor: Actor) -> QuerySet[Agreement]:
    """Proposed agreements that the actor's organisation has not accepted yet."""
    waiting = AgreementParty.objects.filter(organisation_id=actor.organisation_id, accepted_at=None)
    proposed = agreements_of(actor).filter(state=AgreementState.PROPOSED)
    return proposed.filter(id__in=waiting.values("agreement_id"))


def amendment_of(actor: Actor, agreement_id: UUID) -> Agreement | None:
    """The amendment of an agreement that still waits for somebody, if there is one."""
    return agreements_of(actor).filter(amends_id=agreement_id, state=AgreementState.PROPOSED).first()


def parties_of(actor: Actor, agreement_id: UUID) -> QuerySet[AgreementParty]:
    """Whom an agreement of the actor's binds, and who accepted for them."""
    found = AgreementParty.objects.filter(agreement__in=agreements_of(actor).filter(id=agreement_id))
    return found.select_related("organisation").order_by("organisation__name")


def clauses_of(actor: Actor, agreement_id: UUID) -> QuerySet[Clause]:
    """What an agreement of the actor's lets whom give whom."""
    found = Clause.objects.filter(agreement__in=agreements_of(actor).filter(id=agreement_id))
    return found.select_related("giver", "receiver").order_by("giver__name", "receiver__name", "id")


def agreement_for_edit(actor: Actor, agreement_id: UUID) -> Agreement:
    """The agreement locked, so that two parties' acts follow one another."""
    return _one(agreements_of(actor).filter(id=agreement_id).select_for_update(of=("self",)))


def clauses_between(actor: Actor, giver_id: UUID, receiver_id: UUID) -> QuerySet[Clause]:
    """Everything the one ever agreed to give the other, newest first."""
    found = Clause.objects.filter(giver_id=giver_id, receiver_id=receiver_id)
    return found.select_related("agreement").order_by("-agreement__in_force_at", "-id")


def closest_clause(
    actor: Actor,
    giver_id: UUID,
    receiver_id: UUID,
    purpose: Purpose,
    categories: Collection[Category],
    on: date,
) -> Clause | None:
    """The clause that comes nearest to covering this: what it lacks is what has to be put right."""
    wanted = set(categories)

    def nearness(clause: Clause) -> tuple[bool, bool, bool]:
        is_live = clause.agreement.is_live(on)
        return is_live, purpose in clause.purposes, wanted <= set(clause.categories)

    return max(clauses_between(actor, giver_id, receiver_id), key=nearness, default=None)


def contacts_of_givers(actor: Actor, purpose: Purpose) -> Mapping[UUID, str]:
    """Whom to call at each organisation that may tell the actor's something for a purpose today."""
    today = localdate()
    clauses = Clause.objects.filter(
        receiver_id=actor.organisation_id,
        purposes__contains=[purpose],
        agreement__in=agreements_in_force(actor, today).order_by(),
    )
    parties = AgreementParty.objects.filter(
        agreement_id__in=clauses.values("agreement_id"), organisation_id__in=clauses.values("giver_id")
    )
    return dict(parties.exclude(contact="").values_list("organisation_id", "contact"))


def terms_of(clause: Clause) -> ClauseTerms:
    """What a clause says, as rules read it."""
    return ClauseTerms(
        giver_id=clause.giver_id,
        receiver_id=clause.receiver_id,
        purposes=frozenset(Purpose(one) for one in clause.purposes),
        categories=frozenset(Category(one) for one in clause.categories),
        transfer_basis=TransferBasis(clause.transfer_basis) if clause.transfer_basis else None,
        retention_days=clause.retention_days,
        may_pass_on=clause.may_pass_on,
    )


def agreed_by(clause: Clause | None, on: date) -> Agreed | None:
    """A clause with whether it holds on a day."""
    return Agreed(terms_of(clause), clause.agreement.is_live(on)) if clause else None


def end_of(agreement: Agreement) -> datetime:
    """The moment after which an agreement no longer holds."""
    return datetime.combine(agreement.ends_on + timedelta(days=1), time(), tzinfo=UTC)


def transfer_rules_of(actor: Actor) -> QuerySet[TransferRule]:
    """The actor's organisation's live rules for crossing a border."""
    own = TransferRule.objects.filter(organisation_id=actor.organisation_id, ended_at=None)
    return own.order_by("made_at", "id")


def ended_transfer_rules(actor: Actor) -> QuerySet[TransferRule]:
    """Rules that stood once, the one that ended last in front."""
    own = TransferRule.objects.filter(organisation_id=actor.organisation_id).exclude(ended_at=None)
    return own.order_by("-ended_at", "id")


def get_transfer_rule(actor: Actor, rule_id: UUID) -> TransferRule:
    """One live rule of the actor's organisation."""
    return _one(transfer_rules_of(actor).filter(id=rule_id))


def transfer_allowed(
    actor: Actor, receiver_id: UUID, categories: Collection[Category]
) -> frozenset[TransferBasis] | None:
    """The bases on which the actor's organisation may send this abroad; None within one country."""
    giver = get_organisation(actor, actor.organisation_id)
    receiver = get_organisation(actor, receiver_id)
    if giver.country == receiver.country:
        return None
    fitting = transfer_rules_of(actor).filter(
        Q(from_countries=[]) | Q(from_countries__contains=[giver.country]),
        Q(to_countries=[]) | Q(to_countries__contains=[receiver.country]),
        receiver_class__in=["", receiver.organisation_class],
    )
    if not SPECIAL.isdisjoint(categories):
        fitting = fitting.filter(covers_special=True)
    return frozenset(TransferBasis(one) for rule in fitting for one in rule.bases)


def may_pass_on(actor: Actor, subject_id: UUID, case_id: UUID | None) -> frozenset[Category] | None:
    """What of a person the actor's organisation may give to others, if it has it from others; else None.

    Who leads the case gives what is its own, wherever it began.
    """
    if case_id is not None and _leads(case_id):
        return None
    received = Disclosure.objects.filter(organisation_id=actor.organisation_id, subject_id=subject_id)
    if not received.exclude(kind=DisclosureKind.ARRIVAL).exists():
        return None
    live = received.filter(ended_at=None, until__gt=now(), clause__may_pass_on=True)
    return frozenset(Category(one) for each in live.values_list("categories", flat=True) for one in each)


def _leads(case_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT homeward_leads(%s)", [case_id])
        return bool((cursor.fetchone() or (False,))[0])


def visible_overrides(actor: Actor) -> QuerySet[Override]:
    """What the actor's organisation asked two people to decide, newest first."""
    own = Override.objects.filter(organisation_id=actor.organisation_id)
    return own.select_related("receiver").order_by("-asked_at", "-id")


def confirmed_override(
    actor: Actor,
    *,
    subject_id: UUID,
    receiver_id: UUID,
    purpose: Purpose,
    categories: Collection[Category],
    at: datetime,
) -> Override | None:
    """The vital interest that two people agreed to for exactly this, and that still stands."""
    agreed = visible_overrides(actor).filter(is_agreed=True, until__gt=at, subject_id=subject_id)
    wanted = [str(category) for category in categories]
    return agreed.filter(receiver_id=receiver_id, purpose=purpose, categories__contains=wanted).first()


def visible_disclosures(actor: Actor) -> QuerySet[Disclosure]:
    """What the actor's organisation gave or was given, newest first; ended ones too."""
    actor.require(Action.DISCLOSURE_VIEW)
    own = Q(by_organisation_id=actor.organisation_id) | Q(organisation_id=actor.organisation_id)
    found = Disclosure.objects.filter(own).select_related("by_organisation", "organisation")
    return found.order_by("-made_at", "-id")


def live_disclosures(actor: Actor, at: datetime) -> QuerySet[Disclosure]:
    """Those that have neither ended nor passed their day."""
    return visible_disclosures(actor).filter(ended_at=None, until__gt=at)


def received_packages(actor: Actor) -> QuerySet[Disclosure]:
    """Packages that other organisations sent to the actor's, newest first."""
    return visible_disclosures(actor).filter(
        organisation_id=actor.organisation_id, kind=DisclosureKind.PACKAGE
    )


def packages_waiting(actor: Actor, at: datetime) -> QuerySet[Disclosure]:
    """Packages that somebody should see to, the oldest first; whose turn it is, `step_of` says.

    Received: not opened; taken back after it was opened. Given: no receipt in time, of it or of its end.
    """
    own = actor.organisation_id
    live, late = Q(ended_at=None, until__gt=at), at - RECEIPT_WITHIN
    received = Q(organisation_id=own) & (
        live & Q(first_opened_at=None) | Q(ended_at__isnull=False, first_opened_at__isnull=False)
    )
    given = Q(by_organisation_id=own) & (
        live & Q(made_at__lt=late) | Q(ended_at__lt=late, first_opened_at__isnull=False)
    )
    waiting = visible_disclosures(actor).filter(received | given, kind=DisclosureKind.PACKAGE)
    # A receipt given before the end says nothing of what became of copies.
    waiting = waiting.exclude(receipt_at__isnull=False, ended_at=None).exclude(receipt_at__gte=F("ended_at"))
    return waiting.order_by("made_at", "id")


def endings_unconfirmed(actor: Actor, before: datetime) -> QuerySet[Disclosure]:
    """What the actor's organisation ended before a moment, and whose recipient has not confirmed it since.

    A package that nobody opened left nothing to confirm.
    """
    ended = visible_disclosures(actor).filter(
        by_organisation_id=actor.organisation_id,
        ended_at__lt=before,
        ended_why__in=[EndReason.RECALLED, EndReason.CONSENT_WITHDRAWN],
    )
    waiting = ended.filter(Q(receipt_at=None) | Q(receipt_at__lt=F("ended_at")))
    return waiting.exclude(kind=DisclosureKind.PACKAGE, first_opened_at=None).order_by("ended_at", "id")


def get_disclosure(actor: Actor, disclosure_id: UUID) -> Disclosure:
    """One disclosure that the actor's organisation gave, was given, or answers for as lead of its case."""
    return _one(_answered_for(actor).filter(id=disclosure_id))


def disclosure_for_edit(actor: Actor, disclosure_id: UUID) -> Disclosure:
    """The disclosure locked for change."""
    return _one(_answered_for(actor).filter(id=disclosure_id).select_for_update(of=("self",)))


def disclosures_about(actor: Actor, subject_id: UUID) -> QuerySet[Disclosure]:
    """Everything disclosed about a person that the actor's organisation has a part in."""
    return visible_disclosures(actor).filter(subject_id=subject_id)


def disclosures_of_case(actor: Actor, case_id: UUID) -> QuerySet[Disclosure]:
    """Everything disclosed from a case that the actor's organisation has a part in or answers for."""
    return _answered_for(actor).filter(case_id=case_id)


def disclosures_resting_on(actor: Actor, consent_id: UUID) -> QuerySet[Disclosure]:
    """The live disclosures that one consent carries."""
    return live_disclosures(actor, now()).filter(consent_id=consent_id)


@reading(Action.DISCLOSURE_OPEN)
def content_of(actor: Actor, disclosure_id: UUID) -> OpenedContent:
    """Open what a package holds: its giver and the lead always, its recipient only while it is live."""
    disclosure = get_disclosure(actor, disclosure_id)
    if disclosure.organisation_id == actor.organisation_id and not disclosure.is_live(now()):
        raise DisclosureEnded
    sealed = DisclosedContent.objects.filter(disclosure=disclosure).first()
    if sealed is None:
        raise NotFound
    content = open_sealed(disclosure.subject_id, place_of(sealed, "sealed"), sealed.sealed)
    return OpenedContent(disclosure.id, disclosure.subject_id, disclosure.case_id, content)


def _answered_for(actor: Actor) -> QuerySet[Disclosure]:
    """The actor's own, and packages of cases the organisation leads since: as the database shows them."""
    actor.require(Action.DISCLOSURE_VIEW)
    return Disclosure.objects.select_related("by_organisation", "organisation").order_by("-made_at", "-id")


def _one(found: QuerySet[Row]) -> Row:
    row = found.first()
    if row is None:
        raise NotFound
    return row
