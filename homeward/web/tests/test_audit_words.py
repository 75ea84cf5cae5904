"""The trail speaks: every verb has words, in each language of the interface."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

import homeward
from homeward.access.actions import Action
from homeward.web.audit_words import ACTIONS, REFUSED, action_words

# Verbs that the database itself writes.
IN_SQL = re.compile(r"PERFORM \w+_note\([^;]*?'([a-z_]+\.[a-z_]+)'")


def written_by_the_database():
    migrations = Path(homeward.__path__[0]).glob("*/migrations/*.py")
    return {verb for path in migrations for verb in IN_SQL.findall(path.read_text())}


def test_every_verb_has_words():
    assert "notice.read" in written_by_the_database()
    every = {str(action) for action in Action} | written_by_the_database()
    assert every <= set(ACTIONS), f"say in web/audit_words.py what these are: {sorted(every - set(ACTIONS))}"


def test_there_are_no_words_for_verbs_that_are_gone():
    assert set(ACTIONS) - {REFUSED} <= {str(action) for action in Action} | written_by_the_database()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_no_verb_is_left_in_english(language):
    with override("en"):
        english = {code: str(words) for code, words in ACTIONS.items()}
    with override(language):
        assert not [code for code, words in english.items() if str(action_words(code)) == words]
