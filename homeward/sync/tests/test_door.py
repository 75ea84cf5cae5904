"""Only known telephones come in, encrypted where others listen, and not too often."""

import pytest
from django.test import Client

from homeward.access.acting import acting_as
from homeward.organisations.models import Membership, User
from homeward.surveys.commands import add_phone, end_phone
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.sync.tests.phones import Telephone, phone_of, said
from tests.cast import nora

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(cast):
    return phone_of(nora)


@pytest.mark.parametrize("by", ["address", "name and password"])
def test_who_is_not_known_is_told_one_and_the_same(cast, by):
    made = add_phone(nora, name="Lost")
    end_phone(nora, phone_id=made.id)
    answers = [
        caller.get(path)
        for caller in (Telephone(made.secret, by), Telephone("hp_nonsense", by), Telephone())
        for path in ("formList", "submission", "nowhere")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["WWW-Authenticate"].partition(" ")[0] for answer in answers} == {"Basic"}


def test_a_broken_sign_in_is_none(cast):
    for given in ("Basic", "Basic !", "Basic YQ==", "Bearer abc", "Digest x"):
        assert Client().get("/phone/formList", headers={"Authorization": given}).status_code == 401


def test_nothing_is_taken_or_redirected_without_encryption(phone, settings):
    settings.HTTPS, settings.SECURE_SSL_REDIRECT = True, True
    answer = phone.get("formList")
    assert answer.status_code == 403
    assert "https" in said(answer)[1]
    assert phone.client.get(f"{phone.root}/formList", secure=True).status_code == 200


def test_a_phone_that_asks_too_often_waits(phone, settings):
    settings.PHONE_CALLS_A_MINUTE = 2
    answers = [phone.get("formList") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize("by", ["address", "name and password"])
def test_a_known_phone_comes_in_either_way_and_every_answer_says_the_version(cast, by):
    caller = phone_of(nora, by)
    for answer in (caller.get("formList"), caller.get("nowhere"), caller.head("submission")):
        assert answer.headers["X-OpenRosa-Version"] == "1.0"
        assert answer.headers["X-OpenRosa-Accept-Content-Length"] == str(100 * 1024 * 1024)
        assert answer.headers["Date"].endswith("GMT")
        assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_not_there_is_said_in_the_envelope_and_in_the_officers_language(phone):
    answer = phone.get("nowhere")
    assert answer.status_code == 404
    assert said(answer)[0] == "submit_failure"
    User.objects.filter(id=nora.user_id).update(language="fr")
    assert "rien" in said(phone.get("nowhere"))[1].lower()


def test_a_role_without_answers_is_refused_and_that_is_on_the_trail(cast, past_policies):
    caller = phone_of(nora)
    with acting_as(nora):
        Membership.objects.filter(id=nora.membership_id).update(role="finance_officer")
    assert caller.send(filled(ANSWERS)).status_code == 403
    assert caller.get("formList").status_code == 403
    assert past_policies("SELECT note FROM audit_entry WHERE refused")[0]["note"] == "sync:refused"


def test_no_log_ever_holds_the_secret(phone, caplog):
    phone.get("nowhere")
    phone.client.post(f"{phone.root}/formList")
    phone.client.raise_request_exception = False
    phone.client.get(f"{phone.root}/formList", headers={"host": "elsewhere.example"})
    assert "/phone/nowhere" in caplog.text
    assert "hp_" not in caplog.text
