"""The programmes of a demonstration: one that everybody applies to, and two that contrast with it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils.timezone import localdate
from psycopg.types.json import Jsonb

from homeward.access.acting import acting_as
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.exchange.demonstration.country import HOST, RETURN, DrawnCase
from homeward.organisations import demo
from homeward.programmes.commands import (
    add_party,
    add_programme,
    begin_version,
    change_version,
    load_programme,
    publish_version,
)
from homeward.programmes.eligibility import Entitled, Outcome, check_rules, dump_explanation, entitled
from homeward.programmes.queries import known_programmes, published_versions, terms_of
from homeward.programmes.rules import Part
from homeward.programmes.shipped import shipped
from homeward.programmes.terms import Terms

VERA = Actor(demo.VERA.id, demo.RETURN_OFFICE.id, Role.COORDINATOR, name=demo.VERA.name)
WANDA = Actor(demo.WANDA.id, demo.RETURN_OFFICE.id, Role.ADMINISTRATOR, name=demo.WANDA.name)
ROSA = Actor(demo.ROSA.id, demo.RETURN_PARTNERS.id, Role.COORDINATOR, name=demo.ROSA.name)
CHANGE_AHEAD = timedelta(days=60)
RAISED = {"post_return_adult": 220_000, "post_return_minor": 110_000}


@dataclass(frozen=True, eq=False)
class PublishedRules:
    """What the demonstration's programme says of whoever applied so far; one object for all of them."""

    programme_id: UUID
    version_id: UUID
    terms: Terms

    def decide(self, return_type: str, role_in_file: str, is_minor: bool) -> tuple[Outcome, Jsonb]:
        """What the rules say of somebody who was counselled and decided to return."""
        return _decide(self, return_type, role_in_file, is_minor)


def demonstration_programme(today: date) -> UUID:
    """The programme that everybody applies to; made with its rules, and those beside it, when missing."""
    with acting_as(VERA):
        known = known_programmes(VERA).filter(code="HOME-AGAIN").first()
    if known:
        return known.id
    opens_on = date(today.year - 4, 1, 1)
    made = add_programme(
        VERA,
        name="Home Again (demonstration)",
        code="HOME-AGAIN",
        opens_on=opens_on,
        host_countries=[HOST],
        return_countries=[RETURN],
    )
    _publish(made.id, shipped("eurp").terms, opens_on, "The first rules.")
    _publish(
        made.id,
        raised(shipped("eurp").terms),
        max(today, localdate()) + CHANGE_AHEAD,
        "Prices rose in Marenia.",
    )
    add_party(VERA, programme_id=made.id, organisation_id=demo.DONORS.id, part=Part.DONOR)
    add_party(VERA, programme_id=made.id, organisation_id=demo.RETURN_PARTNERS.id, part=Part.PARTNER)
    load_programme(VERA, given=shipped("national_cash_light"), opens_on=opens_on)
    load_programme(ROSA, given=shipped("open_to_all"), opens_on=opens_on)
    return made.id


def published_rules(today: date) -> PublishedRules:
    """The rules of the demonstration's programme as they were from its first day on."""
    programme_id = demonstration_programme(today)
    with acting_as(VERA):
        first = published_versions(VERA, programme_id).order_by("number").first()
        if first is None:
            raise LookupError("The demonstration's programme has no published version.")
        return PublishedRules(programme_id, first.id, terms_of(first))


def raised(terms: Terms) -> Terms:
    """The same terms with larger amounts after return."""
    packages = tuple(
        replace(one, amount_minor=RAISED.get(one.code, one.amount_minor)) for one in terms.packages
    )
    return replace(terms, packages=packages)


def _publish(programme_id: UUID, terms: Terms, on: date, why: str) -> None:
    draft = begin_version(VERA, programme_id=programme_id)
    draft = change_version(
        VERA, version_id=draft.id, expected_version=draft.version, terms=terms, what_changed=why
    )
    publish_version(WANDA, version_id=draft.id, expected_version=draft.version, takes_effect_on=on)


@lru_cache(maxsize=256)
def _decide(
    rules: PublishedRules, return_type: str, role_in_file: str, is_minor: bool
) -> tuple[Outcome, Jsonb]:
    facts = {
        "return_type": return_type if return_type != "unknown" else None,
        "role_in_file": role_in_file,
        "is_minor": is_minor,
        "informed_decision": True,
    }
    explanation = check_rules(rules.terms, facts)
    return explanation.outcome, Jsonb(dump_explanation(explanation))


def entitled_of(rules: PublishedRules, case: DrawnCase) -> tuple[Entitled, ...]:
    """What a drawn person has a right to, and until when."""
    arrived_on = case.facts["arrived_on"]
    return _entitled(rules, str(case.return_type), str(case.role_in_file), case.is_minor, arrived_on)


@lru_cache(maxsize=20_000)
def _entitled(
    rules: PublishedRules, return_type: str, role_in_file: str, is_minor: bool, arrived_on: date | None
) -> tuple[Entitled, ...]:
    facts = {
        "return_type": return_type if return_type != "unknown" else None,
        "role_in_file": role_in_file,
        "is_minor": is_minor,
        "arrived_on": arrived_on,
        "return_country": RETURN,
    }
    return entitled(rules.terms, facts)
