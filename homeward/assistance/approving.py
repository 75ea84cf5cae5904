"""Which approvals and clearances a programme's version asks for, and whether they were given."""

from datetime import date
from uuid import UUID

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.approvals.queries import approval_of
from homeward.approvals.rules import ApprovalState, StepAsked, SubjectKind
from homeward.assistance.models import Entitlement
from homeward.assistance.problems import ApprovalNeeded
from homeward.assistance.rules import IntentKind
from homeward.cases.gates import ServiceGatesClosed, require_service_gates
from homeward.lib.money import Money
from homeward.programmes.queries import get_version, steps_asked, terms_of
from homeward.programmes.terms import ApprovalSubject, pays_cash


def steps_for(
    actor: Actor, entitlement: Entitlement, kind: IntentKind, amount: Money
) -> tuple[StepAsked, ...]:
    """The steps of approval for an amount; a top-up is never given without somebody's yes."""
    is_top_up = kind == IntentKind.TOP_UP
    if entitlement.programme_version_id is None:
        return (StepAsked(frozenset({Role.COORDINATOR}), actor.organisation_id),) if is_top_up else ()
    version = get_version(actor, entitlement.programme_version_id)
    subject = ApprovalSubject(kind.value)
    return steps_asked(actor, version, subject, amount.minor, at_least_one=is_top_up)


def require_cleared(actor: Actor, entitlement: Entitlement, form: str, on: date | None = None) -> None:
    """Raise ServiceGatesClosed unless what the package, or cash, needs is cleared on the day, or today.

    Who pays without seeing the case is not told which gate is closed.
    """
    gates: tuple[str, ...] = ()
    if entitlement.programme_version_id:
        terms = terms_of(get_version(actor, entitlement.programme_version_id))
        package = terms.package(entitlement.package_code)
        gates = package.gates if package else ()
    try:
        require_service_gates(actor, entitlement.case_id, gates=gates, in_cash=pays_cash(form), on=on)
    except ServiceGatesClosed:
        if actor.may(Action.CASE_VIEW):
            raise
        raise ServiceGatesClosed from None


def require_approved(
    actor: Actor, entitlement: Entitlement, kind: IntentKind, amount: Money, intent_id: UUID | None
) -> UUID | None:
    """The approval of exactly this amount, where the programme asks for one; ApprovalNeeded without it."""
    if not steps_for(actor, entitlement, kind, amount):
        return None
    given = approval_of(actor, SubjectKind(kind.value), intent_id) if intent_id else None
    if given is None or given.state != ApprovalState.APPROVED or given.amount != amount:
        raise ApprovalNeeded
    return given.id
