"""The words of a plan and the moves of its versions. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    AGREED = "agreed"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


OPEN = (PlanState.DRAFT, PlanState.PROPOSED, PlanState.APPROVED)
MOVES: Mapping[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.PROPOSED, PlanState.APPROVED}),
    PlanState.PROPOSED: frozenset({PlanState.APPROVED, PlanState.DRAFT, PlanState.DECLINED}),
    PlanState.APPROVED: frozenset({PlanState.AGREED, PlanState.DRAFT}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED}),
    PlanState.DECLINED: frozenset(),
    PlanState.SUPERSEDED: frozenset(),
}


class Dimension(StrEnum):
    ECONOMIC = "economic"
    SOCIAL = "social"
    PSYCHOSOCIAL = "psychosocial"


class Level(StrEnum):
    """Whom an activity reaches first."""

    INDIVIDUAL = "individual"
    FAMILY = "family"
    COMMUNITY = "community"


class ProviderKind(StrEnum):
    """Who makes an activity possible."""

    PROGRAMME = "programme"
    PUBLIC_SERVICE = "public_service"
    COMMUNITY_PROJECT = "community_project"
    OWN_MEANS = "own_means"
    MATCHING_FUND = "matching_fund"
    MICROCREDIT = "microcredit"
    EMPLOYER = "employer"
    OTHER_ORGANISATION = "other_organisation"


class PayForm(StrEnum):
    CASH = "cash"
    KIND = "kind"
    SERVICE = "service"


class Picture(StrEnum):
    """What stands beside an activity on the person's page, for those who would rather look than read."""

    TOOLS = "tools"
    SHOP = "shop"
    HOME = "home"
    SCHOOL = "school"
    HEALTH = "health"
    TALK = "talk"
    MONEY = "money"
    FIELD = "field"
    WORK = "work"
    PAPERS = "papers"
    FAMILY = "family"
    ROAD = "road"


class AgreementWay(StrEnum):
    """How the person showed that they agree."""

    SIGNED = "signed"  # a picture of the signature or the mark they made
    WITNESSED = "witnessed"  # somebody else was there and says so
    OWN_PAGE = "own_page"  # they said so themselves, on the page that only they open


class Signer(StrEnum):
    """Who agrees: the person, or the guardian of somebody under age."""

    PERSON = "person"
    GUARDIAN = "guardian"


MOST_GOALS = 12
MOST_ACTIVITIES = 40
