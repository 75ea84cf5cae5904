"""What somebody searched for, kept in their session under a short random key.

The key stands in the address, the words never do: addresses end in histories, logs and screenshots.
Rendering the results straight from the POST would hide the words as well, but then neither the browser's
way back from a case nor reloading works without sending the form again, which is what people do all day.
"""

import secrets

from django.http import HttpRequest

SESSION = "case_searches"
KEPT = 5


def keep(request: HttpRequest, text: str) -> str:
    """Remember the words until the session ends, at most a few of them; returns their key."""
    kept: dict[str, str] = request.session.get(SESSION, {})
    key = secrets.token_urlsafe(6)
    newest = [*kept.items(), (key, text)][-KEPT:]
    request.session[SESSION] = dict(newest)
    return key


def recall(request: HttpRequest, key: str) -> str:
    """The words behind a key of this session, or none."""
    return str(request.session.get(SESSION, {}).get(key, ""))
