"""`homeward services check`: what is wrong in a file, with and without the published schemas."""

import argparse
import json

import pytest

from homeward.config.cli.problems import NotReady
from homeward.config.cli.services import check

ID = "ac148810-d857-441c-9679-408f346de14b"
GOOD = {"id": ID, "name": "Advice", "status": "active"}


@pytest.fixture(autouse=True)
def ready(monkeypatch):
    monkeypatch.setattr("homeward.config.cli.services.ready", lambda: None)


@pytest.fixture
def asked(tmp_path):
    """`asked(service, …)` checks a file with these services and says the exit code."""

    def run(*services, schema=None):
        file, folder = tmp_path / "services.json", tmp_path / "schema"
        file.write_text(json.dumps(services))
        folder.mkdir(exist_ok=True)
        for name, content in (schema or {}).items():
            (folder / name).write_text(json.dumps(content))
        return check(argparse.Namespace(file=file, schemas=None if schema is None else folder))

    return run


def test_a_good_file_is_said_to_be_good(asked, capsys):
    assert asked(GOOD) == 0
    assert "1 services, nothing wrong." in capsys.readouterr().out


def test_what_is_wrong_is_told_with_its_place(asked, capsys):
    assert asked(GOOD, {**GOOD, "status": "open"}) == 1
    assert "service 2, status" in capsys.readouterr().err


def test_a_downloaded_schema_is_asked_as_well_and_what_it_points_at(asked, capsys):
    phones = {"type": "array", "items": {"$ref": "phone.json"}}
    schema = {
        "service.json": {"type": "object", "properties": {"phones": phones}},
        "phone.json": {"type": "object", "properties": {"number": {"type": "string", "maxLength": 3}}},
    }
    assert asked({**GOOD, "phones": [{"id": ID, "number": "112"}]}, schema=schema) == 0
    assert asked({**GOOD, "phones": [{"id": ID, "number": "11200"}]}, schema=schema) == 1
    assert "service 1, phones.0.number" in capsys.readouterr().err


def test_a_folder_without_schemas_is_told_in_words(asked):
    with pytest.raises(NotReady, match="holds neither"):
        asked(GOOD, schema={})
