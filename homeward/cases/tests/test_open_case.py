from datetime import date
from uuid import uuid4

import pytest
from django.db import ProgrammingError

from homeward.access.acting import acting_as
from homeward.audit.models import Entry
from homeward.cases.commands import open_case, record_counselling
from homeward.cases.journey_rules import Decision, Topic
from homeward.cases.models import Case, Listing
from homeward.cases.queries import CaseFilters, get_case, listed_cases, search_cases
from homeward.cases.rules import FACTS, Stage, stage_of
from homeward.lib.identifiers import clean_reference
from homeward.lib.problems import NotFound, Refused
from tests.cast import jonas, nora, otto, stranger

TODAY = date(2026, 3, 16)


def test_a_donor_is_refused_before_anything_is_looked_up(cast):
    with pytest.raises(Refused):
        open_case(otto, person_id=uuid4(), opened_on=TODAY)


def test_a_person_of_another_organisation_is_not_there(sami):
    with pytest.raises(NotFound):
        open_case(stranger, person_id=sami.person_id, opened_on=TODAY)


def test_a_stranger_cannot_tell_that_it_exists(sami):
    with acting_as(stranger):
        with pytest.raises(NotFound):
            get_case(stranger, sami.id)
        assert not Case.objects.exists()
        assert not listed_cases(stranger, CaseFilters(), TODAY).exists()
        assert not search_cases(stranger, "Sami").exists()
        assert not search_cases(stranger, sami.reference).exists()


def test_who_opens_a_case_leads_it(sami):
    with acting_as(nora):
        case = get_case(nora, sami.id)
    assert (case.lead_organisation_id, case.lead_user_id) == (nora.organisation_id, nora.user_id)
    assert case.stage == Stage.ENQUIRY
    assert clean_reference(case.reference) == case.reference


def test_it_is_listed_and_found_by_part_of_a_name_in_either_script(sami):
    with acting_as(nora):
        listing = listed_cases(nora, CaseFilters(mine=True), TODAY).get()
        assert (listing.latin_name, listing.native_name) == ("Sami Example", "سامي مثال")
        for text in ("xampl", "سامي", "Sammi Exampel", sami.reference.lower().replace("-", " ")):
            assert search_cases(nora, text).get().case_id == sami.id, text


def test_it_is_on_the_record(sami):
    with acting_as(nora):
        entry = Entry.objects.get(action="case.open")
    assert (entry.actor_id, entry.subject_id, entry.case_id) == (nora.user_id, sami.id, sami.id)


def test_the_database_and_the_rule_agree_on_the_stage(sami):
    decided = {"decision": Decision.RETURN, "is_informed": True}  # nobody departs without
    record_counselling(nora, case_id=sami.id, held_on=TODAY, topics=[Topic.OPTIONS], **decided)
    with acting_as(nora):
        for number, fact in enumerate(FACTS):
            changed = dict.fromkeys(FACTS) | {"opened_on": TODAY, fact: TODAY}
            changed |= {"closed_on": TODAY} if fact == "monitored_on" else {}
            changed |= {"arrived_on": TODAY} if fact in ("planning_on", "plan_agreed_on") else {}
            changed |= {"travel_confirmed_on": TODAY} if fact == "departed_on" else {}
            Case.objects.filter(id=sami.id).update(**changed)
            case = Case.objects.get(id=sami.id)
            expected = stage_of(changed)
            assert (case.stage, case.stage_since) == (expected.stage, expected.since), (number, fact)


def test_a_listing_of_somebody_elses_case_cannot_be_written_by_hand(sami):
    with pytest.raises(ProgrammingError), acting_as(stranger):
        Listing.objects.create(
            organisation_id=stranger.organisation_id,
            case_id=sami.id,
            scope="lead",
            reference="x",
            stage="enquiry",
            stage_since=TODAY,
            lead_organisation_id=stranger.organisation_id,
            lead_name="x",
            updated_at="2026-03-16T00:00Z",
        )


def test_a_counsellor_of_another_organisation_sees_nothing_of_it(sami):
    with acting_as(jonas), pytest.raises(NotFound):
        get_case(jonas, sami.id)
