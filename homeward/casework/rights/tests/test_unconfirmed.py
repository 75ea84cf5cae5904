"""Recipients who did not confirm in time: who is asked again, from when on, until when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.casework.commands import send_package
from homeward.casework.rights.commands import tell_correction
from homeward.casework.rights.unconfirmed import ENDED, unconfirmed
from homeward.lib.problems import Refused
from homeward.privacy.commands.telling import take_note
from homeward.sharing.commands import confirm_receipt, end_disclosure, note_opened
from homeward.sharing.rules import Basis, Purpose
from tests.agreed import shared
from tests.cast import HARBOUR, ines, jonas, nora

pytestmark = pytest.mark.django_db


def waiting(hours):
    with acting_as(ines):
        return unconfirmed(ines, now() + timedelta(hours=hours), most=20)


def sent(case):
    return send_package(
        nora,
        case_id=case.id,
        organisation_id=HARBOUR,
        purpose=Purpose.REFERRAL,
        field_codes=["comes_from"],
        basis=Basis.PUBLIC_INTEREST,
        necessity="A check-up",
    )


def test_only_an_officer_sees_who_has_not_confirmed(sami):
    with acting_as(nora), pytest.raises(Refused):
        unconfirmed(nora, now(), most=20)


def test_a_correction_waits_for_three_days_then_for_its_recipient(sami):
    shared(nora, sami.id, HARBOUR)
    tell_correction(ines, person_id=sami.person_id, words="Born in May, not in March")
    assert waiting(hours=71) == []
    (one,) = waiting(hours=73)
    assert (one.what, one.subject_id) == ("corrected", sami.person_id)
    take_note(jonas, notice_id=one.id)
    assert waiting(hours=73) == []


def test_what_was_opened_and_taken_back_is_confirmed_anew(sami):
    end_disclosure(nora, disclosure_id=sent(sami).id)
    opened = sent(sami)
    note_opened(jonas, disclosure_id=opened.id)
    confirm_receipt(jonas, disclosure_id=opened.id)
    end_disclosure(nora, disclosure_id=opened.id)
    (one,) = waiting(hours=73)
    assert (one.id, one.what) == (opened.id, ENDED)
    confirm_receipt(jonas, disclosure_id=opened.id)
    assert waiting(hours=73) == []


def test_it_stands_on_the_overview_and_in_the_officers_inbox(sami, client_of, monkeypatch):
    monkeypatch.setattr("homeward.casework.rights.unconfirmed.CONFIRMED_WITHIN", timedelta(hours=-1))
    shared(nora, sami.id, HARBOUR)
    tell_correction(ines, person_id=sami.person_id, words="Born in May, not in March")
    person = reverse("data_person", args=[sami.person_id])
    for page in ("protection", "inbox"):
        shown = client_of(ines).get(reverse(page)).content.decode()
        assert person in shown
        assert "A correction is not confirmed" in shown
        assert "Sami" not in shown
