"""REST: the plan of a case, written as a whole; what was asked for approval, which only people answer."""

import base64
import binascii
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.reading import remember_reading
from homeward.access.request import actor_of
from homeward.access.roles import Role
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Day, Language, Short, Text, Word, Yes
from homeward.api.looking import MOST
from homeward.api.operations import creates, edits, reads
from homeward.approvals import queries as approvals
from homeward.approvals.rules import ApprovalState, SubjectKind, Verdict
from homeward.cases.queries import get_case
from homeward.casework import commands as casework
from homeward.lib.money import MOST_MINOR
from homeward.lib.problems import NotFound
from homeward.plans import commands, queries
from homeward.plans.commands.agreeing import AgreementDetails
from homeward.plans.commands.rewriting import GoalWritten, LineWritten
from homeward.plans.content import ActivityDetails
from homeward.plans.rules import (
    AgreementWay,
    Dimension,
    Level,
    PayForm,
    Picture,
    PlanState,
    ProviderKind,
    Signer,
)

if TYPE_CHECKING:
    from homeward.approvals.models import Approval
    from homeward.plans.models import PlanVersion

router = Router(tags=["plan"])
approval_router = Router(tags=["approvals"])
Line = Annotated[str, Field(max_length=300, pattern=ANY)]
Why = Annotated[str, Field(min_length=1, max_length=2000, pattern=ANY)]
Currency = Annotated[str, Field(pattern="^([A-Z]{3})?$", description="ISO 4217, or empty")]


class ActivityFields(Schema):
    what: Annotated[Line, Field(min_length=1)]
    dimension: Dimension = Dimension.ECONOMIC
    level: Level = Level.INDIVIDUAL
    provider_kind: ProviderKind = ProviderKind.PROGRAMME
    provider_name: Short = ""
    package_code: Word = ""
    form: PayForm = PayForm.KIND
    cost_minor: Annotated[int, Field(ge=0, le=MOST_MINOR)] = 0
    currency: Currency = ""
    matching_percent: Annotated[int, Field(ge=0, le=1000)] = 0
    planned_on: Day | None = None
    depends_on_id: Annotated[UUID | None, Field(description="the line_id of what has to be done before")] = (
        None
    )
    feasibility: Text = ""
    plain_words: Line = ""
    picture: Picture | None = None


class ActivityIn(ActivityFields):
    line_id: Annotated[UUID | None, Field(description="null for a new line")] = None

    def written(self) -> LineWritten:
        """The activity as the command takes it."""
        return LineWritten(ActivityDetails(**self.dict(exclude={"line_id"})), self.line_id)


class ActivityOut(ActivityFields):
    line_id: UUID
    planned_on: date | None


class GoalFields(Schema):
    own_words: Annotated[str, Field(min_length=1, max_length=2000, pattern=ANY)]
    dimension: Dimension
    language: Language | None = None


class GoalIn(GoalFields):
    line_id: Annotated[UUID | None, Field(description="null for a new goal")] = None
    activities: Annotated[list[ActivityIn], Field(max_length=40)] = []

    def written(self) -> GoalWritten:
        """The goal as the command takes it."""
        lines = tuple(one.written() for one in self.activities)
        return GoalWritten(self.own_words, self.dimension, self.language or "", lines, self.line_id)


class GoalOut(GoalFields):
    line_id: UUID
    activities: list[ActivityOut]


class DraftIn(Schema):
    """Everything the draft says; a line that is not named is left out of it."""

    goals: Annotated[list[GoalIn], Field(max_length=12)]


class RightOut(Schema):
    """What the programme entitled to on the day the version was proposed."""

    package_code: str
    amount_minor: int
    currency: str
    window_ends_on: date | None


class PlanVersionOut(Schema):
    """A version of a plan; `version` is what If-Match names, `number` what people call it."""

    id: UUID
    case_id: UUID
    number: int
    state: PlanState
    reason: str
    version: int
    content_hash: str
    goals: list[GoalOut]
    rights: list[RightOut]
    proposed_on: date | None
    approved_on: date | None
    agreed_on: date | None
    returned_reasons: str


class AgreedLineOut(Schema):
    """What is to be delivered; `activity_id` stays the same in later versions."""

    activity_id: UUID
    what: str
    package_code: str
    provider_kind: ProviderKind
    provider: str
    form: PayForm
    amount_minor: int
    currency: str
    planned_on: date | None


