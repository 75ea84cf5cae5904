from datetime import date

import pytest

from homeward.access.acting import acting_as
from homeward.cases.commands import end_share
from homeward.cases.commands.applying import OwnApplication, decide_application, submit_application
from homeward.cases.journey_rules import ApplicationState, Decision, Obstacle
from homeward.cases.models import Application, Case, Listing
from homeward.cases.obstacles import NotNow
from homeward.cases.queries import get_case, shares_of
from homeward.cases.queries.journey import applications_to_decide
from homeward.cases.rules import Stage
from homeward.cases.tests.journeys import (
    APPLIED,
    COUNSELLED,
    DECIDED,
    applied,
    counsel,
    counselled,
    enquiry,
    family,
    programme,
)
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import NORDHOLM, jonas, nora, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")


def apply(case, actor=jonas, **given):
    given = {"programme_id": programme().id, "submitted_on": APPLIED, **given}
    return submit_application(actor, case_id=case.id, **given)


def decide(application, actor=vera, accept=True, **given):
    given = {"decided_on": DECIDED, **given}
    return decide_application(actor, application_id=application.id, accept=accept, **given)


def stage_of(case_id):
    with acting_as(jonas):
        return get_case(jonas, case_id).stage


def test_a_coordinator_does_not_apply():
    case = counselled()
    for actor in (vera, salma):
        with pytest.raises(Refused):
            apply(case, actor)


def test_a_stranger_can_neither_apply_nor_decide():
    case = counselled()
    with pytest.raises(NotFound):
        apply(case, stranger)
    application = applied(enquiry("Mina"))
    with acting_as(jonas):
        share = shares_of(jonas, application.case_id).get(organisation_id=NORDHOLM)
    end_share(jonas, case_id=application.case_id, share_id=share.id)
    with pytest.raises(NotFound):
        decide(application)


@pytest.mark.parametrize(
    ("decision", "obstacle"),
    [
        (None, Obstacle.NOT_COUNSELLED),
        (Decision.UNDECIDED, Obstacle.NOT_DECIDED_YET),
        (Decision.STAY, Obstacle.DECIDED_TO_STAY),
    ],
)
def test_nobody_applies_before_deciding_to_return(decision, obstacle):
    case = counselled(decision=decision) if decision else enquiry()
    with pytest.raises(NotNow) as problem:
        apply(case)
    assert problem.value.obstacle == obstacle


def test_a_decision_that_was_not_informed_is_not_enough():
    case = enquiry()
    counsel(case_id=case.id, decision=Decision.RETURN)
    with pytest.raises(NotNow) as problem:
        apply(case)
    assert problem.value.obstacle == Obstacle.NO_INFORMED_DECISION


def test_a_later_change_of_mind_counts():
    case = counselled()
    counsel(case_id=case.id, held_on=date(2026, 3, 12), decision=Decision.STAY, is_informed=True)
    with pytest.raises(NotNow) as problem:
        apply(case)
    assert problem.value.obstacle == Obstacle.DECIDED_TO_STAY


def test_a_programme_that_is_not_open_is_refused_at_its_field():
    with pytest.raises(Invalid) as problem:
        apply(counselled(), submitted_on=date(2025, 6, 1))
    assert list(problem.value.fields) == ["programme_id"]


def test_there_is_one_open_application_at_a_time():
    application = applied()
    with pytest.raises(NotNow) as problem:
        apply(application.case, programme_id=application.programme_id)
    assert problem.value.obstacle == Obstacle.APPLIED_ALREADY


def test_a_counsellor_does_not_decide():
    application = applied()
    for actor in (jonas, nora):
        with pytest.raises(Refused):
            decide(application, actor)


def test_nobody_decides_their_own_application():
    application = applied()
    with acting_as(jonas):
        Application.objects.update(submitted_by_id=vera.user_id)
    with pytest.raises(OwnApplication):
        decide(application)


def test_a_rejection_needs_its_reasons():
    with pytest.raises(Invalid) as problem:
        decide(applied(), accept=False)
    assert list(problem.value.fields) == ["reasons"]


def test_a_decision_is_not_older_than_its_application():
    with pytest.raises(Invalid):
        decide(applied(), decided_on=COUNSELLED)


def test_it_is_decided_once():
    application = applied()
    decide(application)
    with pytest.raises(WrongState):
        decide(application, accept=False, reasons="Changed our mind")


def test_it_waits_in_the_coordinators_inbox_until_decided():
    application = applied()
    with acting_as(vera):
        assert [one.id for one in applications_to_decide(vera)] == [application.id]
    with acting_as(nora):
        assert list(applications_to_decide(nora)) == []
    decide(application)
    with acting_as(vera):
        assert list(applications_to_decide(vera)) == []


def test_accepting_moves_every_listing():
    application = applied()
    assert stage_of(application.case_id) == Stage.APPLICATION
    decided = decide(application)
    assert (decided.state, decided.decided_by_id) == (ApplicationState.ACCEPTED, vera.user_id)
    with acting_as(nora):
        assert Listing.objects.get(case_id=application.case_id).stage == Stage.ACCEPTED


def test_after_a_rejection_the_person_may_apply_again_and_the_history_stays():
    application = applied()
    decide(application, accept=False, reasons="Papers are missing")
    assert stage_of(application.case_id) == Stage.REJECTED
    again = apply(application.case, programme_id=application.programme_id, submitted_on=date(2026, 4, 7))
    assert stage_of(application.case_id) == Stage.APPLICATION
    decide(again, decided_on=date(2026, 4, 20))
    with acting_as(jonas):
        assert Case.objects.get(id=again.case_id).rejected_on is None
        states = set(Application.objects.values_list("state", flat=True))
    assert states == {ApplicationState.REJECTED, ApplicationState.ACCEPTED}


def test_a_family_applies_and_is_decided_together():
    omar, dalia, rim = family()
    counselled(omar)
    with pytest.raises(Invalid) as problem:
        apply(omar, with_case_ids=[dalia.id, rim.id])
    assert dalia.reference in str(problem.value.fields["with_case_ids"])
    counselled(dalia)
    application = apply(omar, with_case_ids=[dalia.id, rim.id])
    decide(application)
    assert {stage_of(case.id) for case in (omar, dalia, rim)} == {Stage.ACCEPTED}


def test_somebody_of_another_file_cannot_come_along():
    omar, _dalia, _rim = family()
    other = counselled(enquiry("Somebody"))
    counselled(omar)
    with pytest.raises(Invalid):
        apply(omar, with_case_ids=[other.id])
