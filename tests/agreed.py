"""A standing agreement among organisations of the cast, so that a test can share without first agreeing."""

from datetime import timedelta
from itertools import permutations

from django.utils.timezone import localdate

from homeward.access.actor import system_actor
from homeward.cases.commands import share_case
from homeward.cases.rules import Scope
from homeward.sharing.commands import accept_agreement, add_transfer_rule, propose_agreement
from homeward.sharing.rules import (
    AgreementTerms,
    Basis,
    Category,
    ClauseTerms,
    Condition,
    Ground,
    Purpose,
    TransferBasis,
)
from homeward.sharing.transfer_examples import RuleTerms

ALL_PURPOSES, ALL_CATEGORIES = frozenset(Purpose), frozenset(Category)


def agreed(
    *organisation_ids,
    purposes=ALL_PURPOSES,
    categories=ALL_CATEGORIES,
    days=300,
    rules=True,
    back=True,
    may_pass_on=False,
    kept_days=365,
):
    """Each of these may give each other all of this, everywhere; the first the rest alone without `back`."""
    clauses = tuple(
        ClauseTerms(
            giver,
            receiver,
            frozenset(purposes),
            frozenset(categories),
            TransferBasis.STANDARD_CLAUSES,
            retention_days=kept_days,
            may_pass_on=may_pass_on,
        )
        for giver, receiver in permutations(organisation_ids, 2)
        if back or giver == organisation_ids[0]
    )
    starts_on = localdate() - timedelta(days=30)
    terms = AgreementTerms("Working together", starts_on, localdate() + timedelta(days=days), clauses)
    first, *others = organisation_ids
    agreement = propose_agreement(system_actor(first), terms=terms)
    for other in others:
        agreement = accept_agreement(system_actor(other), agreement_id=agreement.id)
    if rules:
        for one in organisation_ids:
            may_send_anywhere(one)
    return agreement


def proposed(by, to):
    """An agreement that one organisation put before another, which has not answered."""
    clause = ClauseTerms(by, to, ALL_PURPOSES, ALL_CATEGORIES, TransferBasis.STANDARD_CLAUSES)
    today = localdate()
    terms = AgreementTerms("Care by the port", today, today + timedelta(days=300), (clause,))
    return propose_agreement(system_actor(by), terms=terms)


def may_send_anywhere(organisation_id):
    """The organisation's own law lets it send anything anywhere under standard clauses."""
    terms = RuleTerms((TransferBasis.STANDARD_CLAUSES,), covers_special=True, source="Of the tests")
    return add_transfer_rule(system_actor(organisation_id), terms=terms)


def ground(*categories, basis=Basis.PUBLIC_INTEREST, condition=Condition.HEALTH_OR_SOCIAL_CARE, **more):
    """A ground without consent for these categories, or for all."""
    more = {"consent_id": None, **more}
    return Ground(basis, condition, categories=frozenset(categories or Category), **more)


def shared(actor, case_id, organisation_id, *, categories=Category, scope=Scope.PARTICIPANT, **changed):
    """Share a case of the actor's, whole unless categories are named, as two parties of the cast may.

    The state of origin is told who somebody is only with consent: record one, name the basis.
    """
    given = {
        "purpose": Purpose.REINTEGRATION_ASSISTANCE,
        "basis": Basis.PUBLIC_INTEREST,
        "condition": Condition.HEALTH_OR_SOCIAL_CARE,
        "necessity": "They work with the person from here on.",
        "categories": categories,
        "scope": scope,
    }
    return share_case(actor, case_id=case_id, organisation_id=organisation_id, **{**given, **changed})
