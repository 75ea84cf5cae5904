"""Scoring profiles on pages: what one says, bringing one in, putting it in use, weights, scoring anew."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.outcomes.commands import rescore_on, score_new
from homeward.outcomes.models import Outcome
from homeward.outcomes.tests.test_scoring import answered, office, second_profile
from homeward.surveys.commands import load_shipped
from homeward.surveys.models import ScoringProfile, Submission
from homeward.surveys.rules import ProfileState
from homeward.surveys.scoring.commands import load_shipped_profile
from homeward.surveys.scoring.tables import as_workbook
from homeward.surveys.tests.test_profiles import SHIPPED, answered_by, book_with
from tests.cast import hana, rosa, vera
from tests.sami import samis_case

pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def instrument(cast):
    return load_shipped(rosa, name="sustainability").instrument


def sent(content, name="profile.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def text_of(response):
    return " ".join(response.content.decode().split())


def test_what_does_not_fit_is_told_by_sheet_and_row(client_of, instrument):
    url = reverse("add_scoring_profile", args=[instrument.id])
    page = client_of(rosa).post(url, sent(book_with("items", "C3", "much")))
    assert page.status_code == 422
    assert "Sheet items" in text_of(page)
    assert "Row 3" in text_of(page)
    assert "neither a workbook nor JSON" in text_of(client_of(rosa).post(url, sent(b"no profile")))
    with acting_as(rosa):
        assert not ScoringProfile.objects.exists()


def test_a_profile_is_brought_in_looked_through_and_put_in_use(client_of, instrument):
    browser = client_of(rosa)
    url = reverse("add_scoring_profile", args=[instrument.id])
    page = browser.post(url, sent(as_workbook(SHIPPED)), follow=True)
    text = text_of(page)
    for told in (
        "Provisional",
        "Verified by nobody",
        "Our own coding",
        "Put it in use",
        "<bdi>Never</bdi> 1",
    ):
        assert told in text, told
    draft = page.context["profile"]
    at = reverse("scoring_profile", args=[draft.id])
    assert client_of(vera).get(at).status_code == 404
    assert browser.get(reverse("scoring_workbook", args=[draft.id])).content[:2] == b"PK"
    assert browser.post(reverse("use_scoring_profile", args=[draft.id]), {"version": 7}).status_code == 409
    done = browser.post(reverse("use_scoring_profile", args=[draft.id]), {"version": 1}, follow=True)
    assert "is scored by this profile" in text_of(done)
    assert "Put it in use" not in text_of(client_of(vera).get(at))
    with acting_as(rosa):
        assert ScoringProfile.objects.get().state == ProfileState.IN_USE
    listed = text_of(browser.get(reverse("instrument", args=[instrument.id])))
    assert "1. <bdi>Equal weights, provisional</bdi>" in listed


def test_weights_are_worked_out_with_what_to_judge_them_by(client_of, instrument):
    load_shipped_profile(rosa, name="sustainability")
    browser, url = client_of(rosa), reverse("derive_scoring_profile", args=[instrument.id])
    few = browser.post(url, {})
    assert few.status_code == 422
    assert "too few whole answers" in text_of(few)
    with acting_as(rosa):
        chance = random.Random(5)  # noqa: S311
        Submission.objects.bulk_create(answered_by(240, instrument.versions.get(), chance))
    text = text_of(browser.post(url, {}, follow=True))
    for told in (
        "From 240 filled forms",
        "Ordinal alpha 0.",
        "Loading",
        "Put it in use",
        "with a score in each",
    ):
        assert told in text, told


def test_older_rounds_are_scored_anew_and_the_page_says_how_far(client_of, instrument):
    load_shipped_profile(rosa, name="sustainability")
    answered(samis_case())
    score_new(office)
    second_profile(instrument)
    browser, at = client_of(rosa), reverse("instrument", args=[instrument.id])
    assert "1 round of your organisation was scored by an older profile" in text_of(browser.get(at))
    running = text_of(browser.post(reverse("rescore", args=[instrument.id]), follow=True))
    assert 'http-equiv="refresh"' in running
    assert "Older rounds are scored anew" in running
    with acting_as(rosa):
        rescore_on(office, rescoring_id=browser.get(at).context["rescoring"].id)
    text = text_of(browser.get(at))
    assert "Scored anew last on" in text
    assert ": 1 round." in text
    assert 'http-equiv="refresh"' not in text
    assert "Scored anew" not in text_of(client_of(hana).get(at))
    with acting_as(rosa):
        assert Outcome.objects.filter(is_current=True).get().profile.title == "Second"
