"""Coming in for the first time, in a real browser: invitation, second factor, passkey."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from homeward.access.roles import Role
from homeward.organisations.commands import invite_member
from homeward.organisations.queries import has_second_factor
from tests.cast import adil, lina, nora

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a harbour full of lamps"


def code_for(secret, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def wait_for(page, url_name):
    page.wait_for_url(f"**{reverse(url_name)}*")


def test_an_invited_colleague_sets_up_the_app_and_signs_in_with_it(visit, cast):
    issued = invite_member(adil, email="new@homeward.example", role=Role.CASE_MANAGER)
    visitor = visit()
    page = visitor.open(reverse("invitation", kwargs={"token": issued.secret}))
    assert issued.secret not in page.url, "the secret leaves the address at once"
    page.get_by_label("Your name").fill("New Colleague")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("link", name="Set up the app").click()
    assert page.locator("figure.qr svg path").count() == 1
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_for(secret))
    page.get_by_role("button", name="Switch it on").click()
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them safe").click()

    again = visit().open(f"{reverse('account_login')}")
    again.get_by_label("E-mail address").fill("new@homeward.example")
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.get_by_label("Code").fill(recovery)
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.get_by_text("New Colleague").first.wait_for()


def test_a_passkey_is_added_and_opens_the_door_alone(visit, cast):
    visitor = visit(nora)
    page = visitor.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    visitor.open(reverse("mfa_add_webauthn"))
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add", exact=True).click()
    wait_for(page, "mfa_view_recovery_codes")
    assert has_second_factor(nora.user_id)

    page.context.clear_cookies()
    visitor.open(reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Nora Sample").first.wait_for()
    device.detach()


def test_a_person_with_two_roles_changes_from_one_to_the_other(visit, cast):
    page = visit(lina).open(reverse("account"))
    page.get_by_role("button", name="Work as this").click()
    page.locator("summary", has_text="Lina Variant").get_by_text("Return Partners Demo").wait_for()
