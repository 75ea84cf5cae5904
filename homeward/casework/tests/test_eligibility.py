"""Eligibility: by the rules of the day of application, explained, and otherwise only by two people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.approvals.commands import escalate_overdue
from homeward.approvals.problems import NotWaiting, OwnRequest
from homeward.approvals.queries import approval_of, escalated_to, steps_of, waiting_for
from homeward.approvals.rules import ApprovalState, SubjectKind, Verdict
from homeward.cases.commands import (
    ask_override,
    confirm_arrival,
    confirm_travel,
    decide_application,
    plan_travel,
    record_departure,
    set_profile,
    submit_application,
)
from homeward.cases.commands.applying import NotEligibleYet
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.journey_rules import Override
from homeward.cases.models import EligibilityDecision
from homeward.cases.queries.eligibility import (
    eligibility_of_case,
    explanation_of,
    get_eligibility,
    live_eligibility,
)
from homeward.cases.queries.gates import seen_until
from homeward.cases.rules import ReturnType, RoleInFile, Stage
from homeward.cases.tests.journeys import (
    APPLIED,
    DECIDED,
    JOURNEY,
    counselled,
    enquiry,
    family,
    fresh,
    programme,
)
from homeward.casework.commands import answer_approval, decide_eligibility, withdraw_approval
from homeward.casework.eligibility import entitled_of, facts_of, unanswered, what_if
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.programmes.commands import begin_version, change_version, publish_version
from homeward.programmes.eligibility import Outcome, Result
from homeward.programmes.facts import PROFILE_FLAGS, RETURN_TYPES, ROLES_IN_FILE, Span
from homeward.programmes.queries import get_version, terms_of
from tests.cast import frida, ines, jonas, lina, nora, rosa, salma, stranger, vera, wanda

pytestmark = pytest.mark.usefixtures("cast")

ADULTS = {"code": "adult", "label": {"en": "Adults"}, "expression": "age_years >= 18"}
INFORMED = {"code": "informed", "label": {"en": "Informed"}, "expression": "informed_decision"}
FIRST_TIME = {"code": "first", "label": {"en": "First time"}, "expression": "not previous_assistance"}
START = {
    "code": "start",
    "label": {"en": "A new start"},
    "phase": "post_return",
    "form": "kind",
    "amount_minor": 200000,
    "window_months": 12,
}
TERMS = {"currency": "EUR", "eligibility": [ADULTS, INFORMED, FIRST_TIME], "packages": [START]}
STRICT = TERMS | {"eligibility": [ADULTS | {"expression": "age_years >= 60"}]}


def published(programme_id, terms=TERMS, on=date(2026, 1, 1)):
    draft = begin_version(vera, programme_id=programme_id)
    draft = change_version(vera, version_id=draft.id, expected_version=1, terms=terms)
    return publish_version(
        wanda, version_id=draft.id, expected_version=2, takes_effect_on=on, what_changed="Rules"
    )


def applied(case=None, terms=TERMS, **given):
    case, one = counselled(case), programme()
    published(one.id, terms)
    return submit_application(jonas, case_id=case.id, programme_id=one.id, submitted_on=APPLIED, **given)


def accept(application):
    return decide_application(vera, application_id=application.id, accept=True, decided_on=DECIDED)


def decided(application, **answers):
    return decide_eligibility(jonas, case_id=application.case_id, answers=answers)


def refused(terms=STRICT):
    """The rules say no."""
    application = applied(terms=terms)
    return application, decided(application)


def test_who_neither_counsels_nor_coordinates_decides_nothing():
    application, decision = refused()
    for actor in (salma, frida, ines):
        with pytest.raises(Refused):
            decide_eligibility(actor, case_id=application.case_id)
        with pytest.raises(Refused):
            ask_override(actor, decision_id=decision.id, reason="Hardship")


def test_a_stranger_cannot_tell_that_it_exists():
    application, decision = refused()
    with pytest.raises(NotFound):
        decide_eligibility(stranger, case_id=application.case_id)
    with pytest.raises(NotFound):
        ask_override(stranger, decision_id=decision.id, reason="Hardship")
    with acting_as(stranger):
        assert EligibilityDecision.objects.count() == 0
        with pytest.raises(NotFound):
            facts_of(stranger, application.case_id)


def test_nobody_is_accepted_before_eligibility_is_decided():
    application = applied()
    with pytest.raises(NotEligibleYet) as problem:
        accept(application)
    assert application.case.reference in str(problem.value)
    decided(application, previous_assistance=False)
    assert accept(application).state == "accepted"


def test_an_open_question_is_not_a_no_and_not_a_yes():
    application = applied()
    decision = decided(application)
    assert decision.outcome == Outcome.CANNOT_SAY
    assert explanation_of(decision).missing == ("previous_assistance",)
    with pytest.raises(NotEligibleYet):
        accept(application)


def test_a_rejection_needs_no_eligibility():
    application = applied()
    given = {"accept": False, "decided_on": DECIDED, "reasons": "Papers are missing"}
    assert decide_application(vera, application_id=application.id, **given).state == "rejected"


def test_a_bare_programme_asks_nothing():
    case, one = counselled(), programme()
    application = submit_application(jonas, case_id=case.id, programme_id=one.id, submitted_on=APPLIED)
    assert accept(application).state == "accepted"
    with pytest.raises(WrongState):
        decide_eligibility(jonas, case_id=case.id)
    with acting_as(jonas):
        assert entitled_of(jonas, case.id) == ()


def test_changing_a_rule_from_a_date_leaves_old_decisions_explained_by_the_old_rule():
    application = applied()
    first = decided(application, previous_assistance=False)
    accept(application)
    with acting_as(jonas):
        old_version = first.programme_version_id
        before = explanation_of(get_eligibility(jonas, first.id))
    changed = published(application.programme_id, STRICT, on=localdate())

    with acting_as(jonas):
        kept = get_eligibility(jonas, first.id)
        assert kept.programme_version_id == old_version
        assert explanation_of(kept) == before
        assert [line.expression for line in explanation_of(kept).lines][0] == "age_years >= 18"
        assert terms_of(get_version(jonas, old_version)).eligibility[0].expression == "age_years >= 18"
    # Deciding again about the same application still goes by the rules of its day …
    again = decided(application, previous_assistance=False)
    assert (again.programme_version_id, again.outcome) == (old_version, Outcome.ELIGIBLE)
    # … and who applies from that day on goes by the new ones.
    other = counselled(enquiry("Later"))
    later = submit_application(
        jonas, case_id=other.id, programme_id=application.programme_id, submitted_on=localdate()
    )
    answer = decided(later)
    assert (answer.programme_version_id, answer.outcome) == (changed.id, Outcome.NOT_ELIGIBLE)


def test_the_version_of_the_day_of_application_is_pinned():
    case, one = counselled(), programme()
    old = published(one.id)
    published(one.id, STRICT, on=localdate() + timedelta(30))
    submit_application(jonas, case_id=case.id, programme_id=one.id, submitted_on=localdate())
    assert fresh(case).programme_version_id == old.id


def test_what_was_said_is_never_rewritten():
    _application, decision = refused()
    with acting_as(jonas), pytest.raises(ProgrammingError):
        EligibilityDecision.objects.filter(id=decision.id).update(outcome=Outcome.ELIGIBLE)


def test_an_earlier_decision_is_superseded_and_stays():
    application = applied()
    first = decided(application)
    second = decided(application, previous_assistance=False)
    with acting_as(jonas):
        assert [one.id for one in eligibility_of_case(jonas, application.case_id)] == [second.id, first.id]
        assert live_eligibility(jonas, application.case_id) == second
    with pytest.raises(WrongState):
        ask_override(jonas, decision_id=first.id, reason="Hardship")


def test_an_override_needs_a_reason():
    _application, decision = refused()
    with pytest.raises(Invalid) as problem:
        ask_override(jonas, decision_id=decision.id, reason="  ")
    assert list(problem.value.fields) == ["reason"]


def question(actor, decision):
    """The approval that an exception waits for."""
    with acting_as(actor):
        return approval_of(actor, SubjectKind.ELIGIBILITY_OVERRIDE, decision.id)


def answer(actor, decision, verdict=Verdict.APPROVE, reasons=""):
    asked = question(actor, decision)
    if asked is None:
        raise NotFound
    return answer_approval(
        actor, approval_id=asked.id, verdict=verdict, reasons=reasons, expected_version=asked.version
    )


def overridden(actor, decision):
    with acting_as(actor):
        return get_eligibility(actor, decision.id).override


def test_nobody_confirms_their_own_override():
    application, decision = refused()
    ask_override(vera, decision_id=decision.id, reason="Hardship")
    with pytest.raises(OwnRequest):
        answer(vera, decision)
    with pytest.raises(NotEligibleYet):
        accept(application)


def test_a_counsellor_and_a_stranger_do_not_answer_an_override():
    _application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    with pytest.raises(Refused):
        answer(lina, decision)
    with pytest.raises(NotFound):
        answer(stranger, decision)


@pytest.mark.parametrize("other", [{}, {"override_answered_by_id": vera.user_id}])
def test_the_database_takes_no_exception_that_nobody_approved(other):
    _application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    with acting_as(jonas), pytest.raises(IntegrityError), transaction.atomic():
        EligibilityDecision.objects.filter(id=decision.id).update(override=Override.CONFIRMED, **other)


def test_an_override_is_confirmed_by_a_second_person_and_then_counts():
    application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    with pytest.raises(NotEligibleYet):
        accept(application)
    with acting_as(vera):
        assert [one.subject_id for one in waiting_for(vera)] == [decision.id]
    answer(vera, decision)
    with acting_as(jonas):
        confirmed = get_eligibility(jonas, decision.id)
    assert (confirmed.outcome, confirmed.override) == (Outcome.NOT_ELIGIBLE, Override.CONFIRMED)
    assert confirmed.override_answered_by_id == vera.user_id
    accept(application)
    assert fresh(application.case).stage == Stage.ACCEPTED


def test_an_override_has_a_last_day_and_is_told_of_when_it_is_late():
    _application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    late = question(vera, decision).due_on + timedelta(days=1)
    told = escalate_overdue(system_actor(vera.organisation_id), today=late)
    assert [step.approval_id for step in told] == [question(vera, decision).id]
    with acting_as(vera):
        assert [one.subject_id for one in escalated_to(vera)] == [decision.id]


@pytest.mark.parametrize(
    ("verdict", "override"),
    [(Verdict.DECLINE, Override.DECLINED), (Verdict.SEND_BACK, Override.SENT_BACK)],
)
def test_a_declined_override_says_why_and_may_be_asked_again(verdict, override):
    application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    with pytest.raises(Invalid):
        answer(vera, decision, verdict)
    answer(vera, decision, verdict, "Other help is open")
    with acting_as(jonas):
        answered = get_eligibility(jonas, decision.id)
    assert (answered.override, answered.override_answer) == (override, "Other help is open")
    with pytest.raises(NotEligibleYet):
        accept(application)
    with pytest.raises(NotWaiting):
        answer(vera, decision)
    assert ask_override(jonas, decision_id=decision.id, reason="New facts").override == Override.ASKED


def test_what_was_asked_is_taken_back_by_who_asked():
    _application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    asked = question(vera, decision)
    with pytest.raises(Refused):
        withdraw_approval(vera, approval_id=asked.id)
    assert withdraw_approval(jonas, approval_id=asked.id).state == ApprovalState.WITHDRAWN
    assert overridden(jonas, decision) == Override.NONE
    assert ask_override(jonas, decision_id=decision.id, reason="After all").override == Override.ASKED


def test_deciding_again_takes_the_question_back():
    application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    decided(application)
    assert question(vera, decision).state == ApprovalState.WITHDRAWN


def test_an_answer_to_what_another_organisation_decided_anew_ends_the_question_and_changes_nothing():
    application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    decide_eligibility(vera, case_id=application.case_id)
    answer(vera, decision)
    assert question(vera, decision).state == ApprovalState.APPROVED
    with pytest.raises(NotEligibleYet):
        accept(application)


def test_nobody_overrides_a_yes():
    application = applied()
    decision = decided(application, previous_assistance=False)
    with pytest.raises(WrongState):
        ask_override(jonas, decision_id=decision.id, reason="Hardship")


def test_a_programme_may_leave_overrides_to_its_own_organisation():
    step = {"subject": "eligibility_override", "roles": ["coordinator"], "organisation": "programme"}
    _application, decision = refused(STRICT | {"approvals": [step]})
    ask_override(nora, decision_id=decision.id, reason="Hardship")
    with pytest.raises(Refused):
        answer(rosa, decision)
    answer(vera, decision)
    assert overridden(vera, decision) == Override.CONFIRMED


def test_where_nobody_else_of_the_asking_organisation_may_answer_the_programmes_office_does():
    _application, decision = refused()
    ask_override(jonas, decision_id=decision.id, reason="Hardship")
    with acting_as(vera):
        (step,) = steps_of(vera, question(vera, decision))
    assert step.organisation_id == vera.organisation_id


def test_what_is_on_record_cannot_be_answered_away():
    application = applied(terms=STRICT)
    decision = decided(application, age_years=70, surprise=True, previous_assistance="perhaps")
    assert (decision.outcome, decision.answers) == (Outcome.NOT_ELIGIBLE, {})


def test_facts_come_from_the_record():
    case = counselled()
    with acting_as(jonas):
        facts = facts_of(jonas, case.id)
    year = localdate().year
    assert facts["age_years"] in (Span(year - 1991, year - 1990), year - 1990, year - 1991)
    assert (facts["is_minor"], facts["informed_decision"], facts["family_size"]) == (False, True, 1)
    assert (facts["host_country"], facts["return_country"]) == ("XN", "XM")
    assert "return_type" not in facts
    assert "nationalities" not in facts


def test_a_child_is_covered_by_what_the_principal_applicant_decided():
    omar, dalia, rim = family()
    counselled(omar)
    with acting_as(jonas):
        child, spouse = facts_of(jonas, rim.id), facts_of(jonas, dalia.id)
    assert (child["informed_decision"], child["is_minor"], child["family_size"]) == (True, True, 3)
    assert spouse["informed_decision"] is False


def test_what_if_keeps_nothing():
    case, one = counselled(), programme()
    version = published(one.id)
    with acting_as(jonas):
        found = what_if(jonas, case.id, version.id, supposing={"previous_assistance": False})
        assert found.explanation.outcome == Outcome.ELIGIBLE
        assert [one.package_code for one in found.entitled] == ["start"]
        asked = what_if(jonas, case.id, version.id, supposing={"age_years": 12})
        assert asked.explanation.lines[0].result == Result.NOT_MET
        assert unanswered(jonas, case.id, found.terms) == ("previous_assistance",)
        assert live_eligibility(jonas, case.id) is None
    assert fresh(case).programme_version_id is None


def test_what_somebody_is_entitled_to_goes_by_the_version_of_their_application():
    application = applied()
    published(application.programme_id, TERMS | {"packages": []}, on=localdate())
    with acting_as(jonas):
        assert [one.amount.minor for one in entitled_of(jonas, application.case_id)] == [200000]


def test_the_rules_know_the_codes_of_cases():
    assert set(RETURN_TYPES) == set(ReturnType) - {ReturnType.UNKNOWN}
    assert set(ROLES_IN_FILE) == set(RoleInFile)
    assert set(PROFILE_FLAGS) == set(ProfileFlag)


@pytest.mark.parametrize(
    ("months", "flags", "until"),
    [
        (0, [], "2027-04-21"),
        (6, [], "2027-04-21"),
        (24, [], "2028-04-21"),
        (12, [ProfileFlag.SEPARATED_CHILD], "2027-10-21"),
        (24, [ProfileFlag.SEPARATED_CHILD], "2028-04-21"),
    ],
)
def test_a_person_is_followed_up_as_long_as_profile_and_programme_ask(months, flags, until):
    application = applied(terms={"currency": "EUR", "follow_up_months": months})
    decided(application)
    accept(application)
    case = application.case
    plan_travel(jonas, case_id=case.id, details=JOURNEY)
    confirm_travel(jonas, case_id=case.id)
    record_departure(jonas, case_id=case.id, departed_on=JOURNEY.departs_on)
    confirm_arrival(nora, case_id=case.id, arrived_on=date(2026, 4, 21), place="Saltfield")
    set_profile(jonas, case_id=case.id, flags=flags)
    with acting_as(jonas):
        assert seen_until(jonas, fresh(case)).isoformat() == until
