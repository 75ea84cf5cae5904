"""A small country has plans, approvals and decisions in every state they can be in."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.approvals.models import Approval
from homeward.approvals.queries import escalated_to, waiting_for
from homeward.approvals.rules import ApprovalState
from homeward.assistance.models import Answer, Delivery, Entry, Instalment, Price, Proof
from homeward.assistance.queries import open_proof, reconciliation, what_to_pay
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.rules import EntryKind, Received, Told
from homeward.cases.journey_rules import Override
from homeward.cases.models import Case, EligibilityDecision
from homeward.cases.queries import CaseFilters, listed_cases
from homeward.exchange.demonstration.loading import load_country
from homeward.exchange.demonstration.purses import LOCAL
from homeward.plans.content import hash_of
from homeward.plans.models import Activity, PlanVersion
from homeward.plans.queries import contents_of, visible_versions
from homeward.plans.rules import PlanState, ProviderKind
from homeward.programmes.eligibility import Outcome, read_explanation
from tests.cast import frida, jonas, nora, rosa, vera

TODAY = date(2026, 3, 16)


@pytest.fixture
def country(cast):
    load_country(300, seed=2026, today=TODAY)


def test_plans_are_in_every_state_and_say_what_was_bound(country):
    with acting_as(nora):
        versions = list(visible_versions(nora))
        assert {one.state for one in versions} == set(PlanState)
        told = contents_of(versions)
        bound = [one for one in versions if one.content_hash]
        assert all(hash_of(told[one.id]) == one.content_hash for one in bound)
        kinds = set(Activity.objects.values_list("provider_kind", flat=True))
        assert kinds == set(ProviderKind)
        assert PlanVersion.objects.filter(number=2).exclude(reason="").exists()


def test_whoever_agreed_is_reintegrating_and_the_other_way_round(country):
    with acting_as(nora):
        agreed = set(PlanVersion.objects.filter(state=PlanState.AGREED).values_list("case_id", flat=True))
        assert agreed == set(Case.objects.exclude(plan_agreed_on=None).values_list("id", flat=True))


def test_approvals_wait_and_are_late_sent_back_and_declined(country):
    with acting_as(rosa):
        states = set(Approval.objects.values_list("state", flat=True))
        assert states == set(ApprovalState) - {ApprovalState.WITHDRAWN}
        assert 0 < waiting_for(rosa).count() < 30
        assert escalated_to(rosa).exists()
    with acting_as(nora):
        assert not waiting_for(nora).exists()


def test_eligibility_is_decided_by_the_rules_and_against_them(country):
    decisions = {}
    for actor in (jonas, nora):
        with acting_as(actor):
            decisions |= {one.id: one for one in EligibilityDecision.objects.all()}
    assert {one.outcome for one in decisions.values()} == set(Outcome)
    assert {one.override for one in decisions.values()} == set(Override)
    assert any(one.superseded_at for one in decisions.values())
    for one in decisions.values():
        assert read_explanation(one.explanation).outcome == one.outcome
    with acting_as(nora):
        live = {one.case_id: one for one in decisions.values() if one.superseded_at is None}
        accepted = Case.objects.exclude(accepted_on=None)
        assert all(live[case.id].is_eligible for case in accepted)


def test_money_is_in_every_state_and_every_sum_agrees(country):
    with acting_as(rosa):
        found = check_ledger(rosa)
        assert found.entries > 300
        assert found.wrong == ()
        kinds = set(Entry.objects.values_list("kind", flat=True))
        assert kinds == set(EntryKind) - {EntryKind.TOP_UP}
        assert set(Delivery.objects.values_list("on_time", flat=True)) == set(Told)
        assert Answer.objects.filter(received=Received.PART).exists()
        assert Instalment.objects.filter(reached_on__isnull=False, paid_minor=0).exists()
        assert set(Entry.objects.filter(kind="payment").values_list("currency", flat=True)) == {LOCAL}
        assert Price.objects.exists()


def test_the_desk_has_some_things_to_pay_and_to_look_after(country):
    with acting_as(frida):
        assert 5 < len(what_to_pay(frida, TODAY)) < 60
        open_ones = reconciliation(frida, TODAY)
        for kind in (open_ones.lacking_proof, open_ones.paid_undelivered, open_ones.delivered_unpaid):
            assert 0 < len(kind) < 100
        assert 0 < len(open_ones.late) < 60


def test_a_receipt_of_the_country_opens(country):
    with acting_as(rosa):
        proof = Proof.objects.first()
        opened = open_proof(rosa, proof.id)
    assert b"Receipt" in opened.content


def test_nobody_of_the_cast_has_more_in_the_inbox_than_can_be_read(country):
    for actor in (jonas, nora, rosa, vera):
        with acting_as(actor):
            assert listed_cases(actor, CaseFilters(mine=True), TODAY).exclude(next_step="").count() < 60
            assert waiting_for(actor).count() < 30
    waiting = 0
    for actor in (rosa, vera):  # which of the two is drawn
        with acting_as(actor):
            waiting += waiting_for(actor).count()
    assert waiting
