"""Two records side by side, with what differs marked. Sealed numbers stay sealed: only whether they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from homeward.access.actor import Actor
from homeward.casework.queries import cases_of_people
from homeward.codelists.countries import country_name
from homeward.codelists.languages import language_name
from homeward.lib.scripts import folded
from homeward.people.matching import Traits
from homeward.people.matching.prepared import prepared
from homeward.people.queries import CaseSeen, contacts_of_people, documents_of_people
from homeward.people.rules import PHONE_KINDS, Sex
from homeward.web.conflict import partial_date_in_words
from homeward.web.people.words import DOCUMENTS, SEXES, birth_in_words
from homeward.web.words_in_order import listed

if TYPE_CHECKING:
    from homeward.people.models import Contact, Document, Person

NOT_KNOWN = gettext_lazy("not known")
ENDING = 2  # digits of a telephone that are shown


@dataclass(frozen=True)
class Line:
    """One fact of both; it differs when both are known and cannot be of one person as they stand."""

    label: str | Promise
    one: str | SafeString
    other: str | SafeString
    disagrees: bool
    missing: str | Promise = NOT_KNOWN

    @property
    def differs(self) -> bool:
        return bool(self.one and self.other) and self.disagrees


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
    names = (_latin(one), _latin(other))
    return [
        _line(gettext_lazy("Name"), map(_bdi, names), folded(names[0]) != folded(names[1])),
        _own_script(one, other),
        Line(gettext_lazy("Born"), _born(one), _born(other), _births_disagree(one, other)),
        Line(gettext_lazy("Sex"), _sex(one), _sex(other), one.sex != other.sex),
        _coded(gettext_lazy("Nationality"), one.nationalities, other.nationalities, country_name),
        _coded(gettext_lazy("Languages"), one.languages, other.languages, language_name),
        _papers(known.documents.get(one.id, ()), known.documents.get(other.id, ())),
        _phones(known.contacts.get(one.id, ()), known.contacts.get(other.id, ())),
        _cases(known.cases.get(one.id, ()), known.cases.get(other.id, ())),
    ]


def _line(
    label: str | Promise, told: Iterable[str], disagrees: bool | None, missing: str | Promise = NOT_KNOWN
) -> Line:
    one, other = told
    return Line(label, one, other, bool(disagrees), missing)


def _own_script(one: Person, other: Person) -> Line:
    names = (one.native_name, other.native_name)
    return _line(gettext_lazy("In their own script"), map(_bdi, names), folded(names[0]) != folded(names[1]))


def _births_disagree(one: Person, other: Person) -> bool:
    """A year alone does not differ from a day in that year."""
    return bool(one.birth and other.birth and not one.birth.may_be(other.birth))


def _coded(label: Promise, one: Sequence[str], other: Sequence[str], name: Callable[[str, str], str]) -> Line:
    language = get_language() or "en"
    told = (listed(sorted(name(code, language) for code in codes)) for codes in (one, other))
    return _line(label, told, not set(one) & set(other))


def _latin(person: Person) -> str:
    return " ".join(part for part in (person.given_names, person.family_name) if part)


def _bdi(text: str) -> str | SafeString:
    return format_html("<bdi>{}</bdi>", text) if text else ""


def _born(person: Person) -> str:
    birth = person.birth
    return (birth_in_words(birth) or partial_date_in_words(birth)) if birth else ""


def _sex(person: Person) -> str:
    return "" if person.sex == Sex.UNKNOWN else str(SEXES[person.sex])


def _papers(one: Sequence[Document], other: Sequence[Document]) -> Line:
    shared = _numbers(one) & _numbers(other)
    return Line(gettext_lazy("Papers"), _papers_of(one, shared), _papers_of(other, shared), not shared)


def _papers_of(documents: Sequence[Document], shared: set[bytes]) -> str:
    told = []
    for document in documents:
        kind = str(DOCUMENTS[document.kind])
        agrees = bytes(document.number_index) in shared
        told.append(_("%s, the same number on both") % kind if agrees else _("%s, number sealed") % kind)
    return "; ".join(sorted(told))


def _numbers(documents: Sequence[Document]) -> set[bytes]:
    return {bytes(document.number_index) for document in documents}


def _phones(one: Sequence[Contact], other: Sequence[Contact]) -> Line:
    numbers = (_telephones(one), _telephones(other))
    shared = numbers[0] & numbers[1]
    told = (listed(_ending(number, number in shared) for number in sorted(each)) for each in numbers)
    return _line(gettext_lazy("Telephone"), told, not shared)


def _telephones(contacts: Sequence[Contact]) -> frozenset[str]:
    """Numbers in the one spelling by which the matcher compares them."""
    values = tuple(contact.value for contact in contacts if contact.kind in PHONE_KINDS)
    return prepared(Traits(phones=values)).phones


def _ending(number: str, is_shared: bool) -> str:  # noqa: FBT001 - of the number
    words = _("ends in %s, the same on both") if is_shared else _("ends in %s")
    return words % number[-ENDING:]


def _cases(one: Sequence[CaseSeen], other: Sequence[CaseSeen]) -> Line:
    told = (
        format_html_join(", ", '<span class="ref" dir="ltr">{}</span>', ((case.reference,) for case in cases))
        for cases in (one, other)
    )
    return _line(gettext_lazy("Cases"), told, None, gettext_lazy("none of yours"))
