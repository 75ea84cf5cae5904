"""What the documents tell operators is what there is."""

import re

import pytest

from homeward.config.cli import make_parser
from homeward.config.places import project_directory

ROOT = project_directory()
INTERNAL = {"HOMEWARD_OWN_DATABASE"}
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_documented():
    code = "".join(
        file.read_text() for file in [*(ROOT / "homeward").rglob("*.py"), ROOT / "tools" / "browser"]
    )
    used = set(re.findall(r"\bHOMEWARD_[A-Z_]*[A-Z]\b", code)) - INTERNAL
    told = set(re.findall(r"\bHOMEWARD_[A-Z_]+\b", (ROOT / "docs" / "operate" / "settings.md").read_text()))
    assert sorted(used - told) == []
    assert sorted(told - used) == []


def test_every_command_that_documents_name_exists():
    known = set(make_parser()._subparsers._group_actions[0].choices)
    named = {
        (document.name, command)
        for document in DOCUMENTS
        for command in re.findall(r"(?:^|`|bin/)homeward ([a-z]+)\b", document.read_text(), re.MULTILINE)
    }
    assert sorted(pair for pair in named if pair[1] not in known) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []
