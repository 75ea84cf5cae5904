"""A sample from the question how many to the people who are asked, on pages without names."""

import csv

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from homeward.followup.sampling.tests.samples import a_sample
from homeward.followup.tests.visits import a_visit
from tests.cast import hana, rosa
from tests.sami import samis_case


def text_of(response):
    return " ".join(response.content.decode().split())


def test_how_many_is_worked_out_and_leads_to_a_plan(client_of):
    browser = client_of(rosa)
    page = browser.get(
        reverse("sample_size"), {"aim": "share", "response": "70", "confidence": "95", "power": "80"}
    )
    assert '<strong class="num">385</strong> people have to answer. Contact 550 people for that.' in text_of(
        page
    )
    assert f"{reverse('plan_sample')}?aim=share" in text_of(page)
    wrong = browser.get(reverse("sample_size"), {"aim": "number", "confidence": "95", "power": "80"})
    assert "No size follows from these numbers." in text_of(wrong)


def six_people():
    for number in range(6):
        a_visit(samis_case(), place="Saltfield" if number < 3 else "Old Harbour")


def test_a_sample_is_counted_planned_and_drawn(cast, client_of, settings):
    settings.FEWEST_IN_A_GROUP = 3
    six_people()
    browser = client_of(rosa)
    size = {"aim": "number", "number": "4", "confidence": "95", "power": "80"}
    how = {"design": "stratified", "by": "place", "allocation": "equal", "replace_when": "not_in_frame"}
    told = {"name": "Autumn", "round": "six_months", "seed": "2026", **size, **how}
    counted = text_of(browser.post(reverse("plan_sample"), {**told, "count": "1"}))
    assert "6 people belong." in counted
    assert '<bdi>Old Harbour</bdi>: <span class="num">3</span>' in counted
    page = browser.post(reverse("plan_sample"), told, follow=True)
    sample = page.context["sample"]
    assert "Planned, not drawn" in text_of(page)
    page = browser.post(reverse("draw_sample", args=[sample.id]), follow=True)
    assert len(page.context["members"]) == 4


def test_who_is_drawn_has_a_number_a_weight_and_no_name(cast, client_of):
    six_people()
    sample, browser = a_sample(rosa), client_of(rosa)
    page = browser.get(reverse("sample", args=[sample.id]))
    assert "Sami" not in text_of(page)
    assert "Sami" in text_of(client_of(hana).get(reverse("visits")))
    assert "In a sample" in text_of(client_of(hana).get(reverse("visits")))
    answer = browser.post(reverse("sample_list", args=[sample.id]))
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert [float(row["weight"]) for row in rows] == [1.5] * 4
    assert "Sami" not in answer.content.decode()
    (first, *_rest) = page.context["members"]
    refused = browser.post(reverse("replace_in_sample", args=[sample.id, first["member"].id]), follow=True)
    assert "lets nobody take this place" in text_of(refused)
    double = browser.post(reverse("draw_double_sample", args=[sample.id]), {"share": "50"}, follow=True)
    assert double.context["sample"].of_id == sample.id
    assert "Autumn" in text_of(browser.get(reverse("samples")))


def test_the_page_asks_no_more_of_the_database_for_more_people(cast, client_of):
    for _number in range(3):
        a_visit(samis_case())
    one = a_sample(rosa, number=1)
    more = a_sample(rosa, number=3)
    browser = client_of(rosa)
    browser.get(reverse("sample", args=[one.id]))
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("sample", args=[one.id]))
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("sample", args=[more.id]))
    assert len(many) == len(few) <= 26
