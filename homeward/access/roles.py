"""What each role may do. A data protection officer can read this page."""

from enum import StrEnum

from homeward.access.actions import Action


class Role(StrEnum):
    RETURN_COUNSELLOR = "return_counsellor"
    CASE_MANAGER = "case_manager"
    COORDINATOR = "coordinator"
    ORIGIN_AUTHORITY = "origin_authority"
    SERVICE_PROVIDER = "service_provider"
    FIELD_OFFICER = "field_officer"
    EVALUATOR = "evaluator"
    DONOR = "donor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"  # timers and background work; never a membership


EVERYONE = frozenset({Action.ORGANISATION_VIEW, Action.FACTOR_RESET_ASK})

CASE_READING = frozenset({Action.CASE_LIST, Action.CASE_VIEW})

ADMINISTRATION = frozenset(
    {
        Action.ORGANISATION_CREATE,
        Action.ORGANISATION_EDIT,
        Action.OFFICE_ADD,
        Action.OFFICE_EDIT,
        Action.TEAM_ADD,
        Action.TEAM_EDIT,
        Action.MEMBER_VIEW,
        Action.MEMBER_INVITE,
        Action.MEMBER_CHANGE,
        Action.MEMBER_END,
        Action.INVITATION_RENEW,
        Action.INVITATION_WITHDRAW,
        Action.FACTOR_RESET_DECIDE,
        Action.INTEGRATION_VIEW,
        Action.INTEGRATION_CREATE,
        Action.INTEGRATION_ROTATE,
        Action.INTEGRATION_END,
    }
)

OVERSIGHT = frozenset({Action.AUDIT_SEARCH, Action.MEMBER_VIEW, Action.KEY_DESTROY})

MAY: dict[Role, frozenset[Action]] = {
    Role.RETURN_COUNSELLOR: EVERYONE | CASE_READING,
    Role.CASE_MANAGER: EVERYONE | CASE_READING,
    Role.COORDINATOR: EVERYONE | CASE_READING,
    Role.ORIGIN_AUTHORITY: EVERYONE,
    Role.SERVICE_PROVIDER: EVERYONE,
    Role.FIELD_OFFICER: EVERYONE,
    Role.EVALUATOR: EVERYONE,
    Role.DONOR: EVERYONE,
    Role.DATA_PROTECTION_OFFICER: EVERYONE | OVERSIGHT,
    Role.ADMINISTRATOR: EVERYONE | ADMINISTRATION,
    Role.SYSTEM: frozenset(Action),
}
