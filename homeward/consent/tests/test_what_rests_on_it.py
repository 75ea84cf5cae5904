from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import OneCase
from homeward.access.roles import Role
from homeward.consent.commands import withdraw
from homeward.consent.queries import ground_for
from homeward.consent.rules import WithdrawalWay
from homeward.sharing.commands import disclose
from homeward.sharing.models import Disclosure
from homeward.sharing.problems import DisclosureEnded
from homeward.sharing.queries import content_of, disclosures_resting_on
from homeward.sharing.rules import DisclosureKind, EndReason, Purpose
from tests.agreed import agreed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, karim, nora
from tests.consented import ON, TO_CLINIC, given

pytestmark = pytest.mark.usefixtures("cast")


def sent(case, consent, **changed):
    """A package to the clinic on that consent."""
    with acting_as(nora):
        ground = ground_for(
            nora,
            case.person_id,
            purpose=Purpose.REFERRAL,
            organisation_id=CLINIC,
            categories=TO_CLINIC.categories,
        )
    asked = {
        "subject_id": case.person_id,
        "case_id": case.id,
        "organisation_id": CLINIC,
        "purpose": Purpose.REFERRAL,
        "ground": replace(ground, consent_id=consent.id),
        "necessity": "The clinic needs to know whom it treats.",
        "categories": TO_CLINIC.categories,
        "kind": DisclosureKind.PACKAGE,
        "content": b"Sami",
        "until": now() + timedelta(days=30),
    }
    return disclose(nora, **{**asked, **changed})


def test_what_rests_on_a_consent_ends_in_the_moment_it_is_taken_back(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    consent = given(sami)
    package = sent(sami, consent)
    with acting_as(karim):
        assert content_of(karim, package.id).content == b"Sami"
    withdraw(nora, consent_id=consent.id, how=WithdrawalWay.BY_PHONE)
    with acting_as(karim), pytest.raises(DisclosureEnded):
        content_of(karim, package.id)
    with acting_as(nora):
        assert not disclosures_resting_on(nora, consent.id)
        ended = Disclosure.objects.get(id=package.id)
        assert (ended.ended_why, ended.ended_by_id) == (EndReason.CONSENT_WITHDRAWN, nora.user_id)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("organisation_id", f"'{HARBOUR}'"),
        ("purpose", "'handover'"),
        ("categories", "categories || '{notes}'"),
        ("subject_id", "gen_random_uuid()"),
    ],
)
def test_the_database_refuses_what_the_consent_does_not_cover(sami, column, value):
    agreed(RETURN_PARTNERS, CLINIC, HARBOUR)
    package = sent(sami, given(sami))
    columns = [field.column for field in Disclosure._meta.concrete_fields]
    changed = {"id": "gen_random_uuid()", column: value}
    copied = ", ".join(changed.get(name, name) for name in columns)
    copy = f"INSERT INTO sharing_disclosure ({', '.join(columns)}) SELECT {copied} FROM sharing_disclosure"
    refused = pytest.raises(DatabaseError, match="No (consent|agreement) in force")
    with acting_as(nora), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"{copy} WHERE id = %s", [package.id])


def test_the_database_refuses_a_consent_that_was_taken_back(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    first, second = given(sami), given(sami)
    withdraw(nora, consent_id=first.id, how=WithdrawalWay.BY_PHONE)
    with pytest.raises(DatabaseError, match="No consent in force"), transaction.atomic():
        sent(sami, first)
    assert sent(sami, second).consent_id == second.id


def test_taken_back_on_the_persons_own_page_it_ends_for_everybody(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    consent = given(sami)
    package = sent(sami, consent)
    sami_himself = replace(nora, role=Role.RETURNEE, only=OneCase(sami.id, sami.person_id))
    with acting_as(sami_himself):
        assert [one.id for one in Disclosure.objects.all()] == [package.id]
    withdraw(sami_himself, consent_id=consent.id, how=WithdrawalWay.OWN_PAGE)
    with acting_as(karim), pytest.raises(DisclosureEnded):
        content_of(karim, package.id)


def test_a_package_never_outlives_the_consent_it_rests_on(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    soon = localdate() + timedelta(days=5)
    consent = given(sami, replace(TO_CLINIC, expires_on=soon))
    assert localdate(sent(sami, consent).until) <= soon + timedelta(days=1)
    assert soon > ON
