"""Ids become pseudonyms by a key of the extract: equal within it, unrelated beyond it.

An id is one block of 16 bytes, so AES under a key that belongs to the extract and to the kind of id is a
keyed permutation of ids: no two meet, and without the key none leads back. A million take
a tenth of a second.
"""

import hashlib

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
LENGTH = 26
BLOCK = 16
Blocks = npt.NDArray[np.uint64]  # one row for each id: the high and the low half


class Pseudonyms:
    """The pseudonyms of one extract; `key` is 32 random bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, ids: bytes) -> Blocks:
        """Pseudonyms of ids that stand one after the other, 16 bytes each."""
        own = hashlib.blake2b(kind.encode(), key=self._key, digest_size=32).digest()
        # One block at a time is what a permutation of ids is; nothing longer is encrypted here.
        encryptor = Cipher(algorithms.AES256(own), modes.ECB()).encryptor()  # noqa: S305
        return (
            np.frombuffer(encryptor.update(ids) + encryptor.finalize(), dtype=">u8")
            .reshape(-1, 2)
            .astype(np.uint64)
        )


def as_letters(blocks: Blocks) -> npt.NDArray[np.uint8]:
    """Base 32 without padding, in small letters, 26 of them for each row; the order is the numbers' own."""
    high, low = blocks[:, 0], blocks[:, 1]
    told = np.empty((len(blocks), LENGTH), dtype=np.uint8)
    for place in range(LENGTH):
        told[:, place] = LETTERS[(_five_bits(high, low, place * 5) & np.uint64(31)).astype(np.intp)]
    return told


def _five_bits(
    high: npt.NDArray[np.uint64], low: npt.NDArray[np.uint64], start: int
) -> npt.NDArray[np.uint64]:
    if start + 5 <= 64:
        return high >> np.uint64(59 - start)
    if start < 64:
        beyond = start + 5 - 64
        return (high << np.uint64(beyond)) | (low >> np.uint64(64 - beyond))
    if start + 5 <= 128:
        return low >> np.uint64(123 - start)
    return low << np.uint64(start + 5 - 128)
