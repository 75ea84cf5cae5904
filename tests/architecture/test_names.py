import re
from pathlib import Path

import homeward

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "managers", "signals"}


def test_no_module_has_a_name_that_says_nothing():
    files = Path(homeward.__path__[0]).rglob("*.py")
    assert [str(file) for file in files if VAGUE & {file.stem, file.parent.name}] == []


def test_words_go_through_names_that_the_catalogues_are_made_from():
    """Under another name nobody would ask for their translation: they would stay English, unseen."""
    alias = re.compile(r"import n?p?gettext(?:_lazy)? as (?!_\b)")
    files = Path(homeward.__path__[0]).rglob("*.py")
    assert [str(file) for file in files if alias.search(file.read_text())] == []
