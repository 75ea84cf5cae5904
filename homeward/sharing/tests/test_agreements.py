"""Agreeing: proposing, accepting, amending, ending, and what the database refuses whoever asks."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.organisations.models import Organisation
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.commands import accept_agreement, amend_agreement, end_agreement, propose_agreement
from homeward.sharing.models import Agreement, AgreementParty, Clause
from homeward.sharing.problems import AcceptedAlready, NotOpen
from homeward.sharing.queries import agreements_in_force, agreements_of, closest_clause, get_agreement
from homeward.sharing.rules import AgreementState, AgreementTerms, Category, ClauseTerms, Purpose
from tests.agreed import agreed
from tests.cast import (
    CLINIC,
    HARBOUR,
    NORDHOLM,
    RETURN_PARTNERS,
    adil,
    jonas,
    nora,
    otto,
    rosa,
    stranger,
    vera,
)

pytestmark = pytest.mark.django_db


def terms(giver=RETURN_PARTNERS, receiver=NORDHOLM, **given):
    clause = ClauseTerms(
        giver, receiver, frozenset({Purpose.HANDOVER}), frozenset({Category.IDENTITY, Category.JOURNEY})
    )
    today = localdate()
    whole = {
        "title": "Handing over",
        "starts_on": today,
        "ends_on": today + timedelta(days=100),
        "clauses": (clause,),
    }
    return AgreementTerms(**{**whole, **given})


def is_covered(actor, *categories, on=None, giver=RETURN_PARTNERS, receiver=NORDHOLM):
    with acting_as(actor):
        day = on or localdate()
        found = closest_clause(actor, giver, receiver, Purpose.HANDOVER, categories, day)
    return found is not None and found.agreement.is_live(day) and set(categories) <= set(found.categories)


@pytest.mark.parametrize("actor", [nora, otto], ids=["case manager", "donor"])
def test_who_works_with_people_binds_nobody(cast, actor):
    with pytest.raises(Refused):
        propose_agreement(actor, terms=terms())


def test_a_stranger_cannot_tell_that_an_agreement_exists(cast):
    agreement = propose_agreement(rosa, terms=terms())
    with acting_as(stranger):
        assert not agreements_of(stranger).exists()
        with pytest.raises(NotFound):
            get_agreement(stranger, agreement.id)
        assert not Clause.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"clauses": ()}, "clauses"),
        ({"ends_on": localdate() - timedelta(days=9)}, "ends_on"),
    ],
)
def test_an_agreement_says_who_what_and_how_long(cast, given, field):
    with pytest.raises(Invalid) as refused:
        propose_agreement(rosa, terms=terms(**given))
    assert list(refused.value.fields) == [field]


def test_nobody_proposes_for_others(cast):
    with pytest.raises(Invalid):
        propose_agreement(rosa, terms=terms(giver=HARBOUR, receiver=CLINIC))


def test_an_enforcement_body_is_never_a_party(cast):
    with acting_as(rosa):
        police = Organisation.objects.create(
            name="Border Police", organisation_class=OrganisationClass.ENFORCEMENT, country="XN"
        )
    with pytest.raises(Invalid):
        propose_agreement(rosa, terms=terms(receiver=police.id))
    with acting_as(rosa):
        agreement = _bare_agreement(party_ids=[RETURN_PARTNERS, police.id])
        with pytest.raises(Error, match="enforcement"), transaction.atomic():
            AgreementParty.objects.create(agreement=agreement, organisation=police)


def _bare_agreement(party_ids, **given):
    today = localdate()
    return Agreement.objects.create(
        organisation_id=RETURN_PARTNERS,
        party_ids=party_ids,
        title="By hand",
        starts_on=today,
        ends_on=today + timedelta(days=9),
        proposed_by_name="x",
        proposed_at="2026-01-01T00:00Z",
        **given,
    )


def test_it_is_in_force_when_every_party_accepted_and_only_on_its_days(cast):
    agreement = propose_agreement(rosa, terms=terms())
    assert agreement.state == AgreementState.PROPOSED
    assert not is_covered(rosa, Category.IDENTITY)
    with pytest.raises(AcceptedAlready):
        accept_agreement(rosa, agreement_id=agreement.id)
    accepted = accept_agreement(vera, agreement_id=agreement.id)
    assert accepted.state == AgreementState.IN_FORCE
    assert is_covered(rosa, Category.IDENTITY, Category.JOURNEY)
    assert is_covered(vera, Category.IDENTITY)
    assert not is_covered(rosa, Category.IDENTITY, on=localdate() - timedelta(days=1))
    assert not is_covered(rosa, Category.IDENTITY, on=localdate() + timedelta(days=101))
    assert not is_covered(rosa, Category.HEALTH)
    assert not is_covered(rosa, Category.IDENTITY, giver=NORDHOLM, receiver=RETURN_PARTNERS)
    with acting_as(rosa):
        assert list(agreements_in_force(rosa, localdate())) == [accepted]


def test_one_that_ended_covers_nothing(cast):
    agreement = propose_agreement(rosa, terms=terms())
    accept_agreement(vera, agreement_id=agreement.id)
    with pytest.raises(Invalid):
        end_agreement(vera, agreement_id=agreement.id, why=" ")
    end_agreement(vera, agreement_id=agreement.id, why="The project is over.")
    assert not is_covered(rosa, Category.IDENTITY)
    with pytest.raises(WrongState):
        end_agreement(rosa, agreement_id=agreement.id, why="Again")
    with pytest.raises(NotOpen):
        accept_agreement(vera, agreement_id=agreement.id)


def test_an_amendment_replaces_what_was_in_force_only_when_all_accepted_it(cast):
    first = propose_agreement(rosa, terms=terms())
    accept_agreement(vera, agreement_id=first.id)
    wider = ClauseTerms(RETURN_PARTNERS, NORDHOLM, frozenset(Purpose), frozenset(Category))
    second = amend_agreement(vera, agreement_id=first.id, terms=terms(clauses=(wider,)))
    assert (second.number, second.amends_id) == (2, first.id)
    assert not is_covered(rosa, Category.HEALTH)
    accept_agreement(adil, agreement_id=second.id)
    assert is_covered(rosa, Category.HEALTH)
    with acting_as(rosa):
        assert get_agreement(rosa, first.id).state == AgreementState.ENDED


def test_an_amendment_binds_the_same_organisations(cast):
    first = propose_agreement(rosa, terms=terms())
    with pytest.raises(WrongState):
        amend_agreement(rosa, agreement_id=first.id, terms=terms())
    accept_agreement(vera, agreement_id=first.id)
    with pytest.raises(Invalid):
        amend_agreement(rosa, agreement_id=first.id, terms=terms(receiver=HARBOUR))


def test_the_database_lets_no_party_accept_for_another_or_change_what_was_proposed(cast):
    agreement = propose_agreement(rosa, terms=terms())
    with acting_as(rosa):
        others = AgreementParty.objects.exclude(organisation_id=RETURN_PARTNERS)
        assert others.update(accepted_at="2026-01-01T00:00Z", accepted_by_id=rosa.user_id) == 0
        for change in ({"title": "Other"}, {"state": "in_force"}):
            with pytest.raises(Error), transaction.atomic():
                Agreement.objects.filter(id=agreement.id).update(**change)
        with pytest.raises(Error), transaction.atomic():
            Clause.objects.create(
                agreement=agreement,
                giver_id=NORDHOLM,
                receiver_id=RETURN_PARTNERS,
                purposes=["handover"],
                categories=["health"],
                retention_days=1,
            )
        with pytest.raises(Error), transaction.atomic():
            Agreement.objects.all().delete()


def test_the_standing_agreement_of_the_tests_covers_everything(cast):
    agreed(RETURN_PARTNERS, NORDHOLM, HARBOUR)
    assert is_covered(jonas, *Category, giver=HARBOUR, receiver=NORDHOLM)
