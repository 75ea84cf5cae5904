"""People like this: who stands in which group, what is told of them, who publishes and who looks."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from django.db import DatabaseError, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.estimators.suppression import INSIDE
from homeward.evaluation import jobs
from homeward.evaluation.likeness.commands import publish_comparison, withdraw_comparison
from homeward.evaluation.likeness.gathering import STATUSES
from homeward.evaluation.likeness.queries import comparison_in_use, likeness_of
from homeward.evaluation.likeness.reckoning import reckoned
from homeward.evaluation.likeness.rules import (
    ENOUGH,
    LEVELS,
    NOT_KNOWN,
    PROTECTED,
    ComparisonState,
    Trait,
    age_band,
    circumstance_of,
    keys_of,
    let_go,
    profile_of,
)
from homeward.evaluation.likeness.standing import CAUSES, _moved, shown_parts
from homeward.evaluation.likeness.tests.published import SAMI, comparable, files, frames, group_of
from homeward.evaluation.models import LikePeople
from homeward.evaluation.tests.asked import an_extract, elsewhere, evaluator
from homeward.extracts.queries import Frames
from homeward.extracts.rules import ExtractState
from homeward.lib.problems import NotFound, Refused, WrongState
from tests.cast import RETURN_PARTNERS, karim, nora

AS_OF = date(2026, 1, 5)
worker = system_actor(RETURN_PARTNERS)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reckoned(files(tmp_path_factory.mktemp("frames"), frames(unlucky=15)), AS_OF, seed=1)


def at(made, level):
    return [one for one in made.groups if one.level == level]


# pure: who is like whom


def test_each_level_lets_go_of_one_trait_and_the_last_of_everything():
    assert [len(one) for one in LEVELS] == list(range(len(Trait), -1, -1))
    assert let_go(0) == ()
    assert let_go(3) == (Trait.CIRCUMSTANCE, Trait.PROGRAMME, Trait.DISTRICT)


def test_all_sealed_groups_are_one_and_a_circumstance_that_is_not_shown_is_not_known():
    assert circumstance_of("none", "trafficking") == circumstance_of("disability", "health") == PROTECTED
    assert circumstance_of(None, None) == NOT_KNOWN


def test_ages_are_coarse():
    assert [age_band(years) for years in (None, 11, 18, 34, 54, 80)] == [
        NOT_KNOWN,
        "0-17",
        "18-24",
        "25-34",
        "35-54",
        "55+",
    ]


class OfSami:
    origin, place, programme, basis, sex, age = "XM", "Saltfield", None, "voluntary", "male", 35
    group = sealed_group = "none"


def test_before_somebody_is_in_a_programme_one_is_chosen_and_a_place_nobody_names_is_not_known():
    found = profile_of(OfSami, {"XM": ["Old Harbour"]}, ["HOME-AGAIN"])
    assert found == replace(SAMI, district=NOT_KNOWN)
    assert profile_of(OfSami, {"XM": ["Old Harbour"]}, [], place="Old Harbour").district == "Old Harbour"
    assert profile_of(OfSami, {"XM": []}, [], place="Elsewhere").district == NOT_KNOWN


# reckoning: groups that do not overlap, and no small number


def test_nobody_stands_in_two_groups_and_no_group_is_small(made):
    people = [one.told["people"] for one in made.groups]
    assert min(people) >= ENOUGH
    assert sum(people) <= 400
    assert len({(one.level, tuple(one.traits.values())) for one in made.groups}) == len(made.groups)


def test_one_in_ten_is_left_out_by_chance_and_the_same_extract_gives_the_same_groups(tmp_path, made):
    again = reckoned(files(tmp_path, frames(unlucky=15)), AS_OF, seed=1)
    other = reckoned(files(tmp_path, frames(unlucky=15)), AS_OF, seed=2)
    assert again == made
    assert [one.told["people"] for one in other.groups] != [one.told["people"] for one in made.groups]


def test_who_is_too_few_to_stand_alone_stands_with_others_too_few(made):
    assert {one.traits[Trait.DISTRICT] for one in at(made, 0)} == {"Old Harbour"}
    assert not [one for one in made.groups if PROTECTED in one.traits.values()]
    (left_over,) = [one for one in made.groups if one.level > 0]
    assert Trait.DISTRICT not in left_over.traits


def test_who_was_not_reached_is_counted(made):
    for one in made.groups:
        told = one.told["12"]
        assert sum(told[status] for status in STATUSES) == told["people"]
        assert told["not_reached"] > 0


def test_who_had_no_visit_planned_then_is_not_counted_as_not_reached(tmp_path):
    given = frames()
    given["visits"] = given["visits"].replace({"months": {6: 3, 12: 9}})
    for one in reckoned(files(tmp_path, given), AS_OF, seed=1).groups:
        for told in (one.told["6"], one.told["12"]):
            assert (told["not_due"], told["not_reached"]) == (told["people"], 0)


def test_scores_stand_beside_the_starting_points_of_the_same_people(made):
    side = at(made, 0)[0].told["12"]["scores"]["economic"]
    assert (side["start"], side["now"][0], side["change"][0]) == (0.40, 0.52, 0.12)
    assert side["n"] % 5 == 0


def test_moving_again_has_bounds_for_who_is_out_of_reach(made):
    moved = at(made, 0)[0].told["12"]["moved"]
    assert moved["choice"] is None  # nobody: too few to say
    assert moved["necessity"]["least"] <= moved["necessity"]["share"][0] < moved["necessity"]["most"]
    assert at(made, 0)[0].told["6"]["moved"]["necessity"] is None  # it was in the ninth month


def test_who_moved_on_for_a_reason_nobody_knows_is_told(tmp_path):
    given = frames()
    given["movements"]["necessity"] = None
    moved = reckoned(files(tmp_path, given), AS_OF, seed=1).groups[0].told["12"]["moved"]
    assert moved["unknown"]["share"][0] > 10
    assert moved["necessity"] is None


def test_nothing_is_said_of_moving_on_where_few_were_known_so_long(tmp_path):
    given = frames(n=64)  # at most thirteen moved on; all others were out of reach after the first month
    later = given["visits"]["months"] > 0
    given["visits"].loc[later, "state"] = "missed"
    given["visits"].loc[later, "reached_month"] = pd.NaT
    (group,) = reckoned(files(tmp_path, given), AS_OF, seed=1).groups
    assert group.told["12"]["moved"] == dict.fromkeys(CAUSES)


def test_how_many_are_out_of_reach_is_bounded_by_no_fewer_than_there_are():
    fate = ["choice"] * 3 + ["necessity"] * 20 + ["unreachable"] * 37
    people = pd.DataFrame({"moved_at": 12.0, "moved_cause": fate})
    with_few = _moved(people, 12, INSIDE)["necessity"]
    assert with_few is None or with_few["most"] >= with_few["share"][0] + 100 * 37 // 60


def test_businesses_that_live_are_counted_among_those_that_were_seen(made):
    business = at(made, 0)[0].told["12"]["business"]
    assert business["seen"] >= 15
    assert business["alive"][1] < business["alive"][0] < business["alive"][2]


def test_who_came_back_too_lately_is_not_there(tmp_path):
    assert reckoned(files(tmp_path, frames()), date(2024, 5, 1), seed=1).groups == ()


def test_a_small_part_is_not_shown_and_cannot_be_subtracted():
    assert shown_parts({"a": 40, "b": 3}, 43, INSIDE) == frozenset()
    assert shown_parts({"a": 40, "b": 3}, 100, INSIDE) == {"a"}
    assert shown_parts({"a": 40, "b": 0}, 40, INSIDE, shows_zeros=True) == {"a", "b"}


# publishing


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
class TestPublishing:
    def test_who_works_with_cases_publishes_nothing_and_others_do_not_look(self):
        with pytest.raises(Refused):
            publish_comparison(nora, extract_id=an_extract().id)
        with acting_as(karim), pytest.raises(Refused):
            comparison_in_use(karim)

    def test_an_extract_of_others_or_one_that_is_not_ready_is_not_published(self):
        with pytest.raises(NotFound):
            publish_comparison(elsewhere, extract_id=an_extract().id)
        with pytest.raises(WrongState):
            publish_comparison(evaluator, extract_id=an_extract(state=ExtractState.MAKING).id)

    def test_two_are_not_made_at_once_nor_within_four_weeks_even_if_one_was_taken_away(self):
        extract = an_extract()
        publish_comparison(evaluator, extract_id=extract.id)
        with pytest.raises(WrongState):
            publish_comparison(evaluator, extract_id=extract.id)

    def test_one_taken_away_lately_bars_the_next_too(self):
        withdraw_comparison(evaluator, comparison_id=comparable(ago=timedelta(days=3)).id)
        with pytest.raises(WrongState):
            publish_comparison(evaluator, extract_id=an_extract().id)

    def test_another_organisation_sees_nothing_of_it(self):
        comparison = comparable()
        with acting_as(elsewhere):
            assert comparison_in_use(elsewhere) is None
            assert likeness_of(elsewhere, SAMI, comparison).group is None
        with pytest.raises(NotFound):
            withdraw_comparison(elsewhere, comparison_id=comparison.id)

    def test_the_database_refuses_to_change_a_group(self):
        comparable()
        with acting_as(evaluator), pytest.raises(DatabaseError), transaction.atomic():
            LikePeople.objects.update(level=0)

    def test_what_is_taken_away_is_gone_with_its_numbers(self):
        comparison = withdraw_comparison(evaluator, comparison_id=comparable().id)
        with acting_as(nora):
            assert comparison_in_use(nora) is None
            assert not LikePeople.objects.filter(comparison=comparison).exists()

    def test_one_taken_away_does_not_bring_back_the_one_before(self):
        comparable(ago=timedelta(days=80))
        newer = comparable(ago=timedelta(days=40))
        with acting_as(nora):
            assert LikePeople.objects.exclude(comparison=newer).count() == 0
        withdraw_comparison(evaluator, comparison_id=newer.id)
        with acting_as(nora):
            assert comparison_in_use(nora) is None

    def test_an_extract_without_groups_fails_and_leaves_the_one_in_use(self):
        before = comparable()
        assert comparable(groups=[]).state == ComparisonState.FAILED
        with acting_as(nora):
            assert comparison_in_use(nora) == before

    def test_the_closest_group_that_stands_is_the_one_that_is_shown(self):
        comparison = comparable(groups=[group_of(5), group_of(2), group_of(3)])
        with acting_as(nora):
            assert likeness_of(nora, SAMI, comparison).group.key == keys_of(SAMI)[2]
            nobody = likeness_of(nora, replace(SAMI, origin="XZ"), comparison)
        assert nobody.group is None

    def test_the_worker_writes_the_groups_and_colleagues_can_compare(self, tmp_path, monkeypatch):
        extract = an_extract()
        asked = publish_comparison(evaluator, extract_id=extract.id)
        given = Frames(extract.id, {"made_at": "2026-01-05T08:00:00+00:00"}, files(tmp_path, frames()))
        monkeypatch.setattr(jobs, "frames_of", lambda actor, extract_id, verified: given)
        jobs.make_comparison(str(RETURN_PARTNERS), str(asked.id))
        with acting_as(nora):
            comparison = comparison_in_use(nora)
            assert (comparison.id, comparison.state) == (asked.id, ComparisonState.READY)
            assert comparison.places == {"XM": ["Old Harbour", "Saltfield"]}
            found = likeness_of(
                nora, replace(SAMI, district="Old Harbour", programme="P1", age="25-34"), comparison
            )
            assert found.group.level == 0

    def test_files_that_are_gone_leave_a_publication_that_failed(self):
        asked = publish_comparison(evaluator, extract_id=an_extract().id)
        jobs.make_comparison(str(RETURN_PARTNERS), str(asked.id))
        with acting_as(evaluator):
            asked.refresh_from_db()
        assert asked.state == ComparisonState.FAILED

    def test_what_fails_in_an_unforeseen_way_leaves_one_that_failed_and_another_can_be_asked_for(
        self, tmp_path, monkeypatch
    ):
        extract = an_extract()
        asked = publish_comparison(evaluator, extract_id=extract.id)
        odd = frames()
        odd["cases"] = odd["cases"].drop(columns=["sealed_group"])
        given = Frames(extract.id, {"made_at": "2026-01-05T08:00:00+00:00"}, files(tmp_path, odd))
        monkeypatch.setattr(jobs, "frames_of", lambda actor, extract_id, verified: given)
        jobs.make_comparison(str(RETURN_PARTNERS), str(asked.id))
        with acting_as(evaluator):
            asked.refresh_from_db()
        assert asked.state == ComparisonState.FAILED
        assert publish_comparison(evaluator, extract_id=extract.id).state == ComparisonState.ASKED
