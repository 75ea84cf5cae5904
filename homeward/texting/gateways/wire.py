"""Posting to a gateway: encrypted, to the internet only, following no redirect, within a time."""

import socket
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from homeward.texting.gateways.shapes import Outgoing

MOST_READ = 64_000


class NotReached(Exception):
    """Nobody answered, or the answer got lost: it may have been taken all the same."""


@dataclass(frozen=True)
class Answer:
    """What a gateway answered."""

    status: int
    body: bytes = field(repr=False)


def is_possible(address: str) -> bool:
    """Whether something may be posted to this address at all."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    schemes = ("https", "http") if settings.MESSAGE_LOCAL_GATEWAYS else ("https",)
    is_bare = not (parts.username or parts.password or parts.fragment)
    return parts.scheme in schemes and bool(parts.hostname) and port != 0 and is_bare


def post(outgoing: Outgoing) -> Answer:
    """Post once. Addresses inside the own network are refused unless the installation says otherwise."""
    if not is_possible(outgoing.address):
        raise NotReached
    parts = urlsplit(outgoing.address)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    patience = settings.MESSAGE_PATIENCE_SECONDS
    with closing(made(parts.hostname or "", parts.port, timeout=patience)) as connection:
        try:
            connection.connect()
            _require_outside(connection.sock)
            connection.request("POST", path, outgoing.body, dict(outgoing.headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(MOST_READ))
        except (OSError, HTTPException) as lost:
            raise NotReached from lost


def _require_outside(line: socket.socket) -> None:
    """Look at whom we are really connected with, whatever the name said a moment before."""
    if not settings.MESSAGE_LOCAL_GATEWAYS and not ip_address(line.getpeername()[0]).is_global:
        raise NotReached
