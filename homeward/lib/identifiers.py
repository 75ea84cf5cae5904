"""Keys for machines and references for people to say aloud."""

import secrets
import time
from uuid import UUID

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # 30 signs; none is easily taken for another
REFERENCE_SIGNS = 8


def new_id() -> UUID:
    """A UUIDv7: sorted by the millisecond it was made, otherwise random."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def new_reference(prefix: str) -> str:
    """A random reference such as HW-7K3M-92QX-4; the last sign catches any one wrong or swapped sign."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_SIGNS))
    return f"{prefix}-{signs[:4]}-{signs[4:]}-{check_sign(signs)}"


def check_sign(signs: str) -> str:
    """The check sign (Luhn modulo N over ALPHABET) for `signs`."""
    base, factor, total = len(ALPHABET), 2, 0
    for sign in reversed(signs):
        product = factor * ALPHABET.index(sign)
        total += product // base + product % base
        factor = 3 - factor
    return ALPHABET[-total % base]


def clean_reference(text: str) -> str | None:
    """The reference that `text` was meant to be, or None when a sign is wrong or missing."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    prefix, body = signs[:2], signs[2:]
    if len(body) != REFERENCE_SIGNS + 1 or any(sign not in ALPHABET for sign in body):
        return None
    if check_sign(body[:-1]) != body[-1]:
        return None
    return f"{prefix}-{body[:4]}-{body[4:8]}-{body[8]}"
