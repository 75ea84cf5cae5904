"""One of everything about Sami, and every way in: what others are sent to look for."""

import random

from django.db import transaction
from django.urls import URLResolver, get_resolver

from homeward.lib.identifiers import new_id
from tests.access.world import World
from tests.promises import catalogue

SEED = 20261122
PROGRAMS = ("api", "sync")
NATIVE = "سامي مثال"


def chance_of(seed=SEED):
    """The same luck each time."""
    return random.Random(seed)  # noqa: S311 - not for secrets


def world_of(case):
    """Sami's world with everything in it that can stand side by side, and the ids of all of it."""
    world, ids = World(case), {}
    for name in (name for name in dir(world) if name.endswith("_id")):
        try:
            with transaction.atomic():
                ids[name] = getattr(world, name)
        except Exception:  # noqa: BLE001, S112 - what cannot be beside the rest is left out
            continue
    return world, ids


def pages():
    """Name and parameters of every page."""
    return [(name, places) for name, places in _entries(get_resolver(), []) if name]


def _entries(resolver, places):
    for entry in resolver.url_patterns:
        here = [*places, *entry.pattern.converters]
        if not isinstance(entry, URLResolver):
            yield entry.name, here
        elif not str(entry.namespace or "").startswith(PROGRAMS):
            yield from _entries(entry, here)


def rows_of(past_policies, but=()):
    """Every row there is, in every protected table, by table and id; without those that name one of `but`."""
    found = {}
    for table in catalogue.protected_tables():
        if not catalogue.may_read(table.name):
            continue
        rows = past_policies(f'SELECT * FROM "{table.name}"')
        found[table.name] = {
            str(row["id"]): row
            for row in rows
            if "id" in row and not any(str(other) in str(row) for other in but)
        }
    return {table: rows for table, rows in found.items() if rows}


def some_id(chance, ids, name):
    """What a probe puts in a place: mostly the real thing, else something real of another kind."""
    if name in ids and chance.random() < 0.7:
        return ids[name]
    return chance.choice([*ids.values(), new_id()])
