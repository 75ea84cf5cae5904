"""What the programme of a case entitles to, asks of a plan, and who approves it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from homeward.access.actor import Actor
from homeward.approvals.rules import StepAsked
from homeward.cases.queries.gates import ServiceAsked, closed_before_services
from homeward.casework.eligibility import version_for, what_if
from homeward.lib.money import Money, total
from homeward.plans.content import Content
from homeward.plans.findings import Found, Limits, Right, findings, rights_used
from homeward.programmes.eligibility import Entitled
from homeward.programmes.queries import get_version, steps_asked
from homeward.programmes.terms import ApprovalSubject, Form, Terms

if TYPE_CHECKING:
    from homeward.programmes.models import ProgrammeVersion

IN_CASH = (Form.CASH, Form.CASH_OR_KIND)


@dataclass(frozen=True)
class Frame:
    """What the plan of a case is held against; without a programme's version, nothing."""

    version: "ProgrammeVersion | None" = None
    terms: Terms | None = None
    rights: tuple[Right, ...] = ()
    limits: Limits = Limits()

    @property
    def currency(self) -> str:
        return self.terms.currency if self.terms else ""

    def findings(self, content: Content) -> list[Found]:
        """What speaks against a plan, or deserves another look."""
        return findings(content, self.rights, self.limits)

    def amount(self, content: Content) -> Money | None:
        """What the plan takes of the entitlement, all together."""
        if self.terms is None:
            return None
        used = rights_used(content, self.rights)
        return total((one.planned for one in used), self.terms.currency)


def frame_of(actor: Actor, case_id: UUID) -> Frame:
    """The entitlement and the limits by the version that the case goes by."""
    version = version_for(actor, case_id)
    if version is None:
        return Frame()
    told = what_if(actor, case_id, version.id)
    limits = Limits(told.terms.income_share_min_percent, told.terms.cash_share_max_percent)
    rights = _with_closed_gates(actor, case_id, told.terms, [right_of(one) for one in told.entitled])
    return Frame(version, told.terms, rights, limits)


def steps_of(actor: Actor, frame: Frame, amount: Money | None) -> list[StepAsked]:
    """The approvals that a plan of this amount needs, by the terms; none without a programme."""
    if frame.version is None:
        return []
    version = get_version(actor, frame.version.id)
    return [*steps_asked(actor, version, ApprovalSubject.PLAN, amount.minor if amount else 0)]


def right_of(one: Entitled) -> Right:
    """An entitlement as a plan is held against it."""
    return Right(
        one.package_code,
        one.label,
        one.amount,
        in_cash=one.form in IN_CASH,
        in_kind=one.form != Form.CASH,
        window_ends_on=one.window_ends_on,
    )


def _with_closed_gates(
    actor: Actor, case_id: UUID, terms: Terms, rights: Iterable[Right]
) -> tuple[Right, ...]:
    """The rights with what bars each of them today, in cash and otherwise."""
    gates = {package.code: package.gates for package in terms.packages}
    asked = {
        f"{right.package_code} {in_cash:d}": ServiceAsked(gates[right.package_code], in_cash)
        for right in rights
        for in_cash in (False, True)
    }
    closed = closed_before_services(actor, case_id, asked) if asked else {}
    return tuple(
        replace(
            right,
            closed=closed.get(f"{right.package_code} 0", ()),
            closed_in_cash=closed.get(f"{right.package_code} 1", ()),
        )
        for right in rights
    )
