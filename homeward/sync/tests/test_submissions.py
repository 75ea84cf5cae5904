"""What telephones send is kept once, in however many posts it comes."""

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.identifiers import new_id
from homeward.surveys.commands import erase_answers, retire_form
from homeward.surveys.models import Attachment, Submission
from homeward.surveys.queries import open_submission
from homeward.surveys.rules import SubmissionState
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.surveys.tests.test_forms import published
from homeward.sync.tests.phones import BOUNDARY, multipart, phone_of, said, tree_of
from tests.cast import RETURN_PARTNERS, nora, rosa

pytestmark = pytest.mark.django_db
PICTURES = ANSWERS.replace("<photo/>", "<photo>صورة ١.jpg</photo>")


@pytest.fixture
def form(cast):
    return published()


@pytest.fixture
def phone(form):
    return phone_of(nora)


def kept():
    with acting_as(nora):
        return list(Submission.objects.order_by("id"))


def test_a_post_that_is_no_filled_form_is_refused_and_nothing_kept(phone):
    whole = multipart(filled(ANSWERS))
    posts = [
        (whole[:-6], None),
        (whole[: len(whole) // 2], None),
        (b"", None),
        (whole, "text/xml"),
        (whole, "multipart/form-data"),
        (whole, "multipart/form-data; boundary=other"),
        (multipart(filled(ANSWERS), field="another"), None),
        (whole.replace(b"--AaB03x--\r\n", b"") + whole, None),
        (multipart(filled("<a>" * 100 + "</a>" * 100)), None),
        (multipart(b"no markup"), None),
        (whole.replace(b"binary", b"base64"), None),
    ]
    for content, kind in posts:
        answer = phone.post(content, content_type=kind or f"multipart/form-data; boundary={BOUNDARY}")
        assert (answer.status_code, said(answer)[0]) == (400, "submit_failure")
    assert kept() == []


def test_a_form_nobody_publishes_here_is_refused(phone):
    assert phone.send(filled(ANSWERS, form="other")).status_code == 404


def test_too_much_at_once_is_refused(phone):
    answer = phone.client.generic(
        "POST", f"{phone.root}/submission", b"x", "multipart/form-data", CONTENT_LENGTH=str(2**30)
    )
    assert answer.status_code == 413


def test_other_answers_under_the_same_number_are_refused_and_the_first_kept(phone, past_policies):
    assert phone.send(filled(ANSWERS, instance="uuid:a")).status_code == 201
    answer = phone.send(filled("<works>no</works>", instance="uuid:a"))
    assert answer.status_code == 409
    assert [one.answers["works"] for one in kept()] == ["yes"]
    assert past_policies("SELECT note FROM audit_entry WHERE refused") == [{"note": "sync:different_body"}]


def test_what_was_sent_is_kept_as_it_was_and_the_receipt_says_so(phone):
    body = filled(ANSWERS)
    answer = phone.send(body, query="?deviceID=collect%3Aabc")
    assert (answer.status_code, said(answer)[0]) == (201, "submit_success")
    metadata = tree_of(answer)[1]
    (one,) = kept()
    assert (metadata.get("instanceID"), metadata.get("isComplete")) == (one.instance_id, "true")
    assert open_submission(rosa, one.id).body == body
    assert one.device.endswith(" collect:abc")
    assert one.received_by_id == nora.user_id


def test_the_question_before_sending_says_where_to_and_how_much(phone):
    answer = phone.head("submission")
    assert answer.status_code == 204
    assert answer.headers["Location"].endswith(f"{phone.root}/submission")
    assert phone.get("submission").status_code == 405


def test_files_come_in_several_posts_and_the_same_again_is_the_same(phone):
    body = filled(PICTURES)
    first = phone.send(body, [("unasked.jpg", "image/jpeg", b"x")])
    assert first.status_code == 202
    assert "صورة ١.jpg" in said(first)[1]
    picture = ("صورة ١.jpg", "image/jpeg", b"\xff\xd8 --AaB03 \r\n--\r\n picture")
    answers = [phone.send(body, [picture]) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [one.state for one in kept()] == [SubmissionState.COMPLETE]
    with acting_as(nora):
        assert Attachment.objects.get().size_bytes == len(picture[2])


def test_an_edited_form_takes_the_place_of_the_current_one(phone):
    phone.send(filled(ANSWERS, instance="uuid:a"))
    assert phone.send(filled(ANSWERS, instance="uuid:b", deprecated="uuid:a")).status_code == 201
    assert phone.send(filled(ANSWERS, instance="uuid:c", deprecated="uuid:a")).status_code == 409
    first, second = kept()
    assert first.superseded_by == second.id


def test_a_form_closed_with_its_own_key_is_kept_closed(phone):
    body = (
        b'<data id="household" version="1" encrypted="yes"><base64EncryptedKey>k</base64EncryptedKey>'
        b"<meta><instanceID>uuid:e</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    assert phone.send(body).status_code == 202
    assert (
        phone.send(body, [("submission.xml.enc", "application/octet-stream", b"closed")]).status_code == 201
    )
    (one,) = kept()
    assert (one.state, one.answers, one.troubles) == (SubmissionState.FLAGGED, {}, ["encrypted"])


def test_a_retired_form_and_what_was_erased_are_received_and_nothing_comes_back(phone, form):
    key = new_id()
    body = filled(ANSWERS, respondent=key)
    phone.send(body)
    erase_answers(system_actor(RETURN_PARTNERS), respondent=key)
    retire_form(rosa, version_id=form.id)
    assert phone.send(body).status_code == 201
    assert phone.send(filled(ANSWERS)).status_code == 201
    assert [bool(one.answers) for one in kept()] == [False, True]
