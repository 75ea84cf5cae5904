"""Frameworks that come with Homeward: one JSON file each, to begin from or to take as they are.

Nothing here is an agreed international standard unless an indicator says so and names its source.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from homeward.indicators.definitions import definitions_from
from homeward.indicators.rules import Definition, Words


@dataclass(frozen=True)
class Catalogue:
    """One framework before anybody owns it."""

    code: str
    name: Words
    definitions: tuple[Definition, ...]


def catalogue_names() -> tuple[str, ...]:
    """The names of the files, without their ending."""
    found = (one.name for one in files(__package__).iterdir() if one.name.endswith(".json"))
    return tuple(sorted(name.removesuffix(".json") for name in found))


@cache
def catalogue(name: str) -> Catalogue:
    """One of them; KeyError when there is none of that name."""
    if name not in catalogue_names():
        raise KeyError(name)
    given = json.loads(files(__package__).joinpath(f"{name}.json").read_text("utf-8"))
    return Catalogue(given["code"], given["name"], definitions_from(given["indicators"]))
