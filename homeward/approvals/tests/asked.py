"""Questions that wait for their answers."""

from homeward.access.roles import Role
from homeward.approvals.commands import ask_approval
from homeward.approvals.rules import StepAsked, SubjectKind
from homeward.lib.identifiers import new_id
from tests.cast import NORDHOLM, RETURN_PARTNERS, nora

OWN = StepAsked(frozenset({Role.COORDINATOR}), RETURN_PARTNERS, 3)
PROGRAMME = StepAsked(frozenset({Role.COORDINATOR, Role.DONOR}), NORDHOLM, 7)


def asked(actor=nora, *, kind=SubjectKind.PLAN, steps=(OWN, PROGRAMME), **given):
    """Nora's own coordinator answers first, then the office that runs the programme."""
    return ask_approval(
        actor, subject_kind=kind, steps=steps, **{"subject_id": new_id(), "reason": "It is ready", **given}
    )
