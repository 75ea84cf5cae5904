"""Asking afterwards, of those who led a case before, what the record does not say."""

from uuid import UUID

from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.handover_rules import due_from
from homeward.cases.models import CaseQuestion
from homeward.cases.obstacles import require_text
from homeward.cases.queries import get_case
from homeward.cases.queries.handovers import get_question, who_can_be_asked
from homeward.cases.rules import EventKind
from homeward.cases.saving import tell, tell_as_party
from homeward.lib.problems import Invalid, WrongState


@command(Action.FORMER_LEAD_ASK)
def ask_former_lead(actor: Actor, *, case_id: UUID, organisation_id: UUID, text: str) -> CaseQuestion:
    """Ask an organisation that led the case before, or that sent the person; the answer is due in a week."""
    require_text(text=text)
    today = localdate()
    case = get_case(actor, case_id)
    known = {one.from_organisation_id: one for one in who_can_be_asked(actor, case, today)}
    if organisation_id not in known:
        raise Invalid(fields={"organisation": _("Nobody there can be asked about this case any more.")})
    handover = known[organisation_id]
    question = CaseQuestion.objects.create(
        case=case,
        organisation_id=actor.organisation_id,
        to_organisation_id=organisation_id,
        handover=handover,
        text=text.strip(),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        due_on=due_from(today),
        until=handover.stays_until or today,
    )
    tell(actor, case.id, EventKind.FORMER_LEAD_ASKED, subject_id=question.id)
    return question


@command(Action.FORMER_LEAD_ANSWER)
def answer_as_former_lead(actor: Actor, *, question_id: UUID, text: str) -> CaseQuestion:
    """Answer what the organisation that leads the case now wants to know; once."""
    require_text(text=text)
    question = get_question(actor, question_id, for_update=True)
    if question.to_organisation_id != actor.organisation_id:
        raise WrongState(_("This is for the other organisation to do."))
    if question.answered_at:
        raise WrongState(_("This question is answered already."))
    question.answer, question.answered_by_name, question.answered_at = text.strip(), actor.name, now()
    question.save()
    tell_as_party(actor, question.case_id, EventKind.FORMER_LEAD_ANSWERED, subject_id=question.id)
    return question
