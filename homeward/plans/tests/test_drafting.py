from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from homeward.access.acting import acting_as
from homeward.cases.commands import close_case
from homeward.cases.journey_rules import ClosingReason
from homeward.cases.obstacles import NotNow
from homeward.cases.queries import get_case
from homeward.cases.rules import Stage
from homeward.cases.tests.journeys import accepted, arrived, enquiry
from homeward.lib.identifiers import new_id
from homeward.lib.problems import EditConflict, Invalid, NotFound, Refused
from homeward.plans import commands
from homeward.plans.models import Activity, PlanVersion
from homeward.plans.problems import AmendedAlready, NotADraft
from homeward.plans.queries import content_of, versions_of
from homeward.plans.rules import Dimension, ProviderKind
from homeward.plans.tests.drafts import (
    BEGUN,
    SHOP,
    WORDS,
    begun,
    drafted,
    fresh,
    proposed,
    with_activity,
    with_goal,
)
from tests.cast import jonas, karim, nora, stranger, vera

pytestmark = pytest.mark.usefixtures("cast")


def test_who_approves_plans_does_not_draft_them():
    version = begun()
    for actor in (vera, karim):
        with pytest.raises(Refused):
            with_goal(version, actor=actor)


def test_a_stranger_cannot_tell_that_there_is_a_plan():
    version = begun()
    with pytest.raises(NotFound):
        with_goal(version, actor=stranger)
    with acting_as(stranger), pytest.raises(NotFound):
        versions_of(stranger, version.case_id)


def test_nothing_is_planned_with_somebody_not_counselled_or_whose_case_is_closed():
    with pytest.raises(NotNow):
        begun(jonas, enquiry())
    case = arrived(enquiry("Mina"))
    close_case(jonas, case_id=case.id, closed_on=BEGUN, reason=ClosingReason.COMPLETED)
    with pytest.raises(NotNow):
        begun(jonas, case)


def test_a_case_has_one_plan():
    version = begun()
    with pytest.raises(AmendedAlready):
        commands.begin_plan(nora, case_id=version.case_id, on=BEGUN)


def test_a_goal_and_an_activity_say_something():
    version = begun()
    with pytest.raises(Invalid):
        with_goal(version, " ")
    goal = with_goal(version)
    for told, field in (
        ({"what": " "}, "what"),
        ({"cost_minor": -1}, "cost"),
        ({"currency": ""}, "currency"),
        ({"depends_on_id": new_id()}, "depends_on_id"),
    ):
        with pytest.raises(Invalid) as caught:
            with_activity(version, goal, replace(SHOP, **told))
        assert set(caught.value.fields) == {field}


def test_a_change_made_to_what_somebody_else_changed_is_refused():
    version = begun()
    with_goal(version)
    with pytest.raises(EditConflict):
        commands.add_goal(
            jonas,
            version_id=version.id,
            expected_revision=version.revision,
            own_words="Another",
            dimension=Dimension.SOCIAL,
        )


def test_beginning_records_the_day_and_moves_the_case_to_planning():
    version = begun()
    with acting_as(nora):
        case = get_case(nora, version.case_id)
    assert (case.planning_on, case.stage) == (BEGUN, Stage.PLANNING)


def test_a_plan_is_begun_before_departure_by_who_counsels():
    case = accepted()
    version = begun(jonas, case)
    with acting_as(jonas):
        assert get_case(jonas, case.id).stage == Stage.ACCEPTED
    assert version.number == 1


def test_both_organisations_write_the_draft_and_are_remembered():
    version = begun()
    goal = with_goal(version)
    with_activity(version, goal, actor=jonas)
    version = fresh(version)
    assert set(version.drafted_by_ids) == {nora.user_id, jonas.user_id}
    with acting_as(nora):
        (told,) = content_of(version).goals
    assert (told.own_words, told.language, told.lines[0].details) == (WORDS, "ar", SHOP)


def test_a_draft_is_corrected_and_lines_are_left_out():
    version = begun()
    goal = with_goal(version)
    shop = with_activity(version, goal)
    late = with_activity(version, goal, replace(SHOP, what="Shop sign", depends_on_id=shop.line_id))
    version = fresh(version)
    commands.change_activity(
        nora,
        version_id=version.id,
        expected_revision=version.revision,
        activity_id=late.id,
        details=replace(SHOP, what="A painted sign", depends_on_id=shop.line_id, matching_percent=20),
    )
    version = commands.remove_activity(
        nora, version_id=version.id, expected_revision=version.revision + 1, activity_id=shop.id
    )
    with acting_as(nora):
        (left,) = content_of(version).lines()
    assert (left.details.what, left.details.depends_on_id) == ("A painted sign", None)
    assert left.details.matching_percent == 0, "a ratio belongs to a matching fund only"
    commands.change_goal(
        nora,
        version_id=version.id,
        expected_revision=version.revision,
        goal_id=goal.id,
        own_words="A shop of my own",
        dimension=Dimension.SOCIAL,
    )
    version = fresh(version)
    commands.remove_goal(nora, version_id=version.id, expected_revision=version.revision, goal_id=goal.id)
    with acting_as(nora):
        assert content_of(version).goals == ()


def test_a_matching_fund_keeps_its_ratio():
    fund = replace(SHOP, provider_kind=ProviderKind.MATCHING_FUND, matching_percent=50)
    with acting_as(nora):
        assert next(content_of(drafted(details=fund)).lines()).details.matching_percent == 50


def test_what_is_proposed_is_not_changed_even_past_the_commands():
    version = proposed()
    with pytest.raises(NotADraft):
        with_goal(version)
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(version=version).update(cost_minor=1)
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(version=version).delete()
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(content_hash="0" * 64)
    with acting_as(nora), pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(id=version.id).update(state="agreed", agreed_on=BEGUN)
