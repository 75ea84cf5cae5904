"""Trying services against the published JSON schemas, from a folder that an operator downloaded."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs

from homeward.services.hsds.coming_in import Fault

COMPILED = ("compiled/service.json", "service.json")
MOST_FAULTS = 200


class NoSchemas(ValueError):
    """The folder holds no schema of a service."""


def faults(services: Sequence[object], folder: Path) -> tuple[Fault, ...]:
    """What the published schema of a service holds against each service; at most so many."""
    validator = _validator(folder)
    found = []
    for number, one in enumerate(services, start=1):
        for error in validator.iter_errors(one):
            path = ".".join(str(part) for part in error.instance_path)
            found.append(Fault(number, path, str(error.message)[:300]))
            if len(found) == MOST_FAULTS:
                return tuple(found)
    return tuple(found)


def _validator(folder: Path) -> Any:
    """The compiled schema where there is one, otherwise the single ones that point at each other."""
    path = next((folder / name for name in COMPILED if (folder / name).is_file()), None)
    if path is None:
        raise NoSchemas(f"{folder} holds neither compiled/service.json nor service.json.")
    schema = _read(path)
    schema.setdefault("$schema", "https://json-schema.org/draft/2020-12/schema")
    schema["$id"] = _uri(path.name)
    beside = [(_uri(name), one) for name, one in _beside(path.parent)]
    registry = jsonschema_rs.Registry(beside)
    return jsonschema_rs.Draft202012Validator(schema, registry=registry, validate_formats=True)


def _beside(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.json")):
        schema = _read(path)
        schema["$id"] = _uri(path.name)
        yield path.name, schema


def _uri(name: str) -> str:
    """Where schemas that point at each other by file name stand: nowhere on the network."""
    return f"https://schemas.invalid/{name}"


def _read(path: Path) -> dict[str, Any]:
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise NoSchemas(f"{path} is not a schema.")
    return told
