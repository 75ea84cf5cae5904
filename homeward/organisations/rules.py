"""What kinds of organisation there are, which roles each may give, and how long an offer stands."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
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

CASEWORKERS = frozenset({Role.RETURN_COUNSELLOR, Role.CASE_MANAGER, Role.COORDINATOR, Role.FIELD_OFFICER})

# Who knows people by name in an organisation: none of them studies the same people by pseudonym.
KNOWING_NAMES = CASEWORKERS | {Role.ORIGIN_AUTHORITY, Role.FINANCE_OFFICER, Role.DATA_PROTECTION_OFFICER}

# Whoever has cases may have evaluators (M&E officers) of its own; so have those who only evaluate.
ROLES: Mapping[OrganisationClass, frozenset[Role]] = {
    OrganisationClass.DESTINATION_AUTHORITY: OVERSEERS
    | {Role.COORDINATOR, Role.FINANCE_OFFICER, Role.EVALUATOR},
    OrganisationClass.COUNSELLING_NGO: OVERSEERS | {Role.RETURN_COUNSELLOR, Role.COORDINATOR, Role.EVALUATOR},
    OrganisationClass.IMPLEMENTING_PARTNER: OVERSEERS
    | {Role.CASE_MANAGER, Role.FIELD_OFFICER, Role.COORDINATOR, Role.FINANCE_OFFICER, Role.EVALUATOR},
    OrganisationClass.SERVICE_PROVIDER: OVERSEERS | {Role.SERVICE_PROVIDER},
    OrganisationClass.ORIGIN_AUTHORITY: OVERSEERS | {Role.ORIGIN_AUTHORITY, Role.EVALUATOR},
    OrganisationClass.DONOR: OVERSEERS | {Role.DONOR},
    OrganisationClass.EVALUATOR: OVERSEERS | {Role.EVALUATOR},
    # Enforcement bodies never sign in here: they have their own process and their own database login.
    OrganisationClass.ENFORCEMENT: frozenset(),
}


def may_give(organisation_class: OrganisationClass, role: Role) -> bool:
    """True when an organisation of this class may have members in this role."""
    return role in ROLES[organisation_class]


INTRODUCERS = frozenset(
    {
        OrganisationClass.DESTINATION_AUTHORITY,
        OrganisationClass.COUNSELLING_NGO,
        OrganisationClass.IMPLEMENTING_PARTNER,
        OrganisationClass.ORIGIN_AUTHORITY,
    }
)


def may_introduce(introducer: OrganisationClass, newcomer: OrganisationClass) -> bool:
    """True when the one may bring the other in; nobody brings in an enforcement body here."""
    return introducer in INTRODUCERS and newcomer != OrganisationClass.ENFORCEMENT


def may_hold_together(roles: Iterable[Role]) -> bool:
    """True when one person may have all these roles in one organisation.

    Nobody oversees their own acts, who works a case never pays in it, and who knows names never evaluates.
    """
    held = set(roles)
    if held >= OVERSEERS or (Role.FINANCE_OFFICER in held and held & CASEWORKERS):
        return False
    return not (Role.EVALUATOR in held and held & KNOWING_NAMES)


INVITATION_STANDS = timedelta(days=7)
RESET_STANDS = timedelta(days=7)
INTEGRATION_STANDS = timedelta(days=365)
USE_NOTED_EVERY = timedelta(minutes=1)


class IdentityCheck(StrEnum):
    """How an administrator made sure that a colleague who lost a second factor is who they say."""

    IN_PERSON = "in_person"
    VIDEO_CALL = "video_call"
    KNOWN_NUMBER = "known_number"


class ResetState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
