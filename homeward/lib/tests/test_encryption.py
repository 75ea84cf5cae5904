from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.lib.encryption import (
    Place,
    Unreadable,
    blind_index,
    decrypt,
    encrypt,
    new_key,
    normalised,
    version_of,
)

ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
HERE = Place("people_person", "name", ROW)
KEY = new_key()


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("people_person", "name", OTHER_ROW),
        Place("people_person", "note", ROW),
        Place("cases_case", "name", ROW),
        Place("people_personn", "ame", ROW),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere):
    with pytest.raises(Unreadable):
        decrypt({1: KEY}, elsewhere, encrypt(KEY, 1, HERE, b"Amina"))


@given(st.binary(max_size=40), st.data())
def test_a_value_with_any_bit_changed_does_not_open(plaintext, data):
    sealed = bytearray(encrypt(KEY, 1, HERE, plaintext))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        decrypt({1: KEY, 3: KEY}, HERE, bytes(sealed))


@given(st.integers(0, 40))
def test_a_value_cut_short_does_not_open(kept):
    sealed = encrypt(KEY, 1, HERE, b"Amina, Al Rawi")
    with pytest.raises(Unreadable):
        decrypt({1: KEY}, HERE, sealed[:kept])


def test_a_value_does_not_open_with_another_key_or_another_version():
    sealed = encrypt(KEY, 1, HERE, b"Amina")
    with pytest.raises(Unreadable):
        decrypt({1: new_key()}, HERE, sealed)
    with pytest.raises(Unreadable):
        decrypt({2: KEY}, HERE, sealed)


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_at_its_place(plaintext):
    sealed = encrypt(KEY, 7, HERE, plaintext)
    assert version_of(sealed) == 7
    assert decrypt({7: KEY}, HERE, sealed) == plaintext


def test_the_same_value_sealed_twice_looks_different():
    assert encrypt(KEY, 1, HERE, b"Amina") != encrypt(KEY, 1, HERE, b"Amina")


@pytest.mark.slow
def test_no_nonce_is_used_twice():
    nonces = {encrypt(KEY, 1, HERE, b"")[5:17] for _ in range(200_000)}
    assert len(nonces) == 200_000


def test_a_blind_index_differs_by_key_and_by_kind():
    assert blind_index(KEY, "passport", "P 1") != blind_index(new_key(), "passport", "P 1")
    assert blind_index(KEY, "passport", "P 1") != blind_index(KEY, "phone", "P 1")


def test_a_blind_index_finds_a_number_however_it_was_typed():
    assert blind_index(KEY, "passport", "ab-123 45") == blind_index(KEY, "passport", "AB١٢٣٤٥")


def test_normalising_keeps_letters_and_digits_of_every_script():
    assert normalised("  ＡＢ–۱۲ / ß") == "ab12ss"
