"""REST: assessments step by step, what they propose, and the profile of a person."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from homeward.access.actions import Action
from homeward.access.request import actor_of
from homeward.api.answers import version_asked
from homeward.api.fields import ANY, Day
from homeward.api.journey import gates
from homeward.api.looking import MOST, seen_case
from homeward.api.opening import WhyIn
from homeward.api.operations import creates, edits, finds, reads
from homeward.assessments import commands, queries
from homeward.assessments.forms import newest_form
from homeward.assessments.rules import (
    LONGEST_TEXT,
    Answers,
    Asked,
    Freshness,
    Kind,
    Missing,
    Origin,
    ProposalState,
    State,
)
from homeward.cases.gate_rules import ProfileFlag

router = Router(tags=["assessments"])
Code = Annotated[str, Field(max_length=40, pattern="^[a-z_]*$")]
Free = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=ANY)]


class QuestionOut(Schema):
    code: str
    asked: Asked
    choices: list[str]


class FormStepOut(Schema):
    slug: str
    questions: list[QuestionOut]


class FormOut(Schema):
    """A form as new assessments are filled in by: codes of questions and of answers to choose."""

    kind: Kind
    version: int
    youngest: int
    steps: list[FormStepOut]


class BeginIn(Schema):
    kind: Kind


class QuestionAnswerIn(Schema):
    """One answer: a code, several codes or a text; or why there is none."""

    code: Code
    value: Free | Annotated[list[Code], Field(max_length=40)] | None = None
    missing: Missing | None = None


class StepIn(Schema):
    """The answers of one step, whole or not; what is not named here has no answer afterwards."""

    step: Code
    answers: Annotated[list[QuestionAnswerIn], Field(max_length=40)]

    def told(self) -> Answers:
        """The answers as they are kept."""
        return {
            one.code: {"value": one.value} if one.value is not None else {"missing": one.missing}
            for one in self.answers
        }


class FinishIn(Schema):
    held_on: Day
    expected_version: Annotated[int, Field(ge=1, le=999_999_999)]


class ProposalAnswerIn(Schema):
    confirm: bool
    reason: Annotated[str, Field(max_length=400, pattern=ANY)] = ""


class AssessmentOut(Schema):
    """An assessment without its answers, which stay sealed."""

    id: UUID
    case_id: UUID
    organisation_id: UUID
    kind: Kind
    form_version: int
    state: State
    steps_done: list[str]
    proposed: list[ProfileFlag]
    conclusion: str
    held_on: date | None
    done_by_name: str
    begun_at: datetime
    saved_at: datetime
    version: int


class AnsweredOut(Schema):
    code: str
    value: str | list[str] | None
    missing: Missing | None


class AnswersOut(Schema):
    """The answers in clear, for this one look."""

    case_id: UUID
    kind: Kind
    form_version: int
    answers: list[AnsweredOut]


class ProposalOut(Schema):
    """Something an assessment or a list says of a person; nothing follows from it until it is confirmed."""

    id: UUID
    case_id: UUID
    flag: ProfileFlag
    origin: Origin
    proposed_on: date
    state: ProposalState
    reason: str
    answered_by_name: str
    answered_on: date | None


class KnownOut(Schema):
    """What is known by assessments of one kind."""

    kind: Kind
    newest: AssessmentOut | None
    freshness: Freshness | None
    count: int


class ProfileOfCaseOut(Schema):
    """What is known of a person, by whom and since when, and what waits for somebody's word."""

    case_id: UUID
    flags: list[ProfileFlag]
    is_minor: bool
    known: list[KnownOut]
    proposals: list[ProposalOut]
    followed_up_until: date | None


@reads(router, "/assessment-forms", Action.ASSESS, list[FormOut])
def list_assessment_forms(request: HttpRequest) -> object:
    """The forms that new assessments are filled in by."""
    return [_form_out(kind) for kind in Kind]


