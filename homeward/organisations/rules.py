"""What kinds of organisation there are, and which roles each may give."""

from collections.abc import Mapping
from enum import StrEnum

from homeward.access.roles import Role


class OrganisationClass(StrEnum):
    DESTINATION_AUTHORITY = "destination_authority"
    COUNSELLING_NGO = "counselling_ngo"
    IMPLEMENTING_PARTNER = "implementing_partner"
    SERVICE_PROVIDER = "service_provider"
    ORIGIN_AUTHORITY = "origin_authority"
    DONOR = "donor"
    EVALUATOR = "evaluator"
    ENFORCEMENT = "enforcement"


OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})

ROLES: Mapping[OrganisationClass, frozenset[Role]] = {
    OrganisationClass.DESTINATION_AUTHORITY: OVERSEERS | {Role.COORDINATOR},
    OrganisationClass.COUNSELLING_NGO: OVERSEERS | {Role.RETURN_COUNSELLOR, Role.COORDINATOR},
    OrganisationClass.IMPLEMENTING_PARTNER: OVERSEERS
    | {Role.CASE_MANAGER, Role.FIELD_OFFICER, Role.COORDINATOR},
    OrganisationClass.SERVICE_PROVIDER: OVERSEERS | {Role.SERVICE_PROVIDER},
    OrganisationClass.ORIGIN_AUTHORITY: OVERSEERS | {Role.ORIGIN_AUTHORITY},
    OrganisationClass.DONOR: OVERSEERS | {Role.DONOR},
    OrganisationClass.EVALUATOR: OVERSEERS | {Role.EVALUATOR},
    # Enforcement bodies never sign in here: they have their own process and their own database login.
    OrganisationClass.ENFORCEMENT: frozenset(),
}


def may_give(organisation_class: OrganisationClass, role: Role) -> bool:
    """True when an organisation of this class may have members in this role."""
    return role in ROLES[organisation_class]
