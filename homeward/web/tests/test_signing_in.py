"""Coming in: password, second factor, the demonstration's door, hats."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from homeward.access.roles import Role
from homeward.organisations.commands import change_membership, end_membership
from homeward.organisations.models import User
from homeward.web.adapters import SecondFactors
from tests.cast import adil, jonas, lina, lina_as_case_manager, nora, tarek

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

PASSWORD = "a harbour full of lamps"
EMAIL = "nora@homeward.example"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class CountingHasher(MD5PasswordHasher):
    algorithm = "counted"
    made = 0

    def encode(self, password, salt):
        type(self).made += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def with_password():
    user = User.objects.get(id=nora.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def with_app(with_password):
    return Authenticator.objects.create(
        user=with_password, type="totp", data={"secret": SecondFactors().encrypt(SECRET)}
    )


def code(ago=0):
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - ago))


def sign_in(client, email=EMAIL, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def give(client, given):
    return client.post(reverse("mfa_authenticate"), {"code": given})


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def body(response):
    return re.sub(rb'value="[^"]*"', b"", response.content)


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(with_password, client):
    unknown, wrong = sign_in(client, "nobody@homeward.example", "x"), sign_in(client, EMAIL, "x")
    assert (unknown.status_code, body(unknown)) == (wrong.status_code, body(wrong))


def test_an_unknown_address_costs_as_much_hashing_as_a_wrong_password(with_password, client, settings):
    settings.PASSWORD_HASHERS = ["homeward.web.tests.test_signing_in.CountingHasher"]
    with_password.set_password(PASSWORD)
    with_password.save()
    counts = []
    for email in ("nobody@homeward.example", EMAIL):
        CountingHasher.made = 0
        sign_in(client, email, "x")
        counts.append(CountingHasher.made)
    assert counts == [1, 1]


def test_a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses(with_password, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (EMAIL, "nobody@homeward.example")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert [message.to[0] for message in mail.outbox] == [EMAIL, "nobody@homeward.example"]
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_nobody_makes_an_account_for_themselves(client):
    assert client.get(reverse("account_signup")).status_code == 403


def test_without_a_second_factor_one_gets_no_further_than_its_set_up(with_password, client):
    sign_in(client)
    for name in ("account", "home_of_nothing", "switch_hat"):
        path = reverse(name) if name != "home_of_nothing" else "/nowhere/"
        answer = client.post(path) if name == "switch_hat" else client.get(path)
        assert answer.status_code == 404 or answer.url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200


def test_the_app_is_set_up_with_a_code_and_its_secret_is_sealed(with_password, client):
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert b"<svg viewBox" in page.content
    secret = page.context["form"].secret
    good = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert client.post(reverse("mfa_activate_totp"), {"code": good}).url == reverse("mfa_view_recovery_codes")
    assert is_in(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    again = Client()
    sign_in(again)
    assert give(again, good).status_code == 200, "the code that switched it on does not open the door too"
    assert not is_in(again)


def test_a_session_from_before_the_set_up_has_to_sign_in_again(with_password, client):
    sign_in(client)
    Authenticator.objects.create(
        user=with_password, type="totp", data={"secret": SecondFactors().encrypt(SECRET)}
    )
    assert client.get(reverse("mfa_add_webauthn")).url == reverse("account_login")
    assert not is_in(client)


def test_a_password_alone_does_not_open_an_account_with_a_second_factor(with_app, client):
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a_code_opens_the_door_once(with_app, client):
    sign_in(client)
    used = code()
    assert give(client, used).status_code == 302
    assert is_in(client)
    for ago in (None, used):
        again = Client()
        sign_in(again)
        assert give(again, used).status_code == 200
        assert not is_in(again), ago


def test_ten_wrong_codes_close_the_second_step(with_app, client):
    sign_in(client)
    for _ in range(10):
        give(client, "000000")
    assert give(client, code()).status_code == 200
    assert not is_in(client)


def test_the_key_of_the_session_changes_at_sign_in_and_at_a_change_of_hat(with_app, client):
    client.get(reverse("account_login"))
    client.session["x"] = 1
    sign_in(client)
    before = client.session.session_key
    give(client, code())
    assert client.session.session_key != before


def test_ten_wrong_passwords_close_the_account_for_fifteen_minutes(with_app, client, monkeypatch):
    for number in range(12):
        last = sign_in(client, password=f"wrong {number}", REMOTE_ADDR=f"198.51.100.{number}")
    assert last.status_code == 429
    assert sign_in(client).status_code == 429, "even the right password"
    over = timedelta(minutes=15, seconds=5)
    real = time.time
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: real() + over.total_seconds())
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: timezone.now() + over)
    assert sign_in(client).url == reverse("mfa_authenticate")


def test_an_unknown_account_is_closed_in_the_same_way(client):
    for _ in range(11):
        last = sign_in(client, "nobody@homeward.example", "wrong")
    assert last.status_code == 429


def test_strangers_cannot_lock_the_owner_out_of_a_browser_that_is_known(with_app):
    mine = Client()
    sign_in(mine)
    give(mine, code())
    mine.post(reverse("account_logout"))
    attacker = Client()
    for number in range(12):
        sign_in(attacker, password="wrong", REMOTE_ADDR=f"198.51.100.{number}")
    assert sign_in(attacker).status_code == 429
    assert sign_in(mine).url == reverse("mfa_authenticate")


def test_after_a_hundred_wrong_guesses_a_network_guesses_no_more(with_app, client, settings):
    few = settings.ACCOUNT_RATE_LIMITS["login_failed"].replace("100/", "5/")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": few}
    for number in range(5):
        sign_in(client, f"person{number}@homeward.example", "x")
    assert sign_in(client).status_code == 200, "even the right password"
    assert sign_in(client, REMOTE_ADDR="198.51.100.7").url == reverse("mfa_authenticate")


def test_people_behind_one_address_sign_in_as_often_as_they_need(with_app, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "3/15m/ip,10/15m/key"}
    for _ in range(6):
        assert sign_in(Client()).url == reverse("mfa_authenticate")


def test_the_demonstrations_door_does_not_exist_outside_it(client):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"membership": str(nora.membership_id)}).status_code == 404
    assert not is_in(client)


def test_in_the_demonstration_one_chooses_a_person(client, settings):
    settings.DEMO, settings.REQUIRE_SECOND_FACTOR = True, False
    assert client.get(reverse("account_login")).url == reverse("demo")
    page = client.get(reverse("demo"))
    assert b"Nora Sample" in page.content
    client.post(reverse("demo"), {"membership": str(nora.membership_id)})
    assert client.get(reverse("account")).wsgi_request.actor == nora


def test_only_people_of_synthetic_organisations_can_be_chosen(client, settings, past_policies):
    settings.DEMO = True
    User.objects.filter(id=nora.user_id).update(email="nora@real.organisation")
    page = client.get(reverse("demo"))
    assert b"Nora Sample" not in page.content
    assert client.post(reverse("demo"), {"membership": str(nora.membership_id)}).status_code == 404


def test_a_hat_of_somebody_else_cannot_be_put_on(client_of):
    client = client_of(jonas)
    assert client.post(reverse("switch_hat"), {"membership": str(nora.membership_id)}).status_code == 404


def test_changing_hats_is_seen_at_once_and_changes_the_session_key(client_of):
    client = client_of(lina)
    before = client.session.session_key
    client.post(reverse("switch_hat"), {"membership": str(lina_as_case_manager.membership_id)})
    assert client.session.session_key != before
    assert client.get(reverse("account")).wsgi_request.actor == lina_as_case_manager


def test_a_changed_role_ends_the_session_at_the_next_request(client_of):
    client = client_of(tarek)
    assert is_in(client)
    change_membership(adil, membership_id=tarek.membership_id, expected_version=1, role=Role.COORDINATOR)
    assert not is_in(client)


def test_who_has_no_role_left_is_told_so_and_sees_nothing(client_of, with_app, client):
    end_membership(adil, membership_id=nora.membership_id, expected_version=1)
    sign_in(client)
    give(client, code())
    assert client.get(reverse("mfa_list_webauthn")).status_code == 403
    assert is_in(client)


def test_after_a_change_of_password_other_browsers_are_out(with_app, client):
    other = Client()
    for one, ago in ((client, 0), (other, 1)):
        sign_in(one)
        give(one, code(ago))
    client.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "another lamp in the harbour",
            "password2": "another lamp in the harbour",
        },
    )
    assert is_in(client)
    assert not is_in(other)


def test_the_last_second_factor_cannot_be_removed(with_app, client):
    sign_in(client)
    give(client, code())
    again = client.post(reverse("mfa_reauthenticate"), {"code": code(1)})
    assert again.status_code == 302
    page = client.post(reverse("mfa_deactivate_totp"))
    assert page.status_code == 200
    assert Authenticator.objects.filter(user_id=nora.user_id, type="totp").exists()


def test_a_passkey_can_be_asked_for_and_names_this_site(client):
    answer = client.get(
        reverse("mfa_login_webauthn"), headers={"accept": "application/json"}, HTTP_HOST="localhost"
    )
    options = answer.json()["request_options"]["publicKey"]
    assert options["rpId"] == "localhost"
    assert len(options["challenge"]) >= 32


def test_the_page_to_add_a_passkey_offers_to_make_one(client_of):
    page = client_of(nora).get(reverse("mfa_add_webauthn"), HTTP_HOST="localhost")
    assert page.context["js_data"]["creation_options"]["publicKey"]["rp"]["id"] == "localhost"


def test_a_lost_factor_is_asked_about_only_after_the_password(with_app, client):
    assert client.get(reverse("lost_factor")).url == reverse("account_login")
    sign_in(client)
    assert client.get(reverse("lost_factor")).status_code == 200
    assert client.post(reverse("lost_factor")).status_code == 200
    assert not is_in(client)


def test_no_address_leads_from_the_door_to_another_site(with_app, client):
    client.post(
        reverse("account_login"), {"login": EMAIL, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert give(client, code()).url == reverse("home")
