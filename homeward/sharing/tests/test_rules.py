"""Every combination of what may be missing: a disclosure is allowed only when nothing is."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from homeward.organisations.rules import OrganisationClass
from homeward.sharing.rules import (
    SPECIAL,
    Agreed,
    Basis,
    Category,
    ClauseTerms,
    Condition,
    Ground,
    Purpose,
    Refusal,
    Request,
    TransferBasis,
    allowed_until,
    decide,
    needs_override,
)

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
GIVER, RECEIVER, CONSENT = UUID(int=1), UUID(int=2), UUID(int=3)
ASKED = frozenset({Category.IDENTITY, Category.HEALTH})

# What may be missing, each with the refusal it must bring.
FAULTS = (
    Refusal.RECEIVER_BARRED,
    Refusal.AGREEMENT_NOT_LIVE,
    Refusal.PURPOSE_NOT_AGREED,
    Refusal.CATEGORY_NOT_AGREED,
    Refusal.NO_NECESSITY,
    Refusal.GROUND_TOO_NARROW,
    Refusal.GROUND_ENDED,
    Refusal.NO_CONSENT,
    Refusal.NO_CONDITION,
    Refusal.TRANSFER_NOT_ALLOWED,
    Refusal.ENDS_BEFORE_IT_BEGINS,
    Refusal.ONWARD_NOT_AGREED,
)


def decided(faults=(), *, categories=ASKED, **changed):
    faults = set(faults)
    request = {
        "receiver_class": OrganisationClass.SERVICE_PROVIDER,
        "is_itself": Refusal.RECEIVER_BARRED in faults,
        "purpose": Purpose.REFERRAL,
        "categories": categories,
        "necessity": " " if Refusal.NO_NECESSITY in faults else "The clinic has to know whom it treats.",
        "now": NOW,
        "until": NOW if Refusal.ENDS_BEFORE_IT_BEGINS in faults else LATER,
        "may_pass_on": frozenset({Category.IDENTITY}) if Refusal.ONWARD_NOT_AGREED in faults else None,
    }
    terms = ClauseTerms(
        GIVER,
        RECEIVER,
        frozenset({Purpose.PAYMENT if Refusal.PURPOSE_NOT_AGREED in faults else Purpose.REFERRAL}),
        frozenset({Category.IDENTITY}) if Refusal.CATEGORY_NOT_AGREED in faults else frozenset(Category),
        TransferBasis.STANDARD_CLAUSES,
    )
    ground = {
        "basis": Basis.CONSENT,
        "condition": None if Refusal.NO_CONDITION in faults else Condition.HEALTH_OR_SOCIAL_CARE,
        "consent_id": None if Refusal.NO_CONSENT in faults else CONSENT,
        "categories": frozenset() if Refusal.GROUND_TOO_NARROW in faults else frozenset(Category),
        "until": NOW if Refusal.GROUND_ENDED in faults else LATER,
    }
    allowed = (
        TransferBasis.ADEQUACY if Refusal.TRANSFER_NOT_ALLOWED in faults else TransferBasis.STANDARD_CLAUSES
    )
    for name, value in changed.items():
        (request if name in request or name == "override_confirmed" else ground)[name] = value
    return decide(
        Request(**request),
        Agreed(terms, Refusal.AGREEMENT_NOT_LIVE not in faults),
        Ground(**ground),
        {allowed},
    )


def test_it_is_allowed_exactly_when_nothing_is_missing_and_names_everything_that_is():
    for present in product((False, True), repeat=len(FAULTS)):
        faults = tuple(fault for fault, is_there in zip(FAULTS, present, strict=True) if is_there)
        decision = decided(faults)
        assert set(decision.refusals) == set(faults)
        assert decision.is_allowed == (not faults)


def test_without_an_agreement_or_a_ground_nothing_moves():
    request = Request(
        OrganisationClass.SERVICE_PROVIDER, False, Purpose.REFERRAL, frozenset(), "Care", NOW, LATER
    )
    assert decide(request, None, None, None).refusals == (
        Refusal.NO_AGREEMENT,
        Refusal.NO_CATEGORY,
        Refusal.NO_GROUND,
    )


@pytest.mark.parametrize("covered", [frozenset(), frozenset({Category.HEALTH}), ASKED, frozenset(Category)])
def test_what_was_received_is_passed_on_only_as_far_as_it_may_be(covered):
    refused = Refusal.ONWARD_NOT_AGREED in decided(may_pass_on=covered).refusals
    assert refused == (not covered >= ASKED)


@pytest.mark.parametrize("category", Category)
def test_only_special_categories_need_a_second_condition(category):
    decision = decided(categories=frozenset({category}), condition=None)
    assert (Refusal.NO_CONDITION in decision.refusals) == (category in SPECIAL)


def test_an_enforcement_body_never_receives_anything():
    assert decided(receiver_class=OrganisationClass.ENFORCEMENT).refusals == (Refusal.RECEIVER_BARRED,)


@pytest.mark.parametrize("basis", Basis)
def test_the_state_of_origin_is_told_who_somebody_is_only_on_consent(basis):
    asked = {"basis": basis, "categories": frozenset({Category.IDENTITY})}
    for told in ({"receiver_class": OrganisationClass.ORIGIN_AUTHORITY}, {"purpose": Purpose.ORIGIN_STATE}):
        refused = Refusal.ORIGIN_NEEDS_CONSENT in decided(**asked, **told).refusals
        assert refused == (basis != Basis.CONSENT)


def test_the_state_of_origin_may_hear_of_an_arrival_without_a_name():
    decision = decided(
        categories=frozenset({Category.JOURNEY}),
        basis=Basis.PUBLIC_INTEREST,
        receiver_class=OrganisationClass.ORIGIN_AUTHORITY,
    )
    assert decision.is_allowed


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("condition", Condition)
@pytest.mark.parametrize("consent_id", [None, CONSENT])
def test_a_vital_interest_without_consent_needs_a_second_person(basis, condition, consent_id):
    ground = Ground(basis, condition, consent_id, frozenset(Category))
    is_vital = basis == Basis.VITAL_INTEREST or condition == Condition.VITAL_INTERESTS
    assert needs_override(ASKED, ground) == (is_vital and consent_id is None)
    assert not needs_override({Category.IDENTITY}, ground)
    given = {"basis": basis, "condition": condition, "consent_id": consent_id}
    alone = Refusal.NO_SECOND_PERSON in decided(**given).refusals
    assert alone == (is_vital and consent_id is None)
    assert Refusal.NO_SECOND_PERSON not in decided(**given, override_confirmed=True).refusals


def test_vital_interests_are_no_condition_for_data_that_moves_on_another_basis():
    decision = decided(condition=Condition.VITAL_INTERESTS)
    assert decision.refusals == (Refusal.CONDITION_DOES_NOT_FIT,)


def test_nothing_lasts_longer_than_its_ground_its_agreement_or_what_the_receiver_keeps():
    ground = Ground(Basis.CONTRACT, None, None, ASKED, until=NOW)
    assert allowed_until(LATER, ground, LATER, LATER) == NOW
    assert allowed_until(LATER, None, NOW, LATER) == NOW
    assert allowed_until(NOW, ground, LATER, LATER) == NOW
    assert allowed_until(LATER, None, LATER, NOW) == NOW
