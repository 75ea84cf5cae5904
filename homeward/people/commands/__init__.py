"""Writing about people: registering, papers and contacts, relations, matches and merges."""

from homeward.people.commands.recording import (
    add_contact,
    add_document,
    change_person,
    register_person,
    relate_people,
)

__all__ = [
    "add_contact",
    "add_document",
    "change_person",
    "register_person",
    "relate_people",
]
