"""Fixtures for every test: the cast's rows, acting as one of them, and their browser."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from homeward.access.acting import acting_as
from homeward.config.places import only_one_at_a_time
from homeward.lib.key_files import create_keys
from homeward.organisations.models import User
from tests.cast_rows import ROWS

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="session", autouse=True)
def keys():
    """Keys of the tests' own, never the installation's."""
    with only_one_at_a_time(settings.KEYS_FILE.with_suffix(".lock")):
        create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)


@pytest.fixture
def cast(db):
    """The cast's organisations, offices, people and memberships, in one round trip to the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS)


@pytest.fixture
def as_actor(db):
    """`with as_actor(nora): …` shows the block what the database shows Nora."""
    return acting_as


@pytest.fixture
def client_of(cast):
    """`client_of(nora)` is a browser in which Nora has signed in, both factors given, wearing that hat."""

    def signed_in(actor, **options):
        client = Client(**options)
        client.force_login(User.objects.get(id=actor.user_id), backend=BACKEND)
        session = client.session
        session["membership_id"] = str(actor.membership_id)
        session["second_factor"] = True
        session.save()
        return client

    return signed_in
