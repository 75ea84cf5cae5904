"""The process that makes extracts goes on whatever happens to the database."""

from argparse import Namespace

import pytest
from django.db import connection

from homeward.access.acting import acting_as
from homeward.config.cli import extracts
from homeward.extracts.commands import ask_extract
from homeward.extracts.models import Extract
from homeward.extracts.rules import ExtractState
from tests.cast import mona

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cast")]


def test_a_database_that_was_away_for_a_moment_stops_nothing(
    scratch, capsys, monkeypatch, settings, tmp_path
):
    monkeypatch.setattr(extracts, "ready", lambda: None)
    settings.EXTRACTS_DIR = tmp_path / "extracts"
    asked = ask_extract(mona, why="Evaluation of the spring programme")
    with connection.cursor() as cursor, scratch.superuser() as superuser:
        cursor.execute("SELECT pg_backend_pid()")
        superuser.execute("SELECT pg_terminate_backend(%s, 5000)", cursor.fetchone())
    extracts.work(Namespace(every=None))
    assert "the database does not answer" in capsys.readouterr().err
    extracts.work(Namespace(every=None))
    with acting_as(mona):
        assert Extract.objects.get(id=asked.id).state == ExtractState.READY
