"""Every verb in the system. One name serves the permission, the audit trail and the API."""

from enum import StrEnum


class Action(StrEnum):
    """`subject.verb`, in the order a case meets them."""

    # organisations and the people who work there
    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_CREATE = "organisation.create"
    ORGANISATION_EDIT = "organisation.edit"
    OFFICE_ADD = "office.add"
    OFFICE_EDIT = "office.edit"
    TEAM_ADD = "team.add"
    TEAM_EDIT = "team.edit"
    MEMBER_VIEW = "member.view"
    MEMBER_INVITE = "member.invite"
    MEMBER_JOIN = "member.join"
    MEMBER_CHANGE = "member.change"
    MEMBER_END = "member.end"
    INVITATION_RENEW = "invitation.renew"
    INVITATION_WITHDRAW = "invitation.withdraw"
    FACTOR_RESET_ASK = "factor_reset.ask"
    FACTOR_RESET_DECIDE = "factor_reset.decide"
    INTEGRATION_VIEW = "integration.view"
    INTEGRATION_CREATE = "integration.create"
    INTEGRATION_ROTATE = "integration.rotate"
    INTEGRATION_END = "integration.end"

    # what was done, by whom
    AUDIT_SEARCH = "audit.search"

    # keys
    KEY_DESTROY = "key.destroy"
    KEY_ROTATE = "key.rotate"

    # cases
    CASE_LIST = "case.list"
    CASE_VIEW = "case.view"
