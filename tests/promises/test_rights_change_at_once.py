"""A7: who loses a right is refused on the very next request: shares, roles, tokens, consents."""

from time import perf_counter

import pytest
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.cases.commands import end_share
from homeward.cases.models import Share
from homeward.casework.commands import withdraw_consent
from homeward.consent.rules import Asked, WithdrawalWay
from homeward.organisations.commands import end_integration, end_membership
from homeward.organisations.models import Integration, Membership
from homeward.sharing.rules import Basis, Category, Condition, Purpose
from tests.agreed import shared
from tests.cast import HARBOUR, RETURN_PARTNERS, adil, jonas, nora, tarek
from tests.consented import given
from tests.programs import program_of
from tests.promises.bounds import figure, full, none_in

pytestmark = pytest.mark.django_db


def a_share(sami, client_of):
    """Jonas reads a shared case; the sharing ends."""
    share = shared(nora, sami.id, HARBOUR)
    client = client_of(jonas)
    assert client.get(reverse("case", args=[sami.id])).status_code == 200
    end_share(nora, case_id=sami.id, share_id=share.id)
    return lambda: client.get(reverse("case", args=[sami.id])).status_code == 404


def a_role(sami, client_of):
    """Tarek is signed in; an administrator ends his role."""
    client = client_of(tarek)
    assert client.get(reverse("inbox")).status_code == 200
    with acting_as(adil):
        version = Membership.objects.get(id=tarek.membership_id).version
    end_membership(adil, membership_id=tarek.membership_id, expected_version=version)
    refused = client.get(reverse("inbox")).status_code == 302
    with acting_as(adil):
        Membership.objects.filter(id=tarek.membership_id).update(ended_at=None)
    return lambda: refused


def a_token(sami, client_of):
    """A program reads a case; its token is ended."""
    program = program_of(Role.CASE_MANAGER, RETURN_PARTNERS)
    assert program.get(f"/cases/{sami.id}").status_code == 200
    with acting_as(adil):
        newest = Integration.objects.filter(ended_at=None).order_by("-created_at").first()
    end_integration(adil, integration_id=newest.id)
    return lambda: program.get(f"/cases/{sami.id}").status_code == 401


def a_consent(sami, client_of):
    """Jonas reads a case that is shared on Sami's consent; Sami takes it back."""
    asked = Asked(Purpose.REINTEGRATION_ASSISTANCE, frozenset(Category), recipient_id=HARBOUR)
    consent = given(sami, asked)
    shared(nora, sami.id, HARBOUR, basis=Basis.CONSENT, condition=Condition.EXPLICIT_CONSENT)
    client = client_of(jonas)
    assert client.get(reverse("case", args=[sami.id])).status_code == 200
    withdraw_consent(nora, consent_id=consent.id, how=WithdrawalWay.BY_PHONE)
    return lambda: client.get(reverse("case", args=[sami.id])).status_code == 404


WAYS = (a_share, a_role, a_token, a_consent)


def still_let_in(count, sami, client_of):
    """How often somebody was let in after all, and the longest it took to be refused."""
    let_in, longest = 0, 0.0
    for number in range(count):
        refused = WAYS[number % len(WAYS)](sami, client_of)
        began = perf_counter()
        let_in += not refused()
        longest = max(longest, perf_counter() - began)
        with acting_as(nora):
            assert not Share.objects.filter(case=sami, ended_at=None).exists()
    return let_in, longest


def held(count, sami, client_of, settings):
    settings.API_CALLS_A_MINUTE = 10**9
    let_in, longest = still_let_in(count, sami, client_of)
    assert let_in == 0
    none_in(count, "rights taken away still opened something on the next request", "A7")
    figure("A7", f"the slowest of these refusals took {longest * 1000:.0f} ms")


def test_a_right_that_is_taken_away_opens_nothing_on_the_next_request(sami, client_of, settings):
    held(12, sami, client_of, settings)


@pytest.mark.drill
def test_thousands_of_rights_taken_away_open_nothing(sami, client_of, settings):
    held(full(2_000), sami, client_of, settings)
