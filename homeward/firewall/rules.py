"""What a notice may hold, how long a protocol stands, and what may not be written in a reason. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

# Everything an enforcement body is ever shown of anybody. To widen it is to change this line, the function of
# the database that a migration made, and the test that compares them: a release, never a setting.
PROJECTION = (
    "pseudonym",
    "travels_on",
    "flight",
    "document_status",
    "necessity",
    "made_at",
    "made_by_name",
    "organisation_name",
)
LONGEST_PROTOCOL = timedelta(days=366)
SHOWN_AFTER_TRAVEL = timedelta(days=30)
SHORTEST_NECESSITY = 30
SHORTEST_NAME = 3


class DocumentStatus(StrEnum):
    """Whether the person can cross the border with what they hold."""

    HELD = "held"
    APPLIED_FOR = "applied_for"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


def is_live(starts_on: date, ends_on: date, is_approved: bool, is_ended: bool, today: date) -> bool:
    """True when notices may be made under a protocol."""
    return is_approved and not is_ended and starts_on <= today <= ends_on


def names_in(text: str, names: Iterable[str]) -> bool:
    """True when a text holds a part of one of these names, whatever its case and accents."""
    words = set(_folded(text).split())
    return any(
        part in words for name in names for part in _folded(name).split() if len(part) >= SHORTEST_NAME
    )


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
