"""What a process is given in its environment, read alike by the settings of every process."""

from os import environ
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def required(name: str) -> str:
    """An environment variable without which nothing may start."""
    value = environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. See docs/operate/settings.md.")
    return value


def database(url: str) -> dict[str, object]:
    """A Django database from postgresql://user:password@host/name?host=/socket/directory."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    # Planning under row-level security costs more than running: a statement is planned once a connection.
    is_prepared = query.pop("prepared", "on") == "on"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "OPTIONS": {"server_side_binding": is_prepared, "prepare_threshold": 2 if is_prepared else None}
        | query,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
