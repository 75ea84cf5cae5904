from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.access.roles import Role
from homeward.feedback.commands import (
    answer_complaint,
    answer_question,
    ask_question,
    complain,
    end_own_page,
    enter_own_page,
    leave_own_page,
    offer_own_page,
)
from homeward.feedback.models import Complaint, OwnPageLink, Question
from homeward.feedback.problems import AnsweredBefore, OnlyTheLead
from homeward.feedback.queries import (
    complaints_to_answer,
    open_complaint,
    own_case,
    own_complaints,
    questions_of,
    questions_to_answer,
    visitor_of,
)
from homeward.feedback.rules import LINK_STANDS, VISIT_LASTS, WRONG_CODES, LinkState, Subject, link_state
from homeward.lib.problems import Invalid, NotFound, Refused
from tests.cast import RETURN_PARTNERS, ines, karim, nora, rosa, salma, stranger, tarek, vera

pytestmark = pytest.mark.usefixtures("cast")
door = system_actor(RETURN_PARTNERS)


def offered(case):
    return offer_own_page(nora, case_id=case.id, language="ar")


def entered(case):
    """Sami at work on his own page."""
    link = offered(case)
    found = enter_own_page(door, token=link.token, code=link.code)
    with acting_as(door):
        return visitor_of(RETURN_PARTNERS, found.id)


@pytest.mark.parametrize("actor", [ines, rosa, salma, karim])
def test_only_caseworkers_hand_out_a_page(sami, actor):
    with pytest.raises(Refused):
        offer_own_page(actor, case_id=sami.id, language="en")


def test_a_stranger_cannot_tell_that_the_case_exists(sami):
    with pytest.raises(NotFound):
        offer_own_page(stranger, case_id=sami.id, language="en")


def test_a_returnee_hands_out_nothing_and_asks_no_other_door(sami):
    visitor = entered(sami)
    for refused in (
        lambda: offer_own_page(visitor, case_id=sami.id, language="en"),
        lambda: answer_question(visitor, case_id=sami.id, question_id=sami.id, answer="x"),
        lambda: open_complaint(visitor, complaint_id=sami.id),
    ):
        with pytest.raises(Refused):
            refused()


def test_of_link_and_code_only_fingerprints_are_kept(sami, past_policies):
    link = offered(sami)
    (row,) = past_policies("SELECT l::text AS kept FROM feedback_ownpagelink l")
    assert link.token not in row["kept"]
    assert link.code not in row["kept"].replace("-", " ").split(",")


def test_link_and_code_open_the_page_once(sami):
    link = offered(sami)
    assert enter_own_page(door, token=link.token, code=link.code).id == link.id
    assert enter_own_page(door, token=link.token, code=link.code).id is None


def test_a_wrong_code_opens_nothing_and_the_fifth_ends_the_link(sami):
    link = offered(sami)
    wrong = "000000" if link.code != "000000" else "111111"
    for _time in range(WRONG_CODES):
        assert enter_own_page(door, token=link.token, code=wrong).id is None
    assert enter_own_page(door, token=link.token, code=link.code).id is None


def test_an_invented_link_and_one_of_another_organisation_open_nothing(sami):
    link = offered(sami)
    assert enter_own_page(door, token=link.token + "x", code=link.code).id is None
    assert enter_own_page(system_actor(stranger.organisation_id), token=link.token, code=link.code).id is None


def test_a_new_link_ends_the_one_before(sami):
    first, second = offered(sami), offered(sami)
    assert enter_own_page(door, token=first.token, code=first.code).id is None
    assert enter_own_page(door, token=second.token, code=second.code).id == second.id


def test_how_a_link_stands_follows_from_what_happened():
    told = {"expires_at": now(), "used_at": None, "ended_at": None, "attempts": 0}
    before, after = now() - LINK_STANDS, now() + timedelta(seconds=1)
    assert link_state(**told, now=before) == LinkState.WAITING
    assert link_state(**told, now=after) == LinkState.EXPIRED
    assert link_state(**{**told, "attempts": WRONG_CODES}, now=before) == LinkState.GUESSED
    assert link_state(**{**told, "used_at": before}, now=after) == LinkState.USED
    assert link_state(**{**told, "used_at": before, "ended_at": after}, now=after) == LinkState.ENDED


