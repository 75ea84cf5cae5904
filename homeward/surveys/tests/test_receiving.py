"""Filled forms are kept once, exactly as sent, sealed, with their answers read."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.identifiers import new_id
from homeward.lib.problems import NotFound, Refused
from homeward.surveys.commands import erase_answers, publish_form, receive, retire_form, upload_form
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.models import Attachment, Submission
from homeward.surveys.problems import BodyRefused, DifferentBody, NotCurrent, UnknownForm
from homeward.surveys.queries import get_submission, open_submission, submissions_of
from homeward.surveys.receiving import Sent
from homeward.surveys.rules import Missing, SubmissionState, Trouble
from homeward.surveys.tests.books import ANSWERS, filled, workbook
from homeward.surveys.tests.test_forms import published
from tests.cast import RETURN_PARTNERS, frida, nora, rosa, vera

PHOTO = ANSWERS.replace("<photo/>", "<photo>صورة ١.jpg</photo>")
office = system_actor(RETURN_PARTNERS)


@pytest.fixture
def form(cast):
    return published()


def submission(receipt, actor=nora):
    with acting_as(actor):
        return get_submission(actor, receipt.id)


def test_who_has_nothing_to_do_with_answers_sends_none(form):
    with pytest.raises(Refused):
        receive(frida, body=filled(ANSWERS))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not markup",
        b"<data/>",
        b'<data id="household"><meta/></data>',
        b'<!DOCTYPE d [<!ENTITY a "b">]>' + filled(),
        filled().replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="utf-7"?>'),
        filled().decode().encode("utf-16"),
        filled(ANSWERS)[:-9],
        filled("<a>" * 100 + "</a>" * 100),
    ],
)
def test_what_is_no_filled_form_is_refused(form, body):
    with pytest.raises(BodyRefused):
        receive(nora, body=body)


def test_an_unknown_form_or_version_is_refused(form):
    for given in ({"form": "other"}, {"version": "77"}):
        with pytest.raises(UnknownForm):
            receive(nora, body=filled(ANSWERS, **given))


def test_the_same_form_with_other_answers_is_refused_and_the_first_kept(form):
    first = receive(nora, body=filled(ANSWERS, instance="uuid:a"))
    with pytest.raises(DifferentBody):
        receive(nora, body=filled("<works>no</works>", instance="uuid:a"))
    assert submission(first).answers["works"] == "yes"


def test_another_organisation_sees_nothing_of_it(form):
    receipt = receive(nora, body=filled(ANSWERS, instance="uuid:a"))
    with pytest.raises(NotFound):
        submission(receipt, vera)
    # and its own form of the same instance is another one
    assert receive(system_actor(vera.organisation_id), body=filled(ANSWERS, instance="uuid:a")).is_new


def test_what_was_sent_is_kept_as_it_was_and_sealed(form):
    body = filled(ANSWERS)
    receipt = receive(nora, body=body, device="phone-7")
    assert (receipt.is_new, receipt.state) == (True, SubmissionState.COMPLETE)
    with acting_as(nora):
        kept = Submission.objects.get()
        assert b"Saltfield" not in bytes(kept.body)
        assert kept.device == "phone-7"
        assert kept.began_at.minute == 0
    assert open_submission(rosa, receipt.id).body == body


def test_answers_have_their_types_and_every_kind_of_missing(form):
    given = filled(
        "<village>Saltfield</village><works>refused</works><income>98</income>"
        "<members><called>Amina</called><age>٣٤</age></members><members><called>B</called><age>4</age></members>"
        "<help>cash work</help><where>36.5 3.1 0 5</where>"
    )
    answers = submission(receive(nora, body=given)).answers
    assert answer_of(answers, "works") == Missing.REFUSED
    assert answer_of(answers, "income") == Missing.DONT_KNOW
    assert answer_of(answers, "double") == Missing.NOT_ASKED
    assert answers["members"] == [{"members/age": 34}, {"members/age": 4}]  # names stay sealed
    assert answers["help"] == ["cash", "work"]
    assert answers["where"] == [36.5, 3.1, 0, 5]
    other = submission(receive(nora, body=filled("<works>skip</works>"))).answers
    assert answer_of(other, "works") == Missing.NOT_APPLICABLE


def test_what_cannot_be_read_is_kept_and_flagged(form):
    given = filled("<works>maybe</works><income>many</income><invented>1</invented>")
    receipt = receive(nora, body=given)
    assert receipt.state == SubmissionState.FLAGGED
    kept = submission(receipt)
    assert kept.answers["income"] == "many"
    assert set(kept.troubles) == {Trouble.UNKNOWN_CODE, Trouble.UNREADABLE_ANSWER, Trouble.UNKNOWN_QUESTION}


def test_sent_again_it_is_the_same(form):
    body = filled(ANSWERS)
    first, second = receive(nora, body=body), receive(nora, body=body)
    assert (second.is_new, second.id, second.sha256) == (False, first.id, first.sha256)


def test_files_come_in_any_order_and_are_kept_once(form):
    body = filled(PHOTO)
    first = receive(nora, body=body, attachments=[Sent("other.jpg", b"not asked for")])
    assert (first.state, first.waiting_for) == (SubmissionState.WAITING_FOR_ATTACHMENTS, ("صورة ١.jpg",))
    picture = Sent("صورة ١.jpg", b"picture", "image/jpeg")
    second = receive(nora, body=body, attachments=[picture])
    assert (second.state, second.waiting_for) == (SubmissionState.COMPLETE, ())
    assert receive(nora, body=body, attachments=[picture]).state == SubmissionState.COMPLETE
    third = receive(nora, body=body, attachments=[Sent(picture.name, b"another")])
    assert third.state == SubmissionState.FLAGGED
    with acting_as(nora):
        assert Attachment.objects.get().size_bytes == len(b"picture")


def test_a_retired_form_is_still_received(form):
    retire_form(rosa, version_id=form.id)
    assert receive(nora, body=filled(ANSWERS)).is_new


def test_a_corrected_form_takes_the_place_of_the_current_one(form):
    key = new_id()
    first = receive(nora, body=filled(ANSWERS, instance="uuid:a", respondent=key))
    edited = filled(ANSWERS, instance="uuid:b", deprecated="uuid:a")
    second = receive(nora, body=edited)
    assert submission(second).respondent == key
    with acting_as(nora):
        assert [one.id for one in submissions_of(nora, key)] == [second.id]
    assert submission(first).superseded_by == second.id
    assert receive(nora, body=edited).is_new is False
    for old in ("uuid:a", "uuid:nowhere"):
        with pytest.raises(NotCurrent):
            receive(nora, body=filled(ANSWERS, deprecated=old))


def test_a_form_with_its_own_key_is_kept_closed(form):
    body = (
        b'<data id="household" version="1" encrypted="yes"><base64EncryptedKey>k</base64EncryptedKey>'
        b"<meta><instanceID>uuid:e</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    first = receive(nora, body=body)
    assert first.waiting_for == ("submission.xml.enc",)
    second = receive(nora, body=body, attachments=[Sent("submission.xml.enc", b"closed")])
    assert second.state == SubmissionState.FLAGGED
    assert submission(second).answers == {}


def test_what_was_sent_never_changes_in_the_database(form):
    receive(nora, body=filled(ANSWERS))
    with acting_as(nora):
        for change in ({"body": b"x"}, {"answers": {"works": "no"}}, {"sha256": b"x"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Submission.objects.update(**change)


def test_erased_answers_do_not_come_back(form):
    key = new_id()
    body = filled(PHOTO)
    receipt = receive(nora, body=body, attachments=[Sent("صورة ١.jpg", b"p")], respondent=key)
    assert erase_answers(office, respondent=key) == 1
    again = receive(nora, body=body, attachments=[Sent("صورة ١.jpg", b"p")], respondent=key)
    assert (again.id, again.is_new) == (receipt.id, False)
    with acting_as(nora):
        kept = Submission.objects.get()
        assert (bytes(kept.body), kept.answers) == (b"", {})
        assert not Attachment.objects.exists()


def test_answers_to_an_old_version_are_read_as_that_version_asks(form):
    draft = upload_form(rosa, instrument_id=form.instrument_id, file=workbook())
    publish_form(rosa, version_id=draft.id, expected_version=1)
    assert submission(receive(nora, body=filled(ANSWERS))).form_id == form.id
    assert submission(receive(nora, body=filled(ANSWERS, version="2"))).form_id == draft.id


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_row(form):
    body, told, begin = filled(ANSWERS), [], threading.Barrier(10)

    def send():
        begin.wait()
        try:
            for _time in range(2):
                told.append(receive(nora, body=body))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(10)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(told) == 20
    assert len({one.id for one in told}) == 1
    assert sum(one.is_new for one in told) == 1
