from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.queries import get_case, timeline_of
from homeward.cases.rules import EventKind, Stage
from homeward.cases.tests.journeys import accepted, arrived, enquiry
from homeward.files.queries import visible_files
from homeward.lib.money import Money
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.plans import commands
from homeward.plans.models import Agreement, PlanVersion
from homeward.plans.problems import AmendedAlready, NothingToAmend, OtherContent
from homeward.plans.queries import agreed_lines, agreed_version, agreement_of, difference_of
from homeward.plans.rules import AgreementWay, PlanState, Signer
from homeward.plans.tests.drafts import (
    RIGHTS,
    SHOP,
    agreed,
    agreement,
    approved,
    drafted,
    fresh,
    proposed,
    with_activity,
)
from tests.cast import jonas, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
TODAY = localdate()


def agree(version, actor=nora, content_hash=None, **given):
    return commands.agree_to_plan(
        actor,
        version_id=version.id,
        content_hash=content_hash or version.content_hash,
        details=agreement(**given),
    )


def test_a_coordinator_and_a_stranger_record_no_agreement():
    version = approved()
    with pytest.raises(Refused):
        agree(version, vera)
    with pytest.raises(NotFound):
        agree(version, stranger)


def test_nothing_is_agreed_before_it_is_approved():
    for version in (drafted(), proposed(arrived(enquiry("Mina")))):
        with pytest.raises(WrongState):
            agree(version)


def test_only_exactly_what_was_shown_is_agreed():
    with pytest.raises(OtherContent):
        agree(approved(), content_hash="0" * 64)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"signature": b""}, "signature"),
        ({"signature": b"%PDF-1.4"}, "signature"),
        ({"way": AgreementWay.WITNESSED}, "witness_name"),
        ({"way": AgreementWay.WITNESSED, "witness_name": nora.name, "witness_how": "Heard"}, "witness_name"),
        ({"signer": Signer.GUARDIAN}, "guardian_name"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "agreed_on"),
        ({"agreed_on": TODAY - timedelta(days=1)}, "agreed_on"),
    ],
)
def test_an_agreement_says_how_it_was_given(told, field):
    with pytest.raises(Invalid) as caught:
        agree(approved(), **told)
    assert field in caught.value.fields


def test_somebody_under_age_agrees_through_a_guardian():
    version = approved(accepted(enquiry("Rim", 2018)))
    with pytest.raises(Invalid) as caught:
        agree(version)
    assert set(caught.value.fields) == {"signer"}
    told = agree(version, signer=Signer.GUARDIAN, guardian_name="Dalia Specimen", guardian_relation="Mother")
    assert told.guardian_name == "Dalia Specimen"


def test_a_signature_is_kept_encrypted_with_the_case():
    version = agreed()
    with acting_as(nora):
        told = agreement_of(nora, version)
        file = visible_files(nora).get(id=told.signature_file_id)
    assert (file.case_id, file.content_type) == (version.case_id, "image/png")
    assert told.content_hash == version.content_hash


def test_a_mark_or_a_word_is_witnessed():
    told = agree(
        approved(), way=AgreementWay.WITNESSED, witness_name="A neighbour", witness_how="Gave a thumbprint"
    )
    assert (told.signature_file_id, told.witness_how) == (None, "Gave a thumbprint")


def test_agreeing_moves_the_case_and_gives_assistance_its_lines():
    version = agreed()
    with acting_as(nora):
        case = get_case(nora, version.case_id)
        (line,) = agreed_lines(nora, version.case_id)
    assert (case.plan_agreed_on, case.stage) == (TODAY, Stage.REINTEGRATING)
    assert (line.what, line.amount, line.package_code) == (SHOP.what, Money(90_000, "EUR"), "start")
    with acting_as(jonas):
        assert agreed_lines(jonas, version.case_id) == [line]


def test_who_does_not_agree_gets_another_draft():
    version = approved()
    with pytest.raises(Invalid):
        commands.note_not_agreed(nora, version_id=version.id, reasons=" ")
    version = commands.note_not_agreed(nora, version_id=version.id, reasons="The roof first")
    assert (version.state, version.returned_reasons) == (PlanState.DRAFT, "The roof first")


def test_only_what_was_agreed_is_amended_with_a_reason_and_once_at_a_time():
    version = drafted()
    with pytest.raises(AmendedAlready):
        commands.amend_plan(nora, case_id=version.case_id, reason="Rains")
    with pytest.raises(NothingToAmend):
        commands.amend_plan(nora, case_id=arrived(enquiry("Mina")).id, reason="Rains")
    version = agreed(arrived(enquiry("Dalia")))
    with pytest.raises(Invalid):
        commands.amend_plan(nora, case_id=version.case_id, reason="")


def test_an_amendment_leaves_the_agreed_version_in_force_until_it_is_agreed_itself():
    first = agreed()
    second = commands.amend_plan(jonas, case_id=first.case_id, reason="The rains come early")
    with acting_as(nora):
        goal = second.goals.get()
        before = agreed_lines(nora, first.case_id)
        assert agreed_version(nora, first.case_id) == first
    roof = with_activity(second, goal, SHOP.__class__("Roof", cost_minor=9_000, currency="EUR"))
    second = fresh(second)
    second = commands.propose_plan(
        nora, version_id=second.id, expected_revision=second.revision, rights=RIGHTS
    )
    agree(second)
    with acting_as(nora):
        after = agreed_lines(nora, first.case_id)
        was, told = difference_of(nora, second)
        kinds = [event.kind for event in timeline_of(nora, first.case_id)]
    assert fresh(first).state == PlanState.SUPERSEDED
    assert [line.activity_id for line in after] == [before[0].activity_id, roof.line_id]
    assert (was, [line.details.what for line in told.added], told.changed) == (first, ["Roof"], ())
    assert EventKind.PLAN_AMENDED in kinds
    assert EventKind.PLAN_AGREED in kinds


def test_an_agreement_is_neither_changed_nor_taken_away():
    version = agreed()
    with acting_as(nora), pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(version=version).update(content_hash="0" * 64)
    with acting_as(nora), pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(version=version).delete()
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(reason="Other")
