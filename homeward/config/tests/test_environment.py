"""What each process is told, and what it is not."""

import os

import pytest

from homeward.config.environment import (
    application_environment,
    use_embedded_when_unset,
    uses_own_database,
)


@pytest.fixture
def nothing_set(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("HOMEWARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOMEWARD_VAR_DIR", str(tmp_path))
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def test_another_server_that_was_named_is_left_alone(nothing_set):
    os.environ["HOMEWARD_DATABASE_URL"] = "postgresql://app@db.example/homeward"
    use_embedded_when_unset()
    assert not uses_own_database()
    assert "HOMEWARD_SECRET_KEY" not in os.environ
    assert "HOMEWARD_OWNER_DATABASE_URL" not in os.environ


def test_with_nothing_named_every_role_has_its_own_login_to_our_own_server(nothing_set):
    use_embedded_when_unset()
    assert uses_own_database()
    urls = [value for name, value in os.environ.items() if name.endswith("_DATABASE_URL")]
    assert len(urls) == len({url.split("@")[0] for url in urls}) == 5


def test_a_place_that_somebody_chose_stands(nothing_set):
    os.environ["HOMEWARD_FILES_DIR"] = "/srv/files"
    use_embedded_when_unset()
    assert os.environ["HOMEWARD_FILES_DIR"] == "/srv/files"


def test_processes_that_face_people_know_no_login_but_the_applications(nothing_set):
    use_embedded_when_unset()
    told = application_environment()
    assert [name for name in told if name.endswith("_DATABASE_URL")] == ["HOMEWARD_DATABASE_URL"]
    assert "HOMEWARD_SEALER_KEY_FILE" not in told


def test_what_a_parent_process_named_and_what_it_hid_stand(nothing_set):
    use_embedded_when_unset()
    told = application_environment()
    os.environ.clear()
    os.environ.update(told)
    use_embedded_when_unset()
    assert dict(os.environ) == told
