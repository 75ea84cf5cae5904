"""Extracts for the access matrix of pages: name, method, what the address names, who gets which answer."""

from homeward.extracts.commands import ask_extract
from homeward.lib.identifiers import new_id
from tests.cast import rosa

READERS = "vera rosa ines mira"


def an_extract():
    return {"extract_id": ask_extract(rosa, why="Evaluation of the spring programme").id}


def a_file():
    return an_extract() | {"file_id": new_id()}


PAGES = [
    ("extracts", "get", dict, {READERS: 200, "others": 403}),
    ("extracts", "post", dict, {"vera rosa mira": 422, "others": 403}),
    ("extract", "get", an_extract, {"rosa ines": 200, "vera mira": 404, "others": 403}),
    ("extract", "post", an_extract, {"rosa ines": 200, "vera mira": 404, "others": 403}),
    ("extract_file", "get", a_file, {"mira": 404, "others": 403}),
    ("extract", "get", lambda: {"extract_id": new_id()}, {READERS: 404, "others": 403}),
]
