"""Checking what is told of a person and putting it on the record, names folded for search."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from homeward.codelists.countries import is_country, is_nationality
from homeward.lib.problems import Invalid
from homeward.lib.scripts import folded, latin
from homeward.people.models import Person
from homeward.people.rules import PersonDetails


def apply_details(person: Person, details: PersonDetails) -> None:
    """Put the details on an unsaved person, with the names folded for search."""
    birth = details.birth
    person.given_names, person.family_name = details.given_names.strip(), details.family_name.strip()
    person.native_name, person.sex = details.native_name.strip(), details.sex
    person.birth_earliest_on = birth.earliest if birth else None
    person.birth_latest_on = birth.latest if birth else None
    person.birth_precision = str(birth.precision) if birth else ""
    person.nationalities, person.languages = list(details.nationalities), list(details.languages)
    person.birth_country = details.birth_country
    person.folded_name = search_name(details.given_names, details.family_name, details.native_name)


def search_name(given_names: str, family_name: str, native_name: str) -> str:
    """The name as search sees it: folded, in both scripts, and the native one in Latin letters."""
    parts = (folded(f"{given_names} {family_name}"), folded(native_name), folded(latin(native_name)))
    return " ".join(dict.fromkeys(part for part in parts if part))[:400]


def check_details(details: PersonDetails) -> None:
    """Raise Invalid, naming the fields, unless there is a name and every country is one."""
    wrong: dict[str, object] = {}
    if not (details.given_names.strip() or details.family_name.strip() or details.native_name.strip()):
        wrong["given_names"] = _("Enter at least one name, in any script.")
    _check_countries("nationalities", details.nationalities, wrong)
    if details.birth_country:
        _check_countries("birth_country", [details.birth_country], wrong)
    if wrong:
        raise Invalid(fields=wrong)  # type: ignore[arg-type]


def _check_countries(field: str, codes: Sequence[str], wrong: dict[str, object]) -> None:
    known = is_nationality if field == "nationalities" else is_country
    if not all(known(code) for code in codes):
        wrong[field] = _("Choose a country from the list.")
