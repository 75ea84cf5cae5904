"""Whoever has no part in a case gets nothing of it and changes nothing, by any route, nor learns of it.

Random probes: any route, any method, any role, with the real ids of everything about somebody else's case
in any place. What comes back is searched for that person's canaries; what others have is compared.
"""

import re
from copy import copy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from homeward.access.roles import Role
from homeward.lib.identifiers import new_id
from tests.access.operations import ROWS
from tests.access.test_operations import OPERATIONS, str_of
from tests.access.world import Nowhere
from tests.cast import ELSEWHERE, stranger
from tests.programs import Program, program_of
from tests.promises.bounds import full, none_in
from tests.promises.things import NATIVE, chance_of, pages, rows_of, some_id, world_of
from tests.sami import samis_case

pytestmark = pytest.mark.django_db

ROLES = (
    Role.CASE_MANAGER,
    Role.COORDINATOR,
    Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER,
    Role.FINANCE_OFFICER,
    Role.FIELD_OFFICER,
)
CLOSED = {row.operation: row for row in ROWS if row.foreign == 404 and row.operation in OPERATIONS}
OPEN = {row.operation: row for row in ROWS if row.operation in OPERATIONS}
# Examples that bear the same name; pages that end the walk, or take away the second factor of who walks.
LEFT_OUT = ("components", "account_logout", "set_language", "mfa_", "account_reset", "switch_hat")
ONCE = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+|(nonce-|nonce=")[\w-]+')
SAID_OF_SAMI = ("Sami", "X1234567", NATIVE)


@pytest.fixture(scope="module")
def standing(standing_cast):
    """Everything about Sami, made once for all probes."""
    return world_of(samis_case())


@pytest.fixture
def cast(standing_cast, db):
    """The cast that saw it made."""


@pytest.fixture
def sight(standing, settings):
    """Everything about Sami, and its ids."""
    settings.API_CALLS_A_MINUTE = 10**9
    world, ids = standing
    return copy(world), ids


def canaries(world):
    return [word.encode() for word in (*SAID_OF_SAMI, world.reference)]


def call(caller, row, world, chance, ids):
    """One operation of the API, with somebody else's ids in its address and its body."""
    method, path, _ = OPERATIONS[row.operation]
    names = re.findall(r"{(\w+)}", path)
    address = path.format(**{name: some_id(chance, ids, name) for name in names})
    body = None
    if row.body and chance.random() < 0.8:
        try:
            with transaction.atomic():
                body = {name: str_of(value) for name, value in row.body(world, caller).items()}
        except Exception:  # noqa: BLE001 - a body that needs another world is sent empty
            body = {}
    headers = {"If_Match": f'"{chance.choice((1, 2, 3))}"'} if row.version else {}
    return caller.call(method, address, body, **headers)


def visit(client, page, chance, ids):
    """One page, asked for or posted to, with somebody else's ids in its address and its form."""
    name, places = page
    try:
        address = reverse(name, kwargs={place: some_id(chance, ids, place) for place in places})
    except NoReverseMatch:
        return None
    if chance.random() < 0.6:
        return client.get(address)
    return client.post(
        address, {name: str(value) for name, value in ids.items()} | {"text": "x", "note": "x"}
    )


def probes(count, sight, past_policies, client_of):
    """So many probes; gives what leaked: the route, and what came back."""
    world, ids = sight
    chance, words = chance_of(), canaries(sight[0])
    callers = [program_of(role, ELSEWHERE) for role in ROLES] + [Program()]
    clients = [client_of(stranger), Client()]
    for client in clients:
        client.raise_request_exception = False
    ways = [page for page in pages() if not page[0].startswith(LEFT_OUT)]
    before, leaked = rows_of(past_policies, but=(ELSEWHERE, stranger.user_id)), []
    for _ in range(count):
        with transaction.atomic():
            if chance.random() < 0.6:
                row = chance.choice(list(OPEN.values()))
                what, answer = row.operation, call(chance.choice(callers), row, world, chance, ids)
                if answer.status_code < 300 and row.operation in CLOSED and "{" in OPERATIONS[what][1]:
                    leaked.append((what, answer.status_code))
            else:
                page = chance.choice(ways)
                what, answer = page[0], visit(chance.choice(clients), page, chance, ids)
        if answer is None or answer.streaming:
            continue
        said = answer.content + answer.headers.get("Location", "").encode()
        leaked += [(what, word) for word in words if word in said]
    after = rows_of(past_policies, but=(stranger.user_id,))
    changed = [
        (table, id_)
        for table, rows in before.items()
        for id_, row in rows.items()
        if after.get(table, {}).get(id_) != row and not counted_by_anybody(table, row, before)
    ]
    return leaked + changed


def counted_by_anybody(table, row, before):
    """Room of a service that only answers by telephone: whoever asked there says what is free."""
    services = before.get("services_service", {})
    return table == "services_room" and services.get(str(row["service_id"]), {}).get("account_id") is None


def test_random_probes_by_others_find_and_change_nothing(sight, past_policies, client_of):
    leaked = probes(400, sight, past_policies, client_of)
    assert not leaked, leaked
    none_in(400, "probes by others found or changed something", "A1")


@pytest.mark.drill
def test_a_great_many_random_probes_by_others_find_and_change_nothing(sight, past_policies, client_of):
    count = full(40_000)
    leaked = probes(count, sight, past_policies, client_of)
    assert not leaked, leaked
    none_in(count, "probes by others found or changed something", "A1")


def twins(count, sight):
    """Pairs of questions, about what is another's and about what is not there, that differ in answer."""
    world, ids = sight
    chance, nowhere = chance_of(3), Nowhere()
    callers = {role: program_of(role, ELSEWHERE) for role in {row.role for row in CLOSED.values()}}
    rows = [row for row in CLOSED.values() if row.path(nowhere, callers[row.role])]
    told_apart = []
    for _ in range(count):
        row = chance.choice(rows)
        method, path, _described = OPERATIONS[row.operation]
        names = re.findall(r"{(\w+)}", path)
        caller = callers[row.role]
        real = path.format(**{name: ids.get(name) or chance.choice(list(ids.values())) for name in names})
        none = path.format(**{name: new_id() for name in names})
        ours, nobodys = (caller.call("get" if method == "get" else method, one) for one in (real, none))
        if (ours.status_code, ours.content) != (nobodys.status_code, nobodys.content):
            told_apart.append((row.operation, ours.status_code, nobodys.status_code))
    return told_apart


def test_what_is_anothers_and_what_is_not_there_answer_alike(sight):
    assert twins(300, sight) == []
    none_in(300, "pairs of foreign and missing ids were told apart", "A3")


@pytest.mark.drill
def test_ten_thousand_pairs_answer_alike(sight):
    count = full(10_000)
    assert twins(count, sight) == []
    none_in(count, "pairs of foreign and missing ids were told apart", "A3")


def test_pages_about_what_is_anothers_and_what_is_not_there_are_alike(sight, client_of):
    _, ids = sight
    client, told_apart = client_of(stranger), []
    client.raise_request_exception = False
    asked = [
        (name, places)
        for name, places in pages()
        if places and set(places) <= set(ids) and "case_id" in places
    ]
    for name, places in asked:
        ours = client.get(reverse(name, kwargs={place: ids[place] for place in places}))
        none = client.get(reverse(name, kwargs={place: new_id() for place in places}))
        if (ours.status_code, plain(ours, places, ids)) != (none.status_code, plain(none, places, ids)):
            told_apart.append(name)
    assert not told_apart, told_apart
    assert len(asked) > 30
    none_in(len(asked), "pages told a foreign case from a missing one", "A3")


def plain(answer, places, ids):
    """A page without what is drawn anew each time, and without the address it was asked for."""
    said = ONCE.sub(rb"\1", answer.content)
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", said)
