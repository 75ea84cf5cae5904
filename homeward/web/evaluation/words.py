"""Words of questions as choices."""

from django.utils.translation import gettext_lazy as _

from homeward.evaluation.asking import HORIZONS, Asked, Side
from homeward.evaluation.rules import State

ASKED = {
    Asked.LEVEL: _("How are people doing?"),
    Asked.PROGRESS: _("Did they progress more than their starting points let expect?"),
    Asked.DIFFERENCE: _("Do assisted people fare otherwise than comparable people without assistance?"),
    Asked.PROVIDERS: _("Do partners differ, allowing for whom they work with?"),
}
SIDES = {
    Side.COMPOSITE: _("All three sides together"),
    Side.ECONOMIC: _("Economic"),
    Side.SOCIAL: _("Social"),
    Side.PSYCHOSOCIAL: _("Psychosocial"),
}
STATES = {State.PASS: _("kept"), State.WARN: _("careful"), State.REFUSE: _("not kept")}
HORIZON_CHOICES = [(one, one) for one in HORIZONS]
