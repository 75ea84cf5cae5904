from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.consent.commands import publish_notice, record_consent, record_refusal, withdraw
from homeward.consent.models import Consent, Notice
from homeward.consent.problems import ConsentNotProved, StillAgreed, WithdrawnAlready
from homeward.consent.queries import (
    consents_of,
    get_consent,
    ground_for,
    notice_for,
    standing_consents,
)
from homeward.consent.rules import ConsentWay, Evidence, WithdrawalWay
from homeward.files.commands import store_file
from homeward.lib.dates import PartialDate
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.organisations.rules import OrganisationClass
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.privacy.sealing import open_text, place_of
from homeward.sharing.rules import Basis, Category, Condition, Purpose
from tests.cast import CLINIC, ELSEWHERE, MARENIA, NORDHOLM, ines, karim, nora, salma, stranger, vera
from tests.consented import BY_WORD, ON, TEXTS, TO_CLINIC, given, notice

pytestmark = pytest.mark.usefixtures("cast")
NEEDED = {Category.IDENTITY, Category.CONTACT}
FOR_CLINIC = {"purpose": Purpose.REFERRAL, "organisation_id": CLINIC}


def ground(case, actor=nora, categories=NEEDED, on=ON, **sought):
    with acting_as(actor):
        return ground_for(actor, case.person_id, categories=categories, on=on, **{**FOR_CLINIC, **sought})


def no(case, asked=TO_CLINIC, **changed):
    told = {"evidence": BY_WORD, "language": "ar", "given_on": ON, **changed}
    return record_refusal(
        nora, person_id=case.person_id, asked=asked, notice_id=notice(asked.purpose).id, **told
    )


@pytest.mark.parametrize("actor", [salma, karim, ines, vera])
def test_only_caseworkers_record_what_people_answer(sami, actor):
    with pytest.raises(Refused):
        given(sami, actor=actor)


def test_a_stranger_cannot_tell_that_the_person_exists(sami):
    with pytest.raises(NotFound):
        given(sami, actor=stranger)


def test_a_stranger_sees_no_answer_and_cannot_take_one_back(sami):
    consent = given(sami)
    with acting_as(stranger):
        assert not Consent.objects.exists()
        assert consents_of(stranger, sami.person_id) == []
        with pytest.raises(NotFound):
            get_consent(stranger, consent.id)
    with pytest.raises(NotFound):
        withdraw(stranger, consent_id=consent.id, how=WithdrawalWay.IN_PERSON)


def test_only_the_data_protection_officer_publishes_notices():
    with pytest.raises(Refused):
        publish_notice(nora, purpose=Purpose.REFERRAL, texts=TEXTS)


def test_a_notice_that_is_not_in_every_language_is_not_published():
    with pytest.raises(Invalid):
        publish_notice(ines, purpose=Purpose.REFERRAL, texts={"en": TEXTS["en"]})


@pytest.mark.parametrize(
    ("evidence", "field"),
    [
        (Evidence(ConsentWay.SIGNED), "evidence_file"),
        (Evidence(ConsentWay.WITNESSED), "witness_name"),
        (Evidence(ConsentWay.INTERPRETED), "interpreter_name"),
        (Evidence(ConsentWay.GUARDIAN), "guardian_name"),
        (Evidence(ConsentWay.WITNESSED, witness_name=nora.name), "witness_name"),
    ],
)
def test_a_yes_without_proof_is_not_recorded(sami, evidence, field):
    with pytest.raises(ConsentNotProved) as problem:
        given(sami, evidence=evidence)
    assert field in problem.value.fields
    with acting_as(nora):
        assert not Consent.objects.exists()


def test_the_database_too_refuses_a_yes_without_proof(sami):
    consent = given(sami)
    with acting_as(nora):
        consent.pk, consent.witness = None, None
        with pytest.raises(DatabaseError, match="a_yes_is_proved"), transaction.atomic():
            consent.save(force_insert=True)


