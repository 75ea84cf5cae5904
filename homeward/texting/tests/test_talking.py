"""A very short survey by message, from whether one may ask to answers that count for the visit."""

import pytest

from homeward.access.acting import acting_as
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.surveys.commands import add_instrument, publish_form
from homeward.surveys.models import Submission
from homeward.surveys.tests.books import workbook
from homeward.texting.commands import ask_by_message
from homeward.texting.models import Talk
from homeward.texting.problems import AskedAlready, NotForMessages
from homeward.texting.rules import Meaning
from homeward.texting.tests.phones import hear, messages, send_all
from tests.cast import adil, nora


def question(name, label, choices="yn", **more):
    kind = {"type": f"select_one {choices}", "name": name, "label::English (en)": label}
    return {**kind, "label::العربية (ar)": "سؤال", "required": "yes", **more}


HIDDEN = {"type": "hidden", "name": "homeward_respondent"}
TIMES = ({"type": "start", "name": "start"}, {"type": "end", "name": "end"}, HIDDEN)
SHORT = (*TIMES, question("works", "Are you working?"), question("well", "Are you well?"))


def published(rows=SHORT, form_id="short"):
    made = add_instrument(adil, file=workbook(rows, form_id=form_id, form_title="Short"))
    return publish_form(adil, version_id=made.id, expected_version=1)


@pytest.fixture
def visit(reachable):
    published()
    return a_visit(reachable.case, instrument="short")


def test_answers_by_message_count_for_the_visit(reachable, visit, far_end):
    ask_by_message(nora, visit_id=visit.id)
    for answer in ("1", "1", "٢"):
        send_all()
        assert hear(reachable.channel, answer).meaning == Meaning.ANSWER
    send_all()
    assert far_end.texts == [
        "May we ask you 2 short questions by message? Reply 1 for yes, 2 for no. "
        "Reply STOP to get no more messages.",
        "1/2 Are you working? 1 Yes, 2 No, 3 No answer, 4 Not for me",
        "2/2 Are you well? 1 Yes, 2 No, 3 No answer, 4 Not for me",
        "Thank you. No more questions.",
    ]
    done = fresh(visit)
    assert done.state == VisitState.DONE
    with acting_as(nora):
        kept = Submission.objects.get(id=done.submission_id)
        talk = Talk.objects.get()
    assert (kept.respondent, kept.device) == (visit.key, "sms")
    assert (kept.answers["works"], kept.answers["well"]) == ("yes", "no")
    assert (bytes(talk.content), talk.submission_id) == (b"", kept.id)


def test_whoever_does_not_want_to_is_asked_nothing(reachable, visit, far_end):
    ask_by_message(nora, visit_id=visit.id)
    send_all()
    hear(reachable.channel, "2")
    send_all()
    assert far_end.texts[1:] == ["Thank you. No more questions."]
    assert fresh(visit).state == VisitState.DUE


def test_what_was_none_of_the_choices_is_asked_twice_more_at_most(reachable, visit, far_end):
    ask_by_message(nora, visit_id=visit.id)
    for _time in range(4):
        send_all()
        hear(reachable.channel, "why?")
    send_all()
    assert len(far_end.texts) == 3
    with acting_as(nora):
        assert Talk.objects.get().ended_at


def test_stop_in_between_forgets_what_was_answered(reachable, visit, far_end):
    ask_by_message(nora, visit_id=visit.id)
    for answer in ("1", "1", "stop"):
        send_all()
        hear(reachable.channel, answer)
    with acting_as(nora):
        talk = Talk.objects.get()
    assert talk.ended_at
    assert bytes(talk.content) == b""
    assert fresh(visit).state == VisitState.DUE


def test_answers_brought_twice_answer_one_question(reachable, visit):
    ask_by_message(nora, visit_id=visit.id)
    for _time in range(2):
        hear(reachable.channel, "1", provider_id="one")
    assert [one.told for one in messages()] == ["ask", "question"]


def test_nobody_is_asked_twice_at_once(reachable, visit):
    ask_by_message(nora, visit_id=visit.id)
    with pytest.raises(AskedAlready):
        ask_by_message(nora, visit_id=visit.id)


@pytest.mark.parametrize(
    "rows",
    [
        (*TIMES, question("works", "Did your return go well?")),
        (*TIMES, question("works", "Sami, are you well?")),
        (*TIMES, *(question(f"q{number}", "Well?") for number in range(4))),
        (*TIMES, question("works", "Well?", relevant="1 = 1")),
        (*TIMES, {**question("works", "Well?"), "type": "text"}),
        (*TIMES, question("works", "Well? " * 100)),
    ],
)
def test_only_few_closed_neutral_questions_are_asked(reachable, rows):
    published(rows, form_id="other")
    visit = a_visit(reachable.case, instrument="other")
    with pytest.raises(NotForMessages):
        ask_by_message(nora, visit_id=visit.id)
    assert messages() == []