def test_a_visit_ends_with_its_hours_when_left_and_when_the_caseworker_ends_it(sami):
    visitor = entered(sami)
    with acting_as(door):
        assert visitor_of(RETURN_PARTNERS, visitor.user_id)
        assert visitor_of(RETURN_PARTNERS, visitor.user_id, now() + VISIT_LASTS) is None
    leave_own_page(visitor)
    with acting_as(door):
        assert visitor_of(RETURN_PARTNERS, visitor.user_id) is None
    again = entered(sami)
    end_own_page(nora, link_id=again.user_id)
    with acting_as(door):
        assert visitor_of(RETURN_PARTNERS, again.user_id) is None


def test_the_visitor_is_the_person_and_sees_one_case(sami):
    visitor = entered(sami)
    assert (visitor.role, visitor.name) == (Role.RETURNEE, "Sami Example")
    with acting_as(visitor):
        assert own_case(visitor).id == sami.id


def test_nobody_has_an_own_case_but_a_visitor(sami):
    with acting_as(nora), pytest.raises(NotFound):
        own_case(nora)


def test_a_question_reaches_the_lead_and_its_answer_the_person(sami):
    visitor = entered(sami)
    question = ask_question(visitor, words="When can I open my shop?", language="ar")
    with acting_as(nora):
        assert [one.id for one in questions_to_answer(nora)] == [question.id]
        assert question.due_on > localdate()
    with acting_as(rosa):
        assert not questions_to_answer(rosa)
    answer_question(nora, case_id=sami.id, question_id=question.id, answer="In March.")
    with acting_as(visitor):
        assert [one.answer for one in questions_of(visitor, sami.id)] == ["In March."]
    with pytest.raises(AnsweredBefore):
        answer_question(nora, case_id=sami.id, question_id=question.id, answer="In May.")


def test_a_question_needs_words_and_its_words_stay(sami):
    visitor = entered(sami)
    with pytest.raises(Invalid):
        ask_question(visitor, words="  ", language="ar")
    ask_question(visitor, words="When?", language="ar")
    with acting_as(nora), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Question.objects.update(words="Never")


def test_a_stranger_sees_no_question(sami):
    question = ask_question(entered(sami), words="When?", language="ar")
    with acting_as(stranger):
        assert questions_of(stranger, sami.id) == []
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            answer_question(actor, case_id=sami.id, question_id=question.id, answer="x")


def test_a_complaint_goes_to_coordinators_and_data_protection_and_to_nobody_else(sami):
    made = complain(entered(sami), subject=Subject.WAITING, words="I waited for weeks.", language="ar")
    for actor in (rosa, ines):
        with acting_as(actor):
            assert [one.id for one in complaints_to_answer(actor)] == [made.id]
        assert open_complaint(actor, complaint_id=made.id).words == "I waited for weeks."
    with acting_as(nora), pytest.raises(Refused):
        complaints_to_answer(nora)
    with pytest.raises(NotFound):
        open_complaint(vera, complaint_id=made.id)


def test_whom_a_complaint_is_about_never_sees_it_whatever_their_role(sami):
    complain(entered(sami), subject=Subject.TREATMENT, words="She shouts.", language="ar", is_about_lead=True)
    as_coordinator = replace(nora, role=Role.COORDINATOR)
    with acting_as(as_coordinator):
        assert not complaints_to_answer(as_coordinator)
        assert not Complaint.objects.exists()
    with acting_as(rosa):
        assert Complaint.objects.count() == 1


def test_the_trail_of_the_case_does_not_tell_of_a_complaint(sami, past_policies):
    complain(entered(sami), subject=Subject.TREATMENT, words="She shouts.", language="ar")
    entries = past_policies("SELECT case_id FROM audit_entry WHERE action = 'complaint.make'")
    assert [entry["case_id"] for entry in entries] == [None]
    events = past_policies("SELECT kind FROM cases_event")
    assert "complaint" not in str(events)


def test_what_was_complained_of_is_sealed_and_answered_once(sami, past_policies):
    visitor = entered(sami)
    made = complain(visitor, subject=Subject.MONEY, words="Half of it is missing.", language="ar")
    answer_complaint(rosa, complaint_id=made.id, answer="We look into it.")
    (row,) = past_policies("SELECT c::text AS kept FROM feedback_complaint c")
    assert "missing" not in row["kept"]
    with acting_as(visitor):
        assert [one.answer for one in own_complaints(visitor)] == ["We look into it."]
    with pytest.raises(AnsweredBefore):
        answer_complaint(ines, complaint_id=made.id, answer="Again")


def test_an_organisation_that_does_not_lead_hands_out_no_page(sami, past_policies):
    with acting_as(nora):
        assert not OwnPageLink.objects.exists()
    assert issubclass(OnlyTheLead, Exception)
