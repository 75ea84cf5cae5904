"""The library, uploading a form with what is wrong by row, and a draft until it is asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from homeward.access.acting import acting_as
from homeward.surveys.commands import add_instrument, publish_form, receive, upload_form
from homeward.surveys.models import InstrumentVersion
from homeward.surveys.rules import FormState
from homeward.surveys.tests.books import CHOICES, HOUSEHOLD, filled, workbook
from tests.cast import nora, rosa, vera

pytestmark = pytest.mark.usefixtures("cast")


def sent(file):
    return SimpleUploadedFile(file.name, file.content)


def test_what_is_wrong_is_told_by_sheet_and_row(client_of):
    bad = workbook(choices=(*CHOICES, *CHOICES[:2]))
    page = client_of(rosa).post(reverse("add_instrument"), {"file": sent(bad)})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Sheet choices" in text
    assert "Rows 8 to 9" in text
    assert "allow_choice_duplicates" in text


def test_a_form_goes_from_workbook_to_asked(client_of):
    browser = client_of(rosa)
    page = browser.post(reverse("add_instrument"), {"file": sent(workbook())}, follow=True)
    assert "هل تعمل؟" not in page.content.decode()
    with acting_as(rosa):
        draft = InstrumentVersion.objects.get()
    arabic = browser.get(reverse("form_version", args=[draft.id]), {"in": "العربية (ar)"}).content.decode()
    assert "هل تعمل؟" in arabic
    privacy = browser.get(reverse("form_privacy", args=[draft.id])).context["form"]
    answers = {name: privacy.get_initial_for_field(field, name) for name, field in privacy.fields.items()}
    assert browser.post(reverse("form_privacy", args=[draft.id]), {**answers, "q3": 1}).status_code == 302
    done = browser.post(reverse("publish_form", args=[draft.id]), {"version": 2, "what_changed": ""})
    assert done.status_code == 302
    with acting_as(rosa):
        draft.refresh_from_db()
    assert draft.state == FormState.PUBLISHED
    assert [one["privacy"] for one in draft.questions if one["path"] == "village"] == [1]


def test_what_a_new_version_changes_stands_on_its_page(client_of):
    first = add_instrument(rosa, file=workbook())
    publish_form(rosa, version_id=first.id, expected_version=1)
    rows = [one for one in HOUSEHOLD if one.get("name") != "village"]
    draft = upload_form(rosa, instrument_id=first.instrument_id, file=workbook(rows, CHOICES[1:]))
    text = client_of(rosa).get(reverse("form_version", args=[draft.id])).content.decode()
    assert "Compared with version 1" in text
    assert "No longer asked" in text
    assert "choices taken away" in text


def test_the_workbook_comes_back_as_it_was_sent(client_of):
    draft = add_instrument(rosa, file=workbook())
    page = client_of(nora).get(reverse("form_workbook", args=[draft.id]))
    assert page.content == workbook().content


def test_a_partner_sees_a_draft_of_nobody_else(client_of):
    draft = add_instrument(rosa, file=workbook())
    assert client_of(vera).get(reverse("form_version", args=[draft.id])).status_code == 404


def test_an_odd_form_waits_for_a_second_look(client_of):
    first = add_instrument(rosa, file=workbook())
    publish_form(rosa, version_id=first.id, expected_version=1)
    receipt = receive(nora, body=filled("<works>maybe</works>"))
    browser = client_of(rosa)
    assert "1 form wants a second look" in browser.get(reverse("instruments")).content.decode()
    assert "not among the choices" in browser.get(reverse("flagged_forms")).content.decode()
    assert browser.post(reverse("review_submission", args=[receipt.id])).status_code == 302
    assert "Nothing odd" in browser.get(reverse("flagged_forms")).content.decode()


def test_the_list_costs_the_same_however_long_it_is(client_of, django_assert_max_num_queries):
    for number in range(3):
        draft = add_instrument(rosa, file=workbook(form_id=f"form_{number}"))
        publish_form(rosa, version_id=draft.id, expected_version=1)
    browser = client_of(rosa)
    browser.get(reverse("instruments"))
    with django_assert_max_num_queries(26):
        page = browser.get(reverse("instruments"))
    assert page.content.decode().count("Household") == 3
