"""What may stand in the way of a person on their own page, in words they understand."""

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import NotFound, WrongState


class NotOpened(NotFound):
    """The same answer for a wrong link, a wrong code, and a link that is no longer good."""

    code = "own_page_not_opened"
    message = _(
        "The link and the code do not open a page. Check the code. If it still does not work, ask your "
        "counsellor for a new link."
    )


class OnlyTheLead(WrongState):
    """Another organisation leads the case; only the lead hands out the person's page."""

    code = "only_the_lead"
    message = _("Only the organisation that leads the case makes this link.")


class AnsweredBefore(WrongState):
    """Somebody answered in between."""

    code = "answered_before"
    message = _("Somebody has answered this already.")
