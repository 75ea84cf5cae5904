"""The pages of asking partners, switched on: asked, answered, allowed, taken notice of."""

from datetime import date

import pytest
from django.conf import settings as live
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.casework.rights.register import register
from homeward.config.cli import main
from homeward.exchange.demonstration.asking import ask_about_somebody
from homeward.lib.dates import PartialDate
from homeward.lib.key_files import load_keys
from homeward.people.commands import ask_partners, register_person
from homeward.people.models import PossibleMatch
from homeward.people.rules import PersonDetails
from homeward.privacy.models import OpeningAlert
from tests.cast import ines, jonas, nora, rosa

FARID = PersonDetails(
    given_names="Farid", family_name="Specimen", birth=PartialDate.of_day(date(1990, 5, 17))
)
WHY = "He says that somebody in Nordholm helped him."


@pytest.fixture(autouse=True)
def switched_on(cast, settings):
    settings.DUPLICATE_CHECK = True


def test_asked_and_answered_on_the_page_and_in_the_partners_inbox(client_of):
    theirs, mine = register_person(jonas, details=FARID), register_person(nora, details=FARID)
    page = reverse("person_ask_partners", args=[mine.id])
    nora_sees = client_of(nora)
    assert page in nora_sees.get(reverse("person", args=[mine.id])).content.decode()
    assert nora_sees.post(page, {"reason": ""}).status_code == 422
    told = nora_sees.post(page, {"reason": WHY}, follow=True).content.decode()
    assert "may know this person" in told
    assert str(theirs.id) not in told
    assert nora_sees.post(page, {"reason": WHY}).status_code == 422
    jonas_sees = client_of(jonas)
    assert "may have the same person as you" in jonas_sees.get(reverse("inbox")).content.decode()
    listed = jonas_sees.get(reverse("partners_asked")).content.decode()
    assert "I have taken notice" in listed
    assert str(theirs.id) not in listed
    with acting_as(jonas):
        note = reverse("note_possible_match", args=[PossibleMatch.objects.get().id])
    assert "No partner asked" in jonas_sees.post(note, follow=True).content.decode()


def test_the_demonstration_has_one_question_and_the_register_says_who_is_asked(client_of):
    ask_about_somebody()
    with acting_as(jonas):
        (told,) = PossibleMatch.objects.all()
        assert told.strength == "likely"
    listed = register(ines, on=localdate())["partners_asked"]
    assert "Harbour Advice Demo" in listed["partners"]
    assert "Marenia Reintegration Office" not in listed["partners"]  # what it learns needs their consent


def test_a_coordinator_allows_it_and_the_officer_hears_of_many_questions(client_of, settings):
    settings.PARTNER_QUESTIONS_A_DAY = 1
    mine = register_person(nora, details=FARID)
    allow = reverse("person_allow_asking", args=[mine.id])
    rosa_sees = client_of(rosa)
    assert rosa_sees.post(allow, {"reason": WHY}).status_code == 302
    assert "until" in rosa_sees.get(allow).content.decode()
    ask_partners(nora, person_id=mine.id, reason=WHY)
    other = register_person(nora, details=FARID)
    assert (
        client_of(nora).post(reverse("person_ask_partners", args=[other.id]), {"reason": WHY}).status_code
        == 429
    )
    ines_sees = client_of(ines)
    assert "asked partners about" in ines_sees.get(reverse("openings")).content.decode()
    with acting_as(ines):
        alert = OpeningAlert.objects.get()
    assert "within a day" in ines_sees.get(reverse("opening_alert", args=[alert.id])).content.decode()
    assert "asked partners about many people" in ines_sees.get(reverse("inbox")).content.decode()


def test_the_command_makes_a_new_key_in_use_and_forgets_the_older(past_policies, monkeypatch, capsys):
    monkeypatch.setenv("HOMEWARD_OWN_DATABASE", "")  # the server of the tests is not the command's to start
    register_person(jonas, details=FARID)
    before = past_policies("SELECT encode(token, 'hex') AS token FROM people_matchtoken")
    assert main(["keys", "rotate", "--matching"]) in (0, None)
    assert "tokens of 1 people" in capsys.readouterr().out
    after = past_policies("SELECT encode(token, 'hex') AS token FROM people_matchtoken")
    assert len(load_keys(live.KEYS_FILE).matching) == 1
    assert not {one["token"] for one in before} & {one["token"] for one in after}
    mine = register_person(nora, details=FARID)
    ask_partners(nora, person_id=mine.id, reason=WHY)
    with acting_as(nora):
        assert PossibleMatch.objects.count() == 1
