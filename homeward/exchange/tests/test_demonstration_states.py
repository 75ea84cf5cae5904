"""A small country has plans, approvals and decisions in every state they can be in."""

from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.approvals.models import Approval
from homeward.approvals.queries import escalated_to, waiting_for
from homeward.approvals.rules import ApprovalState
from homeward.cases.journey_rules import Override
from homeward.cases.models import Case, EligibilityDecision
from homeward.exchange.demonstration.loading import load_country
from homeward.plans.content import hash_of
from homeward.plans.models import Activity, PlanVersion
from homeward.plans.queries import contents_of, visible_versions
from homeward.plans.rules import ProviderKind, VersionState
from homeward.programmes.eligibility import Outcome, read_explanation
from tests.cast import jonas, nora, rosa

TODAY = date(2026, 3, 16)


@pytest.fixture
def country(cast):
    load_country(300, seed=2026, today=TODAY)


def test_plans_are_in_every_state_and_say_what_was_bound(country):
    with acting_as(nora):
        versions = list(visible_versions(nora))
        assert {one.state for one in versions} == set(VersionState)
        told = contents_of(versions)
        bound = [one for one in versions if one.content_hash]
        assert all(hash_of(told[one.id]) == one.content_hash for one in bound)
        kinds = set(Activity.objects.values_list("provider_kind", flat=True))
        assert kinds == set(ProviderKind)
        assert PlanVersion.objects.filter(number=2).exclude(reason="").exists()


def test_whoever_agreed_is_reintegrating_and_the_other_way_round(country):
    with acting_as(nora):
        agreed = set(PlanVersion.objects.filter(state=VersionState.AGREED).values_list("case_id", flat=True))
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
