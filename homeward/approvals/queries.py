"""What waits for an answer, from whom, and what was answered."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from homeward.access.actor import Actor
from homeward.access.roles import Role
from homeward.approvals.models import Approval, Step
from homeward.approvals.rules import Answerer, ApprovalState, Bar, SubjectKind, bar_to_answering
from homeward.lib.problems import EditConflict, NotFound
from homeward.organisations.queries import colleagues, live_roles

OWNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def visible_approvals(actor: Actor) -> QuerySet[Approval]:
    """What the actor's organisation asked for or answers."""
    return Approval.objects.filter(party_ids__contains=[actor.organisation_id]).select_related("organisation")


def get_approval(actor: Actor, approval_id: UUID) -> Approval:
    """One approval, or NotFound, whether it is missing or not the actor's to know of."""
    return _one(visible_approvals(actor).filter(id=approval_id))


def approval_for_edit(actor: Actor, approval_id: UUID, expected_version: int | None = None) -> Approval:
    """The approval locked for change; EditConflict when somebody answered after the actor read it."""
    found = _one(visible_approvals(actor).filter(id=approval_id).select_for_update(of=("self",)))
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def steps_of(actor: Actor, approval: Approval) -> list[Step]:
    """Every step in order, with the organisation that answers."""
    return list(approval.steps.select_related("organisation").order_by("number"))


def current_step(approval: Approval) -> Step:
    """The step that waits, or the last one answered."""
    return approval.steps.select_related("organisation").get(number=approval.step_number)


def approval_of(actor: Actor, subject_kind: SubjectKind, subject_id: UUID) -> Approval | None:
    """The latest approval asked for a subject, as far as the actor may know."""
    return approvals_of(actor, subject_kind, [subject_id]).get(subject_id)


def approvals_of(actor: Actor, kind: SubjectKind, subject_ids: Collection[UUID]) -> Mapping[UUID, Approval]:
    """The latest approval of each of many subjects of one kind."""
    asked = visible_approvals(actor).filter(subject_kind=kind, subject_id__in=subject_ids)
    return {one.subject_id: one for one in asked.order_by("asked_at", "id")}


def asked_approvals(actor: Actor) -> QuerySet[Approval]:
    """What the actor's organisation asked for and has no answer to, oldest promise first."""
    own = visible_approvals(actor).filter(organisation_id=actor.organisation_id, state=ApprovalState.WAITING)
    return own.order_by("due_on", "id")


def answered_approvals(actor: Actor) -> QuerySet[Approval]:
    """What was asked or answered by the actor's organisation and is over, newest first."""
    return visible_approvals(actor).exclude(state=ApprovalState.WAITING).order_by("-ended_at", "id")


def waiting_for(actor: Actor) -> QuerySet[Approval]:
    """What waits for this person's answer, oldest promise first.

    A step passed on to a colleague waits for that colleague alone, as long as they work here; what is
    overdue waits for coordinators and administrators too, who see that somebody answers.
    """
    mine = _open_steps(actor).exclude(barred_ids__contains=[actor.user_id])
    answerable = mine.filter(roles__contains=[actor.role]).filter(
        Q(passed_to_id=None) | Q(passed_to_id=actor.user_id) | ~Q(passed_to_id__in=_colleague_ids(actor))
    )
    waiting = visible_approvals(actor).filter(state=ApprovalState.WAITING)
    earlier = Step.objects.filter(approval=OuterRef("pk"), answered_by_id=actor.user_id)
    return waiting.filter(Exists(answerable), ~Exists(earlier)).order_by("due_on", "id")


def escalated_to(actor: Actor) -> QuerySet[Approval]:
    """Overdue answers of the actor's organisation, for those who see that somebody gives them."""
    if actor.role not in OWNERS:
        return Approval.objects.none()
    late = _open_steps(actor).filter(escalated_at__isnull=False)
    waiting = visible_approvals(actor).filter(state=ApprovalState.WAITING)
    return waiting.filter(Exists(late)).order_by("due_on", "id")


def overdue_steps(actor: Actor, today: date) -> QuerySet[Step]:
    """Open steps of the actor's organisation whose day has passed and of which nobody was told yet."""
    overdue = visible_approvals(actor).filter(state=ApprovalState.WAITING, due_on__lt=today)
    late = Step.objects.filter(organisation_id=actor.organisation_id, verdict="", escalated_at=None)
    return late.filter(approval__in=overdue, number=F("approval__step_number")).order_by("id")


def bar_for(actor: Actor, approval: Approval, step: Step) -> Bar | None:
    """Why the actor may not answer this step, or None; another organisation's step is not theirs by role."""
    if step.organisation_id != actor.organisation_id:
        return Bar.ROLE
    answered = approval.steps.exclude(answered_by_id=None).values_list("answered_by_id", flat=True)
    hats = frozenset(live_roles(actor.organisation_id, actor.user_id))
    return bar_to_answering(
        Answerer(actor.user_id, actor.role, hats),
        kind=SubjectKind(approval.subject_kind),
        roles=step.asked_roles,
        barred_ids=approval.barred_ids,
        answered_ids=[one for one in answered if one],
    )


def people_who_may_answer(actor: Actor, approval: Approval, step: Step) -> dict[UUID, str]:
    """Colleagues of the actor to whom the step can be passed on, by user."""
    if step.organisation_id != actor.organisation_id:
        return {}
    answered = set(approval.steps.values_list("answered_by_id", flat=True))
    barred = {*approval.barred_ids, *(one for one in answered if one)}
    able = colleagues(actor).filter(role__in=step.roles).exclude(user_id__in=barred)
    return {one.user_id: one.user.name for one in able}


def owners_of(actor: Actor, step: Step) -> set[UUID]:
    """Who is told that a step waits: whom it was passed to, else who may answer, else who runs the place."""
    here = colleagues(actor)
    if step.passed_to_id and here.filter(user_id=step.passed_to_id).exists():
        return {step.passed_to_id}
    for roles in (step.roles, [Role.COORDINATOR], [Role.ADMINISTRATOR]):
        able = set(here.filter(role__in=roles).values_list("user_id", flat=True)) - set(step.barred_ids)
        if able:
            return able
    return set()


def _open_steps(actor: Actor) -> QuerySet[Step]:
    own = Step.objects.filter(organisation_id=actor.organisation_id, verdict="")
    return own.filter(approval=OuterRef("pk"), number=OuterRef("step_number"))


def _colleague_ids(actor: Actor) -> QuerySet[Approval, UUID]:
    return colleagues(actor).order_by().values("user_id")  # type: ignore[return-value]


def _one(found: QuerySet[Approval]) -> Approval:
    approval = found.first()
    if approval is None:
        raise NotFound
    return approval
