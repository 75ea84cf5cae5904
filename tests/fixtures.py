"""Fixtures for every test: the cast's rows, acting as one of them, and their browser."""

from datetime import date

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from homeward.access.acting import acting_as
from homeward.cases.commands import open_case
from homeward.cases.commands.opening import CaseDetails
from homeward.cases.rules import ReturnType
from homeward.config.places import only_one_at_a_time
from homeward.lib.dates import PartialDate
from homeward.lib.key_files import create_keys
from homeward.organisations.models import User
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails, Sex
from tests.cast import nora
from tests.cast_rows import AGREEING, ROWS
from tests.programs import program_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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


@pytest.fixture
def cast_without_agreements(db):
    """The cast's organisations, offices, people and memberships, in one round trip to the database."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS)


@pytest.fixture
def cast(cast_without_agreements):
    """The cast, and the standing agreement under which those who work with cases share them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AGREEING)


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


@pytest.fixture
def client_of_integration(cast):
    """`client_of_integration(Role.CASE_MANAGER, RETURN_PARTNERS)` is a program that calls the API."""
    return program_of


@pytest.fixture
def sami(cast):
    """Sami Example's case, opened by Nora at RETURN_PARTNERS; he wants to return to Marenia."""
    person = register_person(
        nora,
        details=PersonDetails(
            given_names="Sami",
            family_name="Example",
            native_name="سامي مثال",
            sex=Sex.MALE,
            birth=PartialDate.of_year(1991),
            nationalities=("XM",),
            languages=("ar", "fr"),
        ),
    )
    details = CaseDetails(
        host_country="XN",
        return_country="XM",
        return_place="Saltfield",
        return_type=ReturnType.VOLUNTARY,
    )
    return open_case(nora, person_id=person.id, opened_on=date(2026, 3, 2), details=details)
