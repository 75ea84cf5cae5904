"""A session narrowed to one case sees that case and nothing beside it, in every table there is or will be."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import OneCase, system_actor
from homeward.access.roles import Role
from homeward.cases.commands import open_case
from homeward.cases.models import Case, Event, Listing
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell
from homeward.people.commands import add_contact, register_person
from homeward.people.models import Contact, Person
from homeward.people.rules import ContactKind, PersonDetails
from tests.cast import RETURN_PARTNERS, nora
from tests.promises import catalogue

pytestmark = pytest.mark.usefixtures("cast")
# Tables that a narrowed session reads beyond its own case, each because it is no one's secret.
READ_BY_ALL = {
    "organisations_organisation",
    "consent_notice",
    "codelists_holiday",
    "codelists_weekend",
    # what is asked, so that a person can answer it on a page of their own
    "surveys_instrument",
    "surveys_instrumentversion",
    "surveys_formfile",
}


@pytest.fixture
def other(sami):
    person = register_person(nora, details=PersonDetails(given_names="Other", family_name="Person"))
    add_contact(nora, person_id=person.id, kind=ContactKind.PHONE, value="+49 30 1234567")
    return open_case(nora, person_id=person.id, opened_on=sami.opened_on)


def narrowed(case, actor=nora):
    return replace(actor, role=Role.RETURNEE, only=OneCase(case.id, case.person_id))


def test_every_protected_table_narrows():
    without = catalogue.ask(
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relrowsecurity "
        "AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid "
        "AND p.polname = 'one_case_only' AND NOT p.polpermissive)"
    )
    assert without == [], "protect it through homeward_force or one of the homeward_protect_ functions"


def test_what_is_open_to_all_is_named():
    open_to_all = catalogue.ask(
        "SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'one_case_only' "
        "AND pg_get_expr(polqual, polrelid) = 'true' ORDER BY 1"
    )
    assert {name for (name,) in open_to_all} <= READ_BY_ALL


def test_it_sees_its_own_case_and_person_and_no_other(sami, other):
    with acting_as(nora):
        assert Case.objects.count() == 2
        assert Contact.objects.count() == 1
    with acting_as(narrowed(sami)):
        assert [case.id for case in Case.objects.all()] == [sami.id]
        assert [person.id for person in Person.objects.all()] == [sami.person_id]
        assert {listing.case_id for listing in Listing.objects.all()} == {sami.id}
        assert not Contact.objects.exists()


def test_no_row_of_another_case_or_person_shows_in_any_table(sami, other):
    theirs = {str(other.id), str(other.person_id)}
    with acting_as(narrowed(sami)):
        for model in apps.get_models():
            table = model._meta.db_table
            if not model.__module__.startswith("homeward.") or table in READ_BY_ALL:
                continue
            if not catalogue.may_read(table) or table == "organisations_user":
                continue
            for row in model.objects.values():
                assert not theirs & {str(value) for value in row.values()}, table


def test_it_writes_nothing_of_another_case(sami, other):
    with acting_as(narrowed(sami)), pytest.raises(DatabaseError, match="row-level"), transaction.atomic():
        tell(narrowed(sami), other.id, EventKind.COUNSELLED)
    with acting_as(narrowed(sami)):
        assert Case.objects.filter(id=other.id).update(next_step="mine") == 0
        tell(narrowed(sami), sami.id, EventKind.COUNSELLED)
        assert Event.objects.filter(case_id=sami.id).exists()


def test_nothing_done_inside_widens_it(sami, other):
    with acting_as(narrowed(sami)):
        for wider in (nora, system_actor(RETURN_PARTNERS), narrowed(other)):
            with acting_as(wider):
                assert [case.id for case in Case.objects.all()] == [sami.id]
        assert [case.id for case in Case.objects.all()] == [sami.id]


def test_it_ends_with_its_transaction(sami, other):
    with acting_as(narrowed(sami)):
        pass
    with acting_as(nora):
        assert Case.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT homeward_case() IS NULL")
        assert cursor.fetchone() == (True,)
