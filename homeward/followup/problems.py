"""What can be put right about visits."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import WrongState


class VisitOver(WrongState):
    """The visit was made, missed or called off."""

    code = "visit_over"
    message = _("This visit is no longer due.")
