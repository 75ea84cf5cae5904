"""The only questions this process asks, with their columns: a new one shows when it is named here."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Account:
    """What a sign-in is compared with."""

    id: UUID
    password: str = field(repr=False)
    factor: bytes = field(repr=False)
    last_code: int
    is_closed: bool


@dataclass(frozen=True)
class SignedIn:
    """Who reads, and for which body."""

    name: str
    body: str


@dataclass(frozen=True)
class Notice:
    """All that is shown of one journey."""

    pseudonym: str
    travels_on: date
    flight: str
    document_status: str
    necessity: str
    made_at: datetime
    made_by_name: str
    organisation_name: str


@dataclass(frozen=True)
class Invitation:
    name: str
    email: str
    body: str


def account_of(email: str) -> Account | None:
    rows = _ask(
        "SELECT account, password, factor, last_code, is_closed FROM enforcement_account(%s)", email.strip()
    )
    return Account(rows[0][0], rows[0][1], bytes(rows[0][2]), *rows[0][3:]) if rows else None


def note_failure(account_id: UUID) -> None:
    _ask("SELECT enforcement_failed(%s)", account_id)


def begin_session(account_id: UUID, code: int, secret: str) -> bool:
    """False when the code was used before, or the account was closed or ended meanwhile."""
    return bool(_ask("SELECT enforcement_begin(%s, %s, %s)", account_id, code, digest_of(secret))[0][0])


def signed_in(secret: str) -> SignedIn | None:
    rows = _ask("SELECT name, body FROM enforcement_session(%s)", digest_of(secret)) if secret else []
    return SignedIn(*rows[0]) if rows else None


def notices_for(secret: str) -> list[Notice]:
    """The notices made for the reader's body; reading them is an entry on the trail of both sides."""
    rows = _ask(
        "SELECT pseudonym, travels_on, flight, document_status, necessity, made_at, made_by_name, "
        "organisation_name FROM enforcement_notices(%s)",
        digest_of(secret),
    )
    return [Notice(*row) for row in rows]


def end_session(secret: str) -> None:
    _ask("SELECT enforcement_end(%s)", digest_of(secret))


def invitation_of(secret: str) -> Invitation | None:
    rows = _ask("SELECT name, email, body FROM enforcement_invited(%s)", digest_of(secret))
    return Invitation(*rows[0]) if rows else None


def accept(secret: str, password: str, factor: bytes) -> bool:
    return bool(_ask("SELECT enforcement_accept(%s, %s, %s)", digest_of(secret), password, factor)[0][0])


def digest_of(secret: str) -> str:
    """What is kept of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _ask(question: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return list(cursor.fetchall())
