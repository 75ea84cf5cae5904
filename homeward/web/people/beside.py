"""Two records side by side, with what differs marked. Sealed numbers stay sealed: only whether they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from homeward.access.actor import Actor
from homeward.casework.queries import cases_of_people
from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.people.queries import CaseSeen, contacts_of_people, documents_of_people
from homeward.people.rules import PHONE_KINDS, Sex
from homeward.web.conflict import partial_date_in_words
from homeward.web.people.words import DOCUMENTS, SEXES, birth_in_words

if TYPE_CHECKING:
    from homeward.people.models import Contact, Document, Person

ENDING = 2  # digits of a telephone that are shown


@dataclass(frozen=True)
class Line:
    """One fact of both; what is unknown on one side differs from nothing."""

    label: str | Promise
    one: str | SafeString
    other: str | SafeString

    @property
    def differs(self) -> bool:
        return bool(self.one and self.other) and self.one != self.other


@dataclass(frozen=True)
class Known:
    """What comparing needs of several people, read in few queries."""

    documents: Mapping[UUID, Sequence[Document]]
    contacts: Mapping[UUID, Sequence[Contact]]
    cases: Mapping[UUID, Sequence[CaseSeen]]


def known_of(actor: Actor, people: Sequence[Person]) -> Known:
    """Papers, telephones and cases of all these people."""
    ids = {person.id for person in people}
    return Known(documents_of_people(actor, ids), contacts_of_people(actor, ids), cases_of_people(actor, ids))


def lines(one: Person, other: Person, known: Known) -> list[Line]:
    """The facts of both, one below the other."""
    languages = get_language() or "en"
    return [
        Line(_l("Name"), _bdi(_latin(one)), _bdi(_latin(other))),
        Line(_l("In their own script"), _bdi(one.native_name), _bdi(other.native_name)),
        Line(_l("Born"), _born(one), _born(other)),
        Line(_l("Sex"), _sex(one), _sex(other)),
        Line(_l("Nationality"), _countries(one, languages), _countries(other, languages)),
        Line(_l("Languages"), _languages(one, languages), _languages(other, languages)),
        Line(_l("Papers"), *_papers(known.documents.get(one.id, ()), known.documents.get(other.id, ()))),
        Line(
            _l("Telephone"),
            _phones(known.contacts.get(one.id, ())),
            _phones(known.contacts.get(other.id, ())),
        ),
        Line(_l("Cases"), _cases(known.cases.get(one.id, ())), _cases(known.cases.get(other.id, ()))),
    ]


def _latin(person: Person) -> str:
    return " ".join(part for part in (person.given_names, person.family_name) if part)


def _bdi(text: str) -> str | SafeString:
    return format_html("<bdi>{}</bdi>", text) if text else ""


def _born(person: Person) -> str:
    birth = person.birth
    return (birth_in_words(birth) or partial_date_in_words(birth)) if birth else ""


def _sex(person: Person) -> str:
    return "" if person.sex == Sex.UNKNOWN else str(SEXES[person.sex])


def _countries(person: Person, language: str) -> str:
    return ", ".join(sorted(country_name(code, language) for code in person.nationalities))


def _languages(person: Person, language: str) -> str:
    return ", ".join(sorted(language_name(code, language) for code in person.languages))


def _papers(one: Sequence[Document], other: Sequence[Document]) -> tuple[str, str]:
    shared = _numbers(one) & _numbers(other)
    return _papers_of(one, shared), _papers_of(other, shared)


def _papers_of(documents: Sequence[Document], shared: set[bytes]) -> str:
    told = []
    for document in documents:
        kind = str(DOCUMENTS[document.kind])
        agrees = bytes(document.number_index) in shared
        told.append(_("%s, the same number on both") % kind if agrees else _("%s, number sealed") % kind)
    return "; ".join(sorted(told))


def _numbers(documents: Sequence[Document]) -> set[bytes]:
    return {bytes(document.number_index) for document in documents}


def _phones(contacts: Sequence[Contact]) -> str:
    endings = sorted(
        contact.value.strip()[-ENDING:]
        for contact in contacts
        if contact.kind in PHONE_KINDS and contact.value
    )
    if not endings:
        return ""
    return ngettext("ends in %s", "end in %s", len(endings)) % ", ".join(endings)


def _cases(cases: Sequence[CaseSeen]) -> str | SafeString:
    return format_html_join(
        ", ", '<span class="ref" dir="ltr">{}</span>', ((case.reference,) for case in cases)
    )
