"""Writing to a person: asking for a call, asking a few questions, reminding of what was agreed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime, now

from homeward.access.actions import Action
from homeward.access.actor import Actor
from homeward.access.command import command
from homeward.cases.queries import get_case
from homeward.cases.queries.journey import appointments_between
from homeward.followup.queries import get_visit, visits_agreed_for
from homeward.followup.rules import VisitState
from homeward.lib.problems import Problem, WrongState
from homeward.organisations.queries import get_organisation
from homeward.surveys.queries import form_of, web_form_of
from homeward.texting.models import Message, Talk
from homeward.texting.problems import AskedAlready, NotForMessages
from homeward.texting.queries import has_channel, stale_talks
from homeward.texting.queueing import News, news, queue
from homeward.texting.reaching import way_to
from homeward.texting.rules import ASKED_FOR, REMIND_AHEAD, REMIND_AT_LEAST, Saying
from homeward.texting.talking import asked_by_message, end

if TYPE_CHECKING:
    from homeward.cases.models import Appointment, Case
    from homeward.followup.models import Visit

CALL_STANDS = timedelta(days=2)


@dataclass(frozen=True)
class Counted:
    """How many messages were put into the outbox."""

    id: UUID
    count: int


@command(Action.MESSAGE_SEND)
def ask_to_call(actor: Actor, *, case_id: UUID) -> Message:
    """Ask the person, in neutral words, to get in touch; at most once a day."""
    case = get_case(actor, case_id)
    way = way_to(actor, case)
    told = news(Saying.CALL_BACK, f"call_back:{case.id}:{localdate()}", way)
    message = queue(actor, case, way, _until(told, now() + CALL_STANDS))
    if message is None:
        raise WrongState
    return message


@command(Action.MESSAGE_SEND)
def ask_by_message(actor: Actor, *, visit_id: UUID) -> Talk:
    """Ask the questions of a visit by message, if they are few, closed and neutral, and the person agrees."""
    visit = get_visit(actor, visit_id)
    if visit.state not in (VisitState.DUE, VisitState.MISSED):
        raise WrongState
    if not visit.instrument or visit.member_id is not None:
        raise NotForMessages
    case = get_case(actor, visit.case_id)
    way = way_to(actor, case)
    form = form_of(actor, visit.instrument)
    questions = asked_by_message(web_form_of(form), way.permission.language, _names(actor, case))
    moment = now()
    talk = Talk(
        organisation_id=actor.organisation_id,
        case_id=case.id,
        visit_id=visit.id,
        permission=way.permission,
        form=form,
        number_index=way.permission.number_index,
        begun_at=moment,
        waits_until=moment + ASKED_FOR,
    )
    try:
        with transaction.atomic():
            talk.save(force_insert=True)
    except IntegrityError as busy:
        raise AskedAlready from busy
    told = news(Saying.ASK, f"ask:{talk.id}", way, count=len(questions))
    queue(actor, case, way, _until(told, talk.waits_until))
    return talk


@command(Action.MESSAGE_REMIND)
def remind_people(actor: Actor, *, at: datetime) -> Counted:
    """Put reminders of appointments and of visits agreed on into the outbox, once for each time agreed."""
    if not has_channel(actor):
        return Counted(actor.organisation_id, 0)
    put = [_remind(actor, one.case, told) for one, told in _ahead(actor, at)]
    for talk in stale_talks(actor).select_for_update(skip_locked=True):
        end(talk)
    return Counted(actor.organisation_id, sum(put))


@dataclass(frozen=True)
class _Agreed:
    """What somebody is reminded of: what, when, which record, and how the time is said."""

    told: Saying
    at: datetime
    record_id: UUID
    is_timed: bool


def _ahead(actor: Actor, at: datetime) -> Iterator[tuple["Appointment | Visit", _Agreed]]:
    until = at + REMIND_AHEAD
    for meeting in appointments_between(actor, at + REMIND_AT_LEAST, until):
        yield meeting, _Agreed(Saying.APPOINTMENT, meeting.starts_at, meeting.id, is_timed=True)
    for visit in visits_agreed_for(actor, localtime(at).date(), localtime(until).date()):
        if visit.planned_on:
            yield visit, _Agreed(Saying.VISIT, _day_begins(visit.planned_on), visit.id, is_timed=False)


def _remind(actor: Actor, case: "Case", agreed: _Agreed) -> bool:
    try:
        way = way_to(actor, case)
    except Problem:
        return False
    local = agreed.at.astimezone(way.zone) if agreed.is_timed else agreed.at
    given = {"day": f"{local:%d/%m}"} | ({"time": f"{local:%H:%M}"} if agreed.is_timed else {})
    once = f"{agreed.told}:{agreed.record_id}:{agreed.at.isoformat()}"
    told = news(agreed.told, once, way, **given)
    until = agreed.at - REMIND_AT_LEAST if agreed.is_timed else agreed.at + timedelta(hours=12)
    return queue(actor, case, way, _until(told, until, agreed)) is not None


def _day_begins(day: date) -> datetime:
    """The first moment of a day, as visits note theirs."""
    return datetime.combine(day, time.min, localtime().tzinfo)


def _until(told: News, until: datetime, agreed: _Agreed | None = None) -> News:
    about_id, about_at = (agreed.record_id, agreed.at) if agreed else (None, None)
    return News(told.told, told.once, told.text, about_id=about_id, about_at=about_at, until=until)


def _names(actor: Actor, case: "Case") -> Iterable[str]:
    """What must not stand in a question: who asks, whom, and for which programme."""
    person = case.person
    own = get_organisation(actor, actor.organisation_id).name
    programme = [case.programme.name] if case.programme else []
    people = (person.given_names, person.family_name, person.native_name)
    return [own, *programme, *(name for name in people if name)]
