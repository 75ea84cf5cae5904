"""A very short survey by message: which forms can be asked so, and one step after the other."""

from collections.abc import Sequence

from django.utils.timezone import localtime, now

from homeward.access.actor import Actor
from homeward.followup.commands import hand_in
from homeward.lib.identifiers import new_id
from homeward.lib.problems import Problem
from homeward.privacy.sealing import open_text, place_of, seal_text
from homeward.surveys.queries import web_form_of
from homeward.surveys.webform.filling import Filling
from homeward.surveys.webform.form import Asked, Control, WebForm
from homeward.surveys.webform.sending import written
from homeward.texting.models import Talk
from homeward.texting.neutrality import faults_of
from homeward.texting.problems import NotForMessages
from homeward.texting.queries import live_channels
from homeward.texting.queueing import News, news, queue
from homeward.texting.reaching import Way, holds, way_by
from homeward.texting.rules import (
    ASKED_FOR,
    MOST_CHOICES,
    MOST_MISUNDERSTOOD,
    MOST_QUESTIONS,
    Saying,
    chosen,
)
from homeward.texting.texts import text_of

MOST_SEGMENTS = 3


def asked_by_message(form: WebForm, language: str, names: Sequence[str]) -> list[Asked]:
    """The questions of a form that can be asked by message, or NotForMessages."""
    questions = [one for one in form.asked() if one.control != Control.NOTE]
    is_short = 1 <= len(questions) <= MOST_QUESTIONS and not form.obstacles and not list(form.repeats())
    if not is_short or not all(_is_closed(form, one) for one in questions):
        raise NotForMessages
    filling = Filling.begun(form, localtime(), instance_id="uuid:none", language=language)
    choices = [len(filling.offered(one, filling.near(one.path, filling.root)[0])) for one in questions]
    if not all(2 <= count <= MOST_CHOICES for count in choices):
        raise NotForMessages
    for place in range(1, len(questions) + 1):
        text = question_text(filling, questions, place, language)
        if faults_of(text, names=names, most_segments=MOST_SEGMENTS):
            raise NotForMessages
    return questions


def question_text(filling: Filling, questions: Sequence[Asked], place: int, language: str) -> str:
    """One question with its choices under numbers; `place` counts from 1."""
    asked = questions[place - 1]
    node = filling.near(asked.path, filling.root)[0]
    offered = enumerate(filling.offered(asked, node), start=1)
    choices = ", ".join(f"{number} {one.label}" for number, one in offered)
    question = filling.say(asked.label, node)
    return text_of(
        Saying.QUESTION, language, place=place, count=len(questions), question=question, choices=choices
    )


def go_on(actor: Actor, talk: Talk, said: str) -> None:
    """Take an answer in: the next question, the same once more, or the end; in the reply's transaction."""
    way = _way(actor, talk)
    if way is None or talk.waits_until < now():
        end(talk)
        return
    questions = [one for one in web_form_of(talk.form).asked() if one.control != Control.NOTE]
    if talk.position == 0:
        _agreed(actor, talk, way, questions, chosen(said, 2))
    else:
        _answered(actor, talk, way, questions, said)


def end(talk: Talk) -> None:
    """End a talk; what was answered so far and not handed in is forgotten."""
    talk.ended_at, talk.content = now(), b""
    talk.save(update_fields=["ended_at", "content", "submission_id"])


def ask_again(talk: Talk) -> bool:
    """Whether the same is asked once more: an answer was none of the choices, and not too often yet."""
    talk.misunderstood += 1
    talk.save(update_fields=["misunderstood"])
    return talk.misunderstood <= MOST_MISUNDERSTOOD


def _agreed(actor: Actor, talk: Talk, way: Way, questions: list[Asked], choice: int | None) -> None:
    if choice == 2:
        end(talk)
        queue(actor, talk.case, way, news(Saying.THANKS, f"thanks:{talk.id}", way))
    elif choice == 1:
        filling = Filling.begun(
            web_form_of(talk.form),
            localtime(),
            instance_id=f"uuid:{new_id()}",
            respondent=str(talk.visit.key),
            language=way.permission.language,
        )
        _ask(actor, talk, way, filling, questions, 1)
    elif ask_again(talk):
        once = f"ask:{talk.id}:{talk.misunderstood}"
        queue(actor, talk.case, way, news(Saying.ASK, once, way, count=len(questions)))
    else:
        end(talk)


def _answered(actor: Actor, talk: Talk, way: Way, questions: list[Asked], said: str) -> None:
    kept = open_text(talk.case.person_id, place_of(talk, "content"), talk.content)
    filling = Filling.going_on(web_form_of(talk.form), localtime(), kept, way.permission.language)
    asked = questions[talk.position - 1]
    node = filling.near(asked.path, filling.root)[0]
    offered = filling.offered(asked, node)
    choice = chosen(said, len(offered))
    if choice is None:
        if ask_again(talk):
            _ask(actor, talk, way, filling, questions, talk.position)
        else:
            end(talk)
        return
    filling.answer(asked, node, offered[choice - 1].code)
    filling.settle()
    if talk.position < len(questions):
        _ask(actor, talk, way, filling, questions, talk.position + 1)
    else:
        _finish(actor, talk, way, filling)


def _ask(actor: Actor, talk: Talk, way: Way, filling: Filling, questions: list[Asked], place: int) -> None:
    talk.position, talk.waits_until = place, now() + ASKED_FOR
    talk.content = seal_text(talk.case.person_id, place_of(talk, "content"), filling.kept())
    talk.save(update_fields=["position", "waits_until", "content"])
    text = question_text(filling, questions, place, way.permission.language)
    once = f"question:{talk.id}:{place}:{talk.misunderstood}"
    queue(actor, talk.case, way, News(Saying.QUESTION, once, text))


def _finish(actor: Actor, talk: Talk, way: Way, filling: Filling) -> None:
    body = written(filling, localtime())
    try:
        talk.submission_id = hand_in(actor, body=body, device="sms", visit_id=talk.visit_id).id
    except Problem:  # the visit or its form has moved on: the answers stand among the replies
        talk.submission_id = None
    end(talk)
    queue(actor, talk.case, way, news(Saying.THANKS, f"thanks:{talk.id}", way))


def _way(actor: Actor, talk: Talk) -> Way | None:
    permission = talk.permission
    return way_by(permission, live_channels(actor)) if holds(permission) else None


def _is_closed(form: WebForm, asked: Asked) -> bool:
    logic = form.logic.get(asked.path)
    return asked.control == Control.ONE and (logic is None or not (logic.relevant or logic.constraint))
