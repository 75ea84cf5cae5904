"""Asking partners whether they may know somebody: what is refused, what is answered, what is left behind."""

import hashlib
import hmac
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands import open_case, set_profile
from homeward.cases.gate_rules import ProfileFlag
from homeward.lib.dates import PartialDate
from homeward.lib.encryption import blind_index
from homeward.lib.problems import Invalid, NotFound, Refused
from homeward.people.commands import (
    add_document,
    allow_asking,
    ask_partners,
    change_person,
    note_possible_match,
    register_person,
    remove_document,
    renew_match_tokens,
)
from homeward.people.matching.tellings import tellings
from homeward.people.models import PartnerQuestion, Person, PossibleMatch
from homeward.people.problems import (
    AskedLately,
    AskingSwitchedOff,
    NobodyToAsk,
    NotAskedAbout,
    TooLittleKnown,
    TooManyQuestions,
)
from homeward.people.queries.asking import answering_partners, possible_matches_to_note, questions_about
from homeward.people.rules import DocumentKind, PersonDetails, Sex, TokenKind
from homeward.people.tests.synthetic_people import told_people
from homeward.privacy.commands import restrict, set_hold
from homeward.privacy.models import OpeningAlert
from homeward.sharing.commands import end_agreement
from homeward.sharing.models import Agreement
from homeward.sharing.rules import Purpose
from tests.agreed import agreed
from tests.cast import HARBOUR, MARENIA, RETURN_PARTNERS, ines, jonas, karim, nora, rosa, salma, stranger

FARID = PersonDetails(
    given_names="Farid",
    family_name="Specimen",
    native_name="فريد",
    birth=PartialDate.of_day(date(1990, 5, 17)),
    sex=Sex.MALE,
    nationalities=("SY",),
)
CHILD = replace(FARID, birth=PartialDate.of_day(localdate() - timedelta(days=9 * 365)))
WHY = "He says somebody in Nordholm helped him before."


@pytest.fixture(autouse=True)
def switched_on(cast, settings):
    settings.DUPLICATE_CHECK = True
    with acting_as(system_actor(HARBOUR)):
        for one in Agreement.objects.filter(state="in_force"):
            end_agreement(system_actor(HARBOUR), agreement_id=one.id, why="The test agrees itself")


@pytest.fixture
def agreement():
    return agreed(RETURN_PARTNERS, HARBOUR, purposes={Purpose.DUPLICATE_CHECK})


def known(actor, details=FARID):
    return register_person(actor, details=details)


def asked_about(person, actor=nora):
    question = ask_partners(actor, person_id=person.id, reason=WHY)
    with acting_as(actor):
        (read,) = questions_about(actor, person.id)[:1]
        return question, [(one.partner_id, one.strength) for one in read.answers.all()]


def with_case(actor, details=FARID):
    person = known(actor, details)
    return person, open_case(actor, person_id=person.id, opened_on=date(2026, 3, 2))


# refused


def test_switched_off_nothing_is_asked_and_nothing_kept(agreement, settings, past_policies):
    settings.DUPLICATE_CHECK = False
    person = known(nora)
    with pytest.raises(AskingSwitchedOff):
        asked_about(person)
    assert past_policies("SELECT person_id FROM people_matchtoken") == []
    settings.DUPLICATE_CHECK = True
    renew_match_tokens(system_actor(RETURN_PARTNERS))
    assert len(past_policies("SELECT person_id FROM people_matchtoken")) == 2
    settings.DUPLICATE_CHECK = False
    renew_match_tokens(system_actor(RETURN_PARTNERS))
    assert past_policies("SELECT person_id FROM people_matchtoken") == []


def test_a_clinic_a_state_of_origin_and_strangers_ask_nothing(agreement):
    person = known(nora)
    for actor in (karim, salma, ines, rosa):
        with pytest.raises(Refused):
            asked_about(person, actor)
    with pytest.raises(NotFound):
        asked_about(person, stranger)


