"""Asking for a case by its reference alone: who asks learns nothing, who leads learns who asked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.audit.models import Entry
from homeward.cases.commands import ask_by_reference, receive_enquiries, set_enquiry_aside
from homeward.cases.models import Enquiry, ReceivedEnquiry
from homeward.cases.queries import timeline_of
from homeward.cases.queries.enquiries import enquiries_waiting, get_received_enquiry
from homeward.cases.queries.handovers import visible_handovers
from homeward.cases.rules import EventKind
from homeward.cases.tests.handing import offered
from homeward.lib.identifiers import check_sign
from homeward.lib.problems import Invalid, NotFound, Refused, TooManyAttempts, WrongState
from tests.cast import HARBOUR, RETURN_PARTNERS, frida, jonas, lina, nora, rosa, stranger, tarek

NOBODYS = "HW-2222-2222-" + check_sign("22222222")
WHY = "He came to us by himself."


def asked(case, actor=jonas):
    return ask_by_reference(actor, reference=case.reference, message=WHY)


def received(case):
    asked(case)
    assert receive_enquiries(system_actor(RETURN_PARTNERS)).count == 1
    with acting_as(nora):
        return enquiries_waiting(nora).get()


def test_a_mistyped_reference_or_no_reason_is_said_before_anything_is_looked_up(sami):
    with pytest.raises(Invalid):
        ask_by_reference(jonas, reference="HW-2222-2222-3", message=WHY)
    with pytest.raises(Invalid):
        ask_by_reference(jonas, reference=sami.reference, message=" ")
    with pytest.raises(Refused):
        ask_by_reference(frida, reference=sami.reference, message=WHY)


@pytest.mark.usefixtures("cast")
def test_after_so_many_a_day_nobody_asks_any_more(settings):
    settings.ENQUIRIES_A_DAY, settings.ENQUIRIES_A_DAY_OF_ORGANISATION = 2, 3
    for _ in range(2):
        ask_by_reference(jonas, reference=NOBODYS, message=WHY)
    with pytest.raises(TooManyAttempts):
        ask_by_reference(jonas, reference=NOBODYS, message=WHY)
    ask_by_reference(lina, reference=NOBODYS, message=WHY)
    with pytest.raises(TooManyAttempts):
        ask_by_reference(lina, reference=NOBODYS, message=WHY)


def test_who_asks_cannot_tell_whether_there_is_such_a_case(sami, client_of):
    client, address = client_of(jonas), reverse("ask_by_reference")
    said = []
    for reference in (sami.reference, NOBODYS):
        answer = client.post(address, {"reference": reference, "message": WHY})
        page = client.get(answer["Location"]).content.decode()
        said.append((answer.status_code, page.count("<li>"), "Asked. If there is such a case" in page))
    assert [(status, is_told) for status, _count, is_told in said] == [(302, True)] * 2
    for reference in (sami.reference, NOBODYS):
        receive_enquiries(system_actor(RETURN_PARTNERS))
        with acting_as(jonas):
            assert not ReceivedEnquiry.objects.exists()
            assert not visible_handovers(jonas).exists()
            assert Enquiry.objects.filter(reference=reference).count() == 1


def test_the_same_statements_are_sent_whether_there_is_such_a_case_or_not(
    sami, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(62) as nobodys:
        ask_by_reference(jonas, reference=NOBODYS, message=WHY)
    with django_assert_num_queries(len(nobodys)):
        asked(sami)


def test_the_lead_learns_who_asked_on_the_record_and_once(sami):
    enquiry = received(sami)
    assert (enquiry.case_id, enquiry.from_organisation_id, enquiry.message) == (sami.id, HARBOUR, WHY)
    assert receive_enquiries(system_actor(RETURN_PARTNERS)).count == 0
    with acting_as(nora):
        assert EventKind.LEAD_ASKED_FOR in [event.kind for event in timeline_of(nora, sami.id)]
        entries = Entry.objects.filter(case_id=sami.id, subject_id=enquiry.id)
        assert [one.organisation_id for one in entries] == [RETURN_PARTNERS]


def test_nobody_else_finds_it(sami):
    enquiry = received(sami)
    for actor in (jonas, stranger, tarek):  # tarek works at another office
        with acting_as(actor), pytest.raises(NotFound):
            get_received_enquiry(actor, enquiry.id)
        with pytest.raises(NotFound):
            set_enquiry_aside(actor, enquiry_id=enquiry.id)
    with acting_as(stranger):
        assert not Enquiry.objects.exists()


def test_set_aside_it_is_over_and_who_asked_hears_nothing(sami):
    enquiry = received(sami)
    assert set_enquiry_aside(rosa, enquiry_id=enquiry.id).is_offered is False
    with pytest.raises(WrongState):
        set_enquiry_aside(nora, enquiry_id=enquiry.id)
    with acting_as(jonas):
        assert not visible_handovers(jonas).exists()


def test_offering_the_case_answers_it(sami, client_of):
    enquiry = received(sami)
    page = client_of(nora).get(reverse("received_enquiry", args=[enquiry.id])).content.decode()
    assert WHY in page
    offered(nora, jonas, sami.id)
    with acting_as(nora):
        assert get_received_enquiry(nora, enquiry.id).is_offered


def test_what_was_asked_is_forgotten_after_a_season(sami):
    with acting_as(jonas):
        Enquiry.objects.create(
            organisation_id=HARBOUR,
            reference=sami.reference,
            message=WHY,
            asked_by_id=jonas.user_id,
            asked_by_name=jonas.name,
            asked_at=now() - timedelta(days=91),
        )
    assert receive_enquiries(system_actor(RETURN_PARTNERS)).count == 0
    receive_enquiries(system_actor(HARBOUR))
    with acting_as(jonas):
        assert not Enquiry.objects.exists()
