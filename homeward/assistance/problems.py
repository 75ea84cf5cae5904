"""Why the ledger says no, worded for the person who asked."""

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from homeward.cases.gates import ServiceGatesClosed
from homeward.lib.problems import Invalid, Problem, Refused, WrongState


class EntitlementSpent(Problem):
    """More than what the person is still entitled to."""

    status = 409
    code = "entitlement_spent"
    message = _("This is more than what is left of the entitlement. Nothing was committed.")


class BudgetSpent(Problem):
    """More than what is left of the budget."""

    status = 409
    code = "budget_spent"
    message = _("This is more than what is left of the budget. Nothing was committed.")


class MoreThanCommitted(Problem):
    """A payment or delivery beyond its commitment, or a release of what is paid or delivered already."""

    status = 409
    code = "more_than_committed"
    message = _("This is more than what is committed and still open. Nothing was recorded.")


class StillNeeded(Problem):
    """Cutting a budget, or taking a top-up back, below what is committed."""

    status = 409
    code = "still_needed"
    message = _("More than that is committed already.")


class OwnCommitment(Refused):
    """Four eyes: who committed does not pay."""

    code = "own_commitment"
    message = _("You committed this yourself. Somebody else has to pay it.")


class MilestoneNotReached(WrongState):
    """An instalment waits for its milestone."""

    code = "milestone_not_reached"
    message = _("This instalment is paid when its milestone is reached.")


class InstalmentNotNamed(Invalid):
    """A commitment in instalments is paid one instalment at a time."""

    code = "instalment_not_named"
    message = _("This commitment is paid in instalments: choose which one.")


class InstalmentPaid(Problem):
    """More than what is left of an instalment."""

    status = 409
    code = "instalment_paid"
    message = _("This is more than what is left of this instalment.")


class ReversedAlready(WrongState):
    """An entry is reversed once."""

    code = "reversed_already"
    message = _("This entry was reversed already.")


class NoRate(Problem):
    """Nobody recorded what the currency was worth on that day."""

    status = 422
    code = "no_rate"
    message = _("There is no rate for these currencies on that day. Add one with its source.")


class DoesNotFit(Invalid):
    """Entitlement, budget and commitment that do not belong together."""

    code = "does_not_fit"
    message = _("The budget is of another programme, currency or organisation than this entitlement.")


class RequestReused(Problem):
    """The same request id came with something else to record."""

    status = 422
    code = "request_reused"
    message = _("This request was recorded already, with other amounts. Look at the ledger first.")


class WindowClosed(WrongState):
    """The time in which an entitlement is used has passed."""

    code = "window_closed"
    message = _("The time for using this entitlement has passed.")


class BudgetNotOpen(WrongState):
    """A budget is committed from within its period."""

    code = "budget_not_open"
    message = _("This budget is of another period.")


class ApprovalNeeded(WrongState):
    """The programme asks for an approval of so large an amount."""

    code = "approval_needed"
    message = _("The programme asks for an approval of this amount. Ask for it, with your reason.")


class ApprovalNotNeeded(WrongState):
    """Nobody has to approve this."""

    code = "approval_not_needed"
    message = _("The programme asks for no approval of this amount. Record it at once.")


BY_CONSTRAINT: dict[str, type[Problem]] = {
    "entitlement_is_not_overspent": EntitlementSpent,
    "budget_is_not_overspent": BudgetSpent,
    "commitment_pays_what_is_committed": MoreThanCommitted,
    "commitment_delivers_what_is_committed": MoreThanCommitted,
    "entitlement_pays_what_is_committed": MoreThanCommitted,
    "budget_pays_what_is_committed": MoreThanCommitted,
    "commitment_sums_are_not_negative": MoreThanCommitted,
    "entitlement_sums_are_not_negative": MoreThanCommitted,
    "budget_sums_are_not_negative": MoreThanCommitted,
    "instalment_is_not_overpaid": InstalmentPaid,
    "an_instalment_is_named": InstalmentNotNamed,
    "a_milestone_is_reached_first": MilestoneNotReached,
    "nobody_pays_what_they_committed": OwnCommitment,
    "an_entry_is_reversed_once": ReversedAlready,
    "commitment_fits_its_budget": DoesNotFit,
    "service_gates_are_open": ServiceGatesClosed,
}


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that refused, or nothing."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def problem_of(error: IntegrityError) -> Problem:
    """What the database refused, in words; the error itself when it is nobody's input."""
    known = BY_CONSTRAINT.get(constraint_of(error))
    if known is None:
        raise error
    return known()
