"""Reading visits, attempts at them, and how businesses fare."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.cases.queries import require_case, visible_cases
from homeward.cases.queries.gates import flags_of_case
from homeward.cases.queries.journey import contacts_of_case
from homeward.cases.reaching import MET
from homeward.followup.models import Area, Attempt, BusinessCheck, SampleMember, Visit
from homeward.followup.rules import Silence, Tried, VisitState, Why, silence_of
from homeward.followup.sampling.rules import ASKED
from homeward.followup.schedule import Least, Person, Planned, planned, read_least
from homeward.lib.problems import EditConflict, NotFound
from homeward.organisations.queries import actor_for, colleagues
from homeward.programmes.queries import terms_of
from homeward.surveys.queries import known_instruments, submissions_of_many

if TYPE_CHECKING:
    from homeward.cases.models import Case
    from homeward.organisations.models import Membership
    from homeward.surveys.models import Submission

MOST_AT_ONCE = 5000


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Visits the actor may see: those of the cases they work with; in the field only their own."""
    actor.require(Action.VISIT_VIEW)
    visits = Visit.objects.filter(case__in=visible_cases(actor))
    # A person on their own page sees their case alone, and of it every visit.
    return visits if actor.only or actor.may(Action.CASE_VIEW) else visits.filter(_own(actor))


def visits_assigned(actor: Actor) -> QuerySet[Visit]:
    """Visits due and the actor's to make, soonest first; everybody's for coordinators and programs."""
    due = visible_visits(actor).filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    if actor.may(Action.VISIT_RECORD) and not actor.is_program:
        due = due.filter(_own(actor))
    marked = due.annotate(is_sampled=Exists(_sampled()))
    return marked.select_related("case__person", "member").order_by("due_on", "-is_sampled", "place", "id")


def visits_of(actor: Actor, case_id: UUID) -> QuerySet[Visit]:
    """The visits of one case in the order of the path."""
    require_follows(actor, case_id)
    return visits_of_case(actor, case_id)


def answers_about(actor: Actor, case_ids: "list[UUID]") -> "list[Submission]":
    """What was answered at the visits of these cases, as far as the actor's organisation received it."""
    keys = list(Visit.objects.filter(case_id__in=case_ids).values_list("key", flat=True))
    return list(submissions_of_many(actor, keys))


# The functions named `…_of_case` are called after `get_case`, or a visit, has let the actor in.


def visits_of_case(actor: Actor, case_id: UUID) -> QuerySet[Visit]:
    """The visits of one case in the order of the path."""
    return visible_visits(actor).filter(case_id=case_id).select_related("member").order_by("due_on", "id")


def get_visit(actor: Actor, visit_id: UUID) -> Visit:
    """One visit with its case and person, or NotFound."""
    found = visible_visits(actor).filter(id=visit_id).select_related("case__person", "member").first()
    if found is None:
        raise NotFound
    return found


def visit_for_edit(actor: Actor, visit_id: UUID, expected_version: int | None = None) -> Visit:
    """One visit, locked; call after its case was locked."""
    found = visible_visits(actor).filter(id=visit_id).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    if expected_version is not None and found.version != expected_version:
        raise EditConflict
    return found


def visit_of_key(actor: Actor, key: UUID) -> Visit | None:
    """The visit that an opaque key stands for, if the actor may see it."""
    return visible_visits(actor).filter(key=key).first() if actor.may(Action.VISIT_VIEW) else None


def attempts_at(actor: Actor, visit: Visit) -> QuerySet[Attempt]:
    """Attempts at a visit the actor was let in to, newest first."""
    return Attempt.objects.filter(visit=visit).order_by("-on", "-recorded_at")


def business_of(actor: Actor, case_id: UUID) -> QuerySet[BusinessCheck]:
    """How businesses of a person fared, newest first."""
    require_follows(actor, case_id)
    return business_of_case(actor, case_id)


def business_of_case(actor: Actor, case_id: UUID) -> QuerySet[BusinessCheck]:
    """How businesses of a person fared, newest first."""
    return BusinessCheck.objects.filter(case_id=case_id).order_by("-on", "-recorded_at")


def require_follows(actor: Actor, case_id: UUID) -> None:
    """NotFound unless the actor works with the case, or in the field has a visit of it."""
    require_case(actor, case_id)
    if not actor.may(Action.CASE_VIEW) and not visible_visits(actor).filter(case_id=case_id).exists():
        raise NotFound


