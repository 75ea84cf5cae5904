"""How far a recommendation is, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.reports.rules import AdviceState

STATES: Mapping[str, str | Promise] = {
    AdviceState.OPEN: _("Waits for an answer"),
    AdviceState.ACCEPTED: _("Accepted"),
    AdviceState.PARTLY: _("Accepted in part"),
    AdviceState.REJECTED: _("Rejected"),
    AdviceState.DONE: _("Done"),
}
