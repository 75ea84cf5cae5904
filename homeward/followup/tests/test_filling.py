"""Filling the form of a visit on pages: nothing lost, nothing doubled, nobody's answers written over."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import OneCase, system_actor
from homeward.access.roles import Role
from homeward.cases.commands import open_case
from homeward.followup.commands import (
    begin_filling,
    close_to_person,
    forget_unsent,
    open_to_person,
    save_answers,
    send_filled,
)
from homeward.followup.commands.filling import PhoneOnly, SavedMeanwhile
from homeward.followup.drafts import asked_of_me, open_draft
from homeward.followup.models import DraftFile, VisitDraft
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.people.commands import register_person
from homeward.people.rules import PersonDetails
from homeward.surveys.commands import add_instrument, publish_form
from homeward.surveys.filled.answers import answer_of
from homeward.surveys.models import Attachment, Submission
from homeward.surveys.queries import get_submission
from homeward.surveys.receiving import Sent
from homeward.surveys.rules import Missing, SubmissionState
from homeward.surveys.tests.books import workbook
from homeward.surveys.tests.test_forms import published
from homeward.surveys.webform.screens import screens_of
from homeward.surveys.webform.turning import Given, Go, after, screen_of
from tests.cast import frida, hana, nora, rosa, stranger, tarek


@pytest.fixture
def visit(sami):
    published()
    return a_visit(sami)


def person(case):
    return replace(nora, role=Role.RETURNEE, membership_id=None, only=OneCase(case.id, case.person_id))


def opened(visit, actor=hana):
    with acting_as(actor):
        return open_draft(actor, visit_id=visit.id)


def save(visit, answers, actor=hana, screen=None, seal=None, go=Go.ON, files=()):
    """Answer on the screen where the first of these questions is asked."""
    found = opened(visit, actor).filling
    index = {node.name: asked.index for asked, node in found.answers()}
    screen = screen or next(
        one.key for one in screens_of(found) if any(node.name in answers for _asked, node in one.questions)
    )
    seal = seal or screen_of(found, screen).seal()
    typed = {index[name]: text for name, text in answers.items()}
    with acting_as(actor):
        return save_answers(
            actor,
            visit_id=visit.id,
            given=Given(screen, seal, typed, go),
            files=[(index[name], sent) for name, sent in files],
        ).turn


def answer(visit, name, actor=hana):
    return next(node.text for _asked, node in opened(visit, actor).filling.answers() if node.name == name)


def fill(visit, actor=hana):
    save(visit, {"village": "Saltfield", "works": "yes"}, actor, go=Go.LATER)
    assert save(visit, {"village": "Saltfield", "works": "yes", "income": "١٢٠"}, actor).screen == "4-1"
    assert save(visit, {"called": "Amina", "age": "34"}, actor).screen == "6"


def test_who_does_not_follow_up_fills_nothing(visit):
    with pytest.raises(Refused):
        begin_filling(frida, visit_id=visit.id)
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            begin_filling(actor, visit_id=visit.id)


def test_a_form_with_something_for_phones_only_is_not_begun(sami):
    rows = ({"type": "geotrace", "name": "way", "label::English (en)": "Way"},)
    draft = add_instrument(rosa, file=workbook(rows, form_id="ways"))
    publish_form(rosa, version_id=draft.id, expected_version=draft.version)
    with pytest.raises(PhoneOnly):
        begin_filling(hana, visit_id=a_visit(sami, instrument="ways").id)


def test_a_draft_is_sealed_and_goes_on_where_a_colleague_left_it(visit):
    begin_filling(hana, visit_id=visit.id)
    save(visit, {"village": "Saltfield"}, go=Go.LATER)
    assert begin_filling(nora, visit_id=visit.id).id == opened(visit).draft.id
    assert answer(visit, "village", nora) == "Saltfield"
    with acting_as(nora):
        assert b"Saltfield" not in bytes(VisitDraft.objects.get().content)


def test_what_a_person_began_no_officer_reads(visit, sami):
    open_to_person(hana, visit_id=visit.id)
    me = person(sami)
    save(visit, {"village": "Saltfield"}, me, go=Go.LATER)
    with pytest.raises(NotFound):
        opened(visit, hana)
    begin_filling(hana, visit_id=visit.id)
    assert answer(visit, "village") == ""
    assert answer(visit, "village", me) == "Saltfield"
    close_to_person(hana, visit_id=visit.id)
    with pytest.raises(NotFound):
        opened(visit, me)


def test_a_person_sees_what_is_asked_of_them_and_nobody_elses(visit, sami):
    other = open_case(
        nora,
        person_id=register_person(nora, details=PersonDetails(given_names="O", family_name="P")).id,
        opened_on=localdate(),
    )
    theirs = a_visit(other)
    for one in (visit, theirs):
        open_to_person(hana if one is visit else nora, visit_id=one.id)
    me = person(sami)
    with acting_as(me):
        assert [one.visit_id for one in asked_of_me(me)] == [visit.id]
        assert VisitDraft.objects.count() == 1
    with pytest.raises(NotFound):
        opened(theirs, me)


def test_sent_by_the_person_it_makes_the_visit_and_is_kept_once(visit, sami):
    open_to_person(hana, visit_id=visit.id)
    me = person(sami)
    fill(visit, me)
    for _time in range(2):
        with acting_as(me):
            sent = send_filled(me, visit_id=visit.id)
    done = fresh(visit)
    assert (done.state, done.submission_id) == (VisitState.DONE, sent.submission_id)
    with acting_as(nora):
        assert Submission.objects.count() == 1
        assert bytes(VisitDraft.objects.get().content) == b""
    with pytest.raises(WrongState):
        begin_filling(hana, visit_id=visit.id)


def test_what_is_sent_says_each_answer_with_its_kind(visit):
    begin_filling(hana, visit_id=visit.id)
    save(visit, {"village": "Saltfield", "works": "yes"}, go=Go.LATER)
    save(visit, {"income": "98"}, screen="1")
    save(
        visit, {"help": "work cash", "where": "36.5, 3.1"}, files=[("photo", Sent("My face.JPG", b"picture"))]
    )
    sent = send_filled(hana, visit_id=visit.id)
    with acting_as(nora):
        kept = get_submission(nora, sent.submission_id)
        assert kept.state == SubmissionState.COMPLETE
        assert answer_of(kept.answers, "income") == Missing.DONT_KNOW
        assert kept.answers["help"] == ["cash", "work"]
        assert kept.answers["where"] == [36.5, 3.1, 0, 0]
        assert (kept.respondent, kept.device) == (visit.key, "web")
        assert Attachment.objects.get().size_bytes == len(b"picture")
        assert "face" not in Attachment.objects.get().name
        assert not DraftFile.objects.exists()


def test_nothing_is_sent_while_an_answer_is_wrong(visit):
    begin_filling(hana, visit_id=visit.id)
    turn = save(visit, {"village": "Saltfield", "works": ""})
    assert turn.stays
    with pytest.raises(Invalid):
        send_filled(hana, visit_id=visit.id)
    assert fresh(visit).state == VisitState.DUE


def test_two_browsers_never_write_over_each_other_unseen(visit):
    begin_filling(hana, visit_id=visit.id)
    read = screen_of(opened(visit).filling, "1").seal()
    save(visit, {"village": "Saltfield"}, seal=read, go=Go.LATER)
    with pytest.raises(SavedMeanwhile):
        save(visit, {"village": "Oldport"}, nora, seal=read, go=Go.LATER)
    save(visit, {"village": "Saltfield"}, nora, seal=read, go=Go.LATER)  # the same again is no quarrel
    assert answer(visit, "village") == "Saltfield"
    save(visit, {"help": "cash"}, nora)  # another screen is nobody's quarrel either
    assert (answer(visit, "village"), answer(visit, "help")) == ("Saltfield", "cash")


def test_a_time_asked_for_twice_by_a_bad_line_is_added_once(visit):
    begin_filling(hana, visit_id=visit.id)
    seal = screen_of(opened(visit).filling, "4-1").seal()
    for _time in range(2):
        turn = save(visit, {"called": "Amina", "age": "34"}, seal=seal, screen="4-1", go=Go.ADD)
        assert turn.screen == "4-2"
    found = opened(visit).filling
    assert [one.key for one in screens_of(found)] == ["1", "4-1", "4-2", "6"]
    assert after(found, "4-2") == "6"


@pytest.mark.django_db(transaction=True)
def test_sent_from_many_browsers_at_once_it_is_kept_once(visit):
    begin_filling(hana, visit_id=visit.id)
    fill(visit)
    told, begin = [], threading.Barrier(4)

    def send():
        begin.wait()
        try:
            told.append(send_filled(hana, visit_id=visit.id).submission_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _one in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with acting_as(nora):
        assert set(told) == {Submission.objects.get().id}
    assert len(told) == 4


def test_what_was_begun_and_never_sent_is_forgotten_and_nothing_else(visit):
    begin_filling(hana, visit_id=visit.id)
    begun = opened(visit).draft.saved_at
    partners = system_actor(hana.organisation_id)
    assert forget_unsent(partners, before=begun).count == 0
    assert forget_unsent(system_actor(stranger.organisation_id), before=begun + timedelta(1)).count == 0
    assert forget_unsent(partners, before=begun + timedelta(1)).count == 1
    with acting_as(hana):
        assert not VisitDraft.objects.exists()
    assert fresh(visit).state == VisitState.DUE
