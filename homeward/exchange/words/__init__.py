"""Lists of words come in as TOML beside this file; lookups from folded word to code go out."""

import tomllib
from functools import cache
from pathlib import Path

WordList = dict[str, list[str]]


@cache
def word_lists(name: str) -> dict[str, WordList]:
    """The sections of one file, as they were written."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
