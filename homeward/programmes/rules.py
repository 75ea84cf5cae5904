"""Versions of a programme: what may be done with them, and which is in force. Pure."""

from datetime import date
from enum import StrEnum


class VersionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class Part(StrEnum):
    """What an organisation does in a programme beside running it."""

    DONOR = "donor"
    PARTNER = "partner"


def earliest_effect(today: date, last: date | None) -> date | None:
    """From when the next version may take effect: any day for a first one, never over the days of another."""
    return None if last is None else max(today, last)