def test_without_an_agreement_for_it_nobody_is_asked():
    agreed(RETURN_PARTNERS, HARBOUR, purposes=frozenset(Purpose) - {Purpose.DUPLICATE_CHECK})
    known(jonas)
    with pytest.raises(NobodyToAsk):
        asked_about(known(nora))


def test_a_question_needs_a_reason_and_something_to_compare(agreement):
    person = known(nora)
    with pytest.raises(Invalid):
        ask_partners(nora, person_id=person.id, reason="Because")
    with pytest.raises(TooLittleKnown):
        asked_about(known(nora, PersonDetails(given_names="Farid")))


def a_child(actor):
    return known(actor, CHILD)


def a_victim_of_trafficking(actor):
    person, case = with_case(actor)
    set_profile(actor, case_id=case.id, flags=[ProfileFlag.VICTIM_OF_TRAFFICKING])
    return person


def one_under_a_hold(actor):
    person = known(actor)
    officer = replace(ines, organisation_id=actor.organisation_id)
    in_a_month = localdate() + timedelta(days=30)
    set_hold(officer, subject_id=person.id, reason="A court asks for everything.", review_on=in_a_month)
    return person


PROTECTED = [a_child, a_victim_of_trafficking, one_under_a_hold]


@pytest.mark.parametrize("make", PROTECTED)
def test_nobody_protected_is_asked_about_until_a_named_person_allows_it(make, agreement):
    person = make(nora)
    with pytest.raises(NotAskedAbout) as refused:
        asked_about(person)
    assert "trafficking" not in str(refused.value)
    with pytest.raises(Refused):
        allow_asking(nora, person_id=person.id, reason=WHY)
    allow_asking(rosa, person_id=person.id, reason="Her sister looks for her, and asked us to.")
    assert asked_about(person)[1] == []


@pytest.mark.parametrize("make", PROTECTED)
def test_somebody_protected_and_somebody_unknown_are_answered_alike(make, agreement, past_policies):
    details = CHILD if make is a_child else FARID
    theirs = make(jonas)
    mine = known(nora, replace(details, birth=FARID.birth) if make is a_child else details)
    if make is a_child:  # asked about as a grown-up, so that the question is asked at all
        with acting_as(nora):
            Person.objects.filter(id=mine.id).update(birth_latest_on=date(1990, 5, 17))
    question, found = asked_about(mine)
    unknown, nothing = asked_about(known(nora, replace(FARID, family_name="Nobody")))
    assert found == nothing == []
    assert question.partners_asked == unknown.partners_asked == 1
    told = past_policies("SELECT id FROM audit_entry WHERE action = 'partners.told'")
    assert told == []
    coordinator = replace(rosa, organisation_id=HARBOUR)
    allow_asking(coordinator, person_id=theirs.id, reason="Their family looks for them together.")
    later = known(nora)
    assert asked_about(later)[1] == ([] if make is a_child else [(HARBOUR, "likely")])


def test_somebody_restricted_is_never_found(agreement):
    person = known(jonas)
    officer = replace(ines, organisation_id=HARBOUR)
    restrict(officer, subject_id=person.id, reason="The person objects to any use.")
    assert asked_about(known(nora))[1] == []


def test_an_answer_cannot_be_used_to_try_people_one_by_one(agreement, settings):
    settings.PARTNER_QUESTIONS_A_DAY = 2
    first = known(nora)
    asked_about(first)
    change_person(nora, person_id=first.id, expected_version=1, details=replace(FARID, family_name="Other"))
    with pytest.raises(AskedLately):
        asked_about(first)
    asked_about(known(nora))
    with pytest.raises(TooManyQuestions):
        asked_about(known(nora))
    with acting_as(nora):
        (alert,) = OpeningAlert.objects.filter(what="questions")
        assert (alert.user_id, alert.opened) == (nora.user_id, 2)


