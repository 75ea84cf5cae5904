"""What of a case another organisation sees is what was shared with it; the database decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.cases.commands import (
    edit_case,
    end_share,
    record_contact,
    set_next_step,
    set_profile,
    write_note,
)
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.gate_rules import ProfileFlag
from homeward.cases.journey_rules import ContactOutcome, ContactWay, OpeningReason
from homeward.cases.models import ContactAttempt, Listing, Note, Profile, Share
from homeward.cases.queries import get_case, hidden_categories, visible_cases
from homeward.cases.queries.journey import live_travel
from homeward.cases.queries.sealed import Sealed, open_sealed_text
from homeward.cases.rules import Scope, Visibility
from homeward.cases.tests.journeys import travel_planned
from homeward.lib.problems import NotFound
from homeward.people.commands import add_contact
from homeward.people.models import Contact
from homeward.people.rules import ContactKind
from homeward.sharing.commands import end_agreement, end_disclosure
from homeward.sharing.models import Disclosure
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.queries import agreements_of
from homeward.sharing.rules import Category, EndReason
from tests.agreed import shared
from tests.cast import ELSEWHERE, HARBOUR, MARENIA, RETURN_PARTNERS, jonas, nora, rosa, salma

MINIMAL = {Category.IDENTITY, Category.JOURNEY}


@pytest.fixture
def known(sami):
    """Sami's case with something in several categories."""
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.PHONE, value="+33612345678")
    set_profile(nora, case_id=sami.id, flags=[ProfileFlag.HEALTH_NEED])
    write_note(nora, case_id=sami.id, text="Sleeps badly", on=localdate(), visibility=Visibility.CASE)
    return sami


def seen():
    return [model.objects.exists() for model in (Contact, Profile, Note)]


def test_nothing_is_shared_with_whom_nothing_is_agreed(sami):
    with pytest.raises(NotAllowedToShare):
        shared(nora, sami.id, ELSEWHERE)
    with pytest.raises(NotAllowedToShare):
        shared(nora, sami.id, MARENIA)
    with acting_as(nora):
        assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ((), [False, False, False]),
        ((Category.CONTACT,), [True, False, False]),
        ((Category.VULNERABILITY,), [False, True, False]),
        ((Category.NOTES,), [False, False, True]),
        (tuple(Category), [True, True, True]),
    ],
    ids=["the least", "contact", "vulnerability", "notes", "everything"],
)
def test_only_what_is_shared_is_seen(known, categories, expected):
    shared(nora, known.id, HARBOUR, categories=categories)
    with acting_as(jonas):
        assert get_case(jonas, known.id).person.given_names == "Sami"
        assert seen() == expected
        assert hidden_categories(jonas, known.id) == set(Category) - MINIMAL - set(categories)
    with acting_as(nora):
        assert seen() == [True, True, True]
        assert hidden_categories(nora, known.id) == frozenset()


def seen_of_the_way(actor, case, travel):
    with acting_as(actor):
        record = get_case(actor, case.id)
        told = record.take_care, record.promised
    reason = {"kind": Sealed.MEDICAL_ITEMS, "row_id": travel.id, "reason": OpeningReason.CASEWORK}
    try:
        return *told, open_sealed_text(actor, **reason).text
    except NotFound:
        return *told, None


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ((), ("", "", None)),
        ((Category.PROTECTION,), ("No visits at home", "", None)),
        ((Category.PLAN,), ("", "A loan", None)),
        ((Category.HEALTH,), ("", "", "Insulin")),
        (tuple(Category), ("No visits at home", "A loan", "Insulin")),
    ],
    ids=["the least", "protection", "plan", "health", "everything"],
)
def test_warnings_promises_and_medical_needs_are_told_where_they_are_shared(cast, categories, expected):
    case = travel_planned()
    with acting_as(jonas):
        version, travel = get_case(jonas, case.id).version, live_travel(jonas, case.id)
        share = Share.objects.get(case=case, organisation_id=RETURN_PARTNERS)
    details = CaseDetails(take_care="No visits at home", promised="A loan")
    edit_case(jonas, case_id=case.id, expected_version=version, details=details)
    end_share(jonas, case_id=case.id, share_id=share.id)
    shared(jonas, case.id, RETURN_PARTNERS, categories=categories)
    assert seen_of_the_way(nora, case, travel) == expected
    assert seen_of_the_way(jonas, case, travel) == ("No visits at home", "A loan", "Insulin")


SUMMARIES = """SELECT category, words FROM cases_remark WHERE case_id = %(case)s
    UNION ALL SELECT 'whole', c::text FROM cases_case c WHERE id = %(case)s"""


@pytest.mark.parametrize(
    "shown", [(), (Category.PROTECTION,), (Category.PLAN,)], ids=["least", "care", "plan"]
)
def test_the_bare_database_tells_no_more_of_them_and_lets_nothing_be_written(sami, shown):
    edit_case(
        nora,
        case_id=sami.id,
        expected_version=1,
        details=CaseDetails(take_care="Carecanary", promised="Plancanary"),
    )
    shared(nora, sami.id, HARBOUR, categories=shown)
    with acting_as(jonas), connection.cursor() as cursor:
        cursor.execute(SUMMARIES, {"case": sami.id})
        told = " ".join(words for _category, words in cursor.fetchall())
        cursor.execute("UPDATE cases_remark SET words = 'x' WHERE case_id = %s", [sami.id])
        assert cursor.rowcount == len(shown)
    assert ("Carecanary" in told, "Plancanary" in told) == (
        Category.PROTECTION in shown,
        Category.PLAN in shown,
    )


