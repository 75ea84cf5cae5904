"""F5 and F11: calls repeated under one key are done once; of edits that race one stands, the others are told.

Each race is run by as many threads with connections of their own; the full sizes are drills.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from homeward.access.acting import acting_as
from homeward.api.operations import KEY
from homeward.api.urls import api
from homeward.followup.commands import begin_filling, save_answers
from homeward.followup.drafts import open_draft
from homeward.followup.tests.visits import a_visit
from homeward.lib.privacy_classes import PrivacyClass
from homeward.lib.problems import Problem
from homeward.surveys.commands import add_instrument, set_privacy
from homeward.surveys.queries import get_version, questions_of
from homeward.surveys.tests.books import workbook
from homeward.surveys.tests.test_forms import published
from homeward.surveys.webform.turning import Given, Go, screen_of
from tests.cast import hana, nora, rosa
from tests.programs import program_of
from tests.promises.bounds import full, none_in

CLASSES = (PrivacyClass.PUBLIC, PrivacyClass.INTERNAL, PrivacyClass.PERSONAL, PrivacyClass.SEALED)


def at_the_same_moment(acts):
    """What each act gives when all begin together: its result, or the code of its problem."""
    ready = threading.Barrier(len(acts))

    def run(act):
        ready.wait(60)
        try:
            return act()
        except Problem as problem:
            return problem.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def repeated_calls(past_policies, keys, at_once):
    program = program_of()
    for number in range(keys):
        body, key = {"family_name": f"Example {number}"}, f"key-{number}"

        def call(body=body, key=key):
            answer = program.post("/people", body, Idempotency_Key=key)
            return answer.status_code, answer.headers.get("ETag"), answer.content

        told = set(at_the_same_moment([call] * at_once))
        assert len(told) == 1, told
        assert told.pop()[0] == 201
        other = program.post("/people", {"family_name": "Other"}, Idempotency_Key=key)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(past_policies("SELECT id FROM people_person")) == keys
    none_in(
        keys * at_once,
        f"calls, {at_once} at once under one key, had an effect or an answer of their own",
        "F5",
    )


def raced_edits_of_a_person(rounds, at_once):
    """Over REST, by If-Match."""
    program = program_of()
    made = program.post("/people", {"family_name": "Example"})
    path, tag = f"/people/{made.json()['id']}", made.headers["ETag"]
    for number in range(rounds):
        calls = [
            lambda name=f"Example {number} {writer}", tag=tag: (
                name,
                program.put(path, {"family_name": name}, If_Match=tag),
            )
            for writer in range(at_once)
        ]
        told = at_the_same_moment(calls)
        ((name, answer),) = [one for one in told if one[1].status_code == 200]
        assert {one.json()["code"] for _name, one in told if one.status_code != 200} == {"edit_conflict"}
        now = program.get(path)
        assert (now.json()["family_name"], now.headers["ETag"]) == (name, answer.headers["ETag"])
        assert answer.headers["ETag"] != tag
        tag = answer.headers["ETag"]


def raced_drafts_of_a_form(rounds, at_once):
    """By `expected_version`: how private the answers to one question are."""
    draft = add_instrument(rosa, file=workbook(form_id="drafted"))
    for number in range(rounds):
        acts = [
            lambda privacy=CLASSES[writer % 4], seen=number + 1: (
                privacy,
                set_privacy(rosa, version_id=draft.id, expected_version=seen, privacy={"village": privacy}),
            )
            for writer in range(at_once)
        ]
        told = at_the_same_moment(acts)
        ((privacy, saved),) = [one for one in told if one != "edit_conflict"]
        assert saved.version == number + 2
        with acting_as(rosa):
            asked = {one.path: one for one in questions_of(get_version(rosa, draft.id))}
        assert asked["village"].privacy == privacy


def raced_answers_of_a_draft(case, rounds, at_once):
    """Several devices save other answers on one screen of one visit's form."""
    published()
    visit = a_visit(case)
    begin_filling(hana, visit_id=visit.id)
    index = {node.name: asked.index for asked, node in filling_of(visit).answers()}["village"]
    for number in range(rounds):
        seal = screen_of(filling_of(visit), "1").seal()
        acts = [
            lambda said=f"Saltfield {number} {writer}", seal=seal, by=(hana, nora)[writer % 2]: (
                said,
                save_answers(by, visit_id=visit.id, given=Given("1", seal, {index: said}, Go.LATER)),
            )
            for writer in range(at_once)
        ]
        told = at_the_same_moment(acts)
        ((said, _saved),) = [one for one in told if one != "saved_meanwhile"]
        kept = {node.name: node.text for _asked, node in filling_of(visit).answers()}
        assert kept["village"] == said


def filling_of(visit):
    with acting_as(hana):
        return open_draft(hana, visit_id=visit.id).filling


def raced(case, rounds, at_once):
    raced_edits_of_a_person(rounds, at_once)
    raced_drafts_of_a_form(rounds, at_once)
    raced_answers_of_a_draft(case, rounds, at_once)
    none_in(3 * rounds * at_once, "edits of the same version silently wrote over another", "F11")


def test_every_operation_that_writes_by_post_takes_a_key():
    paths = api.get_openapi_schema()["paths"]
    posts = [told["post"] for told in paths.values() if "post" in told]
    without = {one["operationId"] for one in posts if KEY not in one["parameters"]}
    # these look for something; what is sought stands in the body
    assert all("201" not in one["responses"] for one in posts if one["operationId"] in without)
    assert len(posts) - len(without) > 60


@pytest.mark.django_db(transaction=True)
def test_a_call_repeated_at_once_is_done_once_and_answered_alike(cast, past_policies):
    repeated_calls(past_policies, 2, 20)


@pytest.mark.django_db(transaction=True)
def test_of_edits_that_race_one_stands_and_the_others_are_told(sami):
    raced(sami, 3, 4)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_thousand_keys_twenty_times_at_once(cast, past_policies, settings):
    settings.API_CALLS_A_MINUTE = 1_000_000
    repeated_calls(past_policies, full(1_000, 2), 20)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_hundred_thousand_edits_race(sami, settings):
    settings.API_CALLS_A_MINUTE = 1_000_000
    raced(sami, full(100_000 // 24, 2), 8)
