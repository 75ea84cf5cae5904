"""Reading what the database shows of the directory when nobody is signed in, or one place is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

SET = "SELECT set_config(%s, %s, true)"


@contextmanager
def reading_publicly() -> Iterator[None]:
    """Show this transaction the public part of the directory: nothing restricted, nothing of anybody else."""
    with _on("homeward.public_directory", "on"):
        yield


@contextmanager
def opened(service_id: UUID) -> Iterator[None]:
    """Show this transaction where one restricted service is; whoever calls this keeps the reason."""
    with _on("homeward.opened_service", str(service_id)):
        yield


@contextmanager
def _on(setting: str, value: str) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(SET, [setting, value])
        yield
        if not connection.needs_rollback:  # a released savepoint would keep what was set inside it
            with connection.cursor() as cursor:
                cursor.execute(SET, [setting, ""])
