"""Whether a disclosure is allowed: agreement, ground, purpose, categories, transfer. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from homeward.organisations.rules import OrganisationClass


class Category(StrEnum):
    """Kinds of data about a person, as agreements, consents and disclosures name them."""

    IDENTITY = "identity"
    CONTACT = "contact"
    IDENTITY_DOCUMENTS = "identity_documents"
    JOURNEY = "journey"
    FAMILY = "family"
    COUNSELLING = "counselling"
    NOTES = "notes"
    NEEDS = "needs"
    VULNERABILITY = "vulnerability"
    HEALTH = "health"
    PROTECTION = "protection"
    PLAN = "plan"
    MONEY = "money"
    DOCUMENTS = "documents"
    FOLLOW_UP = "follow_up"


# Special categories: a lawful basis is not enough, a condition of its own is needed (Art. 9).
SPECIAL = frozenset({Category.VULNERABILITY, Category.HEALTH, Category.PROTECTION})
# Without these a case cannot be shown at all.
ALWAYS_SHOWN = frozenset({Category.IDENTITY, Category.JOURNEY})
# What tells an origin authority nothing about who somebody is.
WITHOUT_IDENTITY = frozenset({Category.JOURNEY})


class Purpose(StrEnum):
    """What data may be disclosed for."""

    REINTEGRATION_ASSISTANCE = "reintegration_assistance"
    RECEPTION_ON_ARRIVAL = "reception_on_arrival"
    REFERRAL = "referral"
    HANDOVER = "handover"
    TRAVEL_DOCUMENTS = "travel_documents"
    MONITORING = "monitoring"
    FAMILY_TRACING = "family_tracing"
    PROTECTION = "protection"
    PAYMENT = "payment"
    ORIGIN_STATE = "origin_state"  # a question of its own; without a yes the answer is no
    DUPLICATE_CHECK = "duplicate_check"  # whether the giver may know somebody the receiver asks about


_AT_WORK = frozenset({Category.CONTACT, Category.FAMILY, Category.NEEDS, Category.PLAN, Category.FOLLOW_UP})
# The least that each purpose needs: what a form begins with.
MINIMUM: Mapping[Purpose, frozenset[Category]] = {
    Purpose.REINTEGRATION_ASSISTANCE: ALWAYS_SHOWN | _AT_WORK | {Category.NOTES, Category.DOCUMENTS},
    Purpose.RECEPTION_ON_ARRIVAL: ALWAYS_SHOWN | {Category.CONTACT, Category.FAMILY},
    Purpose.REFERRAL: frozenset({Category.IDENTITY, Category.CONTACT, Category.NEEDS}),
    Purpose.HANDOVER: frozenset(Category) - SPECIAL,
    Purpose.TRAVEL_DOCUMENTS: ALWAYS_SHOWN | {Category.IDENTITY_DOCUMENTS},
    Purpose.MONITORING: frozenset({Category.IDENTITY, Category.CONTACT, Category.FOLLOW_UP}),
    Purpose.FAMILY_TRACING: frozenset({Category.IDENTITY, Category.FAMILY}),
    Purpose.PROTECTION: frozenset({Category.IDENTITY, Category.CONTACT, Category.PROTECTION}),
    Purpose.PAYMENT: frozenset({Category.IDENTITY, Category.MONEY}),
    Purpose.ORIGIN_STATE: ALWAYS_SHOWN,
    Purpose.DUPLICATE_CHECK: frozenset({Category.IDENTITY}),
}


class Basis(StrEnum):
    """On what ground data is disclosed (Art. 6)."""

    CONSENT = "consent"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_INTEREST = "public_interest"
    LEGAL_OBLIGATION = "legal_obligation"
    CONTRACT = "contract"


class Condition(StrEnum):
    """What special categories need beside the basis (Art. 9)."""

    EXPLICIT_CONSENT = "explicit_consent"
    VITAL_INTERESTS = "vital_interests"
    SUBSTANTIAL_PUBLIC_INTEREST = "substantial_public_interest"
    HEALTH_OR_SOCIAL_CARE = "health_or_social_care"
    LEGAL_CLAIMS = "legal_claims"


class TransferBasis(StrEnum):
    """What lets data leave a country (Art. 44 to 49)."""

    SAME_LAW = "same_law"
    ADEQUACY = "adequacy"
    PUBLIC_BODY_INSTRUMENT = "public_body_instrument"
    STANDARD_CLAUSES = "standard_clauses"
    EXPLICIT_CONSENT = "explicit_consent"
    CONTRACT_FOR_THE_PERSON = "contract_for_the_person"
    PUBLIC_INTEREST = "public_interest"
    VITAL_INTERESTS = "vital_interests"


class AgreementState(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    ENDED = "ended"


class DisclosureKind(StrEnum):
    """How the recipient sees what is disclosed."""

    PACKAGE = "package"  # a copy of chosen fields, as approved
    CASE = "case"  # the case as it goes on, narrowed to the categories
    ARRIVAL = "arrival"  # that somebody is expected; no identity


class EndReason(StrEnum):
    """Why a disclosure ended before its day."""

    RECALLED = "recalled"
    RETURNED = "returned"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    AGREEMENT_ENDED = "agreement_ended"
    NO_LONGER_NEEDED = "no_longer_needed"


class Refusal(StrEnum):
    """One thing that is missing before data may move."""

    RECEIVER_BARRED = "receiver_barred"
    NO_AGREEMENT = "no_agreement"
    AGREEMENT_NOT_LIVE = "agreement_not_live"
    PURPOSE_NOT_AGREED = "purpose_not_agreed"
    CATEGORY_NOT_AGREED = "category_not_agreed"
    NO_CATEGORY = "no_category"
    NO_NECESSITY = "no_necessity"
    NO_GROUND = "no_ground"
    GROUND_TOO_NARROW = "ground_too_narrow"
    GROUND_ENDED = "ground_ended"
    NO_CONSENT = "no_consent"
    NO_CONDITION = "no_condition"
    CONDITION_DOES_NOT_FIT = "condition_does_not_fit"
    ORIGIN_NEEDS_CONSENT = "origin_needs_consent"
    NO_SECOND_PERSON = "no_second_person"
    TRANSFER_NOT_ALLOWED = "transfer_not_allowed"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ONWARD_NOT_AGREED = "onward_not_agreed"


LONGEST = timedelta(days=365)
ENDING_SOON = timedelta(days=60)
OVERRIDE_STANDS = timedelta(days=30)
RECEIPT_WITHIN = timedelta(hours=72)  # that it came, or that no copy is kept


@dataclass(frozen=True)
class ClauseTerms:
    """What one organisation may give another, and for what."""

    giver_id: UUID
    receiver_id: UUID
    purposes: frozenset[Purpose]
    categories: frozenset[Category]
    transfer_basis: TransferBasis | None = None
    retention_days: int = 365
    may_pass_on: bool = False  # what is received may be given to others


@dataclass(frozen=True)
class Agreed:
    """A clause, and whether its agreement is accepted by all and its dates hold on the day."""

    terms: ClauseTerms
    is_live: bool


@dataclass(frozen=True)
class AgreementTerms:
    """Everything that the parties of an agreement agree to."""

    title: str
    starts_on: date
    ends_on: date
    clauses: tuple[ClauseTerms, ...]
    review_on: date | None = None
    breach_contact: str = ""
    note: str = ""

    @property
    def party_ids(self) -> frozenset[UUID]:
        return frozenset(one for each in self.clauses for one in (each.giver_id, each.receiver_id))


@dataclass(frozen=True)
class Ground:
    """What makes a disclosure lawful, as far as it reaches; consent itself is kept elsewhere."""

    basis: Basis
    condition: Condition | None
    consent_id: UUID | None
    categories: frozenset[Category]
    until: datetime | None = None


@dataclass(frozen=True)
class Request:
    """What somebody wants to disclose. `override_confirmed`: a second person agreed to a vital interest.

    `may_pass_on`: what the giver's own clauses let it pass on; None where it is the giver's own to give.
    """

    receiver_class: OrganisationClass
    is_itself: bool
    purpose: Purpose
    categories: frozenset[Category]
    necessity: str
    now: datetime
    until: datetime
    override_confirmed: bool = False
    may_pass_on: frozenset[Category] | None = None


@dataclass(frozen=True)
class Decision:
    """Allowed, or everything that is missing, in the order in which it is looked at."""

    refusals: tuple[Refusal, ...]

    @property
    def is_allowed(self) -> bool:
        return not self.refusals


def needs_condition(categories: Collection[Category]) -> bool:
    """True when one of these is a special category."""
    return not SPECIAL.isdisjoint(categories)


def needs_override(categories: Collection[Category], ground: Ground) -> bool:
    """True when special categories would move on vital interest without consent: then two people decide."""
    is_vital = ground.basis == Basis.VITAL_INTEREST or ground.condition == Condition.VITAL_INTERESTS
    return needs_condition(categories) and is_vital and ground.consent_id is None


def allowed_until(
    asked: datetime, ground: Ground | None, agreement_ends: datetime, kept_until: datetime
) -> datetime:
    """The latest moment a disclosure may last: its ground, its agreement, the days the receiver keeps it."""
    return min([asked, agreement_ends, kept_until, *([ground.until] if ground and ground.until else [])])


def decide(
    request: Request,
    clause: Agreed | None,
    ground: Ground | None,
    transfer: Collection[TransferBasis] | None,
) -> Decision:
    """Whether data may move; `transfer` holds the bases a rule allows, None when no border is crossed."""
    found = {
        *_against_request(request),
        *_against_clause(request, clause, transfer),
        *_against_ground(request, ground),
    }
    return Decision(tuple(refusal for refusal in Refusal if refusal in found))


def _against_request(request: Request) -> set[Refusal]:
    faults = {
        Refusal.RECEIVER_BARRED: request.is_itself or request.receiver_class == OrganisationClass.ENFORCEMENT,
        Refusal.NO_CATEGORY: not request.categories,
        Refusal.NO_NECESSITY: not request.necessity.strip(),
        Refusal.ENDS_BEFORE_IT_BEGINS: request.until <= request.now,
        Refusal.ONWARD_NOT_AGREED: request.may_pass_on is not None
        and not request.categories <= request.may_pass_on,
    }
    return {fault for fault, is_so in faults.items() if is_so}


def _against_clause(
    request: Request, clause: Agreed | None, transfer: Collection[TransferBasis] | None
) -> set[Refusal]:
    if clause is None:
        return {Refusal.NO_AGREEMENT}
    terms = clause.terms
    faults = {
        Refusal.AGREEMENT_NOT_LIVE: not clause.is_live,
        Refusal.PURPOSE_NOT_AGREED: request.purpose not in terms.purposes,
        Refusal.CATEGORY_NOT_AGREED: not request.categories <= terms.categories,
        Refusal.TRANSFER_NOT_ALLOWED: transfer is not None and terms.transfer_basis not in transfer,
    }
    return {fault for fault, is_so in faults.items() if is_so}


def _against_ground(request: Request, ground: Ground | None) -> set[Refusal]:
    if ground is None:
        return {Refusal.NO_GROUND}
    is_special = needs_condition(request.categories)
    unconfirmed = needs_override(request.categories, ground) and not request.override_confirmed
    faults = {
        Refusal.GROUND_TOO_NARROW: not request.categories <= ground.categories,
        Refusal.GROUND_ENDED: ground.until is not None and ground.until <= request.now,
        Refusal.NO_CONSENT: _rests_on_consent(ground) and ground.consent_id is None,
        Refusal.NO_CONDITION: is_special and ground.condition is None,
        Refusal.CONDITION_DOES_NOT_FIT: is_special and not _condition_fits(ground),
        Refusal.ORIGIN_NEEDS_CONSENT: _is_for_origin(request) and ground.basis != Basis.CONSENT,
        Refusal.NO_SECOND_PERSON: unconfirmed,
    }
    return {fault for fault, is_so in faults.items() if is_so}


def _rests_on_consent(ground: Ground) -> bool:
    return ground.basis == Basis.CONSENT or ground.condition == Condition.EXPLICIT_CONSENT


def _condition_fits(ground: Ground) -> bool:
    """A vital interest is one throughout: it is no condition for data that moves on another basis."""
    return ground.condition != Condition.VITAL_INTERESTS or ground.basis == Basis.VITAL_INTEREST


def _is_for_origin(request: Request) -> bool:
    if request.purpose == Purpose.ORIGIN_STATE:
        return True
    is_state = request.receiver_class == OrganisationClass.ORIGIN_AUTHORITY
    return is_state and not request.categories <= WITHOUT_IDENTITY
