"""Reading cases on their way between organisations, and later questions about them.

Who is offered a case does not see the case itself: nothing here joins it, or the row would vanish.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from homeward.access.actor import Actor
from homeward.cases.handover_rules import OPEN_STATES, PASSING, HandoverKind, HandoverState, is_silent
from homeward.cases.models import Case, CaseQuestion, Handover, HandoverMessage, Listing
from homeward.cases.queries.cases import own_listings, visible_cases
from homeward.cases.rules import Scope
from homeward.lib.problems import NotFound

SIDES = ("from_organisation", "to_organisation", "waits_for")


def visible_handovers(actor: Actor) -> QuerySet[Handover]:
    """Handovers of cases the actor sees, and those that another organisation addressed to the actor's."""
    own = actor.organisation_id
    addressed = Q(to_organisation_id=own) & ~Q(kind=HandoverKind.RETROACTIVE)
    addressed |= Q(from_organisation_id=own, kind=HandoverKind.RETROACTIVE)
    seen = Handover.objects.filter(addressed | Q(case__in=visible_cases(actor).values("id")))
    return seen.select_related(*SIDES).order_by("-begun_at", "-id")


def get_handover(actor: Actor, handover_id: UUID, *, for_update: bool = False) -> Handover:
    """One handover the actor may read; locked when it is about to change."""
    found = visible_handovers(actor).filter(id=handover_id)
    one = (found.select_for_update(of=("self",)) if for_update else found).first()
    if one is None:
        raise NotFound
    return one


def handovers_waiting(actor: Actor) -> QuerySet[Handover]:
    """Open handovers in which it is the turn of the actor's organisation, oldest promise first."""
    waiting = visible_handovers(actor).filter(waits_for_id=actor.organisation_id, state__in=OPEN_STATES)
    return waiting.order_by("due_on", "id")


def handovers_to_see_to(actor: Actor) -> QuerySet[Handover]:
    """Both of these at once: those to answer, and those about whose silence somebody was told."""
    seen = visible_handovers(actor).filter(state__in=OPEN_STATES)
    seen = seen.filter(Q(waits_for_id=actor.organisation_id) | Q(escalated_on__isnull=False))
    return seen.order_by("due_on", "id")


def open_handover_of(actor: Actor, case_id: UUID) -> Handover | None:
    """The handover under way of a case's lead that the actor's organisation takes part in, or None."""
    return visible_handovers(actor).filter(case_id=case_id, state__in=OPEN_STATES, kind__in=PASSING).first()


def handovers_of_case(actor: Actor, case_id: UUID) -> QuerySet[Handover]:
    """Handovers of a case, newest first, as far as they concern the actor's organisation."""
    return visible_handovers(actor).filter(case_id=case_id)


def messages_of(actor: Actor, handover: Handover) -> QuerySet[HandoverMessage]:
    """What was asked and answered about a handover, oldest first; call after `get_handover`."""
    return HandoverMessage.objects.filter(handover=handover).select_related("organisation").order_by("at")


def silent_handovers(actor: Actor, today: date) -> list[Handover]:
    """Open handovers in which the other side owes the actor's organisation a late answer; locked."""
    late = visible_handovers(actor).filter(state__in=OPEN_STATES, due_on__lt=today)
    late = late.exclude(waits_for_id=actor.organisation_id).select_for_update(of=("self",), skip_locked=True)
    return [one for one in late if is_silent(one.due_on, one.escalated_on, today)]


def known_listing(actor: Actor, case_id: UUID) -> Listing:
    """The organisation's own listing of a case that another leads, were it only an expected arrival."""
    found = own_listings(actor).filter(case_id=case_id).exclude(scope=Scope.LEAD).first()
    if found is None:
        raise NotFound
    return found


def questions_of_case(actor: Actor, case_id: UUID) -> QuerySet[CaseQuestion]:
    """What was asked afterwards about a case, newest first, as far as the actor may read it."""
    asked = CaseQuestion.objects.filter(case_id=case_id)
    return asked.select_related("organisation", "to_organisation").order_by("-asked_at")


def get_question(actor: Actor, question_id: UUID, *, for_update: bool = False) -> CaseQuestion:
    """One question that the actor's organisation asked or is asked."""
    found = CaseQuestion.objects.filter(id=question_id).select_related("organisation", "to_organisation")
    one = (found.select_for_update(of=("self",)) if for_update else found).first()
    if one is None:
        raise NotFound
    return one


def questions_waiting(actor: Actor) -> QuerySet[CaseQuestion]:
    """Questions that the actor's organisation has yet to answer, oldest promise first."""
    waiting = CaseQuestion.objects.filter(to_organisation_id=actor.organisation_id, answered_at=None)
    return waiting.select_related("organisation").order_by("due_on", "id")


def who_can_be_asked(actor: Actor, case: Case, today: date) -> list[Handover]:
    """The handovers by which other organisations gave this case away or sent the person, and still answer."""
    known = handovers_of_case(actor, case.id).filter(state=HandoverState.ACCEPTED, stays_until__gte=today)
    if case.lead_organisation_id != actor.organisation_id:
        return []
    latest = {one.from_organisation_id: one for one in reversed(known)}
    latest.pop(actor.organisation_id, None)
    return list(latest.values())
