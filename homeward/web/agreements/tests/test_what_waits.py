"""Asking a second person about a life in danger, and what of agreements and packages waits in inboxes."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.casework.commands import send_package
from homeward.casework.queries import overrides_within_reach
from homeward.sharing import queries
from homeward.sharing.commands import confirm_receipt, end_disclosure, note_opened
from homeward.sharing.rules import Basis, Purpose
from tests.agreed import agreed, proposed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, adil, karim, nora, rosa, stranger, vera

pytestmark = pytest.mark.django_db
ASKED = {
    "organisation": str(CLINIC),
    "purpose": "protection",
    "categories": ["health"],
    "reason": "He does not wake up and lives alone.",
}


def inbox_of(client_of, actor):
    return client_of(actor).get(reverse("inbox")).content.decode()


def asking(client_of, case, actor=nora, **changed):
    return client_of(actor).post(reverse("ask_sharing_override", args=[case.id]), {**ASKED, **changed})


def asked_of(actor):
    with acting_as(actor):
        return overrides_within_reach(actor).first()


def test_whose_life_and_what_for_has_to_be_said(client_of, sami):
    for missing in ("organisation", "purpose", "categories", "reason"):
        assert asking(client_of, sami, **{missing: ""}).status_code == 422
    assert asking(client_of, sami, stranger).status_code == 404
    assert asked_of(nora) is None


def test_only_special_categories_take_a_second_person(client_of, sami):
    assert asking(client_of, sami, categories=["money"]).status_code == 422


def test_a_colleague_finds_it_in_their_inbox_and_who_asked_does_not(client_of, sami):
    assert asking(client_of, sami)["Location"] == reverse("case", args=[sami.id])
    address = reverse("sharing_override", args=[asked_of(nora).id])
    assert address in inbox_of(client_of, rosa)
    for actor in (nora, vera, stranger):
        assert address not in inbox_of(client_of, actor)
    assert client_of(rosa).post(address, {"answer": "yes"}).status_code == 302
    assert asked_of(rosa).is_agreed
    assert address not in inbox_of(client_of, rosa)


def test_an_agreement_waits_for_who_may_accept_it(client_of, cast):
    agreement = proposed(HARBOUR, RETURN_PARTNERS)
    address = reverse("agreement", args=[agreement.id])
    assert address in inbox_of(client_of, rosa)
    assert address in inbox_of(client_of, adil)
    assert address not in inbox_of(client_of, nora)
    assert address not in inbox_of(client_of, vera)


def sent(case):
    agreed(RETURN_PARTNERS, CLINIC)
    return send_package(
        nora,
        case_id=case.id,
        organisation_id=CLINIC,
        purpose=Purpose.MONITORING,
        field_codes=["name"],
        basis=Basis.PUBLIC_INTEREST,
        necessity="They see him next week.",
    )


def waits_of(actor, days=0):
    with acting_as(actor):
        return [one.id for one in queries.packages_waiting(actor, now() + timedelta(days=days))]


def test_a_package_waits_until_it_is_opened_and_for_its_giver_when_no_receipt_comes(sami):
    package = sent(sami)
    assert (waits_of(karim), waits_of(nora)) == ([package.id], [])
    assert waits_of(nora, days=4) == [package.id]
    note_opened(karim, disclosure_id=package.id)
    assert (waits_of(karim), waits_of(nora, days=4)) == ([], [package.id])
    confirm_receipt(karim, disclosure_id=package.id)
    assert waits_of(nora, days=4) == []


def test_what_was_taken_back_waits_until_it_is_confirmed_that_no_copy_is_kept(client_of, sami):
    package = sent(sami)
    note_opened(karim, disclosure_id=package.id)
    confirm_receipt(karim, disclosure_id=package.id)
    end_disclosure(nora, disclosure_id=package.id)
    assert "confirm that you keep no copy" in inbox_of(client_of, karim)
    assert (waits_of(nora), waits_of(nora, days=4)) == ([], [package.id])
    confirm_receipt(karim, disclosure_id=package.id)
    assert (waits_of(karim), waits_of(nora, days=4)) == ([], [])


def test_what_nobody_opened_needs_no_word_when_it_is_taken_back(sami):
    package = sent(sami)
    end_disclosure(nora, disclosure_id=package.id)
    assert (waits_of(karim), waits_of(nora, days=4)) == ([], [])