# At the address where the profile is noted: one address has one router.
@reads(gates.router, "/{uuid:case_id}/profile", Action.CASE_VIEW, ProfileOfCaseOut)
def view_profile(request: HttpRequest, case_id: UUID) -> object:
    """What is known of a person, by whom, since when, and what is stale."""
    actor, case = seen_case(request, case_id)
    found = queries.profile_of(actor, case.id)
    return {
        "case_id": found.case_id,
        "flags": sorted(found.flags),
        "is_minor": found.is_minor,
        "known": found.known,
        "proposals": found.proposals,
        "followed_up_until": found.seen_until,
    }


@reads(router, "/{uuid:case_id}/assessments", Action.CASE_VIEW, list[AssessmentOut])
def list_assessments(request: HttpRequest, case_id: UUID) -> object:
    """Assessments of a case, newest first; drafts of others among them."""
    actor, case = seen_case(request, case_id)
    return queries.assessments_of_case(actor, case.id)[:MOST]


@creates(router, "/{uuid:case_id}/assessments", Action.ASSESS, AssessmentOut)
def begin_assessment(request: HttpRequest, case_id: UUID, body: BeginIn) -> object:
    """Begin an assessment by the newest form, or go on with one's own draft of this kind."""
    return commands.begin_assessment(actor_of(request), case_id=case_id, kind=body.kind)


@edits(router, "/assessments/{uuid:assessment_id}/answers", Action.ASSESS, AssessmentOut)
def save_answers(request: HttpRequest, assessment_id: UUID, body: StepIn) -> object:
    """Keep the answers of one step of one's own draft; those of other steps stay."""
    return commands.save_answers(
        actor_of(request),
        assessment_id=assessment_id,
        step=body.step,
        answers=body.told(),
        expected_version=version_asked(request),
    )


@creates(router, "/assessments/{uuid:assessment_id}/finished", Action.ASSESS, AssessmentOut)
def finish_assessment(request: HttpRequest, assessment_id: UUID, body: FinishIn) -> object:
    """Finish one's own draft; what it says of the person is only proposed."""
    return commands.finish_assessment(actor_of(request), assessment_id=assessment_id, **body.dict())


@creates(router, "/assessments/{uuid:assessment_id}/dropped", Action.ASSESS, AssessmentOut)
def drop_assessment(request: HttpRequest, assessment_id: UUID) -> object:
    """Give up one's own draft."""
    return commands.drop_assessment(actor_of(request), assessment_id=assessment_id)


@finds(router, "/assessments/{uuid:assessment_id}/opened", Action.ASSESSMENT_OPEN, AnswersOut)
def open_answers(request: HttpRequest, assessment_id: UUID, body: WhyIn) -> object:
    """Open the answers of a finished assessment."""
    opened = queries.open_answers(actor_of(request), assessment_id, **body.dict())
    return {
        "case_id": opened.assessment.case_id,
        "kind": opened.assessment.kind,
        "form_version": opened.assessment.form_version,
        "answers": [_answered(code, dict(answer)) for code, answer in opened.answers.items()],
    }


@creates(router, "/proposals/{uuid:proposal_id}/answer", Action.PROFILE_SET, ProposalOut)
def answer_proposal(request: HttpRequest, proposal_id: UUID, body: ProposalAnswerIn) -> object:
    """Confirm what was proposed for the profile, so that its gates follow, or decline it with a reason."""
    return commands.answer_proposal(actor_of(request), proposal_id=proposal_id, **body.dict())


def _answered(code: str, answer: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "value": answer.get("value"), "missing": answer.get("missing")}


def _form_out(kind: Kind) -> dict[str, object]:
    form = newest_form(kind)
    return {
        "kind": form.kind,
        "version": form.version,
        "youngest": form.youngest,
        "steps": [
            {
                "slug": step.slug,
                "questions": [
                    {
                        "code": one.code,
                        "asked": one.asked,
                        "choices": [choice.code for choice in one.choices],
                    }
                    for one in step.questions
                ],
            }
            for step in form.steps
        ],
    }
