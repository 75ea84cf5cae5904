"""What a subcommand calls before it touches settings or models."""

import django
from django.core.exceptions import ImproperlyConfigured

from homeward.config.cli.problems import NotReady
from homeward.config.environment import ensure_database


def ready() -> None:
    """Our own database is up (when it is ours to start) and Django is set up."""
    ensure_database()
    set_up()


def set_up() -> None:
    """Django alone, for what needs no database."""
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise NotReady(str(problem)) from None
