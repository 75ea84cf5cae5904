"""The neutral texts, checked when they are read; a file of the installation's own may word them otherwise."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from homeward.texting.neutrality import Fault, faults_of_template
from homeward.texting.rules import LANGUAGES, Saying

Texts = Mapping[Saying, Mapping[str, str]]


class NotNeutral(ValueError):
    """A text in the file says too much, says it in too many signs, or is missing; tells where."""


def text_of(told: Saying, language: str, **given: str | int) -> str:
    """One text in the person's language, or in English where there is none in theirs."""
    words = neutral_texts()[told]
    return words.get(language, words["en"]).format(**given)


def neutral_texts() -> Texts:
    """The texts of this installation."""
    return _read_once(settings.MESSAGE_TEXTS_FILE)


def read_texts(content: str, shipped: Mapping[str, Mapping[str, object]]) -> Texts:
    """The texts in a file, or NotNeutral; which placeholders a text may have, only the shipped one says."""
    found: dict[str, dict[str, str]] = json.loads(content)
    faults = {
        f"{told}.{language}": _faults(found, shipped, told, language)
        for told in Saying
        for language in LANGUAGES
    }
    wrong = [f"{where}: {', '.join(sorted(each))}" for where, each in faults.items() if each]
    if wrong:
        raise NotNeutral("; ".join(wrong))
    return {told: {language: found[told][language] for language in LANGUAGES} for told in Saying}


def _faults(
    found: Mapping[str, Mapping[str, str]],
    shipped: Mapping[str, Mapping[str, object]],
    told: Saying,
    language: str,
) -> frozenset[Fault]:
    allowed = shipped[told]["placeholders"]
    text = found.get(told, {}).get(language, "")
    return faults_of_template(text, allowed if isinstance(allowed, list) else ())


@cache
def _read_once(path: Path) -> Texts:
    shipped = json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))
    return read_texts(path.read_text("utf-8"), shipped)
