"""The framework of indicators of a demonstration: what comes along, discussed, validated and in force."""

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.access.roles import Role
from homeward.exchange.demonstration.programmes import ROSA, VERA
from homeward.indicators.catalogue import catalogue
from homeward.indicators.commands import (
    comment_on_version,
    load_framework,
    name_party,
    put_in_force,
    validate_version,
)
from homeward.indicators.queries import get_version, versions_of, visible_frameworks
from homeward.indicators.rules import FrameworkPart
from homeward.organisations import demo

SALMA = Actor(demo.SALMA.id, demo.REINTEGRATION_OFFICE.id, Role.ORIGIN_AUTHORITY, name=demo.SALMA.name)
SAID = "Districts differ more than countries: please tell services apart by district in the next version."


def agree_on_indicators() -> None:
    """Put the shipped set in force, once: the authority of origin comments, two organisations validate."""
    given = catalogue("avrr_core")
    drafting = system_actor(demo.RETURN_OFFICE.id)
    with acting_as(drafting):
        if visible_frameworks(drafting).filter(code=given.code).exists():
            return
    framework = load_framework(drafting, given=given)
    for organisation, part in (
        (demo.REINTEGRATION_OFFICE, FrameworkPart.CONSULTED),
        (demo.RETURN_PARTNERS, FrameworkPart.CO_OWNER),
    ):
        name_party(drafting, framework_id=framework.id, organisation_id=organisation.id, part=part)
    with acting_as(drafting):
        version = versions_of(drafting, framework.id)[0]
    comment_on_version(SALMA, version_id=version.id, text=SAID, indicator="STR-01")
    for actor in (ROSA, VERA):
        validate_version(_person(actor), version_id=version.id, definitions_sha256=version.definitions_sha256)
    with acting_as(VERA):
        agreed = get_version(VERA, version.id)
    put_in_force(_person(VERA), version_id=agreed.id, expected_version=agreed.version)


def _person(actor: Actor) -> Actor:
    """The same with a membership: programs do not validate."""
    return Actor(
        actor.user_id, actor.organisation_id, actor.role, name=actor.name, membership_id=actor.user_id
    )