class BegunOn(Schema):
    on: Day


class AmendedIn(Schema):
    reason: Why


class ProposedIn(Schema):
    version: Annotated[int, Field(ge=1, le=999_999_999, description="the version that was read")]
    note: Annotated[str, Field(max_length=2000, pattern=ANY)] = ""


class NotAgreedIn(Schema):
    reasons: Why


class AgreedIn(Schema):
    """How the person agreed to the content with this hash; a signature is a picture in base64."""

    content_hash: Annotated[str, Field(max_length=64, pattern=ANY)]
    agreed_on: Day
    way: AgreementWay
    language: Language
    was_read_aloud: Yes = False
    signature_base64: Annotated[str, Field(max_length=600_000, pattern="^[A-Za-z0-9+/=]*$")] = ""
    witness_name: Short = ""
    witness_how: Line = ""
    signer: Signer = Signer.PERSON
    guardian_name: Short = ""
    guardian_relation: Annotated[str, Field(max_length=100, pattern=ANY)] = ""

    def details(self) -> AgreementDetails:
        """The answers as the command takes them."""
        told = self.dict(exclude={"content_hash", "signature_base64"})
        return AgreementDetails(**told, signature=_picture(self.signature_base64))


class AgreementOut(Schema):
    id: UUID
    case_id: UUID
    version_id: UUID
    content_hash: str
    agreed_on: date
    way: AgreementWay
    signer: Signer
    was_read_aloud: bool
    language: str
    recorded_by_name: str
    recorded_at: datetime


class ApprovalStepOut(Schema):
    number: int
    organisation_id: UUID
    roles: list[Role]
    verdict: Verdict | None
    reasons: str
    answered_by_name: str
    answered_at: datetime | None


class ApprovalOut(Schema):
    """What was asked for approval and how it stands."""

    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    case_id: UUID | None
    reference: str
    organisation_id: UUID
    asked_by_name: str
    asked_at: datetime
    reason: str
    amount_minor: int | None
    currency: str
    state: ApprovalState
    step_number: int
    due_on: date
    ended_at: datetime | None


class ApprovalWithStepsOut(ApprovalOut):
    steps: list[ApprovalStepOut]


@reads(router, "/{uuid:case_id}/plan", Action.PLAN_VIEW, list[PlanVersionOut])
def list_plan_versions(request: HttpRequest, case_id: UUID) -> object:
    """Every version of the plan with what it says, the latest first; none where no plan was begun."""
    actor = _looking(request, case_id)
    return [_out(one) for one in queries.versions_of(actor, case_id)]


@reads(router, "/{uuid:case_id}/plan/agreed-lines", Action.PLAN_VIEW, list[AgreedLineOut])
def list_agreed_lines(request: HttpRequest, case_id: UUID) -> object:
    """What the person agreed to, in order; nothing while no version is in force."""
    lines = queries.agreed_lines(_looking(request, case_id), case_id)
    return [
        {
            **vars(line),
            "amount_minor": line.amount.minor if line.amount else 0,
            "currency": line.amount.currency if line.amount else "",
        }
        for line in lines
    ]


@creates(router, "/{uuid:case_id}/plan", Action.PLAN_DRAFT, PlanVersionOut)
def begin_plan(request: HttpRequest, case_id: UUID, body: BegunOn) -> object:
    """Begin to draw up a plan with the person."""
    return _out(commands.begin_plan(actor_of(request), case_id=case_id, on=body.on))


@creates(router, "/{uuid:case_id}/plan/amendment", Action.PLAN_DRAFT, PlanVersionOut)
def amend_plan(request: HttpRequest, case_id: UUID, body: AmendedIn) -> object:
    """Begin a new version of an agreed plan, which stays in force until this one is agreed."""
    return _out(commands.amend_plan(actor_of(request), case_id=case_id, reason=body.reason))


@edits(router, "/{uuid:case_id}/plan/draft", Action.PLAN_DRAFT, PlanVersionOut)
def write_draft(request: HttpRequest, case_id: UUID, body: DraftIn) -> object:
    """Put goals and activities in place of everything the draft says."""
    actor = actor_of(request)
    version = commands.write_draft(
        actor,
        version_id=_open(actor, case_id).id,
        expected_revision=version_asked(request),
        goals=[one.written() for one in body.goals],
    )
    return _out(version)


