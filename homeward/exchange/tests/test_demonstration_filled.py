"""A country with its told cases shows plans, money and clearances in every state they can be in."""

import pytest
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.approvals.models import Approval
from homeward.approvals.queries import waiting_for
from homeward.approvals.rules import ApprovalState, SubjectKind
from homeward.assistance.models import Entry
from homeward.assistance.queries import entries_of_case
from homeward.assistance.queries.checking import check_ledger
from homeward.assistance.rules import EntryKind
from homeward.cases.gate_rules import ClearanceState, Gate, ProfileFlag
from homeward.cases.models import Clearance
from homeward.cases.queries import cases_in_file, get_case, search_cases
from homeward.cases.queries.gates import flags_of_case, standing_clearances
from homeward.cases.rules import RoleInFile, Stage
from homeward.exchange.demonstration.loading import load_country
from homeward.exchange.demonstration.showcase import tell_stories
from homeward.plans.models import PlanVersion
from homeward.plans.rules import PlanState
from tests.cast import jonas, nora, rosa, vera


@pytest.fixture
def country(cast):
    load_country(200, seed=2026, today=localdate())
    tell_stories(localdate())


def the_case(actor, name):
    return get_case(actor, search_cases(actor, name).get().case_id)


def test_plans_money_and_clearances_are_in_every_state(country):
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


def test_approvals_of_money_wait_and_were_given(country):
    with acting_as(rosa):
        assert waiting_for(rosa).filter(subject_kind=SubjectKind.PAYMENT).exists()
        granted = Approval.objects.filter(subject_kind=SubjectKind.TOP_UP, state=ApprovalState.APPROVED)
        assert granted.exists()
    with acting_as(vera):
        assert waiting_for(vera).filter(subject_kind=SubjectKind.TOP_UP).exists()


def test_a_family_of_five_came_home_with_a_cousin_whose_gates_were_cleared(country):
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
