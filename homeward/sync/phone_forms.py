"""A form as telephones get it: the hidden key of whom it is about becomes a choice from the officer's visits.

Pure. Answers come back under the same path as from any other place, so that the form stays one form.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import md5
from xml.sax.saxutils import escape

from homeward.surveys.rules import RESPONDENT

VISITS = "visits.csv"
LIST = "homeward_visits"
LABEL = "homeward_visit:label"
WORDS: Mapping[str, str] = {
    "en": "Which visit is this?",
    "fr": "De quelle visite s’agit-il ?",
    "ar": "أيّ زيارة هذه؟",
}
TRANSLATION = re.compile(r'<translation\b[^>]*?\blang="([^"]*)"[^>]*>')
LANGUAGE = re.compile(r"\(([a-z]{2,3})\)|^([a-z]{2,3})$")


@dataclass(frozen=True)
class PhoneForm:
    """A form as telephones get it, what tells them whether it changed, and whether it needs their visits."""

    xform: str = field(repr=False)
    hash: str
    asks_for_visit: bool


def phone_form(xform: str, code: str) -> PhoneForm:
    """What telephones get of a form; a form that names the list of visits itself is left as it is."""
    made = for_phones(xform, code)
    told = md5(made.encode(), usedforsecurity=False).hexdigest()
    return PhoneForm(made, told, f"jr://file-csv/{VISITS}" in made)


def for_phones(xform: str, code: str) -> str:
    """The form with the choice of a visit as its first question, where it has room for the answer."""
    place = _place(xform)
    body = re.search(r"<h:body\b[^>]*>", xform)
    if not place or body is None:
        return xform
    has_languages = TRANSLATION.search(xform) is not None
    label = f"<label ref=\"jr:itext('{LABEL}')\"/>" if has_languages else f"<label>{WORDS['en']}</label>"
    mine = f"instance('{LIST}')/root/item[instrument = '{code}']"
    question = (
        f'<select1 ref="{place}" appearance="minimal">{label}<itemset nodeset="{escape(mine)}">'
        '<value ref="name"/><label ref="label"/></itemset></select1>'
    )
    xform = xform[: body.end()] + question + xform[body.end() :]
    xform = xform.replace("<bind ", f'<instance id="{LIST}" src="jr://file-csv/{VISITS}"/><bind ', 1)
    return TRANSLATION.sub(_with_words, xform)


def _with_words(translation: re.Match[str]) -> str:
    found = LANGUAGE.search(translation[1].strip().lower())
    words = WORDS.get((found[1] or found[2]) if found else "en", WORDS["en"])
    return f'{translation[0]}<text id="{LABEL}"><value>{words}</value></text>'


def _place(xform: str) -> str:
    """Where the key stands in the form, when no question of the form asks for it already."""
    bound = re.search(rf'<bind\b[^>]*\bnodeset="(/[^"]*/{RESPONDENT})"', xform)
    if bound is None or "'" in bound[1] or f'ref="{bound[1]}"' in xform:
        return ""
    return bound[1]
