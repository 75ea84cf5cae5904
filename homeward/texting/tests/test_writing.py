"""Who may be written to, when, and what becomes of a message on its way."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.cases.commands import make_appointment
from homeward.cases.commands.appointments import reschedule_appointment
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.people.commands import change_contact
from homeward.people.rules import ContactDetails, ContactKind
from homeward.texting import jobs
from homeward.texting.commands import (
    ask_to_call,
    claim_messages,
    end_channel,
    end_messages,
    permit_messages,
    remind_people,
    take_report,
    try_channel,
)
from homeward.texting.models import Channel, Message
from homeward.texting.problems import NoChannel, NotWritable, TooManyTests
from homeward.texting.queries import messages_of
from homeward.texting.rules import Because, MessageState, NoWay, Report, Reported, YesWay
from homeward.texting.tests.phones import (
    NUMBER,
    a_channel,
    a_phone,
    messages,
    says_yes,
    send_all,
    system,
)
from tests.cast import adil, hana, jonas, nora, stranger, vera, wanda

TUNIS = ZoneInfo("Africa/Tunis")


def test_nobody_is_written_to_without_their_yes(sami, channel):
    a_phone(sami)
    with pytest.raises(NotWritable):
        ask_to_call(nora, case_id=sami.id)
    assert messages() == []


def test_strangers_and_other_roles_write_nothing(reachable):
    with pytest.raises(NotFound):
        ask_to_call(stranger, case_id=reachable.case.id)
    for other in (vera, hana, adil):
        with pytest.raises(Refused):
            ask_to_call(other, case_id=reachable.case.id)


@pytest.mark.parametrize(
    "rules", [{"may_text": False}, {"belongs_to": "his brother"}, {"value": "not a number"}]
)
def test_a_number_that_is_not_safe_gets_no_permission(sami, channel, rules):
    contact = a_phone(sami, **rules)
    with pytest.raises(Invalid):
        says_yes(sami, contact)


def test_somebody_elses_phone_is_written_to_only_where_messages_may_be_left(sami, channel):
    says_yes(sami, a_phone(sami, belongs_to="his brother", may_leave_message=True))
    assert ask_to_call(nora, case_id=sami.id).state == MessageState.WAITING


def test_without_a_channel_for_the_number_nothing_is_queued(sami, cast, far_end):
    a_channel(far_end.address, prefix="+33")
    says_yes(sami, a_phone(sami))
    with pytest.raises(NoChannel):
        ask_to_call(nora, case_id=sami.id)


def test_a_neutral_text_goes_out_once(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    with pytest.raises(WrongState):
        ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    send_all()
    assert far_end.numbers == [f"tel:{NUMBER}"]
    assert far_end.texts[0].startswith("Please call the person you are in contact with")
    (message,) = messages()
    assert (message.state, message.provider_id, message.tries) == (MessageState.SENT, "1001", 1)
    assert str(message.id) in far_end.bodies


def hours_away():
    """An hour in which it is not now, in Tunis."""
    begins = 20 if now().astimezone(TUNIS).hour < 12 else 3
    return {"not_before": time(begins), "not_after": time(begins + 1)}


def test_it_waits_for_the_hours_that_are_safe(sami, channel, far_end):
    says_yes(sami, a_phone(sami, **hours_away()))
    message = ask_to_call(nora, case_id=sami.id)
    send_all()
    assert far_end.bodies == {}
    assert message.send_from > message.queued_at
    assert message.send_from.astimezone(TUNIS).time() == hours_away()["not_before"]


def test_hours_that_were_narrowed_meanwhile_count_when_it_is_sent(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    change(reachable, **hours_away())
    send_all()
    assert far_end.bodies == {}
    assert messages()[0].state == MessageState.WAITING


def change(reachable, **rules):
    given = {"value": NUMBER, "not_before": time(0), "not_after": time(23, 59, 59), **rules}
    change_contact(
        nora,
        person_id=reachable.case.person_id,
        contact_id=reachable.contact.id,
        expected_version=1,
        details=ContactDetails(kind=ContactKind.PHONE, **given),
    )


@pytest.mark.parametrize(
    ("rules", "because"),
    [
        ({"may_text": False}, Because.NOT_SAFE),
        ({"value": "+21655555555"}, Because.NO_PERMISSION),
        ({"belongs_to": "a neighbour"}, Because.NOT_SAFE),
    ],
)
def test_what_is_not_safe_any_more_is_held_back(reachable, far_end, rules, because):
    ask_to_call(nora, case_id=reachable.case.id)
    change(reachable, **rules)
    send_all()
    assert far_end.bodies == {}
    assert (messages()[0].state, messages()[0].because) == (MessageState.HELD_BACK, because)


def test_whoever_takes_their_yes_back_gets_nothing_that_waited(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    end_messages(nora, permission_id=reachable.permission.id, way=NoWay.BY_PHONE)
    send_all()
    assert far_end.bodies == {}
    with pytest.raises(NotWritable):
        ask_to_call(nora, case_id=reachable.case.id)
    with pytest.raises(NotFound):
        end_messages(nora, permission_id=reachable.permission.id, way=NoWay.BY_PHONE)


def test_a_second_yes_is_the_same_one_and_another_language_a_new_one(reachable):
    again = says_yes(reachable.case, reachable.contact)
    assert again.id == reachable.permission.id
    other = says_yes(reachable.case, reachable.contact, language="fr")
    assert other.id != reachable.permission.id
    with pytest.raises(Invalid):
        says_yes(reachable.case, reachable.contact, language="de")
    with pytest.raises(NotFound):
        permit_messages(
            stranger,
            case_id=reachable.case.id,
            contact_id=reachable.contact.id,
            language="en",
            way=YesWay.IN_PERSON,
        )


# on its way


def test_a_gateway_that_is_down_is_tried_again_later(reachable, far_end):
    far_end.answers = [503]
    ask_to_call(nora, case_id=reachable.case.id)
    jobs.send_some(system)
    (message,) = messages()
    assert (message.state, message.tries) == (MessageState.WAITING, 1)
    assert timedelta(seconds=25) < message.send_from - now() <= timedelta(seconds=30)
    with acting_as(nora):
        assert Channel.objects.get().trouble == Because.REFUSED


def test_what_a_gateway_refuses_for_good_failed(reachable, far_end):
    far_end.answers = [422]
    ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    assert (messages()[0].state, messages()[0].because) == (MessageState.FAILED, Because.REFUSED)


def test_nothing_is_posted_into_the_own_network(reachable, far_end, settings):
    settings.MESSAGE_LOCAL_GATEWAYS = False
    ask_to_call(nora, case_id=reachable.case.id)
    jobs.send_some(system)
    assert far_end.bodies == {}


def test_a_worker_that_ended_in_between_is_followed_by_another(reachable, far_end, settings):
    ask_to_call(nora, case_id=reachable.case.id)
    assert len(claim_messages(system, at=now()).letters) == 1, "claimed, and then the worker was gone"
    assert claim_messages(system, at=now()).letters == []
    later = now() + timedelta(seconds=6 * settings.MESSAGE_PATIENCE_SECONDS + 1)
    assert len(claim_messages(system, at=later).letters) == 1


def test_reports_say_what_became_of_it_and_none_takes_an_arrival_back(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    for report in (Report.DELIVERED, Report.FAILED, Report.SENT):
        told = Reported(report, "1001", "1001")
        take_report(system, channel_id=reachable.channel.id, told=told)
    assert messages()[0].state == MessageState.DELIVERED
    unknown = Reported(Report.SENT, "9", "9")
    with pytest.raises(NotFound):
        take_report(system, channel_id=reachable.channel.id, told=unknown)


# channels


def test_only_administrators_keep_channels(cast):
    for other in (nora, vera, jonas):
        with pytest.raises(Refused):
            a_channel(by=other)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"address": "http://sms.example.test/"}, "address"),
        ({"address": "https://user:word@sms.example.test/"}, "address"),
        ({"address": "nowhere"}, "address"),
        ({"name": " "}, "name"),
        ({"token": ""}, "token"),
        ({"prefix": "216"}, "prefix"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_a_channel_needs_an_encrypted_address_and_a_place(cast, given, field):
    with pytest.raises(Invalid) as wrong:
        a_channel(**given)
    assert set(wrong.value.fields) == {field}


def test_the_token_is_sealed_and_the_address_of_the_gateway_kept_as_a_digest(cast, past_policies):
    made = a_channel()
    (row,) = past_policies("SELECT row_to_json(c)::text AS told FROM texting_channel c")
    assert "gateway-key" not in row["told"]
    assert made.door not in row["told"]
    assert made.secret not in row["told"]


def test_a_test_says_only_that_it_is_one_and_forgets_the_number(channel, far_end):
    with pytest.raises(Invalid):
        try_channel(adil, channel_id=channel.id, number="12")
    try_channel(adil, channel_id=channel.id, number=NUMBER)
    (message,) = messages(adil)
    assert NUMBER.encode() not in bytes(message.to_number)
    send_all()
    assert far_end.texts == ["Test message. No answer is needed."]
    assert messages(adil)[0].to_number is None


def test_a_channel_is_tried_so_often_a_day(channel, monkeypatch):
    monkeypatch.setattr("homeward.texting.commands.channels.TESTS_A_DAY", 1)
    try_channel(adil, channel_id=channel.id, number=NUMBER)
    with pytest.raises(TooManyTests):
        try_channel(adil, channel_id=channel.id, number=NUMBER)


def test_a_channel_that_was_shut_out_carries_nothing(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    with pytest.raises(NotFound):
        end_channel(wanda, channel_id=reachable.channel.id)
    end_channel(adil, channel_id=reachable.channel.id)
    send_all()
    assert far_end.bodies == {}
    assert messages()[0].because == Because.CHANNEL_ENDED
    with pytest.raises(NotFound):
        end_channel(adil, channel_id=reachable.channel.id)


# reminders


def meeting(case, hours=20):
    return make_appointment(
        nora,
        case_id=case.id,
        subject="Talk about the plan",
        starts_at=now() + timedelta(hours=hours),
        place="Saltfield",
    )


def test_people_are_reminded_once_for_each_time_agreed_on(reachable, far_end):
    made = meeting(reachable.case)
    assert remind_people(system, at=now()).count == 1
    assert remind_people(system, at=now()).count == 0
    reschedule_appointment(
        nora, appointment_id=made.id, expected_version=made.version, starts_at=now() + timedelta(hours=22)
    )
    assert remind_people(system, at=now()).count == 1
    send_all()
    assert len(far_end.bodies) == 1, "the reminder of the time that holds no more stays back"
    first, second = messages()
    assert (first.because, second.state) == (Because.CHANGED, MessageState.SENT)
    assert "Saltfield" not in far_end.texts[0]
    assert "plan" not in far_end.texts[0]


def test_what_is_further_ahead_or_too_near_is_not_reminded_of(reachable):
    for hours in (40, 0.5):
        meeting(reachable.case, hours)
    assert remind_people(system, at=now()).count == 0


# what is read of it


def test_the_case_tells_who_was_told_what(reachable, far_end):
    ask_to_call(nora, case_id=reachable.case.id)
    send_all()
    (line,) = messages_of(nora, case_id=reachable.case.id).lines
    assert line.message.state == MessageState.SENT
    with pytest.raises(NotFound):
        messages_of(stranger, case_id=reachable.case.id)
    with pytest.raises(Refused):
        messages_of(vera, case_id=reachable.case.id)


def test_another_organisation_sees_nothing_of_it(reachable):
    ask_to_call(nora, case_id=reachable.case.id)
    with acting_as(jonas):
        assert not Message.objects.exists()
        assert not Channel.objects.exists()
