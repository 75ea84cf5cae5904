"""A list on its way in, through the commands: refusals first."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.assessments.commands import answer_proposal
from homeward.assessments.queries import open_proposals
from homeward.cases.commands import set_next_step
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.queries import get_case, listed_cases, search_cases, timeline_of
from homeward.cases.queries.gates import flags_of_case
from homeward.cases.queries.listings import CaseFilters
from homeward.cases.rules import RoleInFile, Stage
from homeward.exchange.choices import ReadingChoices
from homeward.exchange.commands import (
    answer_problems,
    decide_duplicates,
    discard_import,
    forget_files,
    leave_out,
    save_import,
    saving,
    set_choices,
    undo_import,
)
from homeward.exchange.jobs import read_import, save_ready_rows
from homeward.exchange.models import Import, ImportRow
from homeward.exchange.problems import CannotBeAnswered, NothingReady, UndoneTooLate
from homeward.exchange.queries import (
    get_import,
    held_of,
    imports_of,
    open_held_vulnerability,
    possible_duplicates,
    problem_groups,
    rows_of_kind,
    visible_imports,
)
from homeward.exchange.rules import Answer, Decision, HeldReason, ImportState, RowState
from homeward.exchange.tests.imports import (
    AMINA,
    BILAL,
    ZAYN,
    a_list,
    again,
    brought,
    counts,
    row_of,
    saved,
)
from homeward.lib.problems import NotFound, Refused, WrongState
from homeward.people.queries import contacts_of, documents_of
from tests.cast import ines, jonas, nora, salma, stranger, tarek, vera

MADE = ("people_person", "people_contact", "people_document", "cases_case", "cases_listing", "cases_event")
MADE += ("cases_file", "exchange_keptfromlist", "people_blockingkey")
PLACEHOLDER = "placeholder_date:birth_date"


@pytest.fixture
def given(cast):
    return brought(nora)


def the_cases(actor=nora):
    with acting_as(actor):
        return {
            row.latin_name: get_case(actor, row.case_id)
            for row in listed_cases(actor, CaseFilters(), now().date())
        }


def how_many(past_policies):
    return {table: past_policies(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in MADE}


@pytest.mark.parametrize("actor", [vera, salma, ines])
def test_only_who_works_with_cases_brings_lists_in(cast, actor):
    with pytest.raises(Refused):
        brought(actor)


def test_to_a_stranger_an_import_does_not_exist(given):
    with acting_as(stranger):
        assert not visible_imports(stranger).exists()
        with pytest.raises(NotFound):
            get_import(stranger, given.id)
    for act in (save_import, undo_import, discard_import):
        with pytest.raises(NotFound):
            act(stranger, import_id=given.id)


def test_a_colleague_limited_to_an_office_sees_only_their_own(given):
    with acting_as(tarek):
        assert not visible_imports(tarek).exists()


def test_nothing_is_saved_by_a_preview(given, past_policies):
    assert set(how_many(past_policies).values()) == {0}
    assert given.state == ImportState.PREVIEWED


def test_a_list_that_cannot_be_read_says_why_and_waits(cast):
    broken = brought(nora, b"Everything in one column\r\nA\r\nB\r\n", "list.csv")
    assert (broken.state, broken.trouble) == (ImportState.UNREADABLE, "workbook_one_column")
    with acting_as(nora):
        assert [one.id for one in imports_of(nora)] == [broken.id]


def test_problems_are_grouped_with_what_was_found(given):
    with acting_as(nora):
        groups = {group.key: group for group in problem_groups(nora, given)}
        (asked,) = rows_of_kind(nora, given, PLACEHOLDER)
    assert groups[PLACEHOLDER].count == 1
    assert (asked.row.name, asked.found) == ("Zayn Sample", "1900-01-01")


def test_a_note_is_no_question(given):
    with pytest.raises(CannotBeAnswered):
        answer_problems(nora, import_id=given.id, key="consent_refused:consent", answer=Answer.UNKNOWN)
    with pytest.raises(CannotBeAnswered):
        answer_problems(nora, import_id=given.id, key="no_such:thing", answer=Answer.UNKNOWN)


def test_a_row_of_another_import_is_not_found(given):
    other = brought(nora, a_list(row_of(ZAYN, **{"First name": "Other"})))
    with acting_as(nora):
        foreign = other.rows.get().id
    with pytest.raises(NotFound):
        answer_problems(nora, import_id=given.id, key=PLACEHOLDER, answer=Answer.UNKNOWN, row_ids=[foreign])


def test_what_is_ready_is_saved_and_what_is_asked_waits(given):
    assert counts(nora, given).ready_now == 2
    done = saved(nora, given)
    found = counts(nora, done)
    assert (done.state, found.saved, found.asked) == (ImportState.SAVED, 2, 1)
    assert set(the_cases()) == {"Amina Demo", "Bilal Demo"}


def test_a_person_becomes_a_person_with_paper_phone_and_case(given):
    saved(nora, given)
    case = the_cases()["Amina Demo"]
    with acting_as(nora):
        assert case.person.nationalities == ["IQ"]
        assert case.person.birth.earliest.isoformat() == "1990-05-01"
        assert [contact.value for contact in contacts_of(nora, case.person_id)] == ["+4930901820"]
        assert len(documents_of(nora, case.person_id)) == 1
        assert {event.kind for event in timeline_of(nora, case.id)} == {"imported", "departed", "arrived"}
    assert (case.stage, case.host_country, case.return_place) == (Stage.ARRIVED, "DE", "Erbil")
    assert case.lead_user_id == nora.user_id


def test_a_family_is_one_file_and_a_month_is_no_departure(given):
    saved(nora, given)
    cases = the_cases()
    mother, child = cases["Amina Demo"], cases["Bilal Demo"]
    assert mother.file_id == child.file_id
    assert (mother.role_in_file, child.role_in_file) == (RoleInFile.PRINCIPAL, RoleInFile.CHILD)
    assert child.departed_on is None
    with acting_as(nora):
        (kept,) = held_of(nora, child.id)
    assert [(value.field.value, value.text) for value in kept.values] == [("departed_on", "March 2026")]


def test_what_has_no_room_yet_is_kept_and_vulnerability_is_sealed(given):
    saved(nora, given)
    case = the_cases()["Amina Demo"]
    with acting_as(nora):
        (kept,) = held_of(nora, case.id)
    told = {value.field.value: value for value in kept.values}
    assert set(told) == {"wishes", "amount", "consent", "remarks"}
    assert (told["amount"].amount_minor, told["amount"].currency) == (200_000, "EUR")
    assert kept.has_vulnerability
    opened = open_held_vulnerability(nora, kept.id, reason=HeldReason.NEEDS)
    assert [(value.text, value.hint) for value in opened.values] == [("VoT", "victim_of_trafficking")]


def test_what_a_list_says_of_vulnerability_is_only_proposed(given):
    saved(nora, given)
    case = the_cases()["Amina Demo"]
    with acting_as(nora):
        (proposal,) = open_proposals(nora, case.id)
        assert flags_of_case(nora, case.id) == frozenset()
    assert (proposal.flag, proposal.origin) == ("victim_of_trafficking", "partner_list")
    answer_proposal(nora, proposal_id=proposal.id, confirm=True)
    with acting_as(nora):
        assert flags_of_case(nora, case.id) == {ProfileFlag.VICTIM_OF_TRAFFICKING}


def test_who_opens_what_is_sealed_is_on_record(given, past_policies):
    saved(nora, given)
    case = the_cases()["Amina Demo"]
    with acting_as(nora):
        (kept,) = held_of(nora, case.id)
    with pytest.raises(NotFound):
        open_held_vulnerability(stranger, kept.id, reason=HeldReason.NEEDS)
    with pytest.raises(Refused):
        open_held_vulnerability(vera, kept.id, reason=HeldReason.NEEDS)
    open_held_vulnerability(nora, kept.id, reason=HeldReason.SAFETY)
    assert past_policies("SELECT note FROM audit_entry WHERE action = 'held.open'") == [{"note": "safety"}]


def test_all_rows_of_a_kind_are_answered_at_once(given):
    answer_problems(nora, import_id=given.id, key=PLACEHOLDER, answer=Answer.UNKNOWN)
    saved(nora, given)
    zayn = the_cases()["Zayn Sample"]
    assert zayn.person.birth is None
    with acting_as(nora):
        (kept,) = held_of(nora, zayn.id)
    assert [value.text for value in kept.as_written] == ["1900-01-01"]


def test_rows_that_waited_can_follow_later(given):
    done = saved(nora, given)
    answer_problems(nora, import_id=done.id, key=PLACEHOLDER, answer=Answer.UNKNOWN)
    saved(nora, done)
    assert set(the_cases()) == {"Amina Demo", "Bilal Demo", "Zayn Sample"}


def test_a_suggestion_is_taken_only_when_somebody_says_so(cast):
    row = row_of(AMINA, **{"Date of birth": "1370/05/12"})
    key = "other_calendar:birth_date"
    given = brought(nora, a_list(row))
    assert counts(nora, given).asked == 1
    answer_problems(nora, import_id=given.id, key=key, answer=Answer.SUGGESTION)
    saved(nora, given)
    assert the_cases()["Amina Demo"].person.birth.earliest.isoformat() == "1991-08-03"


def test_a_row_can_be_left_out_and_taken_in_again(given):
    with acting_as(nora):
        row = given.rows.get(number=1).id
    leave_out(nora, import_id=given.id, row_ids=[row])
    assert counts(nora, given).left_out == 1
    leave_out(nora, import_id=given.id, row_ids=[row], out=False)
    assert counts(nora, given).left_out == 0


def test_without_a_ready_row_there_is_nothing_to_save(cast):
    given = brought(nora, a_list(ZAYN))
    with pytest.raises(NothingReady):
        save_import(nora, import_id=given.id)


def test_pressing_save_twice_saves_once(given):
    save_import(nora, import_id=given.id)
    with pytest.raises(WrongState):
        save_import(nora, import_id=given.id)
    save_ready_rows(nora, given.id)
    save_ready_rows(nora, given.id)
    assert len(the_cases()) == 2


def test_the_same_file_twice_changes_nothing(given, past_policies):
    saved(nora, given, questions_as_unknown=True)
    before = how_many(past_policies)
    second = brought(nora)
    assert counts(nora, second).saved_before == 3
    with pytest.raises(NothingReady):
        save_import(nora, import_id=second.id)
    assert how_many(past_policies) == before


def test_two_readings_of_one_file_save_each_row_once(cast, past_policies):
    first, second = brought(nora), brought(nora)
    saved(nora, first)
    saved(nora, second)
    assert len(the_cases()) == 2
    assert counts(nora, second).saved_before == 2


def test_the_database_itself_refuses_a_second_saved_row(given):
    saved(nora, given)
    with acting_as(nora):
        row = given.rows.filter(state=RowState.SAVED).first()
    with pytest.raises(IntegrityError), acting_as(nora), transaction.atomic():
        ImportRow.objects.create(
            organisation_id=row.organisation_id,
            import_of_id=row.import_of_id,
            number=99,
            sheet_row=99,
            state=RowState.SAVED,
            fingerprint=bytes(row.fingerprint),
        )


def test_another_organisation_may_have_the_same_list(given):
    saved(nora, given)
    other = brought(jonas)
    assert counts(jonas, other).saved_before == 0


def test_a_corrected_file_adds_only_the_corrected_row(given):
    saved(nora, given)
    corrected = brought(nora, a_list(AMINA, BILAL, row_of(ZAYN, **{"Date of birth": "1985-06-07"})))
    assert counts(nora, corrected).saved_before == 2
    saved(nora, corrected)
    assert len(the_cases()) == 3


def test_a_repeated_row_of_one_file_is_one_person(cast):
    given = brought(nora, a_list(AMINA, BILAL, AMINA))
    assert counts(nora, given).saved_before == 1


AGAIN = {"File No.": "A-9", "First name": "Aminah", "Place of return": "Arbil"}


@pytest.fixture
def doubled(cast):
    """Amina stands on the list a second time, spelt another way."""
    return brought(nora, a_list(AMINA, row_of(AMINA, **AGAIN), BILAL))


def test_a_possible_duplicate_waits_until_somebody_decides(doubled):
    found = counts(nora, doubled)
    assert (found.ready_now, found.undecided) == (2, 1)
    with acting_as(nora):
        (beside,) = possible_duplicates(nora, doubled)
    assert (beside.row.number, beside.earlier.number) == (1, 0)
    assert {reason["field"] for reason in beside.pair.reasons} >= {"given_names", "document"}
    saved(nora, doubled)
    assert set(the_cases()) == {"Amina Demo", "Bilal Demo"}


def test_said_to_be_the_same_the_second_row_adds_only_its_words(doubled):
    decide_duplicates(nora, import_id=doubled.id, decision=Decision.SAME)
    saved(nora, doubled)
    cases = the_cases()
    assert set(cases) == {"Amina Demo", "Bilal Demo"}
    with acting_as(nora):
        kept = held_of(nora, cases["Amina Demo"].id)
    assert len(kept) == 2
    assert "Aminah" in [value.text for one in kept for value in one.differs]


def test_said_to_be_different_they_are_two_people(doubled):
    decide_duplicates(nora, import_id=doubled.id, decision=Decision.DIFFERENT)
    saved(nora, doubled)
    assert set(the_cases()) == {"Amina Demo", "Aminah Demo", "Bilal Demo"}


def test_somebody_known_gets_only_what_was_missing(given):
    saved(nora, given, questions_as_unknown=True)
    corrected = row_of(ZAYN, **{"Date of birth": "1985-06-07", "Passport": "P7711229", "Remarks": "new"})
    second = brought(nora, a_list(corrected))
    with acting_as(nora):
        pairs = possible_duplicates(nora, second)
    assert [beside.person.name for beside in pairs] == ["Zayn Sample"]
    decide_duplicates(nora, import_id=second.id, pair_id=pairs[0].pair.id, decision=Decision.SAME)
    saved(nora, second)
    cases = the_cases()
    assert len(cases) == 3
    assert cases["Zayn Sample"].person.birth.earliest.isoformat() == "1985-06-07"


def test_undoing_empties_again_the_gaps_it_filled(given):
    test_somebody_known_gets_only_what_was_missing(given)
    with acting_as(nora):
        second = visible_imports(nora).first()
    undo_import(nora, import_id=second.id)
    assert the_cases()["Zayn Sample"].person.birth is None


def test_undone_within_a_day_nothing_is_left(given, past_policies):
    done = saved(nora, given, questions_as_unknown=True)
    undo_import(nora, import_id=done.id)
    assert set(how_many(past_policies).values()) == {0}
    assert past_policies("SELECT id FROM files_storedfile") == []
    assert past_policies("SELECT id FROM exchange_importrow WHERE told IS NOT NULL") == []


def test_what_somebody_worked_on_since_stays_and_says_why(given, past_policies):
    done = saved(nora, given)
    case = the_cases()["Amina Demo"]
    set_next_step(nora, case_id=case.id, expected_version=case.version, next_step="Call", next_step_on=None)
    undo_import(nora, import_id=done.id)
    assert set(the_cases()) == {"Amina Demo"}
    with acting_as(nora):
        assert list(done.rows.exclude(kept_back="").values_list("kept_back", flat=True)) == ["changed"]
        assert held_of(nora, case.id)


def test_after_a_day_it_is_too_late(given):
    done = saved(nora, given)
    with acting_as(nora):
        Import.objects.filter(id=done.id).update(saved_at=now() - timedelta(hours=25))
    with pytest.raises(UndoneTooLate):
        undo_import(nora, import_id=done.id)


def test_what_was_undone_can_be_brought_in_again(given):
    done = saved(nora, given)
    undo_import(nora, import_id=done.id)
    saved(nora, brought(nora))
    assert len(the_cases()) == 2


def test_discarded_the_file_is_gone(given, past_policies):
    discard_import(nora, import_id=given.id)
    assert past_policies("SELECT id FROM files_storedfile") == []
    assert past_policies("SELECT id FROM exchange_importrow") == []


def test_files_are_forgotten_when_they_are_no_longer_needed(given, past_policies):
    saved(nora, given)
    assert forget_files(nora, at=now()).count == 0
    assert forget_files(nora, at=now() + timedelta(days=2)).count == 1
    assert past_policies("SELECT id FROM files_storedfile") == []


def test_columns_are_matched_once_and_remembered(cast):
    header = ["Vorname", "Nachname", "Krimskrams"]
    content = f"{';'.join(header)}\r\nAmina;Demo;Erbil\r\nBilal;Demo;Mosul\r\n".encode()
    given = brought(nora, content, "list.csv", sender="Harbour")
    set_choices(nora, import_id=given.id, choices=ReadingChoices(columns={"Krimskrams": "return_place"}))
    read_import(nora, given.id)
    saved(nora, again(nora, given))
    assert the_cases()["Amina Demo"].return_place == "Erbil"
    later = content.replace(b"Amina", b"Carim")
    second = brought(nora, later, "april.csv", sender="Harbour")
    saved(nora, second, undecided=Decision.DIFFERENT)
    assert the_cases()["Carim Demo"].return_place == "Erbil"


def test_answers_survive_another_reading(given):
    answer_problems(nora, import_id=given.id, key=PLACEHOLDER, answer=Answer.UNKNOWN)
    set_choices(nora, import_id=given.id, choices=ReadingChoices(currency="EUR"))
    read_import(nora, given.id)
    assert counts(nora, again(nora, given)).ready == 3


def test_a_failure_while_saving_leaves_nothing_half_saved(given, past_policies, monkeypatch):
    monkeypatch.setattr(saving, "ROWS_AT_ONCE", 1)
    save_import(nora, import_id=given.id)
    with acting_as(nora):
        last = given.rows.get(number=1)
        ImportRow.objects.filter(id=last.id).update(told=b"damaged, and cannot be opened any more by anybody")
    save_ready_rows(nora, given.id)
    assert set(how_many(past_policies).values()) == {0}
    assert again(nora, given).state == ImportState.PREVIEWED


def test_search_finds_who_was_imported(given):
    saved(nora, given)
    with acting_as(nora):
        assert search_cases(nora, "amina").count() == 1
