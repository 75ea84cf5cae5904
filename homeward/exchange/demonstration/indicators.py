"""The framework of indicators of a demonstration: discussed, validated, in force, its values asked for."""

from dataclasses import replace

from homeward.access.acting import acting_as
from homeward.access.actor import Actor, system_actor
from homeward.access.roles import Role
from homeward.exchange.demonstration.programmes import ROSA, VERA
from homeward.extracts.commands import ask_extract
from homeward.indicators.catalogue import Catalogue, catalogue
from homeward.indicators.commands import (
    comment_on_version,
    compute_table,
    load_framework,
    name_party,
    put_in_force,
    validate_version,
)
from homeward.indicators.queries import (
    get_version,
    version_in_force,
    versions_of,
    visible_frameworks,
    visible_tables,
)
from homeward.indicators.rules import FrameworkPart, Target
from homeward.organisations import demo

SALMA = Actor(demo.SALMA.id, demo.REINTEGRATION_OFFICE.id, Role.ORIGIN_AUTHORITY, name=demo.SALMA.name)
MONA = Actor(demo.MONA.id, demo.RETURN_PARTNERS.id, Role.EVALUATOR, name=demo.MONA.name)
CODE = "avrr_core"
WHY = "Values of the indicators agreed on (demonstration)."
TARGETS = {
    "PLA-01": 0.8,
    "DEL-01": 0.8,
    "FOL-01": 0.75,
    "FOL-02": 0.7,
    "FOL-04": 0.05,
    "REF-01": 0.7,
    "OUT-09": 0.5,
}
SAID = "Districts differ more than countries: please tell services apart by district in the next version."


def agree_on_indicators() -> None:
    """Put the shipped set in force, once: the authority of origin comments, two organisations validate."""
    given = _aimed(catalogue(CODE))
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


def ask_for_values() -> None:
    """An extract, and the values of it, once: the worker reckons them as soon as the extract is written."""
    with acting_as(MONA):
        framework = visible_frameworks(MONA).filter(code=catalogue(CODE).code).first()
        version = framework and version_in_force(MONA, framework.id)
        if version is None or visible_tables(MONA).exists():
            return
    extract = ask_extract(MONA, why=WHY)
    compute_table(MONA, version_id=version.id, extract_id=extract.id)


def _aimed(given: Catalogue) -> Catalogue:
    """The catalogue with what this country aims at; it comes along without."""
    return replace(
        given,
        definitions=tuple(
            replace(one, targets=(Target(TARGETS[one.code]),)) if one.code in TARGETS else one
            for one in given.definitions
        ),
    )


def _person(actor: Actor) -> Actor:
    """The same with a membership: programs do not validate."""
    return Actor(
        actor.user_id, actor.organisation_id, actor.role, name=actor.name, membership_id=actor.user_id
    )
