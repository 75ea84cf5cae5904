"""What was received from others is passed on only where the clause under which it came lets that be."""

from uuid import uuid4

import pytest
from django.db import Error, transaction

from homeward.access.acting import acting_as
from homeward.cases.tests.handing import handed_over
from homeward.sharing.commands import end_disclosure
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.queries import may_pass_on
from homeward.sharing.rules import Category, Purpose, Refusal
from homeward.sharing.tests.test_disclosing import send
from tests.agreed import agreed, shared
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, jonas, nora

pytestmark = pytest.mark.django_db
SEEN = (Category.IDENTITY, Category.JOURNEY, Category.CONTACT)


@pytest.fixture
def cast(cast_without_agreements):
    """Here nothing is agreed beforehand."""


@pytest.fixture
def received(sami):
    """Harbour sees part of Sami's case, and has an agreement of its own with the clinic."""
    agreed(HARBOUR, CLINIC)

    def receive(**terms):
        agreed(RETURN_PARTNERS, HARBOUR, **terms)
        return shared(nora, sami.id, HARBOUR, categories=SEEN)

    return receive


def passed_on(case, *categories):
    return send(case, jonas, CLINIC, *categories)


def test_who_was_shown_a_case_passes_nothing_on(sami, received):
    received()
    with pytest.raises(NotAllowedToShare) as refused:
        passed_on(sami, Category.IDENTITY)
    assert refused.value.refusals == (Refusal.ONWARD_NOT_AGREED,)


def test_a_clause_that_allows_it_lets_what_was_received_go_on_and_no_more(sami, received):
    received(may_pass_on=True)
    assert passed_on(sami, Category.IDENTITY, Category.CONTACT).until
    with pytest.raises(NotAllowedToShare) as refused:
        passed_on(sami, Category.IDENTITY, Category.NEEDS)
    assert refused.value.refusals == (Refusal.ONWARD_NOT_AGREED,)


def test_what_was_taken_back_is_passed_on_no_more(sami, received):
    share = received(may_pass_on=True)
    end_disclosure(nora, disclosure_id=share.disclosure_id)
    with pytest.raises(NotAllowedToShare) as refused:
        passed_on(sami, Category.IDENTITY)
    assert refused.value.refusals == (Refusal.ONWARD_NOT_AGREED,)


def test_who_takes_the_case_on_gives_what_is_its_own_and_the_former_lead_passes_on(sami, received):
    received()
    handed_over(nora, jonas, sami.id)
    assert passed_on(sami, Category.IDENTITY).until
    agreed(RETURN_PARTNERS, CLINIC)
    with pytest.raises(NotAllowedToShare) as refused:
        send(sami, nora, CLINIC)
    assert refused.value.refusals == (Refusal.ONWARD_NOT_AGREED,)


def test_who_leads_gives_its_own_and_who_received_nothing_too(sami, received):
    received()
    with acting_as(jonas):
        assert may_pass_on(jonas, sami.person_id, sami.id) == frozenset()
    with acting_as(nora):
        assert may_pass_on(nora, sami.person_id, sami.id) is None
        assert may_pass_on(nora, uuid4(), None) is None


def test_the_database_itself_refuses_it(sami, received):
    received(may_pass_on=True)
    made = passed_on(sami, Category.IDENTITY)
    agreed(HARBOUR, CLINIC, purposes={Purpose.REFERRAL})
    for categories, is_refused in ((["identity"], False), (["identity", "needs"], True)):
        made.id, made._state.adding, made.categories = uuid4(), True, categories
        with acting_as(jonas), transaction.atomic():
            if not is_refused:
                made.save(force_insert=True)
                continue
            with pytest.raises(Error), transaction.atomic():
                made.save(force_insert=True)
