"""Passing cases on, as tests need it."""

from homeward.cases.commands import Justification, accept_handover, offer_handover
from homeward.sharing.rules import Basis, Condition

WHY = Justification(
    Basis.PUBLIC_INTEREST, "They lead from where she lives now.", Condition.HEALTH_OR_SOCIAL_CARE
)


def offered(giver, receiver, case_id, **given):
    """An offer of the case that waits for the receiver's answer."""
    given = {"why": WHY, "message": "She is expected in spring.", **given}
    return offer_handover(giver, case_id=case_id, organisation_id=receiver.organisation_id, **given)


def handed_over(giver, receiver, case_id, **given):
    """The case offered and taken on."""
    return accept_handover(receiver, handover_id=offered(giver, receiver, case_id, **given).id)
