"""What somebody searched for among people, kept in their session; only a random key stands in the address."""

import secrets

from django.http import HttpRequest

SESSION = "people_searches"
KEPT = 5


def keep(request: HttpRequest, text: str) -> str:
    """Remember the words until the session ends, at most a few of them; returns their key."""
    kept: dict[str, str] = request.session.get(SESSION, {})
    key = secrets.token_urlsafe(6)
    request.session[SESSION] = dict([*kept.items(), (key, text)][-KEPT:])
    return key


def recall(request: HttpRequest, key: str) -> str:
    """The words behind a key of this session, or none."""
    return str(request.session.get(SESSION, {}).get(key, ""))
