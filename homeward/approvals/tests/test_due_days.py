import pytest

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.approvals.commands import ask_approval
from homeward.approvals.rules import StepAsked, SubjectKind
from homeward.codelists.commands import HolidayGiven, add_holiday
from homeward.lib.identifiers import new_id
from homeward.organisations.queries import own_organisation
from tests.cast import RETURN_PARTNERS, adil, nora

pytestmark = pytest.mark.usefixtures("cast")


def test_approvals_are_due_after_working_days():
    with acting_as(nora):
        country = own_organisation(nora).country
    step = StepAsked(frozenset({Role.COORDINATOR}), RETURN_PARTNERS, 5)
    asked = {"subject_kind": SubjectKind.PLAN, "steps": [step]}
    due = ask_approval(nora, subject_id=new_id(), **asked).due_on
    add_holiday(adil, holiday=HolidayGiven(country, due, "A day nobody works (synthetic)"))
    assert ask_approval(nora, subject_id=new_id(), **asked).due_on > due
