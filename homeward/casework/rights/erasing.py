"""The statements that erase one person, table by table, each through the database's own function."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeward.casework.rights.tables import RULES, Erase
from homeward.casework.rights.walk import Links, links_of, tables

BEGIN = "SELECT homeward_begin_erasing(%s)"
ERASE = (
    "SELECT homeward_erase_rows(%s, %s::regclass, %s::name[], %s::name[], %s::name, %s::regclass, "
    "%s::name[], %s::name[], %s::text[])"
)


@dataclass(frozen=True)
class Statement:
    """One call that erases one table's rows about the person."""

    table: str
    parameters: list[Any]


def statements(person_id: UUID) -> Iterator[Statement]:
    """What to call for each table, in the order of the rules."""
    known = tables()
    for table, rule in RULES.items():
        if rule.erase == Erase.KEEP or table not in known:
            continue
        links = links_of(known[table])
        owner = links.of
        of = links_of(owner) if owner is not None else Links()
        yield Statement(
            table,
            [
                person_id,
                table,
                list(links.person),
                list(links.case),
                links.parent,
                owner._meta.db_table if owner is not None else table,
                list(of.person),
                list(of.case),
                list(rule.emptied),
            ],
        )
