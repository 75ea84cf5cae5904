"""Columns every table uses; in migrations they are plain Django fields, which import nothing of ours."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from homeward.lib.identifiers import new_id

if TYPE_CHECKING:
    UUIDColumn = models.UUIDField[UUID | str, UUID]
    TextColumn = models.CharField[str, str]
else:
    UUIDColumn, TextColumn = models.UUIDField, models.CharField

Deconstructed = tuple[str, str, Sequence[Any], dict[str, Any]]


class Id(UUIDColumn):
    """The primary key: a UUIDv7 made in Python."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"primary_key": True, **given, "default": new_id, "editable": False})

    def deconstruct(self) -> Deconstructed:
        name, _path, args, given = super().deconstruct()
        return name, "django.db.models.UUIDField", args, {"primary_key": True, **_without(given, "default")}


class Choice(TextColumn):
    """One value of an enumeration, kept as its text."""

    def __init__(self, values: type[StrEnum] | None = None, **given: Any) -> None:
        if values is not None:
            given["choices"] = [(value.value, value.value) for value in values]
        given.setdefault("max_length", 40)
        super().__init__(**given)

    def deconstruct(self) -> Deconstructed:
        name, _path, args, given = super().deconstruct()
        plain = _without(given, "choices")
        if isinstance(plain.get("default"), StrEnum):
            plain["default"] = str(plain["default"])
        return name, "django.db.models.CharField", args, plain


def _without(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}