def areas_of(actor: Actor) -> QuerySet[Area]:
    """Who of the actor's organisation goes where."""
    return Area.objects.filter(organisation_id=actor.organisation_id).order_by("place")


def visitors(actor: Actor) -> "list[Membership]":
    """Colleagues whose role includes making visits."""
    return [one for one in colleagues(actor) if actor_for(one).may(Action.VISIT_RECORD)]


def form_title(actor: Actor, code: str) -> str:
    """What the form that a visit asks with is called; nothing for a visit without questions."""
    if not code:
        return ""
    return known_instruments(actor).filter(code=code).values_list("title", flat=True).first() or ""


def visits_agreed_for(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """Visits of the actor's organisation agreed with the person for these days, with their cases."""
    due = visible_visits(actor).filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    agreed = due.filter(member=None, planned_on__gte=first, planned_on__lte=last)
    return agreed.select_related("case__person").order_by("id")


def visits_to_ask_at(actor: Actor, case_id: UUID) -> list[Visit]:
    """Visits with questions for the person of a case that can be made now."""
    open_now = visible_visits(actor).filter(case_id=case_id, state__in=[VisitState.DUE, VisitState.MISSED])
    return list(open_now.filter(member=None).exclude(instrument="").order_by("due_on", "id")[:20])


def visits_to_close(actor: Actor, today: date) -> QuerySet[Visit]:
    """Visits of the actor's organisation whose window has passed."""
    due = Visit.objects.filter(organisation_id=actor.organisation_id, state=VisitState.DUE)
    return due.filter(closes_on__lt=today).order_by("id")


def least() -> Least:
    """The least that people are followed up on this installation."""
    return _read_once(settings.FOLLOW_UP_FILE)


def wanted_visits(
    actor: Actor, case: "Case", existing: list[Visit], *, extended_months: int = 0
) -> Mapping[str, Planned]:
    """The visits that the rules want for a case now, by round; none before an arrival or after a death."""
    if case.arrived_on is None or case.deceased_on or case.withdrawn_on:
        return {}
    rules = least()
    months = {one.code: one.months_after_arrival for one in rules.extended}
    person = Person(
        arrived_on=case.arrived_on,
        birth_latest_on=case.person.birth_latest_on,
        flags=flags_of_case(actor, case.id),
        extended_months=max(
            [extended_months, *(months.get(one.round, 0) for one in existing if one.why == Why.ASKED)]
        ),
    )
    rounds = terms_of(case.programme_version).rounds if case.programme_version else ()
    return {one.round: one for one in planned(person, rounds, rules)}


def silence_in(actor: Actor, case_id: UUID) -> Silence:
    """How long nobody has reached the person of a case, and from when on contact may be said to be lost."""
    require_case(actor, case_id)
    return silence_of_case(actor, case_id)


def silence_of_case(actor: Actor, case_id: UUID) -> Silence:
    """How long nobody has reached the person of a case."""
    rules = least()
    tried = [Tried(one.on, one.outcome in MET) for one in contacts_of_case(actor, case_id)]
    return silence_of(tried, needed_attempts=rules.lost_after_attempts, needed_days=rules.lost_after_days)


def cases_to_plan(actor: Actor, changed_since: datetime | None) -> list[UUID]:
    """Cases the organisation leads whose person has arrived: changed since then, or without any visit."""
    led = visible_cases(actor).filter(lead_organisation_id=actor.organisation_id, arrived_on__isnull=False)
    if changed_since is None:
        led = led.filter(deceased_on=None, withdrawn_on=None, visits=None)
    else:
        led = led.filter(updated_at__gte=changed_since)
    return list(led.order_by("id").values_list("id", flat=True)[:MOST_AT_ONCE])


@cache
def _read_once(path: Path) -> Least:
    return read_least(path)


def _own(actor: Actor) -> Q:
    return Q(organisation_id=actor.organisation_id, assigned_to_id=actor.user_id)


def _sampled() -> QuerySet[SampleMember]:
    """Members of samples that ask this visit: who goes sees to these first."""
    return SampleMember.objects.filter(visit=OuterRef("pk"), role__in=ASKED)