def test_what_a_command_returns_to_a_program_tells_no_more_either(sami):
    details = CaseDetails(take_care="No visits at home", promised="A loan")
    edit_case(nora, case_id=sami.id, expected_version=1, details=details)
    shared(nora, sami.id, HARBOUR, categories=[Category.PLAN])
    with acting_as(jonas):
        version = get_case(jonas, sami.id).version
    step = {"next_step": "Call him", "next_step_on": None}
    changed = set_next_step(jonas, case_id=sami.id, expected_version=version, **step)
    with acting_as(jonas):
        assert (changed.take_care, changed.promised) == ("", "A loan")


def test_who_is_not_shown_a_part_of_the_summary_does_not_wipe_it_out(sami):
    details = CaseDetails(take_care="No visits at home", promised="A loan")
    edit_case(nora, case_id=sami.id, expected_version=1, details=details)
    shared(nora, sami.id, HARBOUR, categories=[Category.PLAN])
    changed = CaseDetails(own_words="To begin again", promised="Two loans")
    with acting_as(jonas):
        version = get_case(jonas, sami.id).version
    edit_case(jonas, case_id=sami.id, expected_version=version, details=changed)
    with acting_as(nora):
        case = get_case(nora, sami.id)
    told = (case.own_words, case.promised, case.take_care)
    assert told == ("To begin again", "Two loans", "No visits at home")


def test_tries_to_reach_somebody_are_seen_by_who_made_them_and_where_follow_up_is_shared(sami):
    tried = {"on": localdate(), "way": ContactWay.CALL, "outcome": ContactOutcome.NO_ANSWER}
    record_contact(nora, case_id=sami.id, note="Her sister answered", **tried)
    share = shared(nora, sami.id, HARBOUR, categories=())
    record_contact(jonas, case_id=sami.id, note="Nobody", **tried)
    with acting_as(jonas):
        assert [one.note for one in ContactAttempt.objects.all()] == ["Nobody"]
    end_share(nora, case_id=sami.id, share_id=share.id)
    shared(nora, sami.id, HARBOUR, categories=[Category.FOLLOW_UP])
    for actor in (jonas, nora):
        with acting_as(actor):
            assert ContactAttempt.objects.count() == 2


def test_who_is_not_shown_a_category_adds_nothing_to_it_but_keeps_its_own_notes(known):
    shared(nora, known.id, HARBOUR, categories=())
    write_note(jonas, case_id=known.id, text="Called", on=localdate(), visibility=Visibility.CASE)
    with acting_as(jonas):
        assert [note.text for note in Note.objects.all()] == ["Called"]
        with pytest.raises(ProgrammingError), transaction.atomic():
            Profile.objects.create(
                case=known,
                organisation_id=HARBOUR,
                flags=[],
                noted_by_id=jonas.user_id,
                noted_by_name=jonas.name,
                noted_at=now(),
            )


def test_an_organisation_cannot_widen_what_it_sees(known):
    shared(nora, known.id, HARBOUR, categories=())
    with acting_as(jonas), pytest.raises(ProgrammingError):
        Listing.objects.filter(case_id=known.id).update(categories=None)


def test_a_listing_is_granted_only_on_a_live_disclosure(known):
    share = shared(nora, known.id, HARBOUR)
    end_share(nora, case_id=known.id, share_id=share.id)
    with acting_as(nora):
        for given in (share.disclosure_id, None):
            share.id, share.disclosure_id, share._state.adding, share.ended_at = uuid4(), given, True, None
            with pytest.raises(ProgrammingError, match="disclosure"), transaction.atomic():
                _grant(share)


def _grant(share):
    share.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_case(%s)", [share.id])


def is_open_to_jonas(case):
    with acting_as(jonas):
        return visible_cases(jonas).filter(id=case.id).exists()


def end_by_share(case, share):
    end_share(nora, case_id=case.id, share_id=share.id)


def end_by_disclosure(case, share):
    end_disclosure(nora, disclosure_id=share.disclosure_id)


def end_by_recipient(case, share):
    end_share(jonas, case_id=case.id, share_id=share.id)


def end_by_agreement(case, share):
    with acting_as(rosa):
        agreement = agreements_of(rosa).get()
    end_agreement(rosa, agreement_id=agreement.id, why="Over")


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (end_by_share, EndReason.RECALLED),
        (end_by_disclosure, EndReason.RECALLED),
        (end_by_recipient, EndReason.RETURNED),
        (end_by_agreement, EndReason.AGREEMENT_ENDED),
    ],
)
def test_however_it_ends_it_is_closed_at_once_and_on_the_register(known, end, why):
    share = shared(nora, known.id, HARBOUR)
    assert is_open_to_jonas(known)
    end(known, share)
    assert not is_open_to_jonas(known)
    with acting_as(jonas):
        with pytest.raises(NotFound):
            get_case(jonas, known.id)
        assert not Contact.objects.exists()
    with acting_as(nora):
        assert Disclosure.objects.get(id=share.disclosure_id).ended_why == why
        assert Share.objects.get(id=share.id).ended_at is not None


def test_it_ends_by_itself_with_its_day(known):
    until = now() + timedelta(days=3)
    share = shared(nora, known.id, HARBOUR, until=until)
    assert share.until == until
    with acting_as(jonas):
        assert Listing.objects.get(case_id=known.id).until == until


def test_an_arrival_tells_the_origin_authority_no_more_than_before(known):
    shared(nora, known.id, MARENIA, scope=Scope.ARRIVAL)
    with acting_as(salma):
        assert Listing.objects.get().categories == ["journey"]
        assert seen() == [False, False, False]
        assert not visible_cases(salma).exists()
