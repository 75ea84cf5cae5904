"""The page of comparable people: who they are, what became of them, and that it predicts nothing."""

import pytest

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.evaluation.likeness.commands import fail_comparison
from homeward.evaluation.likeness.queries import visible_comparisons
from homeward.evaluation.likeness.tests.published import TOLD, comparable, group_of
from homeward.evaluation.tests.asked import an_extract
from homeward.evaluation.tests.asked import evaluator as mona
from tests.cast import nora, stranger

pytestmark = pytest.mark.django_db


def page_of(client, case, **given):
    address = f"/cases/{case.id}/people-like-this"
    answer = client.post(address, given) if given else client.get(address)
    return " ".join(answer.content.decode().split())


def test_a_stranger_cannot_tell_whether_there_is_such_a_case(sami, client_of):
    comparable()
    assert client_of(stranger).get(f"/cases/{sami.id}/people-like-this").status_code == 404


def test_nothing_published_is_said_and_the_case_has_no_way_there(sami, client_of):
    client = client_of(nora)
    assert "Nothing to compare with is published" in page_of(client, sami)
    assert "people-like-this" not in client.get(f"/cases/{sami.id}/").content.decode()


def test_groups_are_told_in_plain_words_with_what_was_let_go(sami, client_of, django_assert_max_num_queries):
    comparable(groups=[group_of(3)])
    client = client_of(nora)
    assert "people-like-this" in client.get(f"/cases/{sami.id}/").content.decode()
    with django_assert_max_num_queries(28):
        page = page_of(client, sami)
    for said in (
        "It does not say what will become of this person",
        "61 people who came back",
        "they need not be alike in: Circumstance, Programme, Place.",
        "50 of 61",
        "Too few to say a number.",
        "higher by 0.05 (0.02 to 0.08)",
        "cannot be told: between 0.02 lower and 0.04 higher",
        "About 12 in a hundred (6 to 22). If all who were not reached stayed, 11; if all of them",
        "Of 24 businesses that were seen, about 67 in a hundred were open (45 to 84). Not seen: 6.",
    ):
        assert said in page, said


def test_reasons_that_nobody_knows_and_visits_that_nobody_planned_are_told(sami, client_of):
    at = {**TOLD["6"], "not_due": 11, "moved": {"unknown": {"share": [40, 28, 53], "least": 40, "most": 40}}}
    comparable(groups=[group_of(3, told={**TOLD, "6": at})])
    page = page_of(client_of(nora), sami)
    for said in (
        "No visit was planned then",
        "11 of 61",
        "Not known why",
        "About 40 in a hundred (28 to 53).",
    ):
        assert said in page, said


def test_another_place_is_chosen_without_standing_in_the_address(sami, client_of):
    comparable(groups=[group_of(2)])
    client = client_of(nora)
    assert "61 people" in page_of(client, sami)
    assert "Too few people to say anything" in page_of(client, sami, place="Old Harbour")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_it_is_read_in_other_languages(sami, client_of, language):
    comparable()
    page = client_of(nora).get(f"/cases/{sami.id}/people-like-this", headers={"accept-language": language})
    assert f'lang="{language}"' in page.content.decode()
    assert "61" in page.content.decode()


def test_an_evaluator_publishes_from_the_page_of_an_extract(cast, client_of):
    extract, client = an_extract(), client_of(mona)
    assert "Publish for colleagues" in client.get(f"/extracts/{extract.id}").content.decode()
    sent = client.post(f"/extracts/{extract.id}/comparison")
    assert sent.headers["Location"] == f"/extracts/{extract.id}"
    page = client.get(f"/extracts/{extract.id}").content.decode()
    assert "Is being made" in page
    assert "Publish for colleagues" not in page
    with acting_as(mona):
        (asked,) = visible_comparisons(mona)
    fail_comparison(system_actor(mona.organisation_id), comparison_id=asked.id)
    page = client.get(f"/extracts/{extract.id}").content.decode()
    assert "Could not be made" in page
    assert "Publish for colleagues" in page, "once more, when what was wrong is mended"
