"""What a person is entitled to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.assistance.models import Entitlement
from homeward.cases.queries import get_case
from homeward.programmes.eligibility import Entitled


@dataclass(frozen=True)
class Granted:
    """The entitlements of a case after granting; those it had already stay as they were."""

    id: UUID
    case_id: UUID
    entitlements: tuple[Entitlement, ...]


@command(Action.ENTITLEMENT_GRANT)
def grant_entitlements(
    actor: Actor,
    *,
    case_id: UUID,
    programme_id: UUID,
    entitled: Iterable[Entitled],
    version_id: UUID | None = None,
    on: date | None = None,
) -> Granted:
    """Open an account for each package a person is entitled to; again, it only learns when windows end."""
    case = get_case(actor, case_id)
    for package in entitled:
        given = _columns(actor, package) | {
            "granted_on": on or localdate(),
            "programme_version_id": version_id,
        }
        account, is_new = Entitlement.objects.get_or_create(
            case=case, programme_id=programme_id, package_code=package.package_code, defaults=given
        )
        if not is_new and account.window_ends_on is None and package.window_ends_on:
            account.window_ends_on = package.window_ends_on
            account.save(update_fields=["window_ends_on"])
    made = Entitlement.objects.filter(case=case, programme_id=programme_id).order_by("package_code")
    return Granted(case.id, case.id, tuple(made))


def _columns(actor: Actor, package: Entitled) -> dict[str, object]:
    return {
        "organisation_id": actor.organisation_id,
        "label": asdict(package.label),
        "phase": package.phase,
        "form": package.form,
        "currency": package.amount.currency,
        "amount_minor": package.amount.minor,
        "window_ends_on": package.window_ends_on,
        "because": [line.code for line in package.because],
        "granted_by_id": actor.user_id,
        "granted_by_name": actor.name,
    }
