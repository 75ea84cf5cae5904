"""Agreements at the screen: refused first, then proposed, accepted, amended, ended; two people decide."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.identifiers import new_id
from homeward.sharing.commands import accept_agreement, ask_override, propose_agreement
from homeward.sharing.queries import agreements_of, clauses_of, get_agreement, visible_overrides
from homeward.sharing.rules import AgreementState, AgreementTerms, Category, ClauseTerms, Purpose
from tests.agreed import agreed
from tests.cast import (
    CLINIC,
    ELSEWHERE,
    EVALUATORS,
    HARBOUR,
    MARENIA,
    NORDHOLM,
    RETURN_PARTNERS,
    adil,
    ines,
    jonas,
    karim,
    nora,
    otto,
    rosa,
    stranger,
    tarek,
    vera,
)

pytestmark = pytest.mark.django_db


def days(prefix, on):
    return {f"{prefix}_day": on.day, f"{prefix}_month": on.month, f"{prefix}_year": on.year}


def clause(number, receiver=CLINIC, **changed):
    given = {"giver": RETURN_PARTNERS, "receiver": receiver, "purposes": ["referral"], "retention_days": 90}
    given |= {"categories": ["identity", "health"], "transfer_basis": "standard_clauses", **changed}
    return {f"clause-{number}-{name}": value for name, value in given.items()}


def written(**changed):
    today = localdate()
    frame = {
        "title": "Care by the port",
        **days("starts_on", today),
        **days("ends_on", today + timedelta(90)),
    }
    return {**frame, "contact": "Rosa", "clauses": "1", **clause(0), **changed}


def proposed(by=HARBOUR, to=RETURN_PARTNERS, title="Counselling", ends=300):
    said = ClauseTerms(by, to, frozenset({Purpose.HANDOVER}), frozenset({Category.IDENTITY}))
    today = localdate()
    terms = AgreementTerms(title, today, today + timedelta(days=ends), (said,))
    return propose_agreement(system_actor(by), terms=terms)


def in_force(**given):
    return accept_agreement(system_actor(RETURN_PARTNERS), agreement_id=proposed(**given).id)


def state_of(agreement):
    with acting_as(rosa):
        return get_agreement(rosa, agreement.id).state


def asked(case_id=None):
    return ask_override(
        nora,
        subject_id=new_id(),
        case_id=case_id,
        organisation_id=CLINIC,
        purpose=Purpose.PROTECTION,
        categories=[Category.HEALTH],
        reason="He does not wake up.",
    )


@pytest.mark.parametrize("actor", [nora, ines, otto], ids=["case manager", "officer", "donor"])
def test_who_may_not_propose_proposes_nothing(cast, client_of, actor):
    assert client_of(actor).post(reverse("propose_agreement"), written()).status_code == 403
    with acting_as(rosa):
        assert not agreements_of(rosa).filter(title="Care by the port").exists()


@pytest.mark.parametrize("name", ["agreement", "accept_agreement", "amend_agreement", "end_agreement"])
def test_who_is_no_party_finds_nothing(cast, client_of, name):
    address = reverse(name, args=[proposed().id])
    assert client_of(vera).get(address).status_code == 404
    assert client_of(vera).get(reverse(name, args=[new_id()])).status_code == 404


def test_a_case_manager_reads_and_changes_nothing(cast, client_of):
    agreement = in_force()
    page = client_of(nora).get(reverse("agreement", args=[agreement.id])).content.decode()
    assert reverse("end_agreement", args=[agreement.id]) not in page
    assert (
        client_of(nora).post(reverse("end_agreement", args=[agreement.id]), {"why": "No"}).status_code == 403
    )
    assert state_of(agreement) == AgreementState.IN_FORCE


def test_an_agreement_between_others_is_refused_beside_its_form(cast, client_of):
    answer = client_of(rosa).post(reverse("propose_agreement"), written(**clause(0, giver=HARBOUR)))
    assert answer.status_code == 422
    assert "Say who may give what to whom" in answer.content.decode()


def test_a_proposal_names_what_is_missing(cast, client_of):
    answer = client_of(rosa).post(reverse("propose_agreement"), written(**clause(0, purposes=[])))
    assert answer.status_code == 422
    assert 'id="id_clause-0-purposes_error"' in answer.content.decode()


def test_a_row_is_added_without_script_and_keeps_what_was_typed(cast, client_of):
    sent = written(add_clause="yes", title="", **clause(0, retention_days="ninety"))
    page = client_of(rosa).post(reverse("propose_agreement"), sent)
    words = page.content.decode()
    assert page.status_code == 200
    assert 'name="clauses" value="2"' in words
    assert 'value="ninety"' in words
    assert 'class="errors"' not in words


def test_a_row_that_was_struck_is_left_out_and_nothing_is_asked_about_it(cast, client_of):
    struck = {"clauses": "2", "clause-1-is_left_out": "on"}
    answer = client_of(rosa).post(reverse("propose_agreement"), written(**struck))
    assert answer.status_code == 302
    with acting_as(rosa):
        made = agreements_of(rosa).get(title="Care by the port")
        (said,) = clauses_of(rosa, made.id)
    assert (said.giver_id, said.receiver_id, said.retention_days) == (RETURN_PARTNERS, CLINIC, 90)
    assert said.categories == ["health", "identity"]


def test_what_waits_is_accepted_after_reading_it(cast, client_of):
    agreement, client = proposed(), client_of(adil)
    listed = client.get(reverse("agreements")).content.decode()
    assert "Wait for your organisation" in listed
    assert "Counselling" in listed
    address = reverse("accept_agreement", args=[agreement.id])
    assert "You bind your organisation" in client.get(address).content.decode()
    assert state_of(agreement) == AgreementState.PROPOSED
    assert client.post(address, {"contact": "Adil"}).status_code == 302
    assert state_of(agreement) == AgreementState.IN_FORCE
    assert client.post(address, {"contact": "Adil"}).status_code == 409
    page = client.get(reverse("agreement", args=[agreement.id])).content.decode()
    assert adil.name in page
    assert "Handing the case over" in page


def test_the_list_says_what_ends_soon_and_what_ended(cast, client_of):
    in_force(title="Short", ends=20)
    page = client_of(rosa).get(reverse("agreements")).content.decode()
    assert 'id="ending"' in page
    assert 'id="ended"' not in page


def test_without_any_agreement_the_list_says_what_to_do(cast, client_of):
    page = client_of(stranger).get(reverse("agreements")).content.decode()
    assert "No agreement yet" in page
    assert reverse("propose_agreement") not in page


def test_an_amendment_waits_beside_the_version_in_force(cast, client_of):
    agreement, client = in_force(), client_of(rosa)
    address = reverse("amend_agreement", args=[agreement.id])
    assert 'value="Counselling"' in client.get(address).content.decode()
    changed = clause(0, HARBOUR)
    assert client.post(address, written(**clause(0, CLINIC))).status_code == 422
    assert client.post(address, written(**changed)).status_code == 302
    assert state_of(agreement) == AgreementState.IN_FORCE
    page = client.get(reverse("agreement", args=[agreement.id])).content.decode()
    assert "An amendment waits" in page


def test_no_clause_is_lost_because_the_page_is_too_short_for_all(cast, client_of):
    long = agreed(RETURN_PARTNERS, HARBOUR, CLINIC, NORDHOLM, MARENIA, ELSEWHERE, EVALUATORS, rules=False)
    page = client_of(rosa).get(reverse("agreement", args=[long.id])).content.decode()
    assert "more clauses than a page can amend" in page
    assert client_of(rosa).get(reverse("amend_agreement", args=[long.id])).status_code == 409


def test_an_agreement_ends_for_a_reason(cast, client_of):
    agreement = in_force()
    address = reverse("end_agreement", args=[agreement.id])
    assert client_of(rosa).post(address, {"why": ""}).status_code == 422
    assert state_of(agreement) == AgreementState.IN_FORCE
    assert client_of(rosa).post(address, {"why": "The project closed"}).status_code == 302
    page = client_of(jonas).get(reverse("agreement", args=[agreement.id])).content.decode()
    assert "The project closed" in page


def test_who_asked_never_answers_and_others_never_hear_of_it(cast, client_of):
    address = reverse("sharing_override", args=[asked().id])
    assert "Somebody else has to answer" in client_of(nora).get(address).content.decode()
    assert client_of(nora).post(address, {"answer": "yes"}).status_code == 403
    assert client_of(jonas).get(address).status_code == 404
    assert client_of(karim).get(address).status_code == 403
    assert client_of(ines).get(address).status_code == 403


def test_who_has_no_part_in_the_case_does_not_read_why(sami, client_of):
    one = asked(sami.id)
    assert client_of(tarek).get(reverse("sharing_override", args=[one.id])).status_code == 404
    assert str(one.id) not in client_of(tarek).get(reverse("sharing_overrides")).content.decode()
    assert str(one.id) in client_of(rosa).get(reverse("sharing_overrides")).content.decode()


def test_a_second_person_agrees(cast, client_of):
    one = asked()
    client, address = client_of(rosa), reverse("sharing_override", args=[one.id])
    assert client.post(address, {}).status_code == 422
    assert "He does not wake up." in client.get(address).content.decode()
    assert client.post(address, {"answer": "yes"}).status_code == 302
    with acting_as(rosa):
        assert visible_overrides(rosa).get(id=one.id).is_agreed
    assert client.post(address, {"answer": "no"}).status_code == 409


def test_the_questions_to_the_database_do_not_grow_with_the_list(
    cast, client_of, django_assert_max_num_queries
):
    for number in range(12):
        in_force(title=f"Agreement {number}")
    client = client_of(rosa)
    client.get(reverse("agreements"))
    with django_assert_max_num_queries(28):
        client.get(reverse("agreements"))
