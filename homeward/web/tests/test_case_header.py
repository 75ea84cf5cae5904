"""Editing the summary and the next step without overwriting; giving cases to colleagues."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.commands import edit_case, set_next_step
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.queries import get_case, get_listing
from homeward.cases.rules import ReturnType
from tests.cast import adil, lina_as_case_manager, nora, tarek, vera

WRITTEN = {
    "own_words": "أريد أن أفتح محلاً",
    "promised": "Tools",
    "take_care": "Do not call the family number",
    "return_type": "voluntary",
    "host_country": "XN",
    "return_country": "XM",
    "return_place": "Northford",
    "how_heard": "A cousin",
}


def url(case, page="case_edit"):
    return reverse(page, args=[case.id])


def saved(case):
    with acting_as(nora):
        return get_case(nora, case.id)


def in_days(days):
    day = localdate() + timedelta(days=days)
    return {"next_step_on_day": day.day, "next_step_on_month": day.month, "next_step_on_year": day.year}


def test_a_coordinator_does_not_edit(client_of, sami):
    assert client_of(vera).post(url(sami), WRITTEN).status_code == 403


def test_the_summary_is_saved_in_any_script(client_of, sami):
    answer = client_of(nora).post(url(sami), {**WRITTEN, "expected_version": sami.version})
    assert answer.url == url(sami, "case")
    case = saved(sami)
    assert (case.own_words, case.return_place, case.how_heard) == (
        "أريد أن أفتح محلاً",
        "Northford",
        "A cousin",
    )


def test_when_somebody_saved_in_between_nothing_is_overwritten_and_nothing_is_lost(client_of, sami):
    details = CaseDetails(promised="A roof", return_type=ReturnType.FORCED, return_country="XM")
    edit_case(nora, case_id=sami.id, expected_version=sami.version, details=details)
    answer = client_of(nora).post(url(sami), {**WRITTEN, "expected_version": sami.version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert saved(sami).promised == "A roof"
    for words in (*WRITTEN.values(), "A roof", "Forced return", "Voluntary return"):
        assert words in page, words


def test_what_was_written_can_be_applied_again_after_a_conflict(client_of, sami):
    edit_case(nora, case_id=sami.id, expected_version=sami.version, details=CaseDetails(promised="A roof"))
    client = client_of(nora)
    page = client.post(url(sami), {**WRITTEN, "expected_version": sami.version}).content.decode()
    fields = hidden_fields(page)
    assert fields["own_words"] == WRITTEN["own_words"]
    assert client.post(url(sami), fields).status_code == 302
    assert saved(sami).promised == "Tools"


def test_a_wrong_answer_keeps_everything_that_was_typed(client_of, sami):
    wrong = {**WRITTEN, "return_type": "none", "expected_version": sami.version}
    answer = client_of(nora).post(url(sami), wrong)
    assert answer.status_code == 422
    assert "Do not call the family number" in answer.content.decode()


def test_a_next_step_shows_in_the_file(client_of, sami):
    form = {"next_step": "Visit the shop", "expected_version": sami.version, **in_days(2)}
    client = client_of(nora)
    assert client.post(url(sami, "case_next_step"), form).status_code == 302
    assert "Visit the shop" in client.get(url(sami, "case")).content.decode()


def test_a_next_step_in_the_past_is_sent_back_with_what_was_typed(client_of, sami):
    form = {"next_step": "Visit the shop", "expected_version": sami.version, **in_days(-2)}
    answer = client_of(nora).post(url(sami, "case_next_step"), form)
    assert answer.status_code == 422
    assert "Visit the shop" in answer.content.decode()


def test_a_next_step_saved_by_somebody_else_in_between_is_a_conflict(client_of, sami):
    set_next_step(
        nora, case_id=sami.id, expected_version=sami.version, next_step="Call", next_step_on=localdate()
    )
    form = {"next_step": "Visit the shop", "expected_version": sami.version, **in_days(2)}
    answer = client_of(nora).post(url(sami, "case_next_step"), form)
    assert answer.status_code == 409
    assert "Visit the shop" in answer.content.decode()
    assert saved(sami).next_step == "Call"


def test_a_counsellor_does_not_give_cases_away(client_of, sami):
    assert client_of(nora).get(url(sami, "case_assign")).status_code == 403
    assert client_of(nora).get(reverse("caseload")).status_code == 403


def test_a_caseload_goes_to_a_colleague_at_once(client_of, sami):
    given = {"from_user": nora.user_id, "membership": tarek.membership_id}
    page = client_of(adil).post(reverse("caseload"), given, follow=True).content.decode()
    assert "1 case changed hands." in page
    with acting_as(tarek):
        listing = get_listing(tarek, sami.id)
    assert (listing.worker_id, listing.office_id) == (tarek.user_id, tarek.reach.office_id)
    assert saved(sami).lead_user_id == tarek.user_id


def test_nobody_is_given_their_own_cases(client_of, sami):
    given = {"from_user": nora.user_id, "membership": nora.membership_id}
    assert client_of(adil).post(reverse("caseload"), given).status_code == 422


@pytest.mark.parametrize("colleague", [adil], ids=["an administrator"])
def test_who_does_not_work_with_cases_is_not_offered(client_of, sami, colleague):
    page = client_of(adil).get(reverse("caseload")).content.decode()
    assert str(lina_as_case_manager.membership_id) in page
    assert str(colleague.membership_id) not in page.partition("<main")[2]


def hidden_fields(page):
    found = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and given.get("type") == "hidden":
                found[given["name"]] = given.get("value", "")

    Reader().feed(page.partition("<main")[2])
    found.pop("csrfmiddlewaretoken", None)
    return found
