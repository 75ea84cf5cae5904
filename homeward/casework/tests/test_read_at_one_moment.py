"""What leaves, and what a person gets, stood so at one moment: no change in between is mixed in."""

from threading import Thread

import pytest
from django.db import connection
from django.utils.timezone import now

from homeward.access.acting import acting_as
from homeward.casework.commands import send_package
from homeward.casework.packages import PackageChanged, compose_package
from homeward.casework.rights.copying import copy_of
from homeward.casework.rights.tables import RULES
from homeward.lib.identifiers import new_id
from homeward.people.commands import add_contact
from homeward.people.rules import ContactKind
from homeward.sharing.models import Disclosure
from homeward.sharing.rules import Basis, Purpose
from tests.cast import CLINIC, ines, nora

pytestmark = pytest.mark.django_db
FIELDS = ["name", "contacts"]
RENAME = "UPDATE people_person SET given_names = given_names || 'x' WHERE id = %s"


def changing(person_id):
    """Somebody renames the person each time when, after the name, the contacts are read."""

    def between(execute, sql, params, many, context):
        if 'FROM "people_contact"' in sql:
            with connection.cursor() as cursor:
                cursor.execute(RENAME, [person_id])
        return execute(sql, params, many, context)

    return connection.execute_wrapper(between)


def sending(case, digest=""):
    return send_package(
        nora,
        case_id=case.id,
        organisation_id=CLINIC,
        purpose=Purpose.REFERRAL,
        field_codes=FIELDS,
        basis=Basis.PUBLIC_INTEREST,
        necessity="They treat him.",
        approved_digest=digest,
    )


def test_a_package_read_across_a_change_is_not_sent(sami):
    add_contact(nora, person_id=sami.person_id, kind=ContactKind.EMAIL, value="sami@mail.example")
    with changing(sami.person_id):
        with acting_as(nora):
            mixed = compose_package(nora, sami.id, FIELDS).digest
        for approved in (mixed, ""):
            with pytest.raises(PackageChanged):
                sending(sami, approved)
    with acting_as(nora):
        assert not Disclosure.objects.filter(kind="package").exists()
        seen = compose_package(nora, sami.id, FIELDS).digest
    assert sending(sami, seen).id


def test_a_copy_for_a_person_is_read_in_one_snapshot(cast):
    """In a thread, whose connection is outside the transaction of the test."""
    levels = set()

    def noting(execute, sql, params, many, context):
        if any(f'FROM "{table}"' in sql for table in RULES):
            with connection.connection.cursor() as cursor:
                cursor.execute("SHOW transaction_isolation")
                levels.add(cursor.fetchone()[0])
        return execute(sql, params, many, context)

    def copied():
        with connection.execute_wrapper(noting):
            copy_of(ines, new_id(), language="en", at=now(), progress=lambda done, whole: None)
        connection.close()

    thread = Thread(target=copied)
    thread.start()
    thread.join()
    assert levels == {"repeatable read"}