def test_a_caseworker_cannot_answer_as_if_on_the_persons_own_page(sami):
    with pytest.raises(Refused):
        given(sami, evidence=Evidence(ConsentWay.OWN_PAGE))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked": replace(TO_CLINIC, categories=frozenset())}, "categories"),
        ({"asked": replace(TO_CLINIC, recipient_id=None)}, "recipient"),
        ({"asked": replace(TO_CLINIC, recipient_kind=OrganisationClass.DONOR)}, "recipient"),
        (
            {"asked": replace(TO_CLINIC, recipient_id=None, recipient_kind=OrganisationClass.ENFORCEMENT)},
            "recipient",
        ),
        ({"asked": replace(TO_CLINIC, purpose=Purpose.ORIGIN_STATE)}, "recipient"),
        ({"asked": replace(TO_CLINIC, expires_on=ON.replace(year=ON.year + 4))}, "expires_on"),
        ({"asked": replace(TO_CLINIC, expires_on=ON - timedelta(days=1))}, "expires_on"),
        ({"given_on": date(2990, 1, 1)}, "given_on"),
        ({"language": "xx"}, "language"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(sami, wrong, field):
    with pytest.raises(Invalid) as problem:
        given(sami, **wrong)
    assert field in problem.value.fields


def test_a_notice_for_another_purpose_was_not_the_notice(sami):
    with pytest.raises(Invalid):
        given(sami, notice_id=notice(Purpose.HANDOVER).id)


def test_a_child_answers_with_a_guardian():
    young = PartialDate.of_day(localdate() - timedelta(days=3000))
    child = register_person(nora, details=PersonDetails(given_names="Tiny", birth=young))
    case = SimpleNamespace(id=None, person_id=child.id)
    with pytest.raises(ConsentNotProved) as problem:
        given(case)
    assert "way" in problem.value.fields
    guarded = Evidence(ConsentWay.GUARDIAN, guardian_name="Aunt Example", witness_name="Amal Witness")
    assert given(case, evidence=guarded).is_given


def test_a_paper_about_somebody_else_proves_nothing(sami):
    other = register_person(nora, details=PersonDetails(given_names="Other"))
    paper = store_file(nora, name="paper.pdf", content=b"%PDF-1.4 paper", subject_id=other.id)
    with pytest.raises(NotFound):
        given(sami, evidence=Evidence(ConsentWay.SIGNED, file_id=paper.id))
    own = store_file(nora, name="paper.pdf", content=b"%PDF-1.4 paper", subject_id=sami.person_id)
    assert given(sami, evidence=Evidence(ConsentWay.SIGNED, file_id=own.id)).evidence_file_id == own.id


def test_names_of_those_who_stood_by_are_sealed(sami, past_policies):
    consent = given(sami)
    (row,) = past_policies("SELECT encode(witness, 'escape') AS witness FROM consent_consent")
    assert "Amal" not in row["witness"]
    with acting_as(nora):
        read = open_text(sami.person_id, place_of(consent, "witness"), consent.witness)
    assert read == "Amal Witness"


def test_a_yes_is_ground_for_what_was_asked_and_no_more(sami):
    consent = given(sami)
    found = ground(sami)
    assert (found.basis, found.condition, found.consent_id) == (
        Basis.CONSENT,
        Condition.EXPLICIT_CONSENT,
        consent.id,
    )
    assert localdate(found.until) == TO_CLINIC.expires_on + timedelta(days=1)
    assert ground(sami, categories={*NEEDED, Category.NOTES}) is None
    assert ground(sami, purpose=Purpose.HANDOVER) is None
    assert ground(sami, organisation_id=NORDHOLM) is None
    assert ground(sami, organisation_id=ELSEWHERE) is None


def test_a_yes_to_a_kind_of_organisation_is_ground_for_each_of_them(sami):
    kind = replace(TO_CLINIC, recipient_id=None, recipient_kind=OrganisationClass.SERVICE_PROVIDER)
    given(sami, asked=kind)
    assert ground(sami)
    assert ground(sami, organisation_id=NORDHOLM) is None


def test_a_yes_ends_on_its_day_and_when_taken_back(sami):
    consent = given(sami)
    assert ground(sami, on=TO_CLINIC.expires_on)
    assert ground(sami, on=TO_CLINIC.expires_on + timedelta(days=1)) is None
    withdraw(nora, consent_id=consent.id, how=WithdrawalWay.BY_PHONE)
    assert ground(sami) is None
    with acting_as(nora):
        assert consent not in standing_consents(nora, sami.person_id, ON)


def test_a_no_is_recorded_and_is_no_ground(sami):
    refusal = no(sami)
    assert not refusal.is_given
    assert ground(sami) is None
    with acting_as(nora):
        assert [one.is_given for one in consents_of(nora, sami.person_id)] == [False]


def test_a_no_after_a_yes_asks_to_take_the_yes_back_first(sami):
    given(sami)
    with pytest.raises(StillAgreed):
        no(sami)


def test_a_yes_is_taken_back_once_and_a_no_never(sami):
    consent, refusal = given(sami), no(sami, replace(TO_CLINIC, recipient_id=MARENIA))
    withdraw(nora, consent_id=consent.id, how=WithdrawalWay.IN_PERSON)
    for one in (consent, refusal):
        with pytest.raises(WithdrawnAlready):
            withdraw(nora, consent_id=one.id, how=WithdrawalWay.IN_PERSON)


@pytest.mark.parametrize("column", ["purpose = 'handover'", "is_given = false", "expires_on = NULL"])
def test_nothing_of_an_answer_is_changed_afterwards(sami, column):
    given(sami)
    with acting_as(nora), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(Consent.objects.raw(f"UPDATE consent_consent SET {column} RETURNING *"))


def test_an_answer_is_not_taken_away(sami):
    given(sami)
    with acting_as(nora), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Consent.objects.all()._raw_delete("default")


def test_a_notice_once_shown_stays_as_it_was():
    first = notice()
    second = publish_notice(ines, purpose=Purpose.REFERRAL, texts=TEXTS)
    assert (first.version, second.version) == (1, 2)
    with acting_as(nora):
        assert notice_for(nora, Purpose.REFERRAL) == second
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Notice.objects.filter(id=first.id).update(version=3)


def test_the_question_about_the_origin_state_is_asked_of_its_authorities_alone(sami):
    origin = replace(
        TO_CLINIC,
        purpose=Purpose.ORIGIN_STATE,
        recipient_id=MARENIA,
        categories=frozenset({Category.IDENTITY}),
    )
    consent = given(sami, asked=origin)
    assert consent.purpose == Purpose.ORIGIN_STATE
    assert ground(sami, organisation_id=MARENIA, purpose=Purpose.RECEPTION_ON_ARRIVAL, categories=()) is None


def test_record_consent_leaves_an_entry_about_the_case(sami, past_policies):
    consent = given(sami)
    entries = past_policies("SELECT * FROM audit_entry WHERE action = 'consent.record'")
    assert [(entry["subject_id"], entry["case_id"]) for entry in entries] == [(str(consent.id), str(sami.id))]
    assert record_consent.action == "consent.record"
