"""Secrets that are shown once. They name their organisation, because nothing is seen before it is known."""

import hashlib
import secrets
from uuid import UUID


def new_token(organisation_id: UUID, prefix: str = "") -> str:
    """`<prefix><organisation>_<secret>`, safe in an address."""
    return f"{prefix}{organisation_id.hex}_{secrets.token_urlsafe(32)}"


def digest_of(token: str) -> str:
    """What is kept of a token. It is random and long, so one round of hashing is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def organisation_of(token: str, prefix: str = "") -> UUID | None:
    """The organisation a token names, or None when it is no token of that kind."""
    named = token.removeprefix(prefix).partition("_")[0]
    if not token.startswith(prefix) or len(named) != 32:
        return None
    try:
        return UUID(hex=named)
    except ValueError:
        return None
