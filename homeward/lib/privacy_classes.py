"""How sensitive a field is. Every model names the class of each of its fields."""

from collections.abc import Mapping
from enum import IntEnum


class PrivacyClass(IntEnum):
    """Severity of harm if the value reaches the wrong eyes (0 none to 4 severe)."""

    PUBLIC = 0
    INTERNAL = 1
    PERSONAL = 2
    SENSITIVE = 3
    SEALED = 4


def classes(
    *, public: str = "", internal: str = "", personal: str = "", sensitive: str = "", sealed: str = ""
) -> Mapping[str, PrivacyClass]:
    """Name each field once, in one blank-separated string per class."""
    named = zip(PrivacyClass, (public, internal, personal, sensitive, sealed), strict=True)
    found: dict[str, PrivacyClass] = {}
    for privacy_class, fields in named:
        for field in fields.split():
            if field in found:
                raise ValueError(f"{field} has two privacy classes")
            found[field] = privacy_class
    return found
