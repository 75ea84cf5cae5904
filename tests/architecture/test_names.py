from pathlib import Path

import homeward

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "managers", "signals"}


def test_no_module_has_a_name_that_says_nothing():
    files = Path(homeward.__path__[0]).rglob("*.py")
    assert [str(file) for file in files if VAGUE & {file.stem, file.parent.name}] == []
