"""What the demonstration's organisations agreed: what is in force, one that ends soon, one proposed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.organisations import demo
from homeward.organisations.demo import DemoOrganisation
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.commands import accept_agreement, add_transfer_rule, propose_agreement
from homeward.sharing.queries import agreements_of, clauses_between, transfer_rules_of
from homeward.sharing.rules import AgreementTerms, Category, ClauseTerms, Purpose, TransferBasis
from homeward.sharing.transfer_examples import RuleTerms

MOST_CLAUSES = 30  # what the page of an agreement takes
TITLE = "Return and reintegration, Nordholm and Marenia"
WORK = frozenset(Purpose) - {Purpose.ORIGIN_STATE, Purpose.DUPLICATE_CHECK}
TO_ORIGIN = frozenset({Purpose.RECEPTION_ON_ARRIVAL, Purpose.TRAVEL_DOCUMENTS, Purpose.ORIGIN_STATE})
TOLD_TO_ORIGIN = frozenset(
    {Category.JOURNEY, Category.IDENTITY, Category.IDENTITY_DOCUMENTS, Category.FAMILY, Category.CONTACT}
)
CARE = frozenset({Category.IDENTITY, Category.CONTACT, Category.NEEDS, Category.HEALTH})
SOURCE = "Invented, for the demonstration"
Clauses = Mapping[tuple[UUID, UUID], UUID]


def make_agreements(partners: Iterable[DemoOrganisation], today: date) -> Clauses:
    """Make what is missing; the clauses in force under which each gives to each, for rows written in bulk."""
    working = [demo.RETURN_OFFICE, demo.HARBOUR_ADVICE, demo.RETURN_PARTNERS, *partners]
    with acting_as(system_actor(demo.RETURN_OFFICE.id)):
        is_there = agreements_of(system_actor(demo.RETURN_OFFICE.id)).filter(title=TITLE).exists()
    if not is_there:
        _allow_transfers((*working, demo.REINTEGRATION_OFFICE, demo.PORT_CLINIC))
        for terms in _standing(working, today):
            _agree(terms)
        _agree(_asking(today))
        _agree(_ending_soon(today))
        propose_agreement(system_actor(demo.RETURN_OFFICE.id), terms=_proposed(today))
    return _clauses(working)


def _standing(working: list[DemoOrganisation], today: date) -> Iterator[AgreementTerms]:
    """Who works gives to whom: one agreement, or with many partners several that a page can still amend."""
    among = [
        _clause(giver, receiver, WORK, frozenset(Category)) for giver, receiver in permutations(working, 2)
    ]
    told = [_clause(one, demo.REINTEGRATION_OFFICE, TO_ORIGIN, TOLD_TO_ORIGIN) for one in working]
    clauses = (*among, *told)
    for number, begin in enumerate(range(0, len(clauses), MOST_CLAUSES), start=1):
        yield AgreementTerms(
            title=TITLE if number == 1 else f"{TITLE}, part {number}",
            starts_on=today - timedelta(days=700),
            ends_on=today + timedelta(days=400),
            review_on=today + timedelta(days=90),
            clauses=clauses[begin : begin + MOST_CLAUSES],
            breach_contact="data-protection@homeward.example, within 24 hours",
        )


def _asking(today: date) -> AgreementTerms:
    """Two that help people may ask one another whether somebody is known; the authorities may not."""
    pair = (demo.HARBOUR_ADVICE, demo.RETURN_PARTNERS)
    return AgreementTerms(
        title="Whether somebody is known already",
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=165),
        review_on=today + timedelta(days=60),
        clauses=tuple(
            _clause(giver, receiver, frozenset({Purpose.DUPLICATE_CHECK}), frozenset({Category.IDENTITY}))
            for giver, receiver in permutations(pair, 2)
        ),
        breach_contact="data-protection@homeward.example, within 24 hours",
    )


def _ending_soon(today: date) -> AgreementTerms:
    pair = (demo.RETURN_PARTNERS, demo.PORT_CLINIC)
    return AgreementTerms(
        title="Care at the Port Clinic",
        starts_on=today - timedelta(days=340),
        ends_on=today + timedelta(days=25),
        clauses=tuple(
            _clause(giver, receiver, frozenset({Purpose.REFERRAL}), CARE)
            for giver, receiver in permutations(pair, 2)
        ),
        breach_contact="ines@homeward.example",
    )


def _proposed(today: date) -> AgreementTerms:
    told = frozenset({Category.IDENTITY, Category.CONTACT, Category.FOLLOW_UP})
    clause = _clause(demo.RETURN_PARTNERS, demo.RETURN_OFFICE, frozenset({Purpose.MONITORING}), told)
    return AgreementTerms(
        title="Following up for two years",
        starts_on=today,
        ends_on=today + timedelta(days=730),
        clauses=(clause,),
        note="How people fare is told by name only where a question needs it.",
    )


def _agree(terms: AgreementTerms) -> None:
    first, *others = sorted(terms.party_ids)
    agreement = propose_agreement(system_actor(first), terms=terms)
    for party in others:
        accept_agreement(system_actor(party), agreement_id=agreement.id)


def _clause(
    giver: DemoOrganisation,
    receiver: DemoOrganisation,
    purposes: frozenset[Purpose],
    categories: frozenset[Category],
) -> ClauseTerms:
    basis = None if giver.country == receiver.country else _basis_to(receiver)
    return ClauseTerms(giver.id, receiver.id, purposes, categories, basis, 730)


def _basis_to(receiver: DemoOrganisation) -> TransferBasis:
    is_state = receiver.organisation_class == OrganisationClass.ORIGIN_AUTHORITY
    return TransferBasis.PUBLIC_BODY_INSTRUMENT if is_state else TransferBasis.STANDARD_CLAUSES


def _allow_transfers(organisations: Iterable[DemoOrganisation]) -> None:
    anywhere = RuleTerms((TransferBasis.STANDARD_CLAUSES,), covers_special=True, source=SOURCE)
    to_state = RuleTerms(
        (TransferBasis.PUBLIC_BODY_INSTRUMENT,),
        receiver_class=OrganisationClass.ORIGIN_AUTHORITY,
        source=SOURCE,
    )
    for one in organisations:
        actor = system_actor(one.id)
        with acting_as(actor):
            has_rules = transfer_rules_of(actor).filter(source=SOURCE).exists()
        for terms in () if has_rules else (anywhere, to_state):
            add_transfer_rule(actor, terms=terms)


def _clauses(working: list[DemoOrganisation]) -> Clauses:
    return dict(_found(working))


def _found(working: list[DemoOrganisation]) -> Iterator[tuple[tuple[UUID, UUID], UUID]]:
    for giver in working:
        actor = system_actor(giver.id)
        with acting_as(actor):
            for receiver in (*working, demo.REINTEGRATION_OFFICE):
                given = (
                    clauses_between(actor, giver.id, receiver.id)
                    .filter(agreement__title__startswith=TITLE)
                    .first()
                )
                if given:
                    yield (giver.id, receiver.id), given.id
