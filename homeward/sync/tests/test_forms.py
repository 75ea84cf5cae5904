"""Telephones fetch what is asked now, with the officer's visits."""

import pytest

from homeward.surveys.commands import add_form_file, add_instrument, publish_form, retire_form, upload_form
from homeward.surveys.forms.making import FormFile
from homeward.surveys.tests.books import workbook
from homeward.surveys.tests.test_forms import instrument, published
from homeward.sync.phone_forms import phone_form
from homeward.sync.tests.phones import phone_of, rows
from tests.cast import nora, rosa, stranger

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    return published()


@pytest.fixture
def phone(form):
    return phone_of(nora)


def test_a_draft_is_neither_listed_nor_fetched(cast):
    draft = instrument(rosa)
    caller = phone_of(nora)
    assert rows(caller.get("formList")) == []
    for path in (f"forms/{draft.id}.xml", f"forms/{draft.id}/manifest", f"forms/{draft.id}/files/visits.csv"):
        assert caller.get(path).status_code == 404


def test_nothing_is_written_to_these_addresses(phone, form):
    for path in ("formList", f"forms/{form.id}.xml", f"forms/{form.id}/manifest"):
        assert phone.client.post(f"{phone.root}/{path}").status_code == 405


def test_every_published_form_is_listed_with_what_tells_that_it_changed(
    phone, form, django_assert_max_num_queries
):
    (row,) = rows(phone.get("formList"))
    assert (row["formID"], row["name"], row["version"]) == ("household", "Household", "1")
    text = phone.get(row["downloadUrl"]).content.decode()
    assert row["hash"] == f"md5:{phone_form(form.xform, 'household').hash}"
    assert text == phone_form(form.xform, "household").xform
    with django_assert_max_num_queries(16):
        phone.get("formList")
    assert rows(phone.get("formList", data={"formID": "other"})) == []
    assert rows(phone_of(stranger).get("formList"))[0]["formID"] == "household"


def test_addresses_stay_where_the_phone_signs_in(phone, form):
    (row,) = rows(phone.get("formList"))
    assert phone.root in row["downloadUrl"]
    by_password = phone_of(nora, by="password")
    (row,) = rows(by_password.get("formList"))
    assert "/hp_" not in row["downloadUrl"]
    assert by_password.get(row["downloadUrl"]).status_code == 200


def test_a_new_version_is_offered_and_the_one_before_can_still_be_fetched(phone, form):
    draft = upload_form(rosa, instrument_id=form.instrument_id, file=workbook())
    publish_form(rosa, version_id=draft.id, expected_version=1)
    (row,) = rows(phone.get("formList"))
    assert row["version"] == draft.form_version != form.form_version
    assert phone.get(f"forms/{form.id}.xml").status_code == 200
    retire_form(rosa, version_id=draft.id)
    assert rows(phone.get("formList")) == []


def test_the_hidden_key_becomes_a_choice_from_the_officers_visits(phone, form):
    (row,) = rows(phone.get("formList"))
    text = phone.get(row["downloadUrl"]).content.decode()
    assert '<select1 ref="/data/homeward_respondent"' in text
    assert "أيّ زيارة هذه؟" in text
    (visits,) = rows(phone.get(row["manifestUrl"]))
    assert visits["filename"] == "visits.csv"
    assert phone.get(visits["downloadUrl"]).content == b"name,label,instrument,round,district\n"


def test_files_of_a_form_are_fetched_with_their_digests(cast):
    survey = ({"type": "select_one_from_file places.csv", "name": "place", "label::English (en)": "Place"},)
    draft = add_instrument(rosa, file=workbook(rows=survey, choices=(), form_id="places"))
    places = FormFile("places.csv", b"name,label\na,A\n")
    draft = add_form_file(rosa, version_id=draft.id, expected_version=draft.version, file=places)
    publish_form(rosa, version_id=draft.id, expected_version=draft.version)
    caller = phone_of(nora)
    (row,) = rows(caller.get("formList"))
    (file,) = rows(caller.get(row["manifestUrl"]))
    answer = caller.get(file["downloadUrl"])
    assert (file["filename"], answer.content) == ("places.csv", places.content)
    assert caller.get(file["downloadUrl"].replace("places", "other")).status_code == 404
