"""A framework from draft to force: partners comment, others than drafters validate, nothing changes after."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from homeward.access.acting import acting_as
from homeward.indicators.catalogue import catalogue
from homeward.indicators.commands import (
    OwnIndicators,
    add_framework,
    begin_framework_version,
    change_definitions,
    comment_on_version,
    load_framework,
    name_party,
    open_consultation,
    put_in_force,
    take_back,
    validate_version,
)
from homeward.indicators.definitions import (
    DefinitionsInvalid,
    definitions_from,
    dumped,
    stored_definitions,
)
from homeward.indicators.models import FrameworkComment, FrameworkValidation, FrameworkVersion
from homeward.indicators.queries import comments_of, get_version, version_in_force, versions_of
from homeward.indicators.rules import FrameworkPart, FrameworkState
from homeward.indicators.tests.agreed import (
    a_draft,
    consulted,
    defined,
    drafter,
    in_force,
    validated,
    written,
)
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused, WrongState
from tests.cast import MARENIA, NORDHOLM, frida, mira, nora, otto, rosa, salma, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")


def test_who_works_on_cases_drafts_nothing_and_a_donor_sees_nothing():
    draft = a_draft()
    for actor in (nora, frida, otto, rosa, salma):
        with pytest.raises(Refused):
            begin_framework_version(actor, framework_id=draft.framework_id)
    with pytest.raises(Refused), acting_as(otto):
        get_version(otto, draft.id)


def test_a_draft_is_its_owners_and_one_under_consultation_is_seen_by_who_is_asked():
    draft = a_draft()
    with pytest.raises(NotFound):
        change_definitions(mira, version_id=draft.id, expected_version=draft.version, definitions=[])
    with pytest.raises(NotFound):
        name_party(
            mira, framework_id=draft.framework_id, organisation_id=MARENIA, part=FrameworkPart.CONSULTED
        )
    version = consulted(draft, MARENIA)
    for actor, sees in ((salma, True), (mira, False), (vera, False)):
        with acting_as(actor):
            assert versions_of(actor, version.framework_id).exists() is sees
    with acting_as(salma), pytest.raises(NotFound):
        get_version(salma, a_draft(code="OTHER").id)


def test_an_origin_authority_that_is_asked_comments_and_others_do_not():
    version = consulted(a_draft(), MARENIA)
    said = comment_on_version(salma, version_id=version.id, text="Ask in spring too.", indicator="OUT-1")
    comment_on_version(drafter, version_id=version.id, text="We shall.", answers_id=said.id)
    for actor, problem in ((mira, NotFound), (vera, NotFound), (nora, Refused)):
        with pytest.raises(problem):
            comment_on_version(actor, version_id=version.id, text="And I?")
    with pytest.raises(Invalid):
        comment_on_version(salma, version_id=version.id, text=" ", indicator="NONE-1")
    with acting_as(salma):
        assert [(one.text, one.indicator) for one in comments_of(salma, version.id)] == [
            ("Ask in spring too.", "OUT-1"),
            ("We shall.", "OUT-1"),
        ]
    with acting_as(mira):
        assert not comments_of(mira, version.id).exists()
    with acting_as(salma), pytest.raises(DatabaseError), transaction.atomic():
        FrameworkComment.objects.filter(id=said.id).update(text="Never said so")


def test_nobody_validates_what_they_drafted_in_the_database_too():
    version = consulted(a_draft())
    with pytest.raises(OwnIndicators):
        validated(version, drafter)
    with acting_as(drafter), pytest.raises(DatabaseError, match="Nobody validates"), transaction.atomic():
        FrameworkValidation.objects.create(
            version=version,
            organisation_id=drafter.organisation_id,
            definitions_sha256=version.definitions_sha256,
            by_id=drafter.user_id,
            by_name=drafter.name,
        )
    agreed = validated(version)
    assert agreed.state == FrameworkState.VALIDATED
    with pytest.raises(OwnIndicators):
        put_in_force(drafter, version_id=agreed.id, expected_version=agreed.version)


def test_a_yes_is_given_to_what_was_read_and_ends_when_the_text_changes():
    version = consulted(a_draft(), NORDHOLM, part=FrameworkPart.CO_OWNER)
    with pytest.raises(WrongState, match="since you read"):
        validate_version(rosa, version_id=version.id, definitions_sha256="0" * 64)
    with pytest.raises(WrongState, match="Nordholm"):
        validated(version)
    validated(version, vera)
    again = take_back(drafter, version_id=version.id, expected_version=version.version)
    again = consulted(written(again, defined("OUT-2")))
    with pytest.raises(WrongState, match="Nordholm"):
        validated(again)
    validated(again, vera)
    assert validated(again).state == FrameworkState.VALIDATED


def test_who_is_only_consulted_does_not_validate():
    version = consulted(a_draft(), MARENIA)
    with pytest.raises(NotFound):
        validated(version, salma)
    with pytest.raises(NotFound):
        validated(version, vera)


def test_what_is_agreed_never_changes_by_any_path():
    version = in_force(a_draft())
    with pytest.raises(WrongState):
        written(version, defined("OUT-9"))
    with acting_as(rosa):
        mine = FrameworkVersion.objects.filter(id=version.id)
        for change in (
            lambda: mine.update(definitions=[]),
            lambda: mine.update(state=FrameworkState.DRAFT),
            mine.delete,
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    with acting_as(stranger if stranger.role == rosa.role else vera):
        assert get_version(vera, version.id).state == FrameworkState.IN_FORCE


def test_nothing_is_overwritten_and_there_is_one_version_under_discussion():
    draft = a_draft()
    with pytest.raises(EditConflict):
        open_consultation(drafter, version_id=draft.id, expected_version=draft.version - 1)
    with pytest.raises(WrongState):
        begin_framework_version(drafter, framework_id=draft.framework_id)


def test_the_next_version_supersedes_and_says_how_values_go_together():
    first = in_force(a_draft())
    draft = begin_framework_version(drafter, framework_id=first.framework_id)
    assert draft.definitions[0]["comparability"]["kind"] == "same"
    other = defined(measure="contact_lost", comparability={"kind": "same"})
    with pytest.raises(DefinitionsInvalid) as problem:
        written(draft, other)
    assert list(problem.value.fields) == ["0.comparability.kind"]
    broken = {**other, "comparability": {"kind": "broken", "rule": "Another thing is counted"}}
    second = in_force(written(draft, broken))
    with acting_as(rosa):
        assert version_in_force(rosa, first.framework_id) == second
        assert get_version(rosa, first.id).state == FrameworkState.SUPERSEDED


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"measure": "guessing"}, "0.measure"),
        ({"parameters": {"side": "north"}}, "0.parameters"),
        ({"measure": "days_in_stage", "parameters": {"stage": "abroad"}}, "0.parameters.stage"),
        ({"unit": "euro"}, "0.unit"),
        ({"name": {"en": "Only one"}}, "0.name.fr"),
        ({"code": "no code"}, "0.code"),
        ({"level": "cosmic"}, "0.level"),
        ({"targets": [{"value": "many"}]}, "0.targets.0"),
        ({"comparability": {"kind": "bridged", "factor": 2}}, "0.comparability.rule"),
        ({"surprise": 1}, "0.surprise"),
        ({"level": []}, "0.level"),
        ({"targets": [{"value": float("nan")}]}, "0.targets.0"),
        ({"measure": "plan_agreed_within", "parameters": {"months": 1.5}}, "0.parameters.months"),
    ],
)
def test_what_cannot_be_meant_is_not_kept(given, path):
    with pytest.raises(DefinitionsInvalid) as problem:
        a_draft(defined(**given))
    assert path in problem.value.fields


def test_the_catalogue_is_validated_by_people_before_it_is_in_force():
    made = load_framework(drafter, given=catalogue("avrr_core"))
    with acting_as(rosa):
        version = versions_of(rosa, made.id).get()
    agreed = validated(version)
    assert put_in_force(rosa, version_id=agreed.id, expected_version=agreed.version).state == "in_force"
    assert all(one.standing == "proposed" for one in catalogue("avrr_core").definitions)


def test_a_program_does_not_validate():
    version = consulted(a_draft())
    program = replace(rosa, membership_id=None)
    with pytest.raises(Refused):
        validated(version, program)


def test_text_that_no_database_keeps_and_names_that_are_missing_are_put_right():
    (one,) = definitions_from([defined(responsible="who\0ever \ud800")])
    assert one.responsible == "whoever"
    with pytest.raises(Invalid) as problem:
        add_framework(drafter, code="HALF", name={"en": "Only one"})
    assert set(problem.value.fields) == {"name_fr", "name_ar"}


def test_every_owner_validates_in_the_database_too():
    version = consulted(a_draft(), NORDHOLM, part=FrameworkPart.CO_OWNER)
    with pytest.raises(WrongState, match="under consultation"):
        name_party(
            drafter,
            framework_id=version.framework_id,
            organisation_id=NORDHOLM,
            part=FrameworkPart.CONSULTED,
        )
    with acting_as(rosa):
        FrameworkValidation.objects.create(
            version=version,
            organisation_id=rosa.organisation_id,
            definitions_sha256=version.definitions_sha256,
            by_id=rosa.user_id,
            by_name=rosa.name,
        )
        mine = FrameworkVersion.objects.filter(id=version.id)
        with pytest.raises(DatabaseError, match="every owner"), transaction.atomic():
            mine.update(state=FrameworkState.VALIDATED)


def test_no_version_begins_as_agreed():
    draft = a_draft()
    with acting_as(drafter), pytest.raises(DatabaseError, match="begins as a draft"), transaction.atomic():
        FrameworkVersion.objects.create(
            framework_id=draft.framework_id,
            organisation_id=draft.organisation_id,
            number=2,
            state=FrameworkState.VALIDATED,
        )


def test_an_older_version_does_not_take_the_place_of_a_later_one():
    older = validated(consulted(a_draft()))
    draft = begin_framework_version(drafter, framework_id=older.framework_id)
    in_force(written(draft, defined(comparability={"kind": "same"})))
    with pytest.raises(WrongState, match="later version"):
        put_in_force(rosa, version_id=older.id, expected_version=older.version)


def test_quarters_and_years_are_never_one_series():
    first = in_force(a_draft())
    draft = begin_framework_version(drafter, framework_id=first.framework_id)
    for kind in ("same", "bridged"):
        compared = {"kind": kind, "rule": "A quarter of it"}
        with pytest.raises(DefinitionsInvalid):
            written(draft, defined(frequency="quarterly", comparability=compared))


def test_what_was_agreed_on_is_read_though_its_measure_is_gone():
    (one,) = stored_definitions(dumped(definitions_from([defined(targets=[{"value": 0.5}])])))
    assert (one.unit, one.targets[0].value, one.comparability.kind) == ("share", 0.5, "new")
    kept = {**dumped([one])[0], "measure": "gone"}
    assert stored_definitions([kept])[0].measure == "gone"
