"""Sealed values: bound to their place, no nonce twice, readable through a rotation, gone with their key.

The small form runs with every other test, the full one with `make drill`.
"""

import os
import random
import signal
import time
from array import array
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.encryption import FORMAT, HEADER, NONCE_BYTES, Place, Unreadable, decrypt, encrypt, new_key
from homeward.lib.key_files import add_master_key, create_keys, signer_path
from homeward.privacy.commands import destroy_keys, rewrap_keys
from homeward.privacy.models import SubjectKey
from homeward.privacy.sealing import Erased, keys_of, make_keys
from tests.cast import RETURN_PARTNERS, nora
from tests.promises.bounds import full, none_in

TIMER = system_actor(RETURN_PARTNERS)
ALTERATIONS = 10_000
COLUMNS = [("cases_counselling", "summary"), ("people_document", "number"), ("cases_travel", "medical_items")]


@pytest.fixture
def keys_file(cast, settings, tmp_path):
    settings.KEYS_FILE = tmp_path / "keys.json"
    create_keys(settings.KEYS_FILE, signer_path(settings.KEYS_FILE))


def places(chance, count):
    return [Place(*chance.choice(COLUMNS), UUID(int=chance.getrandbits(128))) for _ in range(count)]


def altered(chance, sealed, others):
    """The value shortened, lengthened, with one bit turned, or another's in its place."""
    kind = chance.randrange(5)
    if kind == 0:
        return sealed[: chance.randrange(len(sealed))]
    if kind == 1:
        return sealed + bytes([chance.randrange(256)])
    if kind == 2:
        return chance.choice(others)
    if kind == 3:  # cut in the middle: nonce of one, text of another
        other = chance.choice(others)
        return sealed[: HEADER.size + NONCE_BYTES] + other[HEADER.size + NONCE_BYTES :]
    bit = chance.randrange(len(sealed) * 8)
    return bytes(byte ^ (1 << bit % 8 if at == bit // 8 else 0) for at, byte in enumerate(sealed))


def test_no_swapped_cut_or_altered_value_opens_or_reads_as_empty():
    chance = random.Random(20_260_102)
    keys = {1: new_key(), 2: new_key(), 0: new_key()}
    where = places(chance, 500)
    sealed = [
        encrypt(keys[at % 3], at % 3, place, chance.randbytes(at % 90)) for at, place in enumerate(where)
    ]
    for _ in range(ALTERATIONS):
        at = chance.randrange(len(where))
        others = [one for one in chance.sample(sealed, 3) if one != sealed[at]]
        wrong = altered(chance, sealed[at], others)
        assert wrong != sealed[at]
        with pytest.raises(Unreadable):
            decrypt(keys, where[at], wrong)
    none_in(ALTERATIONS, "swapped, cut or altered values opened", "D2")


@pytest.mark.parametrize("part", ["table", "column", "row", "version"])
def test_a_value_is_bound_to_its_table_column_row_and_key_version(part):
    key, place = new_key(), Place("a", "b", UUID(int=1))
    sealed = encrypt(key, 3, place, b"canary")
    other = {
        "table": Place("c", "b", UUID(int=1)),
        "column": Place("a", "c", UUID(int=1)),
        "row": Place("a", "b", UUID(int=2)),
        "version": place,
    }[part]
    as_version = HEADER.pack(FORMAT, 4) + sealed[HEADER.size :] if part == "version" else sealed
    with pytest.raises(Unreadable):
        decrypt({3: key, 4: key}, other, as_version)


def repeats(count):
    """How often a nonce came twice among so many encryptions under one key, kept in little memory."""
    key, place = new_key(), Place("a", "b", UUID(int=1))
    parts = [array("Q") for _ in range(64)]
    for _ in range(count):
        nonce = encrypt(key, 0, place, b"")[HEADER.size : HEADER.size + NONCE_BYTES]
        parts[nonce[8] % 64].append(int.from_bytes(nonce[:8], "big"))
    return sum(len(part) - len(set(part)) for part in parts)


def test_no_nonce_comes_twice():
    assert repeats(100_000) == 0
    none_in(100_000, "nonces came twice under one key", "D4")


@pytest.mark.drill
def test_no_nonce_comes_twice_in_ten_million():
    count = full(10_000_000)
    assert repeats(count) == 0
    none_in(count, "nonces came twice under one key", "D4")


def test_two_processes_of_one_parent_make_different_nonces():
    key, place = new_key(), Place("a", "b", UUID(int=1))
    read, write = os.pipe()
    child = os.fork()
    mine = encrypt(key, 0, place, b"")
    if child == 0:
        os.write(write, mine)
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 200) != mine


def sealed_values(persons, each):
    """So many values of each of so many persons, with where they belong."""
    ids = [uuid4() for _ in range(persons)]
    with acting_as(nora):
        keys = make_keys(RETURN_PARTNERS, ids)
    where = [
        (person, Place("t", "c", UUID(int=at * each + n)))
        for at, person in enumerate(ids)
        for n in range(each)
    ]
    return [(person, place, keys.seal(person, place, str(place.row_id).encode())) for person, place in where]


def read_failures(values):
    """How many of these do not open to what was sealed."""
    with acting_as(nora):
        keys = keys_of(person for person, _, _ in values)
        return sum(
            keys.open(person, place, sealed) != str(place.row_id).encode() for person, place, sealed in values
        )


def rotate_under_kills(values, kills, batch):
    """Rotate in processes that are killed without warning, reading on; how many reads there were."""
    chance, reads = random.Random(7), 0
    while True:
        connections.close_all()  # each process opens its own
        child = os.fork()
        if child == 0:
            while rewrap_keys(TIMER, at_most=batch).count:
                pass
            os._exit(0)
        fatal = time.monotonic() + chance.uniform(0.02, 0.3) if kills else float("inf")
        while True:
            some = chance.sample(values, min(50, len(values)))
            assert read_failures(some) == 0
            reads += len(some)
            if os.waitpid(child, os.WNOHANG)[0]:
                return reads
            if time.monotonic() > fatal:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                kills -= 1
                break


def rotation(settings, persons, each, kills, batch):
    values = sealed_values(persons, each)
    newer = add_master_key(settings.KEYS_FILE)
    reads = rotate_under_kills(values, kills, batch)
    with acting_as(nora):
        assert not SubjectKey.objects.exclude(master_version=newer.active).exists()
    assert sum(read_failures(values[at : at + 5_000]) for at in range(0, len(values), 5_000)) == 0
    none_in(
        reads + len(values),
        f"reads failed during and after a rotation that was killed up to {kills} times",
        "D3",
    )


@pytest.mark.django_db(transaction=True)
def test_values_open_throughout_a_rotation_that_is_killed_and_goes_on(keys_file, settings):
    rotation(settings, persons=300, each=3, kills=3, batch=5)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_million_values_open_throughout_a_rotation_that_is_killed_and_goes_on(keys_file, settings):
    rotation(settings, persons=full(100_000, 500), each=10, kills=20, batch=500)


def erased(persons, each, dump):
    values = sealed_values(persons, each)
    with acting_as(nora):
        wrapped = list(SubjectKey.objects.values_list("wrapped", flat=True))
    gone = {person for person, _, _ in values}
    destroy_keys(TIMER, subject_ids=gone)
    with acting_as(nora):
        keys = keys_of(gone)
        for person, place, sealed in values:
            with pytest.raises(Erased):
                keys.open(person, place, sealed)
    text = dump()
    assert not [one for one in wrapped if bytes(one) in text]
    none_in(len(values), "values opened after their person's key was destroyed", "D5")


@pytest.fixture
def keys_as_kept():
    """The table of keys, byte for byte, as a copy taken now would hold it."""

    def dump():
        with acting_as(nora), connection.cursor() as cursor:
            cursor.execute("SELECT wrapped FROM privacy_subjectkey WHERE wrapped IS NOT NULL")
            return b"".join(bytes(row[0]) for row in cursor.fetchall())

    return dump


@pytest.mark.django_db
def test_nothing_opens_once_its_key_is_destroyed(keys_file, keys_as_kept):
    erased(persons=100, each=5, dump=keys_as_kept)


@pytest.mark.drill
@pytest.mark.django_db
def test_nothing_of_ten_thousand_people_opens_once_their_keys_are_destroyed(keys_file, keys_as_kept):
    erased(persons=full(2_000), each=50, dump=keys_as_kept)
