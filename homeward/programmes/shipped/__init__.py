"""Programmes that come with Homeward, to be published as they are or changed: one JSON file each."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from homeward.programmes.terms import Terms, parse


@dataclass(frozen=True)
class Shipped:
    """A programme with its terms, before anybody runs it."""

    name: str
    code: str
    host_countries: tuple[str, ...]
    return_countries: tuple[str, ...]
    terms: Terms


def shipped_names() -> tuple[str, ...]:
    """The names of the files, without their ending."""
    found = (one.name for one in files(__package__).iterdir() if one.name.endswith(".json"))
    return tuple(sorted(name.removesuffix(".json") for name in found))


def shipped(name: str) -> Shipped:
    """One of the programmes that come along; KeyError when there is none of that name."""
    if name not in shipped_names():
        raise KeyError(name)
    return read_programme(json.loads(files(__package__).joinpath(f"{name}.json").read_text("utf-8")))


def read_programme(given: dict[str, Any]) -> Shipped:
    """A programme from the JSON of its file; TermsInvalid names what is wrong with its terms."""
    return Shipped(
        str(given["name"]),
        str(given["code"]),
        tuple(given.get("host_countries", ())),
        tuple(given.get("return_countries", ())),
        parse(given["terms"]),
    )
