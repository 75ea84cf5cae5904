"""The monitor of rounds."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from homeward.access.actions import Action
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.followup.monitor import GroupBy, count_rounds
from homeward.web.case_words import RETURN_TYPES
from homeward.web.followup.words import unplaced
from homeward.web.people.words import SEXES

Words = str | Promise
GROUPS: Mapping[GroupBy, Words] = {
    GroupBy.PROGRAMME: _("Programme"),
    GroupBy.PLACE: _("District"),
    GroupBy.SEX: _("Sex"),
    GroupBy.RETURN_TYPE: _("Type of return"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How far each round has got, by programme or another way to tell people apart."""
    actor = actor_of(request)
    remember_reading(actor, Action.ROUND_MONITOR, subject_id=None)
    asked = request.GET.get("by", "")
    by = GroupBy(asked) if asked in set(GroupBy) else GroupBy.PROGRAMME
    counted = count_rounds(actor, by, localdate())
    found = {
        "rows": [(row, _name(by, row.group)) for row in counted.rows],
        "left_out": counted.left_out,
        "fewest": settings.FEWEST_IN_A_GROUP,
        "may_visit": actor.may(Action.VISIT_VIEW),
        "may_sample": actor.may(Action.SAMPLE_VIEW),
        "by_words": GROUPS[by],
        "choices": [(one.value, words, one == by) for one, words in GROUPS.items()],
    }
    return render(request, "followup/rounds.html", found)


def _name(by: GroupBy, group: str) -> Words:
    if by == GroupBy.SEX:
        return SEXES.get(group) or group
    if by == GroupBy.RETURN_TYPE:
        return RETURN_TYPES.get(group) or group
    if by == GroupBy.PLACE:
        return group or unplaced()
    return group or str(_("No programme"))
