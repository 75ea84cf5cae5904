"""What can be put right about visits."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import WrongState


class VisitOver(WrongState):
    """The visit was made, missed or called off."""

    code = "visit_over"
    message = _("This visit is no longer due.")


class TooFewToDraw(WrongState):
    """A frame so small that what is told of its sample could be told of somebody."""

    code = "too_few_to_draw"
    message = _("The rule takes in too few people for a sample that tells of nobody.")


class NoSubstitute(WrongState):
    """The rule of the sample does not let anybody take this place."""

    code = "no_substitute"
    message = _("The rule of this sample lets nobody take this place.")
