"""Programmes in the browser: read by everybody, written in small forms, published from a day on."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.cases.tests.journeys import programme
from homeward.casework.tests.test_eligibility import TERMS, published
from homeward.programmes.commands import add_party, begin_version
from homeward.programmes.queries import get_version, parties_of, terms_of, versions_of
from homeward.programmes.rules import Part, VersionState
from tests.cast import DONORS, nora, vera, wanda

pytestmark = pytest.mark.usefixtures("cast")

RULE = {
    "code": "adult",
    "label_en": "Grown up",
    "label_fr": "Adulte",
    "label_ar": "",
    "expression": "age_years >= 21",
    "source_text": "Call for proposals",
}
PACKAGE = {
    "code": "housing",
    "label_en": "Housing",
    "phase": "post_return",
    "form": "kind",
    "amount_amount": "1250.50",
    "return_types": ["voluntary"],
    "roles_in_file": ["principal", "spouse"],
    "condition": "not is_minor",
    "window_months": "6",
    "counted_from": "arrival",
}


def drafted():
    one = programme()
    published(one.id)
    return begin_version(vera, programme_id=one.id)


def part(version, kind, place):
    return reverse("programme_draft_part", args=[version.id, kind, place])


def said(version):
    with acting_as(vera):
        return terms_of(get_version(vera, version.id))


def send(client, version, kind, place, **form):
    with acting_as(vera):
        now = get_version(vera, version.id).version
    return client.post(part(version, kind, place), {"expected_version": now, **form})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"expression": "shares_data"}, "There is no fact called"),
        ({"expression": "__import__('os')"}, "cannot be read from here on"),
        ({"code": "Not A Code"}, "small letters"),
        ({"code": "informed"}, "used twice"),
        ({"label_en": ""}, "An answer is needed here"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_at_its_question(client_of, change, field):
    version = drafted()
    answer = send(client_of(vera), version, "rules", "1", **{**RULE, **change})
    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert said(version).eligibility[0].expression == "age_years >= 18"


def test_nobody_overwrites_what_a_colleague_wrote(client_of):
    version = drafted()
    answer = client_of(vera).post(part(version, "rules", "1"), {**RULE, "expected_version": 0})
    assert answer.status_code == 409
    assert said(version).eligibility[0].label.en == "Adults"


@pytest.mark.parametrize("where", ["rules/9", "rules/x", "rules/0", "colours/1"])
def test_a_part_that_is_not_there_is_not_found(client_of, where):
    assert client_of(vera).get(part(drafted(), *where.split("/"))).status_code == 404


def test_a_published_version_has_no_form(client_of):
    version = published(programme().id)
    assert client_of(vera).get(reverse("programme_draft", args=[version.id])).status_code == 409


def test_rules_are_changed_added_and_removed_one_by_one(client_of):
    client, version = client_of(vera), drafted()
    assert send(client, version, "rules", "1", **RULE).status_code == 302
    assert send(client, version, "rules", "new", **{**RULE, "code": "other"}).status_code == 302
    assert send(client, version, "rules", "2", remove="yes").status_code == 302
    rules = said(version).eligibility
    assert [rule.code for rule in rules] == ["adult", "first", "other"]
    assert (rules[0].expression, rules[0].label.fr) == ("age_years >= 21", "Adulte")


def test_a_package_is_written_with_its_amount_as_people_write_it(client_of):
    version = drafted()
    assert send(client_of(vera), version, "packages", "new", **PACKAGE).status_code == 302
    made = said(version).package("housing")
    assert (made.amount_minor, made.window_months, made.roles_in_file) == (125050, 6, ("principal", "spouse"))
    shown = client_of(vera).get(part(version, "packages", "2")).content.decode()
    assert "1250.50" in shown


def test_the_other_parts_have_their_forms(client_of):
    client, version = client_of(vera), drafted()
    assert (
        send(
            client,
            version,
            "windows",
            "new",
            **dict(zip(("opens_on_day", "opens_on_month", "opens_on_year"), ["1", "1", "2026"], strict=True)),
        ).status_code
        == 302
    )
    step = {"subject": "payment", "from_amount": "500", "roles": ["coordinator"], "answer_days": "5"}
    assert send(client, version, "approvals", "new", organisation="programme", **step).status_code == 302
    survey = {"code": "baseline", "months_after_arrival": "0", "window_days": "31", "instrument": "rss"}
    assert send(client, version, "rounds", "new", **survey).status_code == 302
    with acting_as(vera):
        now = get_version(vera, version.id).version
    general = {
        "currency_code": "USD",
        "groups_en": "Returnees\nResidents\nTheir families",
        "groups_fr": "Personnes de retour\n\nLeurs familles",
        "groups_ar": "العائدون",
        "gates": ["fit_to_travel"],
        "cash_share_max_percent": "40",
        "follow_up_months": "18",
        "expected_version": now,
    }
    url = reverse("programme_draft_general", args=[version.id])
    assert client.post(url, general).status_code == 302
    terms = said(version)
    assert terms.windows[0].opens_on == date(2026, 1, 1)
    assert terms.approvals[0].from_minor == 50000
    assert terms.rounds[0].instrument == "rss"
    assert (terms.currency, terms.cash_share_max_percent, terms.gates) == ("USD", 40, ("fit_to_travel",))
    assert [(group.en, group.fr, group.ar) for group in terms.target_groups] == [
        ("Returnees", "Personnes de retour", "العائدون"),
        ("Residents", "", ""),
        ("Their families", "Leurs familles", ""),
    ]
    answer = client.post(url, general | {"groups_fr": "Un\nDeux\nTrois\nQuatre", "expected_version": now + 1})
    assert answer.status_code == 422
    assert "There are more lines here than groups in English." in answer.content.decode()


def test_a_draft_is_published_from_a_day_and_the_difference_is_readable(client_of):
    client, version = client_of(vera), drafted()
    send(client, version, "packages", "1", **{**PACKAGE, "code": "start", "label_en": "A new start"})
    begun = localdate() + timedelta(30)
    with acting_as(vera):
        now = get_version(vera, version.id).version
    form = {
        "takes_effect_on_day": begun.day,
        "takes_effect_on_month": begun.month,
        "takes_effect_on_year": begun.year,
        "what_changed": "",
        "expected_version": now,
    }
    url = reverse("publish_programme_version", args=[version.id])
    assert client.post(url, {**form, "what_changed": "Smaller amounts"}).status_code == 403
    client = client_of(wanda)
    assert client.post(url, form).status_code == 422
    assert client.post(url, {**form, "what_changed": "Smaller amounts"}).status_code == 302
    with acting_as(nora):
        assert get_version(nora, version.id).state == VersionState.PUBLISHED
    shown = client_of(nora).get(reverse("programme_version", args=[version.id])).content.decode()
    assert "Smaller amounts" in shown
    assert "2,000" in shown
    assert "1,250.50" in shown
    assert "Against version 1" in shown


def test_a_draft_is_thrown_away_and_a_party_removed_in_the_browser(client_of):
    client, version = client_of(vera), drafted()
    party = add_party(vera, programme_id=version.programme_id, organisation_id=DONORS, part=Part.DONOR)
    remove = reverse("remove_programme_party", args=[version.programme_id, party.id])
    assert client.post(remove).status_code == 302
    discard = reverse("discard_programme_version", args=[version.id])
    assert "Everything written in this draft is lost" in client.get(discard).content.decode()
    assert client.post(discard, {"expected_version": version.version}).status_code == 302
    with acting_as(vera):
        assert versions_of(vera, version.programme_id).count() == 1
        assert not parties_of(vera, version.programme_id).exists()


def test_a_programme_is_added_and_its_first_version_begun(client_of):
    client = client_of(vera)
    form = {"name": "New", "code": "NEW", "opens_on_day": 1, "opens_on_month": 1, "opens_on_year": 2026}
    page = client.post(reverse("add_programme"), form)
    assert page.status_code == 302
    programme_id = page["Location"].strip("/").split("/")[-1]
    begun = client.post(reverse("begin_programme_version", args=[programme_id]))
    assert begun.status_code == 302
    with acting_as(vera):
        assert versions_of(vera, programme_id).count() == 1


def test_a_draft_is_not_shown_to_others(client_of):
    version = drafted()
    shown = client_of(nora).get(reverse("programme", args=[version.programme_id])).content.decode()
    assert "Version 2" not in shown
    assert client_of(nora).get(reverse("programme_version", args=[version.id])).status_code == 404


def test_the_list_asks_the_same_questions_for_any_number(client_of):
    client, counts = client_of(nora), []
    client.get(reverse("programmes"))
    for more in (1, 6):
        for _more in range(more):
            published(programme().id, TERMS)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("programmes")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
