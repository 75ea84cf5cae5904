"""A country with its told cases has plans, money and decisions in every state they can be in."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.approvals.models import Approval
from homeward.approvals.queries import escalated_to, waiting_for
from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.assistance.models import Answer, Delivery, Entry, Instalment, Price, Proof
from homeward.assistance.queries import case_money, entries_of_case, open_proof, reconciliation, what_to_pay
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.rules import EntryKind, Received, Told
from homeward.cases.gate_rules import ClearanceState, Gate, ProfileFlag
from homeward.cases.journey_rules import Override
from homeward.cases.models import Case, Clearance, EligibilityDecision
from homeward.cases.queries import (
    CaseFilters,
    cases_in_file,
    get_case,
    listed_cases,
    page_of_listings,
    search_cases,
    visible_cases,
)
from homeward.cases.queries.gates import flags_of_case, standing_clearances
from homeward.cases.rules import RoleInFile, Scope, Stage
from homeward.exchange.demonstration.border_post import BORDER_POST, NECESSITY, TOLD, tell_border_post
from homeward.exchange.demonstration.loading import load_country
from homeward.exchange.demonstration.purses import LOCAL
from homeward.exchange.demonstration.rights import rights_at_work
from homeward.exchange.demonstration.showcase import has_stories, tell_stories
from homeward.firewall.queries import notices_of_case
from homeward.people.models import Person
from homeward.people.queries import likely_matches_of_many, traits_of
from homeward.plans.content import hash_of
from homeward.plans.models import Activity, PlanVersion
from homeward.plans.queries import agreed_version, contents_of, visible_versions
from homeward.plans.rules import PlanState, ProviderKind
from homeward.programmes.eligibility import Outcome, read_explanation
from tests.cast import frida, jonas, nora, rosa, stranger, vera

TODAY = date(2026, 3, 16)


@pytest.fixture(scope="module")
def standing_country(standing_cast):
    """A country loaded once for all that only look at it; each undoes what it did."""
    load_country(300, seed=2026, today=TODAY)


@pytest.fixture
def country(standing_country, db):
    """The standing country, within a transaction of the test's own."""


@pytest.fixture(scope="module")
def standing_stories(standing_country):
    """The told cases beside the country; what counts the country alone stands above."""
    tell_stories(localdate())
    tell_border_post(localdate())


@pytest.fixture
def stories(standing_stories, db):
    """The standing country with its told cases, within a transaction of the test's own."""


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


def test_a_country_is_loaded_under_the_policies(country):
    with acting_as(nora):
        page = page_of_listings(listed_cases(nora, CaseFilters(), TODAY))
        assert page.rows
        listing = page.rows[0]
        assert get_case(nora, listing.case_id).stage == listing.stage
        assert listing in search_cases(nora, listing.latin_name)
    with acting_as(vera):
        assert listed_cases(vera, CaseFilters(stage=Stage.REINTEGRATING), TODAY).exists()
    with acting_as(stranger):
        assert not listed_cases(stranger, CaseFilters(), TODAY).exists()
        assert not Case.objects.exists()
        assert not Person.objects.exists()


def test_everybody_accepted_is_so_by_the_rules_or_by_two_people(country):
    with acting_as(vera):
        accepted = Case.objects.filter(accepted_on__isnull=False)
        live = EligibilityDecision.objects.filter(superseded_at=None, case__in=accepted)
        assert accepted.count() == live.count() > 50
        assert all(one.is_eligible for one in live)
        assert {one.override for one in live} == {Override.NONE, Override.CONFIRMED}
        assert not accepted.filter(programme_version=None).exists()


def test_people_of_the_country_are_found_again_when_they_come_once_more(country):
    with acting_as(nora):
        person = Person.objects.exclude(birth_precision="").exclude(family_name="").first()
        (known,) = traits_of(nora, [person]).values()
        assert person.id in {match.person.id for match in likely_matches_of_many(nora, [known])[0]}


def test_the_stories_are_told_through_the_commands_beside_a_country(stories):
    rights_at_work(localdate())
    with acting_as(nora):
        sami = search_cases(nora, "Sami Example").get()
        assert (sami.stage, sami.scope) == (Stage.REINTEGRATING, Scope.LEAD)
        assert get_case(nora, sami.case_id).own_words.startswith("I want the shop")
        money = case_money(nora, sami.case_id, localdate())
        assert agreed_version(nora, sami.case_id)
        assert any(0 < one.entitlement.paid_minor < one.entitlement.amount_minor for one in money.accounts)
        assert all((money.late, money.intents))
    assert has_stories()


def the_case(actor, name):
    return get_case(actor, search_cases(actor, name).get().case_id)


def test_plans_money_and_clearances_are_in_every_state(stories):
    with acting_as(nora):
        assert set(PlanVersion.objects.values_list("state", flat=True)) == set(PlanState)
    with acting_as(rosa):
        assert set(Entry.objects.values_list("kind", flat=True)) == set(EntryKind)
        assert check_ledger(rosa).wrong == ()
    with acting_as(jonas):
        live = Clearance.objects.filter(superseded_at=None)
        assert set(live.values_list("state", flat=True)) == set(ClearanceState)
        assert live.filter(case=the_case(jonas, "Zahra Sample"), state="refused").exists()
        lapsed = Clearance.objects.filter(
            case=the_case(jonas, "Munir Placeholder"), valid_until__lt=localdate()
        )
        assert lapsed.exclude(superseded_at=None).exists()


def test_approvals_of_money_wait_and_were_given(stories):
    with acting_as(rosa):
        assert waiting_for(rosa).filter(subject_kind=SubjectKind.PAYMENT).exists()
        granted = Approval.objects.filter(subject_kind=SubjectKind.TOP_UP, state=ApprovalState.APPROVED)
        assert granted.exists()
    with acting_as(vera):
        assert waiting_for(vera).filter(subject_kind=SubjectKind.TOP_UP).exists()


def test_a_family_of_five_came_home_with_a_cousin_whose_gates_were_cleared(stories):
    with acting_as(nora):
        mother = the_case(nora, "Mariam Prototype")
        assert mother.stage == Stage.REINTEGRATING
        kinds = [one.kind for one in entries_of_case(nora, mother.id)]
        assert sorted(kinds) == [EntryKind.COMMITMENT, EntryKind.PAYMENT]
        together = list(cases_in_file(nora, mother.file_id))
        roles = [RoleInFile.PRINCIPAL, RoleInFile.SPOUSE, *[RoleInFile.CHILD] * 3, RoleInFile.DEPENDANT]
        assert sorted(one.role_in_file for one in together) == sorted(roles)
        assert all(one.arrived_on for one in together)
        cousin = next(one for one in together if one.role_in_file == RoleInFile.DEPENDANT)
        assert flags_of_case(nora, cousin.id) == {ProfileFlag.UNACCOMPANIED_CHILD}
        standing = standing_clearances(nora, cousin.id)
        for gate in (Gate.BEST_INTERESTS, Gate.FAMILY_TRACING, Gate.GUARDIAN_CONSENT):
            assert standing[gate].state == ClearanceState.GIVEN


def test_the_demonstration_has_one_body_that_was_told_of_two_journeys(stories):
    with acting_as(nora):
        told = [one for case in visible_cases(nora) for one in notices_of_case(nora, case.id)]
    assert {one.notice.body_id for one in told} == {BORDER_POST.id}
    assert [one.notice.necessity for one in told] == [NECESSITY] * len(TOLD)
