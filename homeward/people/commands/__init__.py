"""Writing about people: registering, papers and contacts, relations, matches and merges, asking partners."""

from homeward.people.commands.asking import (
    allow_asking,
    ask_partners,
    note_possible_match,
    renew_match_tokens,
)
from homeward.people.commands.contacts import add_contact, change_contact, end_contact
from homeward.people.commands.documents import add_document, remove_document
from homeward.people.commands.matches import decide_match, search_on, start_match_search
from homeward.people.commands.merging import merge_people, undo_merge
from homeward.people.commands.recording import change_person, register_people, register_person
from homeward.people.commands.relations import end_relation, relate_people

__all__ = [
    "add_contact",
    "add_document",
    "allow_asking",
    "ask_partners",
    "change_contact",
    "change_person",
    "decide_match",
    "end_contact",
    "end_relation",
    "merge_people",
    "note_possible_match",
    "register_people",
    "register_person",
    "relate_people",
    "remove_document",
    "renew_match_tokens",
    "search_on",
    "start_match_search",
    "undo_merge",
]
