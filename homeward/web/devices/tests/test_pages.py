"""The pages of telephones: a picture shown once, and a telephone that works with what it says."""

import base64
import json
import zlib

import pytest

from homeward.surveys.commands import add_phone
from homeward.surveys.queries import phone_at_work
from homeward.web.devices.settings import CollectSettings
from tests.cast import adil, nora

pytestmark = pytest.mark.django_db


def test_what_the_picture_holds_sets_a_phone_up(client_of):
    page = client_of(nora).post("/phones/", {"name": "Blue", "shows_names": "on"})
    assert page.status_code == 200
    given = page.context["settings"]
    told = json.loads(zlib.decompress(base64.b64decode(given.as_code)))
    assert told["general"]["server_url"] == "http://testserver/phone"
    assert "hp_" not in told["general"]["server_url"]
    found = phone_at_work(told["general"]["password"])
    assert (found.actor.user_id, found.shows_names) == (nora.user_id, True)
    assert told["admin"] == {}
    assert "secret" not in repr(CollectSettings("https://a.example/phone", "secret"))


def test_an_officer_sees_their_phones_and_an_administrator_everybodys(
    client_of, django_assert_max_num_queries
):
    for name in ("Blue", "Red"):
        add_phone(nora, name=name)
    browser, office = client_of(nora), client_of(adil)
    office.get("/phones/")
    with django_assert_max_num_queries(28):
        page = office.get("/phones/").content.decode()
    assert "Blue" in page
    assert nora.name in page
    assert "Show the picture" not in page
    assert "Red" in browser.get("/phones/").content.decode()


def test_a_phone_that_is_shut_out_is_said_to_be_and_works_no_more(client_of):
    made = add_phone(nora, name="Lost")
    page = client_of(nora).post(f"/phones/{made.id}/end", follow=True).content.decode()
    assert "Shut out" in page
    assert phone_at_work(made.secret) is None
