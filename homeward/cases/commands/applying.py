"""Applying to a programme, and deciding about applications."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.journey_rules import (
    Act,
    ApplicationState,
    Obstacle,
    obstacle_in_decisions,
)
from homeward.cases.models import Application, ApplicationDraft, Case
from homeward.cases.obstacles import WORDS, NotNow, obstacle_for, require_past, require_text
from homeward.cases.queries import case_for_edit
from homeward.cases.queries.eligibility import without_eligibility
from homeward.cases.queries.journey import decisions_of_case, get_application
from homeward.cases.rules import EventKind
from homeward.cases.saving import save_case, tell
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Invalid, Problem, WrongState
from homeward.people.rules import is_surely_minor
from homeward.programmes.queries import open_programmes, version_in_force


class OwnApplication(Problem):
    """Who submitted an application never decides about it."""

    status = 403
    code = "own_application"
    message = _("You submitted this application. A colleague has to decide about it.")


class NotEligibleYet(WrongState):
    """Nobody is accepted before the rules say yes, or two people stand by another answer."""

    code = "not_eligible_yet"
    message = _("Eligibility is not decided yet. Decide it on the case first.")


@command(Action.APPLICATION_SUBMIT)
def submit_application(
    actor: Actor,
    *,
    case_id: UUID,
    programme_id: UUID,
    submitted_on: date,
    requested: str = "",
    with_case_ids: Sequence[UUID] = (),
) -> Application:
    """Apply to a programme for a person and for those of the file who go along."""
    case = case_for_edit(actor, case_id)
    _require_ready(actor, case)
    require_past(submitted_on=submitted_on)
    programme = open_programmes(actor, submitted_on).filter(id=programme_id).first()
    if programme is None:
        raise Invalid(fields={"programme_id": _("Choose a programme that takes applications on this day.")})
    members = [_member(actor, case, member_id, submitted_on) for member_id in dict.fromkeys(with_case_ids)]
    together_id = new_id()
    given = {"programme_id": programme.id, "submitted_on": submitted_on, "requested": requested.strip()}
    first, *_others = [_submit(actor, one, together_id, given) for one in (case, *members)]
    return first


@command(Action.APPLICATION_DECIDE)
def decide_application(
    actor: Actor, *, application_id: UUID, accept: bool, decided_on: date, reasons: str = ""
) -> Application:
    """Accept or reject what was applied for together, as far as the actor sees those cases."""
    application = get_application(actor, application_id)
    if application.submitted_by_id == actor.user_id:
        raise OwnApplication
    if application.state != ApplicationState.SUBMITTED:
        raise WrongState(_("This application was decided already."))
    require_past(decided_on=decided_on)
    if decided_on < application.submitted_on:
        raise Invalid(fields={"decided_on": _("This is before the application was submitted.")})
    if not accept:
        require_text(reasons=reasons)
    together = Application.objects.filter(
        together_id=application.together_id, state=ApplicationState.SUBMITTED
    )
    waiting = list(together.select_for_update().order_by("id"))
    if accept:
        _require_eligible(actor, [one.case_id for one in waiting])
    for one in waiting:
        _decide(actor, one, accept=accept, decided_on=decided_on, reasons=reasons.strip())
    application.refresh_from_db()
    return application


def _require_ready(actor: Actor, case: Case) -> None:
    obstacle = obstacle_for(case, Act.APPLY) or obstacle_in_decisions(decisions_of_case(actor, case.id))
    if obstacle:
        raise NotNow(obstacle)


def _member(actor: Actor, principal: Case, case_id: UUID, on: date) -> Case:
    """Somebody of the same file who applies too; who is under age is covered by the principal's decision."""
    case = case_for_edit(actor, case_id)
    if principal.file_id is None or case.file_id != principal.file_id or case.id == principal.id:
        raise Invalid(fields={"with_case_ids": _("Choose people of the same file.")})
    is_child = is_surely_minor(case.person.birth, on)
    obstacle = obstacle_for(case, Act.APPLY)
    if is_child and obstacle == Obstacle.NOT_COUNSELLED:
        obstacle = None
    elif obstacle is None and not is_child:
        obstacle = obstacle_in_decisions(decisions_of_case(actor, case.id))
    if obstacle:
        raise Invalid(fields={"with_case_ids": f"{case.reference}: {WORDS[obstacle]}"})
    return case


def _require_eligible(actor: Actor, case_ids: Sequence[UUID]) -> None:
    cases = Case.objects.filter(id__in=case_ids).select_related("programme_version").order_by("reference")
    open_ones = without_eligibility(actor, cases)
    if open_ones:
        references = ", ".join(case.reference for case in open_ones)
        raise NotEligibleYet(f"{NotEligibleYet.message} {references}")


def _submit(actor: Actor, case: Case, together_id: UUID, given: dict[str, object]) -> Application:
    application = Application.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        together_id=together_id,
        submitted_by_id=actor.user_id,
        submitted_by_name=actor.name,
        **given,
    )
    ApplicationDraft.objects.filter(case=case, ended_at=None).update(ended_at=now())
    case.applied_on, case.rejected_on = application.submitted_on, None
    case.programme_id = application.programme_id
    case.programme_version = version_in_force(actor, application.programme_id, application.submitted_on)
    save_case(case)
    tell(actor, case.id, EventKind.APPLIED, on=case.applied_on, subject_id=application.id)
    return application


def _decide(actor: Actor, application: Application, *, accept: bool, decided_on: date, reasons: str) -> None:
    application.state = ApplicationState.ACCEPTED if accept else ApplicationState.REJECTED
    application.decided_on, application.reasons = decided_on, reasons
    application.decided_by_id, application.decided_by_name = actor.user_id, actor.name
    application.decided_by_organisation_id = actor.organisation_id
    application.save()
    case = Case.objects.select_for_update().get(id=application.case_id)
    case.accepted_on, case.rejected_on = (decided_on, None) if accept else (None, decided_on)
    save_case(case)
    kind = EventKind.ACCEPTED if accept else EventKind.REJECTED
    tell(actor, case.id, kind, on=decided_on, subject_id=application.id)
