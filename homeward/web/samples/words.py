"""Words for the codes of samples, and percent for shares."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from homeward.followup.sampling.rules import (
    Aim,
    Allocation,
    Design,
    Ended,
    MemberRole,
    ReplaceWhen,
    SampleState,
    TellApart,
)
from homeward.web.case_words import RETURN_TYPES
from homeward.web.people.words import SEXES

Words = str | Promise

DESIGNS: Mapping[str, Words] = {
    Design.SIMPLE: _("Simple: everybody has the same chance"),
    Design.STRATIFIED: _("By group: so many of each group"),
    Design.CLUSTER: _("By place: some places in proportion to their people, then people there"),
}
TOLD_APART: Mapping[str, Words] = {
    TellApart.PLACE: _("District"),
    TellApart.PROGRAMME: _("Programme"),
    TellApart.PARTNER: _("Organisation that leads"),
    TellApart.SEX: _("Sex"),
    TellApart.RETURN_TYPE: _("Type of return"),
}
ALLOCATIONS: Mapping[str, Words] = {
    Allocation.PROPORTIONAL: _("In proportion to their size"),
    Allocation.EQUAL: _("The same number of each"),
}
REPLACE_WHEN: Mapping[str, Words] = {
    ReplaceWhen.NOT_IN_FRAME: _("Only of somebody who turns out not to belong, died for example"),
    ReplaceWhen.UNREACHED: _("Also of whom nobody reached after so many attempts"),
    ReplaceWhen.NEVER: _("Of nobody"),
}
AIMS: Mapping[str, Words] = {
    Aim.SHARE: _("To know a share, of those who are content for example"),
    Aim.MEAN: _("To know a mean score"),
    Aim.DIFFERENCE: _("To find a difference between two groups"),
    Aim.NUMBER: _("A number that is decided already"),
}
STATES: Mapping[str, Words] = {
    SampleState.PLANNED: _("Planned, not drawn"),
    SampleState.DRAWN: _("Drawn"),
}
ROLES: Mapping[str, Words] = {
    MemberRole.CHOSEN: _("Drawn"),
    MemberRole.SUBSTITUTE: _("Took a place"),
    MemberRole.RESERVE: _("Next in line"),
    MemberRole.FRAME: _("Not drawn"),
}
ENDED: Mapping[str, Words] = {
    Ended.INTERVIEW: _("Answered"),
    Ended.PARTIAL: _("Answered in part"),
    Ended.REFUSAL: _("Did not want to"),
    Ended.NON_CONTACT: _("Not reached"),
    Ended.OTHER: _("Other"),
    Ended.NOT_IN_FRAME: _("Does not belong"),
    Ended.NOT_TRIED: _("Not tried yet"),
}


def group_name(by: str, group: str) -> str:
    """A group in words; the small ones stand together."""
    if not group:
        return gettext("All others")
    if by == TellApart.SEX:
        return str(SEXES.get(group, group))
    if by == TellApart.RETURN_TYPE:
        return str(RETURN_TYPES.get(group, group))
    return group


def percent(share: float | None) -> int | None:
    """A share in whole percent."""
    return None if share is None else round(100 * share)


def in_percent(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked of a size, shares in percent as forms and pages show them."""
    shares = ("margin", "expected", "sd", "difference", "power", "confidence", "response", "icc")
    return {name: percent(value) if name in shares else value for name, value in asked.items()}
