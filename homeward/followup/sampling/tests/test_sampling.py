"""Samples are planned, drawn once, and answered for; nobody of them is named, and nobody else's are seen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.cases.journey_rules import ContactWay
from homeward.followup.commands import Try, call_off_visit, record_attempt
from homeward.followup.models import Sample, SampleMember, Visit
from homeward.followup.problems import NoSubstitute, TooFewToDraw
from homeward.followup.queries import visits_assigned
from homeward.followup.rules import NotNeeded, VisitOutcome, VisitState
from homeward.followup.sampling import commands as sampling
from homeward.followup.sampling.commands import SamplePlan
from homeward.followup.sampling.frames import choices, preview
from homeward.followup.sampling.queries import (
    drawn_again,
    get_sample,
    members_of,
    picture_of,
    visible_samples,
)
from homeward.followup.sampling.rules import (
    Aim,
    Design,
    Ended,
    FrameRule,
    MemberRole,
    ReplaceWhen,
    SizeAsked,
    TellApart,
)
from homeward.followup.tests.visits import a_visit
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from tests.cast import hana, mira, nora, stranger
from tests.cast import mona as officer
from tests.sami import samis_case

pytestmark = pytest.mark.django_db
TODAY = localdate()
RULE = FrameRule("six_months")


@pytest.fixture(autouse=True)
def few(settings):
    settings.FEWEST_IN_A_GROUP = 3


@pytest.fixture(scope="module")
def visits(standing_cast):
    """Ten people of one round: six at Saltfield, four at Old Harbour; and two who do not belong."""
    made = [a_visit(samis_case(), place="Saltfield" if n < 6 else "Old Harbour") for n in range(10)]
    a_visit(samis_case(), state=VisitState.NOT_NEEDED, not_needed_because="died")
    a_visit(samis_case(), round="nine_months")
    return made


def plan(**given):
    told = {"name": "Autumn", "rule": RULE, "asked": SizeAsked(Aim.NUMBER, number=4), "seed": "2026"}
    return SamplePlan(**{**told, **given})


def drawn(actor=officer, **given):
    made = sampling.plan_sample(actor, plan=plan(**given))
    return sampling.draw_sample(actor, sample_id=made.id)


def asked(sample, actor=officer):
    with acting_as(actor):
        return members_of(actor, sample.id)


def seen(sample, actor=officer):
    with acting_as(actor):
        found = get_sample(actor, sample.id)
        return picture_of(actor, found)


def tried(one, outcome=VisitOutcome.NO_ANSWER, times=1):
    for _once in range(times):
        record_attempt(nora, visit_id=one.visit_id, tried=Try(TODAY, ContactWay.CALL, outcome))


def answered(one):
    with acting_as(nora):
        Visit.objects.filter(id=one.visit_id).update(state=VisitState.DONE, done_on=TODAY)


def test_who_works_with_cases_draws_no_sample_and_others_see_none_of_it(visits):
    for actor in (nora, hana):
        with pytest.raises(Refused):
            sampling.plan_sample(actor, plan=plan())
    made = drawn()
    for actor in (mira, replace(stranger, role=Role.EVALUATOR)):
        with acting_as(actor):
            assert not visible_samples(actor).exists()
            assert not Sample.objects.exists()
            assert not SampleMember.objects.exists()
        with pytest.raises(NotFound):
            sampling.draw_sample(actor, sample_id=made.id)
        with pytest.raises(TooFewToDraw):
            sampling.plan_sample(actor, plan=plan())


def test_too_small_a_frame_no_name_and_impossible_numbers_are_refused(visits):
    with pytest.raises(TooFewToDraw):
        sampling.plan_sample(officer, plan=plan(rule=FrameRule("nine_months")))
    for wrong in ({"name": " "}, {"asked": SizeAsked(Aim.NUMBER)}):
        with pytest.raises(Invalid):
            sampling.plan_sample(officer, plan=plan(**wrong))


def test_a_preview_tells_counts_and_nothing_of_few(visits):
    with acting_as(officer):
        told = preview(officer, RULE, TellApart.PLACE, TODAY)
        assert (told.count, told.groups) == (10, (("Old Harbour", 4), ("Saltfield", 6)))
        assert preview(officer, FrameRule("nine_months"), TellApart.PLACE, TODAY).count is None
        assert preview(officer, replace(RULE, sexes=("female",)), TellApart.SEX, TODAY).count is None
        assert preview(officer, replace(RULE, from_months=3), TellApart.SEX, TODAY).count is None
        found = choices(officer)
    assert (found.rounds, found.places) == (("six_months",), ("Old Harbour", "Saltfield"))
    assert len(found.partners) == 1


@pytest.mark.parametrize("design", Design)
def test_drawn_again_it_is_the_same_and_it_stays_as_it_is(visits, design):
    made = drawn(design=design)
    assert (made.frame_count, len(asked(made))) == (10, 4)
    again = drawn(design=design)
    assert (again.draw_hash, again.frame_hash) == (made.draw_hash, made.frame_hash)
    assert [one.key for one in asked(again)] == [one.key for one in asked(made)]
    with acting_as(officer):
        assert drawn_again(officer, made.id).is_same
        assert Sample.objects.filter(id=made.id).update(seed="another") == 0
    for change in (
        lambda: SampleMember.objects.filter(sample=made).delete(),
        lambda: SampleMember.objects.filter(sample=made).update(probability=1),
        lambda: SampleMember.objects.filter(sample=made, role="reserve").update(role="chosen"),
        lambda: SampleMember.objects.create(
            sample=made, visit=visits[0], case_id=visits[0].case_id, role="chosen", line=1, probability=1
        ),
    ):
        with pytest.raises(DatabaseError), acting_as(officer), transaction.atomic():
            change()
    with pytest.raises(WrongState):
        sampling.draw_sample(officer, sample_id=made.id)
    with pytest.raises(WrongState):
        sampling.discard_sample(officer, sample_id=made.id)


def test_a_plan_can_be_taken_back(visits):
    made = sampling.plan_sample(officer, plan=plan())
    sampling.discard_sample(officer, sample_id=made.id)
    with acting_as(officer), pytest.raises(NotFound):
        get_sample(officer, made.id)


def test_progress_rates_and_whom_to_try_next(visits):
    made = drawn(design=Design.STRATIFIED, asked=SizeAsked(Aim.NUMBER, number=8))
    salt = [one for one in asked(made) if one.group == "Saltfield"]
    old = [one for one in asked(made) if one.group == "Old Harbour"]
    assert (len(salt), len(old)) == (5, 3)
    for one in salt[:3]:
        answered(one)
    tried(salt[3], VisitOutcome.REFUSED)
    tried(old[0], times=2)
    picture = seen(made)
    told = {one.name: (one.people, one.asked, one.interviews) for one in picture.groups}
    assert told == {"Saltfield": (6, 5, 3), "Old Harbour": (4, 3, 0)}
    assert picture.rates.response == 3 / 8
    assert (picture.rates.cooperation, picture.rates.refusal) == (3 / 4, 1 / 8)
    # nobody at Old Harbour answered: they come first, and of them who was not tried yet
    assert [one.member.group for one in picture.next] == ["Old Harbour"] * 3 + ["Saltfield"]
    assert picture.next[2].member.id == old[0].id
    assert picture.next[0].gain == 1
    assert salt[3].id not in {one.member.id for one in picture.next}
    weights = picture.weights
    assert sum(weights.values()) == pytest.approx(10)


def test_a_sampled_visit_is_marked_in_the_week_of_who_goes(visits):
    made = drawn()
    marked = {one.visit_id for one in asked(made)}
    with acting_as(hana):
        week = {one.id: one.is_sampled for one in visits_assigned(hana)}
    assert {one for one, is_sampled in week.items() if is_sampled} >= marked
    fewer = drawn(asked=SizeAsked(Aim.NUMBER, number=1))
    assert len(asked(fewer)) == 1


def test_only_who_the_rule_lets_go_is_replaced_by_the_next_in_line_and_once(visits):
    made = drawn(design=Design.STRATIFIED)
    one, other = asked(made)[0], asked(made)[1]
    with pytest.raises(NoSubstitute):
        sampling.replace_unreached(officer, sample_id=made.id, member_id=one.id)
    tried(one, VisitOutcome.REFUSED)
    tried(other, times=6)
    for never in (one, other):
        with pytest.raises(NoSubstitute):
            sampling.replace_unreached(officer, sample_id=made.id, member_id=never.id)
    call_off_visit(nora, visit_id=one.visit_id, expected_version=2, because=NotNeeded.DIED)
    taken = sampling.replace_unreached(officer, sample_id=made.id, member_id=one.id)
    assert (taken.role, taken.group, taken.stands_for) == (MemberRole.SUBSTITUTE, one.group, one.id)
    with pytest.raises(WrongState):
        sampling.replace_unreached(officer, sample_id=made.id, member_id=one.id)
    picture = seen(made)
    weights = picture.weights
    assert weights[one.id] == 0
    assert sum(weights.values()) == pytest.approx(10)
    looser = drawn(
        replace_when=ReplaceWhen.UNREACHED, replace_after=6, asked=SizeAsked(Aim.NUMBER, number=8), seed="x"
    )
    unreached = asked(looser)[0]  # by chance the other one
    if unreached.visit_id != other.visit_id:
        tried(unreached, times=6)
    assert asked(looser)[0].ended == Ended.NON_CONTACT
    sampling.replace_unreached(officer, sample_id=looser.id, member_id=unreached.id)


def test_some_of_the_unreached_are_asked_again_and_stand_for_all_of_them(visits):
    made = drawn(asked=SizeAsked(Aim.NUMBER, number=8))
    first = asked(made)
    with pytest.raises(Invalid):
        sampling.draw_double_sample(officer, sample_id=made.id, share=0)
    for one in first[:3]:
        answered(one)
    tried(first[3], VisitOutcome.REFUSED)
    tried(first[4])
    double = sampling.draw_double_sample(officer, sample_id=made.id, share=0.5)
    assert (double.of_id, double.frame_count, len(asked(double))) == (made.id, 4, 2)
    picture = seen(made)
    weights = picture.weights
    of_visit = {one.visit_id: weights[one.id] for one in picture.members}
    assert all(of_visit[one.visit_id] == pytest.approx(10 / 8 * 2) for one in asked(double))
    assert sum(weights.values()) == pytest.approx(10)
    assert picture.next == ()  # the effort goes to the double sample
    assert len(seen(double).next) == 2
    for wrong in (made, double):
        with pytest.raises(WrongState):
            sampling.draw_double_sample(officer, sample_id=wrong.id, share=0.5)


def test_who_is_no_longer_shared_is_counted_as_gone(visits):
    made = drawn()
    with acting_as(officer):
        assert drawn_again(officer, made.id).gone == 0
    assert seen(made).gone == 0
    assert made.drawn_at
    assert made.planned_at >= made.drawn_at - timedelta(minutes=5)
