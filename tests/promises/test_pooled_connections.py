"""A connection used again never carries on who used it before, however that ended."""

from threading import Thread

import pytest
from django.db import DatabaseError, connection, connections, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.models import SavedView
from homeward.lib.identifiers import new_id
from tests.promises.bounds import full, none_in
from tests.promises.things import chance_of

pytestmark = pytest.mark.django_db(transaction=True)

TENANTS, CONNECTIONS = 200, 8
ORGANISATION = (
    "INSERT INTO organisations_organisation SELECT (jsonb_populate_record(o, jsonb_build_object("
    "'id', %s::text, 'name', %s::text))).* FROM organisations_organisation o LIMIT 1"
)
VIEW = (
    "INSERT INTO cases_savedview (id, organisation_id, user_id, name, filters) VALUES (%s, %s, %s, %s, '{}')"
)


@pytest.fixture
def tenants(cast, scratch):
    """Two hundred organisations, each with one row that bears its own id as a canary."""
    ids = [new_id() for _ in range(TENANTS)]
    with scratch.superuser() as superuser:
        superuser.execute("SET session_replication_role = replica")
        for id_ in ids:
            superuser.execute(ORGANISATION, [str(id_), f"Tenant {id_}"])
            superuser.execute(VIEW, [new_id(), id_, new_id(), str(id_)])
    return ids


def use(tenants, chance, count, mixed_up):
    """So many requests over one connection; one in a hundred breaks off in the middle."""
    try:
        for _ in range(count):
            tenant = chance.choice(tenants)
            luck = chance.random()
            try:
                with acting_as(system_actor(tenant)):
                    if luck < 0.005:
                        raise ZeroDivisionError
                    if luck < 0.01:
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT 1 / 0")
                    seen = list(SavedView.objects.values_list("name", flat=True))
            except (ZeroDivisionError, DatabaseError):
                seen = [str(tenant)]
            if seen != [str(tenant)]:
                mixed_up.append((tenant, seen))
            if luck < 0.05:
                with transaction.atomic():
                    mixed_up += SavedView.objects.values_list("name", flat=True)
    finally:
        connections.close_all()


def mix_ups(count, tenants):
    mixed_up = []
    threads = [
        Thread(target=use, args=(tenants, chance_of(seed), count // CONNECTIONS, mixed_up))
        for seed in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return mixed_up


def test_a_reused_connection_shows_nobody_elses_rows(tenants):
    assert mix_ups(2_000, tenants) == []
    none_in(2_000, f"requests over {CONNECTIONS} connections saw another tenant", "A4")


@pytest.mark.drill
def test_a_connection_reused_a_great_many_times_shows_nobody_elses_rows(tenants):
    count = full(100_000)
    assert mix_ups(count, tenants) == []
    none_in(count, f"requests over {CONNECTIONS} connections saw another tenant", "A4")
