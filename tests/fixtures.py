"""Fixtures for every test: the cast's rows, acting as one of them, and their browser."""

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from django.utils import translation

from homeward.access.acting import acting_as
from homeward.config.places import only_one_at_a_time
from homeward.lib.key_files import add_matching_key, create_keys, load_keys
from tests import clients
from tests.cast_rows import AGREEING, ROWS, insert
from tests.programs import program_of
from tests.sami import samis_case

# A busy machine is no fault of the code under test; what must be fast has tests of its own.
hypothesis.settings.register_profile("homeward", deadline=None)
hypothesis.settings.load_profile("homeward")


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whatever language the one before it read."""
    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def keys():
    """Keys of the tests' own, never the installation's."""
    with only_one_at_a_time(settings.KEYS_FILE.with_suffix(".lock")):
        create_keys(settings.KEYS_FILE, settings.SEALER_KEY_FILE)
        if not load_keys(settings.KEYS_FILE).matching:
            add_matching_key(settings.KEYS_FILE)


@pytest.fixture
def cast_without_agreements(db):
    """The cast's organisations, offices, people and memberships, in one round trip to the database."""
    insert(ROWS)


@pytest.fixture
def cast(cast_without_agreements):
    """The cast, and the standing agreement under which those who work with cases share them."""
    insert(AGREEING)


@pytest.fixture(scope="module")
def standing_cast(django_db_setup, django_db_blocker):
    """The cast, made once for a module whose tests each undo what they did; gone after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        insert(ROWS)
        insert(AGREEING)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def as_actor(db):
    """`with as_actor(nora): …` shows the block what the database shows Nora."""
    return acting_as


@pytest.fixture
def client_of(cast):
    """`client_of(nora)` is a browser in which Nora has signed in, both factors given, wearing that hat."""
    return clients.client_of


@pytest.fixture
def client_of_integration(cast):
    """`client_of_integration(Role.CASE_MANAGER, RETURN_PARTNERS)` is a program that calls the API."""
    return program_of


@pytest.fixture
def sami(cast):
    """Sami Example's case, opened by Nora at RETURN_PARTNERS; he wants to return to Marenia."""
    return samis_case()
