"""A copy for a person holds every column of every row about them, opened, but what is withheld."""

import io
import json
import zipfile

import pytest
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.casework.rights.copying import UNREADABLE, copied_tables, schema, withheld_columns
from homeward.casework.rights.making import make_copy
from homeward.casework.rights.walk import about_people, columns_of
from homeward.files.queries import get_file, open_copy
from homeward.lib.problems import NotFound, Refused
from homeward.privacy.commands.copies import ask_copy
from homeward.privacy.models import SubjectExport
from tests.cast import ACTORS, ines, nora
from tests.promises.bounds import figure
from tests.promises.everything_about import everything_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(sami):
    everything_about(sami)
    asked = ask_copy(ines, subject_id=sami.person_id, language="ar")
    made = make_copy(ines, export_id=asked.id)
    content = open_copy(ines, made.file_id).content
    return zipfile.ZipFile(io.BytesIO(content)), made


@pytest.mark.parametrize("name", sorted(set(ACTORS) - {"ines"}))
def test_only_an_officer_has_a_copy_made(sami, name):
    with pytest.raises(Refused):
        ask_copy(ACTORS[name], subject_id=sami.person_id, language="en")


def test_colleagues_cannot_open_it(archive):
    _zip, made = archive
    with acting_as(nora), pytest.raises(NotFound):
        get_file(nora, made.file_id)


def test_every_column_is_copied_or_has_its_reason():
    left = withheld_columns()
    for table, model in about_people().items():
        properties = schema()["properties"]["tables"]["properties"].get(table, {"items": {"properties": {}}})
        for field in columns_of(model):
            copied = field.attname in properties["items"]["properties"]
            assert copied != bool(left.get(table) or left.get(f"{table}.{field.attname}")), (
                table,
                field.attname,
            )


def test_it_is_whole_opened_and_after_its_schema(archive, sami, past_policies):
    packed, _made = archive
    data = json.loads(packed.read("data.json"))
    said = json.loads(packed.read("schema.json"))["properties"]["tables"]["properties"]
    assert data["tables"].keys() == said.keys()
    for table, rows in data["tables"].items():
        assert all(row.keys() == said[table]["items"]["properties"].keys() for row in rows), table
    assert UNREADABLE not in json.dumps(data)
    for table in copied_tables():
        if table.startswith(("cases_", "people_", "plans_", "assistance_", "assessments_")):
            rows = past_policies(f'SELECT count(*) AS n FROM "{table}"')[0]["n"]
            assert len(data["tables"][table]) == rows or table in ("people_person",), table
    told = json.dumps(data["tables"], ensure_ascii=False)
    for word in ("Sami", "سامي مثال", "X1234567", "A long talk", "+999 555", sami.reference):
        assert word in told
    rows = sum(map(len, data["tables"].values()))
    figure(
        "H1", f"a copy of {rows} rows of {len(data['tables'])} tables: 0 columns left out without a reason"
    )


def test_the_page_is_in_the_persons_language_and_files_come_along(archive):
    packed, _made = archive
    page = packed.read("index.html").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "سامي مثال" in page
    assert "<script" not in page
    assert [name for name in packed.namelist() if name.startswith("attachments/")]
    assert packed.read("disclosures.csv")


def test_names_of_staff_are_left_out(archive):
    packed, _made = archive
    assert nora.name not in packed.read("data.json").decode()
    assert nora.name not in packed.read("index.html").decode()


def test_a_copy_that_is_finished_is_not_made_again(archive):
    _zip, made = archive
    with pytest.raises(NotFound):
        make_copy(ines, export_id=made.id)
    with acting_as(ines):
        assert SubjectExport.objects.get().ready_at <= now()
