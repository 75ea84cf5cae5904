"""Frozen dataclasses from JSON and back, saying by its path what does not fit. Pure."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem

Read = TypeVar("Read")
LONGEST_TEXT = 2000
MOST_PARTS = 200


class TermsInvalid(Problem):
    """What a programme's terms say cannot be used; `fields` has the path of what is wrong."""

    status = 422
    code = "terms_invalid"
    message = _("The programme's terms need another look.")


def wrong(path: str, message: str | Promise) -> TermsInvalid:
    """The problem of one place in the terms."""
    return TermsInvalid(fields={path or "terms": message})


def from_json(kind: type[Read], given: object, path: str = "") -> Read:
    """A value of `kind`, or TermsInvalid with the path of the first thing that does not fit."""
    read: Read = _read(kind, given, path)
    return read


def to_json(value: object) -> Any:
    """Plain JSON of a value that `from_json` would read again."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: to_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [to_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _read(kind: Any, given: object, path: str) -> Any:
    if get_origin(kind) in (Union, UnionType):
        [kind] = [one for one in get_args(kind) if one is not NoneType]
        return None if given is None else _read(kind, given, path)
    if get_origin(kind) is tuple:
        return _several(get_args(kind)[0], given, path)
    if is_dataclass(kind):
        return _whole(kind, given, path)
    return _single(kind, given, path)


def _several(kind: Any, given: object, path: str) -> tuple[Any, ...]:
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        raise wrong(path, _("A list is needed here."))
    return tuple(_read(kind, one, f"{path}.{place}") for place, one in enumerate(given))


def _whole(kind: Any, given: object, path: str) -> Any:
    if not isinstance(given, Mapping):
        raise wrong(path, _("Several named values are needed here."))
    parts = {part.name: part for part in fields(kind)}
    unknown = [ascii(name)[1:-1] for name in given if name not in parts]
    if unknown:
        raise wrong(_under(path, unknown[0][:60]), _("Nothing of this name is known here."))
    hints = _hints(kind)
    return kind(**{name: _part(part, hints[name], given, path) for name, part in parts.items()})


def _part(part: "Field[Any]", kind: Any, given: Mapping[str, object], path: str) -> Any:
    if part.name in given:
        return _read(kind, given[part.name], _under(path, part.name))
    if part.default is not MISSING:
        return part.default
    raise wrong(_under(path, part.name), _("An answer is needed here."))


def _single(kind: Any, given: object, path: str) -> Any:
    if kind is object:
        return given
    if kind is date or issubclass(kind, StrEnum):
        return _parsed(kind, given, path)
    if type(given) is not kind:
        names = {str: _("A text is needed here."), int: _("A whole number is needed here.")}
        raise wrong(path, names.get(kind, _("Yes or no is needed here.")))
    if isinstance(given, str) and not _can_be_kept(given):
        raise wrong(path, _("This text is too long."))
    return given


def _can_be_kept(text: str) -> bool:
    """Not too long, and nothing in it that PostgreSQL keeps no text with."""
    return len(text) <= LONGEST_TEXT and not re.search("[\x00\ud800-\udfff]", text)


def _parsed(kind: Any, given: object, path: str) -> Any:
    try:
        return date.fromisoformat(str(given)) if kind is date else kind(given)
    except ValueError:
        message = _("A date is needed here.") if kind is date else _("This is not one of the choices.")
        raise wrong(path, message) from None


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
