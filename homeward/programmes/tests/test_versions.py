"""Versions in force from a day: drafted, published, never changed again."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from homeward.programmes.commands import (
    add_party,
    add_programme,
    begin_version,
    change_version,
    publish_version,
)
from homeward.programmes.models import ProgrammeVersion
from homeward.programmes.queries import get_version, parties_of, terms_of, version_in_force, versions_of
from homeward.programmes.rules import Part, VersionState
from homeward.programmes.terms_json import TermsInvalid
from homeward.programmes.tests.samples import TERMS, changed
from tests.cast import DONORS, frida, jonas, nora, rosa, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")
FIRST_DAY = date(2026, 1, 1)


def programme():
    return add_programme(vera, name="Home again", code="HOME", opens_on=FIRST_DAY)


def draft(one=None, terms=TERMS):
    begun = begin_version(vera, programme_id=(one or programme()).id)
    return change_version(vera, version_id=begun.id, expected_version=begun.version, terms=terms)


def publish(version, on=FIRST_DAY, actor=vera, **given):
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
