from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands.appointments import (
    cancel_appointment,
    keep_appointment,
    make_appointment,
    miss_appointment,
    remind_of_appointments,
    reschedule_appointment,
)
from homeward.cases.jobs import remind
from homeward.cases.journey_rules import AppointmentState
from homeward.cases.models import Appointment
from homeward.cases.queries.journey import appointments_of
from homeward.cases.tests.journeys import enquiry, fresh
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from tests.cast import HARBOUR, jonas, lina, nora, salma, stranger

pytestmark = pytest.mark.usefixtures("cast")


def tomorrow():
    return now() + timedelta(hours=20)


def made(case=None, actor=jonas, **given):
    given = {"starts_at": tomorrow(), "subject": "First talk", **given}
    return make_appointment(actor, case_id=(case or enquiry()).id, **given)


def begun(appointment):
    with acting_as(jonas):
        Appointment.objects.filter(id=appointment.id).update(starts_at=now() - timedelta(hours=1))


def test_who_does_no_casework_makes_no_appointment_and_a_stranger_sees_nothing():
    with pytest.raises(Refused):
        made(actor=salma)
    appointment = made()
    with pytest.raises(NotFound):
        make_appointment(stranger, case_id=appointment.case_id, starts_at=tomorrow(), subject="x")
    for end in (keep_appointment, miss_appointment):
        with pytest.raises(NotFound):
            end(stranger, appointment_id=appointment.id)


@pytest.mark.parametrize("wrong", [{"subject": " "}, {"starts_at": now() - timedelta(days=1)}])
def test_an_appointment_has_a_subject_and_lies_ahead(wrong):
    with pytest.raises(Invalid):
        made(**wrong)


def test_it_can_be_a_colleagues_but_nobody_elses():
    given = made(membership_id=lina.membership_id)
    assert given.worker_id == lina.user_id
    with pytest.raises(Invalid):
        made(enquiry("Mina"), membership_id=nora.membership_id)


def test_it_waits_for_its_worker_only():
    appointment = made()
    until = now() + timedelta(days=7)
    for actor, expected in ((jonas, [appointment.id]), (lina, []), (nora, [])):
        with acting_as(actor):
            assert [one.id for one in appointments_of(actor, until)] == expected
    with acting_as(jonas):
        assert not appointments_of(jonas, now()).exists()


def test_moving_it_does_not_overwrite_another_move():
    appointment = made()
    later = tomorrow() + timedelta(days=3)
    moved = reschedule_appointment(
        jonas, appointment_id=appointment.id, expected_version=1, starts_at=later, place="Room 2"
    )
    assert (moved.moved_times, moved.version) == (1, 2)
    with pytest.raises(EditConflict):
        reschedule_appointment(jonas, appointment_id=appointment.id, expected_version=1, starts_at=later)


def test_only_a_meeting_that_has_begun_is_kept_or_missed():
    appointment = made()
    for end in (keep_appointment, miss_appointment):
        with pytest.raises(WrongState):
            end(jonas, appointment_id=appointment.id)


def test_a_kept_appointment_is_contact_and_a_missed_one_is_not():
    case = enquiry()
    missed, kept = made(case), made(case)
    for appointment in (missed, kept):
        begun(appointment)
    assert miss_appointment(jonas, appointment_id=missed.id).state == AppointmentState.MISSED
    assert fresh(case).last_contact_on is None
    keep_appointment(jonas, appointment_id=kept.id)
    assert fresh(case).last_contact_on is not None
    with pytest.raises(WrongState):
        cancel_appointment(jonas, appointment_id=kept.id, reason="x")


def test_a_reminder_says_nothing_but_that_something_waits(django_capture_on_commit_callbacks):
    made(subject="Fear of the uncle")
    with django_capture_on_commit_callbacks(execute=True):
        remind(0)
    assert len(mail.outbox) == 1
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "uncle" not in text
    assert "Omar" not in text


def test_one_reminder_is_enough(django_capture_on_commit_callbacks):
    made()
    until = now() + timedelta(days=1)
    system = system_actor(HARBOUR)
    assert remind_of_appointments(system, until=until).count == 1
    assert remind_of_appointments(system, until=until).count == 0
    with pytest.raises(Refused):
        remind_of_appointments(jonas, until=until)
