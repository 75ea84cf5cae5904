"""A4: a connection used again never carries on who used it before, however that ended.

In the drill also with PgBouncer in transaction mode in between, where several clients share each connection.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
from django.db import DatabaseError, connection, connections, transaction

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.models import SavedView
from homeward.config.given import database
from homeward.config.postgres.account import server_account
from homeward.lib.identifiers import new_id
from tests.promises.bounds import full, none_in
from tests.promises.things import chance_of

pytestmark = pytest.mark.django_db(transaction=True)

TENANTS, CONNECTIONS = 200, 8
NOT_PREPARED = database("postgresql://anybody@nowhere/nothing?prepared=off")[
    "OPTIONS"
]  # PgBouncer before 1.21
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


def mix_ups(count, tenants, clients=CONNECTIONS):
    mixed_up = []
    threads = [
        Thread(target=use, args=(tenants, chance_of(seed), count // clients, mixed_up))
        for seed in range(clients)
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


@pytest.fixture
def pooler(scratch, transactional_db):
    """PgBouncer in transaction mode with eight connections, and Django's own going through it."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip(
            "PgBouncer is not installed (Debian, Ubuntu: apt install pgbouncer): not tried through it."
        )
    told, account, port = connection.settings_dict, server_account(), free_port()
    before = {name: told[name] for name in ("HOST", "PORT", "OPTIONS")}
    with tempfile.TemporaryDirectory() as directory:
        write_configuration(Path(directory), port, told)
        if account:
            for file in (directory, *Path(directory).iterdir()):
                os.chown(file, account.uid, account.gid)
        as_account = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        running = subprocess.Popen([program, "-q", f"{directory}/pgbouncer.ini"], **as_account)  # noqa: S603
        connections.close_all()
        told.update(HOST="127.0.0.1", PORT=str(port), OPTIONS=NOT_PREPARED)
        try:
            wait_for(port)
            yield running
        finally:
            connections.close_all()
            told.update(before)
            running.terminate()
            running.wait(15)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def write_configuration(directory, port, told):
    """Eight connections to the server for whoever comes, each lent for one transaction."""
    server = f"host={told['HOST']} port={told['PORT']} dbname={told['NAME']}"
    (directory / "users.txt").write_text(f'"{told["USER"]}" "{told["PASSWORD"]}"\n')
    (directory / "pgbouncer.ini").write_text(
        f"[databases]\n{told['NAME']} = {server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {directory}/users.txt\n"
        f"pool_mode = transaction\ndefault_pool_size = {CONNECTIONS}\nmax_client_conn = 200\n"
        "ignore_startup_parameters = extra_float_digits,options\n"
    )


def wait_for(port):
    for _ in range(100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise AssertionError("PgBouncer does not answer.")


@pytest.mark.drill
def test_through_a_pooler_that_lends_connections_by_transaction_nobody_is_mixed_up(tenants, pooler):
    count, clients = full(50_000, 3_000), 3 * CONNECTIONS
    assert mix_ups(count, tenants, clients) == []
    assert pooler.poll() is None, "it was there all the while"
    what = (
        f"requests of {clients} clients over {CONNECTIONS} connections lent by PgBouncer saw another tenant"
    )
    none_in(count, what, "A4")
