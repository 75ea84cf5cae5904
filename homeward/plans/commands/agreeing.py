"""The person's own yes, or their wish for something else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.access.roles import Role
from homeward.cases.commands import note_plan, record_plan_agreed
from homeward.cases.obstacles import require_past, require_text
from homeward.cases.queries import get_case
from homeward.cases.rules import EventKind
from homeward.files.commands import store_file
from homeward.files.rules import IMAGES, type_of
from homeward.lib.moves import check_move
from homeward.lib.problems import Invalid, Refused, type_of_message
from homeward.people.rules import is_surely_minor
from homeward.plans.models import Agreement, PlanVersion
from homeward.plans.obstacles import require_on_path
from homeward.plans.problems import OtherContent
from homeward.plans.queries import agreed_version, version_for_edit
from homeward.plans.rules import MOVES, AgreementWay, PlanState, Signer


@dataclass(frozen=True)
class AgreementDetails:
    """How the person showed that they agree. `signature` is a picture of what they wrote or drew."""

    agreed_on: date
    way: AgreementWay
    language: str
    was_read_aloud: bool = False
    signature: bytes = b""
    witness_name: str = ""
    witness_how: str = ""
    signer: Signer = Signer.PERSON
    guardian_name: str = ""
    guardian_relation: str = ""


@command(Action.PLAN_AGREE)
def agree_to_plan(
    actor: Actor, *, version_id: UUID, content_hash: str, details: AgreementDetails
) -> Agreement:
    """Record that the person agrees to exactly what they were shown; the version before is replaced."""
    if (details.way == AgreementWay.OWN_PAGE) != (actor.role == Role.RETURNEE):
        raise Refused
    version = version_for_edit(actor, version_id)
    check_move(MOVES, PlanState(version.state), PlanState.AGREED)
    if version.content_hash != content_hash:
        raise OtherContent
    _require_complete(actor, version, details)
    agreement = Agreement.objects.create(
        case_id=version.case_id,
        version=version,
        organisation_id=actor.organisation_id,
        content_hash=version.content_hash,
        signature_file_id=_signature(actor, version, details),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
        **_told(details),
    )
    _put_in_force(actor, version, details.agreed_on)
    return agreement


@command(Action.PLAN_AGREE)
def note_not_agreed(actor: Actor, *, version_id: UUID, reasons: str) -> PlanVersion:
    """Take an approved plan back to a draft because the person wants something else."""
    version = version_for_edit(actor, version_id)
    require_text(reasons=reasons)
    check_move(MOVES, PlanState(version.state), PlanState.DRAFT)
    version.state, version.approved_on = PlanState.DRAFT, None
    version.returned_reasons, version.returned_by_name = reasons.strip(), actor.name
    version.revision += 1
    version.save()
    note_plan(actor, case_id=version.case_id, kind=EventKind.PLAN_NOT_AGREED, subject_id=version.id)
    return version


def _require_complete(actor: Actor, version: PlanVersion, details: AgreementDetails) -> None:
    case = get_case(actor, version.case_id)
    require_on_path(case)
    require_past(agreed_on=details.agreed_on)
    wrong: dict[str, type_of_message] = {}
    if version.proposed_on and details.agreed_on < version.proposed_on:
        wrong["agreed_on"] = _("This is before the plan was proposed.")
    if details.way == AgreementWay.SIGNED and type_of(details.signature, "") not in IMAGES:
        wrong["signature"] = _("Draw the signature or add a picture of it (PNG, JPEG or WebP).")
    if details.way == AgreementWay.WITNESSED:
        require_text(witness_name=details.witness_name, witness_how=details.witness_how)
        if details.witness_name.strip().casefold() == actor.name.casefold():
            wrong["witness_name"] = _("A witness is somebody other than you.")
    if details.signer == Signer.GUARDIAN:
        require_text(guardian_name=details.guardian_name)
    elif is_surely_minor(case.person.birth, localdate()):
        wrong["signer"] = _("The person is under age: their guardian agrees with them.")
    if wrong:
        raise Invalid(fields=wrong)


def _signature(actor: Actor, version: PlanVersion, details: AgreementDetails) -> UUID | None:
    if details.way != AgreementWay.SIGNED:
        return None
    case = get_case(actor, version.case_id)
    file = store_file(
        actor, name="signature", content=details.signature, case_id=case.id, subject_id=case.person_id
    )
    return file.id


def _told(details: AgreementDetails) -> dict[str, object]:
    is_guardian = details.signer == Signer.GUARDIAN
    return {
        "agreed_on": details.agreed_on,
        "way": details.way,
        "language": details.language,
        "was_read_aloud": details.was_read_aloud,
        "witness_name": details.witness_name.strip(),
        "witness_how": details.witness_how.strip(),
        "signer": details.signer,
        "guardian_name": details.guardian_name.strip() if is_guardian else "",
        "guardian_relation": details.guardian_relation.strip() if is_guardian else "",
    }


def _put_in_force(actor: Actor, version: PlanVersion, on: date) -> None:
    """The earlier version gives way first: one version is in force at a time."""
    earlier = agreed_version(actor, version.case_id)
    if earlier:
        earlier.state = PlanState.SUPERSEDED
        earlier.save()
    version.state, version.agreed_on = PlanState.AGREED, on
    version.revision += 1
    version.save()
    if get_case(actor, version.case_id).plan_agreed_on is None:
        record_plan_agreed(actor, case_id=version.case_id, on=on)
    else:
        note_plan(actor, case_id=version.case_id, kind=EventKind.PLAN_AMENDED, on=on, subject_id=version.id)
