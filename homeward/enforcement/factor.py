"""The second factor: codes by time (RFC 6238), their secret sealed under this process's own secret."""

import base64
import hashlib
import hmac
import secrets
import struct
from io import BytesIO
from urllib.parse import quote
from uuid import UUID

import qrcode
from django.conf import settings
from qrcode.image.svg import SvgPathImage

from homeward.lib.encryption import Place, decrypt, encrypt

PERIOD, DIGITS, TOLERANCE = 30, 6, 1
PLACE = Place("firewall_enforcementaccount", "factor", UUID(int=0))


def new_secret() -> str:
    """A random secret, as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, counter: int) -> str:
    """The code of one period."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_counter(secret: str, code: str, seconds: float) -> int | None:
    """The period a code is of, one early or late allowed; None for a wrong one."""
    given, now = "".join(code.split()), int(seconds) // PERIOD
    if not given.isascii():
        return None
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(code_at(secret, counter), given):
            return counter
    return None


def sealed(secret: str) -> bytes:
    return encrypt(_key(), 1, PLACE, secret.encode())


def opened(kept: bytes) -> str:
    return decrypt({1: _key()}, PLACE, kept).decode()


def picture_of(secret: str, email: str) -> str:
    """A picture for the authenticator app to read, as an address that holds it whole."""
    address = f"otpauth://totp/Homeward:{quote(email)}?secret={secret}&issuer=Homeward"
    out = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def _key() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"homeward.enforcement.factor", hashlib.sha256)