@creates(router, "/{uuid:case_id}/plan/proposal", Action.PLAN_PROPOSE, PlanVersionOut)
def propose_plan(request: HttpRequest, case_id: UUID, body: ProposedIn) -> object:
    """Propose the draft to whoever approves it by the rules of the programme."""
    actor = actor_of(request)
    version = casework.propose_plan(
        actor, version_id=_open(actor, case_id).id, expected_revision=body.version, note=body.note
    )
    return _out(version)


@creates(router, "/{uuid:case_id}/plan/withdrawal", Action.PLAN_PROPOSE, PlanVersionOut)
def withdraw_proposal(request: HttpRequest, case_id: UUID) -> object:
    """Take a proposed plan back to change it."""
    actor = actor_of(request)
    return _out(commands.withdraw_proposal(actor, version_id=_open(actor, case_id).id))


@creates(router, "/{uuid:case_id}/plan/agreement", Action.PLAN_AGREE, AgreementOut)
def agree_to_plan(request: HttpRequest, case_id: UUID, body: AgreedIn) -> object:
    """Record that the person agrees to exactly the content they were shown."""
    actor = actor_of(request)
    return commands.agree_to_plan(
        actor,
        version_id=_open(actor, case_id).id,
        content_hash=body.content_hash,
        details=body.details(),
    )


@creates(router, "/{uuid:case_id}/plan/refusal", Action.PLAN_AGREE, PlanVersionOut)
def note_not_agreed(request: HttpRequest, case_id: UUID, body: NotAgreedIn) -> object:
    """Take an approved plan back to a draft because the person wants something else."""
    actor = actor_of(request)
    version_id = _open(actor, case_id).id
    return _out(commands.note_not_agreed(actor, version_id=version_id, reasons=body.reasons))


@reads(approval_router, "", Action.APPROVAL_VIEW, list[ApprovalOut])
def list_approvals(request: HttpRequest) -> object:
    """What the organisation asked for or answers and that waits, oldest promise first; at most 500."""
    actor = actor_of(request)
    remember_reading(actor, Action.APPROVAL_VIEW, subject_id=None)
    waiting = approvals.visible_approvals(actor).filter(state=ApprovalState.WAITING)
    return waiting.order_by("due_on", "id")[:MOST]


@reads(approval_router, "/{uuid:approval_id}", Action.APPROVAL_VIEW, ApprovalWithStepsOut)
def view_approval(request: HttpRequest, approval_id: UUID) -> object:
    """One approval with its steps. People answer it, no program does."""
    actor = actor_of(request)
    approval = approvals.get_approval(actor, approval_id)
    remember_reading(actor, Action.APPROVAL_VIEW, subject_id=approval.id, case_id=approval.case_id)
    return _with_steps(actor, approval)


def _looking(request: HttpRequest, case_id: UUID) -> Actor:
    actor = actor_of(request)
    case = get_case(actor, case_id)
    remember_reading(actor, Action.PLAN_VIEW, subject_id=case.id, case_id=case.id)
    return actor


def _open(actor: Actor, case_id: UUID) -> "PlanVersion":
    """The version that is worked on; without one there is nothing here."""
    version = queries.open_version(actor, case_id)
    if version is None:
        raise NotFound
    return version


def _out(version: "PlanVersion") -> PlanVersionOut:
    goals = [
        GoalOut(
            line_id=goal.line_id,
            own_words=goal.own_words,
            dimension=goal.dimension,
            language=goal.language or None,
            activities=[ActivityOut(line_id=one.line_id, **vars(one.details)) for one in goal.lines],
        )
        for goal in queries.content_of(version).goals
    ]
    told = {name: getattr(version, name) for name in PlanVersionOut.model_fields if hasattr(version, name)}
    kept = {
        "goals": goals,
        "rights": [RightOut(**one) for one in version.rights],
        "version": version.revision,
    }
    return PlanVersionOut(**{**told, **kept})


def _with_steps(actor: Actor, approval: "Approval") -> dict[str, object]:
    told = {name: getattr(approval, name) for name in ApprovalOut.model_fields}
    names = [name for name in ApprovalStepOut.model_fields if name != "verdict"]
    steps = [
        {**{name: getattr(step, name) for name in names}, "verdict": step.verdict or None}
        for step in approvals.steps_of(actor, approval)
    ]
    return {**told, "steps": steps}


def _picture(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
