"""Every verb in the system. One name serves the permission, the audit trail and the API."""

from enum import StrEnum


class Action(StrEnum):
    """`subject.verb`, in the order a case meets them."""

    # organisations and the people who work there
    ORGANISATION_VIEW = "organisation.view"
    ORGANISATION_CREATE = "organisation.create"
    ORGANISATION_EDIT = "organisation.edit"
    OFFICE_ADD = "office.add"
    TEAM_ADD = "team.add"
    MEMBER_VIEW = "member.view"
    MEMBER_INVITE = "member.invite"
    MEMBER_JOIN = "member.join"
    MEMBER_CHANGE = "member.change"
    MEMBER_END = "member.end"

    # what was done, by whom
    AUDIT_SEARCH = "audit.search"

    # keys
    KEY_DESTROY = "key.destroy"
    KEY_ROTATE = "key.rotate"

    # cases
    CASE_LIST = "case.list"
    CASE_VIEW = "case.view"