def test_an_organisation_asks_so_often_a_day_and_no_more(agreement, settings):
    settings.PARTNER_QUESTIONS_A_DAY_OF_ORGANISATION = 1
    asked_about(known(nora))
    colleague = replace(nora, user_id=rosa.user_id)
    with pytest.raises(TooManyQuestions):
        asked_about(known(nora), colleague)


def test_once_the_agreement_has_ended_nothing_is_answered(agreement):
    known(jonas)
    assert asked_about(known(nora))[1] == [(HARBOUR, "likely")]
    end_agreement(jonas_as_coordinator(), agreement_id=agreement.id, why="The project closed")
    with pytest.raises(NobodyToAsk):
        asked_about(known(nora))


def jonas_as_coordinator():
    return replace(rosa, organisation_id=HARBOUR, user_id=jonas.user_id)


def test_the_application_reads_no_token_and_answers_no_question_itself(agreement):
    known(jonas)
    person = known(nora)
    question, _ = asked_about(person)
    for statement in (
        "SELECT * FROM people_matchtoken",
        "DELETE FROM people_matchtoken",
        f"SELECT homeward_may_be_matched('{person.id}', '{RETURN_PARTNERS}')",
        f"SELECT * FROM homeward_ask_partners('{question.id}', '{{}}', '{{}}', '{{}}')",
        f"UPDATE people_partnerquestion SET answered_at = NULL WHERE id = '{question.id}'",
        f"UPDATE people_possiblematch SET strength = 'likely' WHERE question_id = '{question.id}'",
    ):
        with (
            pytest.raises(DatabaseError),
            acting_as(nora),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# answered


def test_a_partner_is_named_and_nothing_of_theirs(agreement, past_policies):
    theirs = known(jonas)
    mine = known(nora, replace(FARID, given_names="Fareed", family_name="Spesimen"))
    question, found = asked_about(mine)
    assert found == [(HARBOUR, "likely")]
    kept = str(
        past_policies("SELECT * FROM people_possiblematch")
        + past_policies("SELECT * FROM people_partnerquestion")
    )
    assert str(theirs.id) not in kept
    entries = past_policies(
        "SELECT organisation_id, action, subject_id, note, case_id FROM audit_entry "
        "WHERE action LIKE 'partners.%' ORDER BY action"
    )
    assert [(one["organisation_id"], one["action"]) for one in entries] == [
        (str(RETURN_PARTNERS), "partners.ask"),
        (str(HARBOUR), "partners.told"),
    ]
    assert (entries[0]["subject_id"], entries[1]["subject_id"]) == (str(question.id), str(theirs.id))
    assert entries[1]["case_id"] is None


def test_year_sex_and_nationality_make_it_possible_only(agreement):
    known(jonas)
    assert asked_about(known(nora, replace(FARID, birth=PartialDate.of_year(1990))))[1] == [
        (HARBOUR, "possible")
    ]
    assert asked_about(known(nora, replace(FARID, birth=PartialDate.of_year(1991))))[1] == []


def test_a_number_is_enough_until_it_turns_out_a_mistake(agreement):
    theirs = known(jonas, PersonDetails(given_names="Unlike"))
    paper = add_document(jonas, person_id=theirs.id, kind=DocumentKind.PASSPORT, number="X 123-4567")
    mine = known(nora)
    add_document(nora, person_id=mine.id, kind=DocumentKind.PASSPORT, number="x1234567")
    assert asked_about(mine)[1] == [(HARBOUR, "likely")]
    remove_document(jonas, person_id=theirs.id, document_id=paper.id)
    again = known(nora)
    add_document(nora, person_id=again.id, kind=DocumentKind.PASSPORT, number="X1234567")
    assert asked_about(again)[1] == []


def test_a_corrected_record_is_found_by_what_it_says_now(agreement):
    theirs = known(jonas, replace(FARID, family_name="Wrong"))
    change_person(jonas, person_id=theirs.id, expected_version=1, details=FARID)
    assert asked_about(known(nora))[1] == [(HARBOUR, "likely")]


def test_the_partner_is_told_that_it_was_asked_and_not_about_whom(agreement):
    known(jonas)
    mine = known(nora)
    asked_about(mine)
    with acting_as(jonas):
        (told,) = possible_matches_to_note(jonas)
        assert told.organisation_id == RETURN_PARTNERS
        assert not PartnerQuestion.objects.exists()
    with pytest.raises(NotFound):
        note_possible_match(nora, possible_match_id=told.id)
    noted = note_possible_match(jonas, possible_match_id=told.id)
    assert noted.noted_by_name == jonas.name
    with acting_as(jonas):
        assert not possible_matches_to_note(jonas).exists()
        assert PossibleMatch.objects.count() == 1


def test_a_state_of_origin_does_not_answer():
    agreed(RETURN_PARTNERS, HARBOUR, MARENIA, purposes={Purpose.DUPLICATE_CHECK})
    with acting_as(nora):
        assert answering_partners(nora) == [HARBOUR]
    with acting_as(salma), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM homeward_answering_partners()")
        assert cursor.fetchall() == []


# left behind


def test_no_two_organisations_keep_the_same_token_and_none_is_made_without_the_key(agreement, past_policies):
    theirs, mine = known(jonas), known(nora)
    add_document(nora, person_id=mine.id, kind=DocumentKind.PASSPORT, number="X1234567")
    rows = past_policies("SELECT person_id, encode(token, 'hex') AS token FROM people_matchtoken")
    tokens = {row["token"] for row in rows}
    assert len(tokens) == len(rows) == 5
    assert {row["person_id"] for row in rows} == {str(theirs.id), str(mine.id)}
    index = past_policies("SELECT encode(number_index, 'hex') AS number_index FROM people_document")
    told = tellings_of(mine, index[0]["number_index"])
    guesses = {guess for one in told for guess in without_the_key(one)}
    assert not guesses & tokens


def tellings_of(person, number_index):
    from homeward.people.keeping_tokens import _traits  # noqa: PLC0415

    return tellings(_traits(person), [bytes.fromhex(number_index)])


def without_the_key(one):
    """What somebody with a dump and this program's text can try."""
    for organisation_id in (HARBOUR, RETURN_PARTNERS):
        kind = f"match:{one.kind}:{organisation_id}".encode()
        for key in (b"", b"\0" * 32, organisation_id.bytes, kind):
            digest = hmac.new(key, kind + b"\0" + one.value, hashlib.sha256).hexdigest()
            yield digest[:32]
        yield hashlib.sha256(kind + b"\0" + one.value).hexdigest()[:32]


@pytest.mark.parametrize("seed", [1, 2])
def test_most_doubles_of_invented_families_are_found_and_few_others(seed, capsys):
    told = told_people(1000, seed=seed)
    values = [
        tellings(row, [blind_index(b"k", "document", one) for one in row.documents]) for row in told.rows
    ]
    for least, kinds in ((0.5, {TokenKind.DOCUMENT, TokenKind.NAME_DAY}), (0.64, set(TokenKind))):
        found = pairs(values, kinds)
        right = len(found & told.doubles)
        recall, precision = right / len(told.doubles), right / len(found)
        with capsys.disabled():
            sys.stdout.write(
                f"\n{'likely' if least == 0.5 else 'any'} answer, families {seed}: recall {recall:.3f}, "
                f"precision {precision:.3f} of {len(told.doubles)} doubles in {len(told.rows)} people"
            )
        assert recall >= least
        assert precision >= (0.99 if least == 0.5 else 0.94)


def pairs(values, kinds):
    crowds = defaultdict(list)
    for position, told in enumerate(values):
        for one in told:
            if one.kind in kinds:
                crowds[one].append(position)
    return {pair for crowd in crowds.values() if len(crowd) <= 10 for pair in combinations(crowd, 2)}
