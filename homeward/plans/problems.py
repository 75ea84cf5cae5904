"""Why something cannot be done with a plan, worded for the person who tried."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from homeward.lib.problems import Problem, WrongState
from homeward.plans.findings import Found


class NotADraft(WrongState):
    """Only a draft is changed."""

    code = "plan_not_a_draft"
    message = _("This version of the plan can no longer be changed. Amend the plan to change it.")


class AmendedAlready(WrongState):
    """One open version at a time."""

    code = "plan_open_already"
    message = _("There is an open version of this plan already. Go on with that one.")


class NothingToAmend(WrongState):
    """Only what was agreed or declined is amended."""

    code = "plan_nothing_to_amend"
    message = _("There is no agreed plan to amend yet.")


class NotReady(Problem):
    """Something stops the plan from being proposed; `found` says what."""

    status = 409
    code = "plan_not_ready"
    message = _("Something in this plan has to be put right before it can be proposed.")

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__()
        self.found = tuple(found)


class OtherContent(Problem):
    """The version is not what the person was shown."""

    status = 409
    code = "plan_other_content"
    message = _("The plan changed after it was shown. Show the person the plan as it is now.")
