"""What a service is told of a person: the few fields that a need asks for, as they stand when it is sent.

`compose` is the one place that reads them; what it returns is what is shown before sending, what is sealed,
and what the recipient opens, byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actor import Actor
from homeward.cases.queries import cases_in_file, get_case
from homeward.casework.packages import Package, contact_told
from homeward.consent.queries import ground_for
from homeward.organisations.queries import own_organisation
from homeward.people.queries import contacts_of
from homeward.referrals.queries import get_referral, services_tried
from homeward.referrals.rules import ServiceAsked
from homeward.services.queries import MatchedService, get_service, matching_services, places_of
from homeward.services.rules import Needs
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.queries import may_pass_on
from homeward.sharing.rules import Basis, Category, Decision, Ground, Purpose, Refusal

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.referrals.models import Referral

Told = str | int | list[object] | None
MESSAGE = "message"
SHARED_FOR = timedelta(days=180)


@dataclass(frozen=True)
class PackageField:
    """One thing that can be told: the category of data it is, and how it is read from the case."""

    code: str
    category: Category
    read: Callable[[Actor, Case], Told]


@dataclass(frozen=True)
class Telling:
    """What somebody chose to tell a service, and why they may.

    A basis is named for who works on this installation; for anybody else, the day the person agreed.
    """

    field_codes: tuple[str, ...]
    necessity: str
    message: str = ""
    basis: Basis = Basis.CONSENT
    agreed_on: date | None = None
    approved_digest: str = ""  # of what was looked at


def _name(actor: Actor, case: Case) -> Told:
    person = case.person
    return [name for name in (person.name, person.native_name) if name]


def _age(actor: Actor, case: Case) -> Told:
    """Whole years today, only as exact as the birth date is known; never the birth date itself."""
    birth, today = case.person.birth, localdate()
    return _years(birth.earliest, today) if birth else None


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _contacts(actor: Actor, case: Case) -> Told:
    return [contact_told(one) for one in contacts_of(actor, case.person_id)]


def _family(actor: Actor, case: Case) -> Told:
    return cases_in_file(actor, case.file_id).count() if case.file_id else 1


FIELDS: Mapping[str, PackageField] = {
    one.code: one
    for one in (
        PackageField("name", Category.IDENTITY, _name),
        PackageField("age", Category.IDENTITY, _age),
        PackageField("sex", Category.IDENTITY, lambda actor, case: str(case.person.sex)),
        PackageField("nationalities", Category.IDENTITY, lambda actor, case: list(case.person.nationalities)),
        PackageField("languages", Category.IDENTITY, lambda actor, case: list(case.person.languages)),
        PackageField("contacts", Category.CONTACT, _contacts),
        PackageField("place", Category.JOURNEY, lambda actor, case: [case.return_place, case.return_country]),
        PackageField(
            "arrived_on",
            Category.JOURNEY,
            lambda actor, case: case.arrived_on.isoformat() if case.arrived_on else None,
        ),
        PackageField("family", Category.FAMILY, _family),
    )
}
_ALWAYS = ("name", "languages", "contacts")
# What a service of this kind cannot work without, beyond whom to expect and how to reach them.
_BESIDES: Mapping[str, tuple[str, ...]] = {
    "shelter": ("sex", "family"),
    "housing": ("family", "place"),
    "food": ("family", "place"),
    "cash": ("family",),
    "health": ("age", "sex"),
    "mental_health": ("age", "sex"),
    "disability": ("age", "place"),
    "protection": ("sex", "age"),
    "children": ("age", "family"),
    "family": ("nationalities", "family"),
    "legal": ("nationalities",),
    "documents": ("nationalities", "place"),
    "social_protection": ("age", "family"),
    "schooling": ("age",),
    "training": ("age",),
    "work": ("age",),
    "transport": ("place", "arrived_on"),
}


def fields_for(need: str) -> tuple[str, ...]:
    """The least that a service needs to be told for this need; who sends may take away and add."""
    return (*_ALWAYS, *_BESIDES.get(need, ()))


def compose(actor: Actor, case_id: UUID, field_codes: Collection[str], message: str = "") -> Package:
    """Read the chosen fields of a case the actor may see, in one fixed order, with what they want to say."""
    case = get_case(actor, case_id)
    chosen = [field for code, field in FIELDS.items() if code in field_codes]
    told = {field.code: field.read(actor, case) for field in chosen}
    categories = {field.category for field in chosen}
    if message.strip():
        told[MESSAGE] = message.strip()
        categories.add(Category.NEEDS)
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Package(content, frozenset(categories))


def require_own(actor: Actor, case: Case, categories: frozenset[Category]) -> None:
    """Refuse a letter that would pass on what the organisation has only from others."""
    passable = may_pass_on(actor, case.person_id, case.id)
    if passable is not None and not categories <= passable:
        raise NotAllowedToShare(Decision((Refusal.ONWARD_NOT_AGREED,)))


def told_in(content: bytes) -> Mapping[str, Told]:
    """The fields of a package that was composed, in their order."""
    found: dict[str, Told] = json.loads(content)
    return found


def ground_of(
    actor: Actor, case: Case, organisation_id: UUID, categories: frozenset[Category], basis: Basis
) -> Ground | None:
    """The ground on which this may be told: a recorded consent, or another basis that somebody names."""
    if basis == Basis.CONSENT:
        return ground_for(
            actor,
            case.person_id,
            purpose=Purpose.REFERRAL,
            organisation_id=organisation_id,
            categories=categories,
        )
    return Ground(basis, None, None, categories)


def service_asked(actor: Actor, service_id: UUID) -> ServiceAsked:
    """The service as a referral keeps it; where a restricted one is, is not told."""
    service = get_service(actor, service_id)
    places = [] if service.is_restricted else [one.place.city for one in places_of(actor, service.id)]
    return ServiceAsked(
        service_id=service.id,
        name=service.name,
        provider_name=service.provider.name,
        place=next((place for place in places if place), ""),
        organisation_id=service.account_id,
        reply_days=service.reply_days,
    )


def services_for(
    actor: Actor, case_id: UUID, need: str, place: str = "", country: str = ""
) -> Sequence[tuple[MatchedService, bool]]:
    """What the directory has for one need of a person, the best first; and whether it was tried before."""
    case = get_case(actor, case_id)
    age = _age(actor, case)
    needs = Needs(
        need=need,
        country=country or country_of(actor, case),
        place=place,
        languages=tuple(case.person.languages),
        sex=str(case.person.sex),
        age=age if isinstance(age, int) else None,
    )
    tried = services_tried(actor, case_id, need)
    return [(one, one.service.id in tried) for one in matching_services(actor, needs)]


def country_of(actor: Actor, case: Case) -> str:
    """Where somebody of this organisation looks first: at home, if the person is or will be there."""
    home = own_organisation(actor).country
    return home if home and home == case.host_country else case.return_country


def next_service(actor: Actor, referral: Referral) -> MatchedService | None:
    """The best service that was not tried yet for the same need, once this one came to nothing."""
    if referral.is_open or not get_referral(actor, referral.id):
        return None
    found = services_for(actor, referral.case_id, referral.need, referral.place)
    return next((match for match, was_tried in found if not was_tried), None)
