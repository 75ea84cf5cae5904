"""Giving cases and files a reference that nobody else has, drawn anew when chance drew one twice."""

from collections.abc import Callable, Sequence

from django.db import IntegrityError, transaction

from homeward.cases.models import Case, File
from homeward.lib.identifiers import new_reference

DRAWS = 5  # a second draw is needed once in some hundred thousand cases of a million, a sixth never


def save_numbered(prefix: str, rows: Sequence[Case] | Sequence[File], save: Callable[[], None]) -> None:
    """Save rows under references of their own. Taken ones may be out of sight, so only saving tells."""
    for left in reversed(range(DRAWS)):
        for row in rows:
            row.reference = new_reference(prefix)
        try:
            with transaction.atomic():
                save()
            return
        except IntegrityError as error:
            if not left or not _is_taken(error):
                raise


def _is_taken(error: IntegrityError) -> bool:
    told = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None) or ""
    return name.startswith(("cases_case_reference", "cases_file_reference"))
