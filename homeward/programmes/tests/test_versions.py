"""Versions in force from a day: drafted, published, never changed again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from homeward.programmes.commands import (
    OwnDraft,
    add_party,
    add_programme,
    begin_version,
    change_version,
    discard_version,
    publish_version,
    remove_party,
)
from homeward.programmes.models import ProgrammeVersion
from homeward.programmes.queries import get_version, parties_of, terms_of, version_in_force, versions_of
from homeward.programmes.rules import Part, VersionState
from homeward.programmes.terms_json import TermsInvalid
from homeward.programmes.tests.samples import TERMS, changed
from tests.cast import DONORS, frida, jonas, nora, rosa, stranger, vera, wanda

pytestmark = pytest.mark.usefixtures("cast")
FIRST_DAY = date(2026, 1, 1)


def programme():
    return add_programme(vera, name="Home again", code="HOME", opens_on=FIRST_DAY)


def draft(one=None, terms=TERMS):
    begun = begin_version(vera, programme_id=(one or programme()).id)
    return change_version(vera, version_id=begun.id, expected_version=begun.version, terms=terms)


def publish(version, on=FIRST_DAY, actor=wanda, **given):
    given = {"what_changed": "New amounts", "expected_version": version.version, **given}
    return publish_version(actor, version_id=version.id, takes_effect_on=on, **given)


def test_only_who_coordinates_or_administers_writes_rules():
    one = programme()
    for actor in (jonas, nora, frida, stranger):
        with pytest.raises(Refused):
            begin_version(actor, programme_id=one.id)


def test_only_the_organisation_that_runs_a_programme_writes_its_rules():
    one = programme()
    with pytest.raises(NotFound):
        begin_version(rosa, programme_id=one.id)
    with pytest.raises(NotFound):
        add_party(rosa, programme_id=one.id, organisation_id=DONORS, part=Part.DONOR)
    version = draft(one)
    with pytest.raises(NotFound):
        change_version(rosa, version_id=version.id, expected_version=version.version, terms=TERMS)
    with pytest.raises(NotFound):
        publish(version, actor=rosa)


def test_nobody_publishes_what_they_wrote_in_the_database_too():
    version = draft()
    with pytest.raises(OwnDraft):
        publish(version, actor=vera)
    mine = ProgrammeVersion.objects.filter(id=version.id)
    with acting_as(vera), pytest.raises(IntegrityError, match="nobody_publishes"), transaction.atomic():
        mine.update(published_by_id=vera.user_id)
    again = change_version(wanda, version_id=version.id, expected_version=version.version, terms=TERMS)
    for actor in (vera, wanda):
        with pytest.raises(OwnDraft):
            publish(again, actor=actor)


def test_only_the_one_who_saw_all_of_a_draft_throws_it_away_and_never_what_is_published():
    one = programme()
    version = draft(one)
    for actor, problem in ((jonas, Refused), (rosa, NotFound)):
        with pytest.raises(problem):
            discard_version(actor, version_id=version.id, expected_version=version.version)
    with pytest.raises(EditConflict):
        discard_version(vera, version_id=version.id, expected_version=version.version - 1)
    published = publish(version)
    with pytest.raises(WrongState):
        discard_version(vera, version_id=published.id, expected_version=published.version)
    again = draft(one)
    discard_version(vera, version_id=again.id, expected_version=again.version)
    with acting_as(vera):
        assert [one.id for one in versions_of(vera, published.programme_id)] == [version.id]


def test_a_party_is_removed_by_those_who_run_the_programme_alone():
    one = programme()
    party = add_party(vera, programme_id=one.id, organisation_id=DONORS, part=Part.DONOR)
    for actor, problem in ((jonas, Refused), (rosa, NotFound)):
        with pytest.raises(problem):
            remove_party(actor, programme_id=one.id, party_id=party.id)
    remove_party(vera, programme_id=one.id, party_id=party.id)
    with acting_as(vera):
        assert not parties_of(vera, one.id).exists()
    with pytest.raises(NotFound):
        remove_party(vera, programme_id=one.id, party_id=party.id)


def test_a_draft_is_not_seen_outside_the_organisation_that_runs_the_programme():
    version = draft()
    with acting_as(rosa):
        assert list(versions_of(rosa, version.programme_id)) == []
        with pytest.raises(NotFound):
            get_version(rosa, version.id)
    publish(version)
    with acting_as(stranger):
        assert get_version(stranger, version.id).state == VersionState.PUBLISHED


def test_the_database_lets_nobody_add_a_version_to_anothers_programme():
    one = programme()
    with pytest.raises(ProgrammingError), acting_as(rosa):
        ProgrammeVersion.objects.create(
            programme=one, organisation_id=rosa.organisation_id, number=9, terms=TERMS
        )


def test_there_is_one_draft_at_a_time():
    version = draft()
    with pytest.raises(WrongState):
        begin_version(vera, programme_id=version.programme_id)


def test_terms_that_cannot_be_meant_are_not_kept():
    version = draft()
    with pytest.raises(TermsInvalid):
        change_version(
            vera,
            version_id=version.id,
            expected_version=version.version,
            terms=changed("eligibility.0.expression", "__import__"),
        )
    with acting_as(vera):
        assert get_version(vera, version.id).terms == version.terms


def test_nothing_is_overwritten():
    version = draft()
    change_version(vera, version_id=version.id, expected_version=version.version, terms=TERMS)
    with pytest.raises(EditConflict):
        change_version(vera, version_id=version.id, expected_version=version.version, terms=TERMS)
    with pytest.raises(EditConflict):
        publish(version)


def test_a_published_version_never_changes_by_any_path():
    version = publish(draft())
    with pytest.raises(WrongState):
        change_version(vera, version_id=version.id, expected_version=version.version, terms=TERMS)
    with acting_as(vera):
        mine = ProgrammeVersion.objects.filter(id=version.id)
        for change in (
            lambda: mine.update(terms={}),
            lambda: mine.update(takes_effect_on=date(2020, 1, 1)),
            lambda: mine.update(state=VersionState.DRAFT),
            mine.delete,
        ):
            with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
                change()


def test_days_that_passed_keep_their_rules():
    one = programme()
    publish(draft(one))
    second = draft(one)
    with pytest.raises(Invalid) as problem:
        publish(second, on=localdate() - timedelta(1))
    assert list(problem.value.fields) == ["takes_effect_on"]


def test_a_change_says_what_it_changes():
    one = programme()
    publish(draft(one), what_changed="")
    with pytest.raises(Invalid) as problem:
        publish(draft(one), on=localdate(), what_changed=" ")
    assert list(problem.value.fields) == ["what_changed"]


def test_the_version_in_force_is_the_latest_that_took_effect():
    one, later = programme(), localdate() + timedelta(30)
    first = publish(draft(one), on=FIRST_DAY)
    second = publish(draft(one, changed("packages.0.amount_minor", 70000)), on=later)
    with acting_as(nora):
        assert version_in_force(nora, one.id, FIRST_DAY - timedelta(1)) is None
        assert version_in_force(nora, one.id, FIRST_DAY) == first
        assert version_in_force(nora, one.id, later - timedelta(1)) == first
        assert version_in_force(nora, one.id, later) == second
        assert terms_of(second).packages[0].amount_minor == 70000
        assert (first.number, second.number) == (1, 2)


def test_a_new_draft_begins_from_the_latest_version():
    one = programme()
    publish(draft(one))
    assert begin_version(vera, programme_id=one.id).terms["packages"][0]["amount_minor"] == 61500


def test_donors_and_partners_are_named_once():
    one = programme()
    for _again in range(2):
        add_party(vera, programme_id=one.id, organisation_id=DONORS, part=Part.DONOR)
    with acting_as(stranger):
        assert [party.party_id for party in parties_of(stranger, one.id)] == [DONORS]
