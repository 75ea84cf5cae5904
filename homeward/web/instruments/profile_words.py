"""Words of scoring profiles: how they stand, what a missing answer does, which way an item counts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.surveys.rules import Missing, ProfileState
from homeward.surveys.scoring.profile import Treatment, Way

Words = str | Promise

STANDING: Mapping[str, Words] = {
    ProfileState.DRAFT: _("Draft"),
    ProfileState.IN_USE: _("In use"),
    ProfileState.RETIRED: _("No longer in use"),
}
KINDS: Mapping[str, Words] = {
    Missing.NOT_ASKED: _("Not asked"),
    Missing.NOT_APPLICABLE: _("Does not apply"),
    Missing.DONT_KNOW: _("Does not know"),
    Missing.REFUSED: _("Does not want to answer"),
}
TREATMENTS: Mapping[str, Words] = {
    Treatment.LEAVE_OUT: _("is left out, as if it were not asked of them"),
    Treatment.LACKING: _("lowers the share answered; the score is made of the others"),
    Treatment.NO_SCORE: _("means that there is no score"),
}
WAYS: Mapping[str, Words] = {
    Way.UP: _("as written: more is better"),
    Way.DOWN: _("turned: more is worse"),
}
