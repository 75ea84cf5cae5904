"""Every test runs as the application's role, on a database that the owner migrated: policies bite."""

import json

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.scratch_database import scratch_database

pytest_plugins = ["tests.fixtures", "tests.browser"]


def pytest_collection_modifyitems(items):
    """The long ones first: at the end no core waits for one of them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def scratch(django_test_environment, django_db_blocker, django_db_createdb):
    """The session's database, made when the first test asks for it."""
    with django_db_blocker.unblock(), scratch_database(rebuild=django_db_createdb) as database:
        yield database


@pytest.fixture(scope="session")
def django_db_setup(scratch):
    """Tests that commit are cleaned up past the policies: the application's role may not empty its tables."""
    TransactionTestCase._fixture_teardown = lambda self: scratch.start_afresh()


@pytest.fixture
def as_owner(scratch, transactional_db):
    """A cursor of the owner, who may change tables but is bound by the policies like everybody."""
    url = scratch.owner_url()
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        yield cursor


@pytest.fixture
def past_policies(db):
    """Ask a question, inside the test's own transaction, that no policy filters: rows come back as dicts."""

    def ask(question, params=()):
        with connection.cursor() as cursor:
            question = (
                psycopg.ClientCursor(cursor.connection).mogrify(question, params) if params else question
            )
            cursor.execute("SELECT homeward_tests.look(%s)", [question])
            return [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor.fetchall()]

    return ask
