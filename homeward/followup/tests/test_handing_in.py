"""A filled form finds the visit it was due for; none is lost, and none counts twice."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import localdate

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.queries import get_case, timeline_of
from homeward.cases.rules import EventKind
from homeward.followup.commands import hand_in
from homeward.followup.queries import answers_about, visits_assigned
from homeward.followup.rules import VisitState
from homeward.followup.tests.visits import a_visit, fresh
from homeward.lib.problems import NotFound, Refused
from homeward.surveys.models import Submission
from homeward.surveys.queries import get_submission
from homeward.surveys.rules import SubmissionState, Trouble
from homeward.surveys.tests.books import ANSWERS, filled
from homeward.surveys.tests.test_forms import published
from tests.cast import frida, hana, nora, stranger, tarek


@pytest.fixture
def visit(sami):
    published()
    return a_visit(sami)


def kept(receipt, actor=nora):
    with acting_as(actor):
        return get_submission(actor, receipt.id)


def test_who_has_nothing_to_do_with_answers_hands_none_in(visit):
    with pytest.raises(Refused):
        hand_in(frida, body=filled(ANSWERS, respondent=visit.key))


def test_a_visit_that_is_not_the_actors_cannot_be_named(visit):
    for actor in (stranger, tarek):
        with pytest.raises(NotFound):
            hand_in(actor, body=filled(ANSWERS), visit_id=visit.id)
    with acting_as(nora):
        assert Submission.objects.count() == 0


def test_the_key_of_somebody_elses_visit_is_kept_and_flagged_and_tells_nothing(visit):
    for actor, key in ((stranger, visit.key), (hana, uuid4())):
        receipt = hand_in(actor, body=filled(ANSWERS, respondent=key))
        assert receipt.state == SubmissionState.FLAGGED
        assert kept(receipt, system_actor(actor.organisation_id)).troubles == [Trouble.UNKNOWN_RESPONDENT]
    assert fresh(visit).state == VisitState.DUE


def test_without_a_key_it_is_kept_unlinked(visit):
    receipt = hand_in(nora, body=filled(ANSWERS))
    assert (receipt.state, receipt.respondent) == (SubmissionState.COMPLETE, None)
    assert fresh(visit).state == VisitState.DUE


def test_a_filled_form_makes_the_visit_done_and_counts_as_contact(visit, sami):
    receipt = hand_in(hana, body=filled(ANSWERS, respondent=visit.key), device="phone-1")
    done = fresh(visit)
    assert (done.state, done.submission_id, done.done_on) == (VisitState.DONE, receipt.id, localdate())
    with acting_as(nora):
        assert get_case(nora, sami.id).last_contact_on == localdate()
        kinds = [event.kind for event in timeline_of(nora, sami.id)]
    assert kinds.count(EventKind.VISIT_MADE) == 1
    with acting_as(hana):
        assert not visits_assigned(hana).exists()


def test_in_the_browser_the_visit_is_named_instead_of_the_key(visit):
    receipt = hand_in(nora, body=filled(ANSWERS), visit_id=visit.id)
    assert kept(receipt).respondent == visit.key
    assert fresh(visit).submission_id == receipt.id


def test_sent_again_it_is_the_same_visit_done_once(visit):
    body = filled(ANSWERS, respondent=visit.key)
    receipts = [hand_in(hana, body=body) for _ in range(3)]
    assert [one.is_new for one in receipts] == [True, False, False]
    assert fresh(visit).version == 2


def test_other_answers_for_a_visit_that_was_made_are_kept_and_flagged(visit):
    first = hand_in(hana, body=filled(ANSWERS, respondent=visit.key))
    second = hand_in(hana, body=filled("<works>no</works>", respondent=visit.key))
    assert kept(second).troubles == [Trouble.ANSWERED_TWICE]
    assert fresh(visit).submission_id == first.id


def test_a_correction_takes_the_place_of_what_it_corrects(visit):
    hand_in(hana, body=filled(ANSWERS, respondent=visit.key, instance="uuid:a"))
    again = hand_in(
        hana, body=filled("<works>no</works>", respondent=visit.key, instance="uuid:b", deprecated="uuid:a")
    )
    assert again.state == SubmissionState.COMPLETE
    assert fresh(visit).submission_id == again.id
    # the first one, sent once more, changes nothing
    hand_in(hana, body=filled(ANSWERS, respondent=visit.key, instance="uuid:a"))
    assert fresh(visit).submission_id == again.id


def test_another_form_than_the_one_that_was_due_is_flagged(sami):
    published()
    visit = a_visit(sami, instrument="business")
    receipt = hand_in(hana, body=filled(ANSWERS, respondent=visit.key))
    assert kept(receipt).troubles == [Trouble.OTHER_FORM]
    assert fresh(visit).state == VisitState.DUE


def test_what_comes_weeks_late_from_a_telephone_still_counts(visit):
    with acting_as(nora):
        visit.state = VisitState.MISSED
        visit.save(update_fields=["state"])
    hand_in(hana, body=filled(ANSWERS, respondent=visit.key))
    assert fresh(visit).state == VisitState.DONE


def test_an_officer_in_the_field_sees_their_own_visits_and_no_other(visit, sami):
    other = a_visit(sami, to=nora, round="twelve_months")
    with acting_as(hana):
        assert list(visits_assigned(hana)) == [visit]
    with acting_as(nora):
        assert list(visits_assigned(nora)) == [other]
    with pytest.raises(NotFound):
        fresh(other, hana)
    with acting_as(stranger):
        assert not visits_assigned(stranger).exists()


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_make_one_visit_done_once(sami):
    published()
    visit = a_visit(sami)
    same = filled(ANSWERS, respondent=visit.key)
    bodies = [same] * 8 + [filled("<works>no</works>", respondent=visit.key) for _ in range(4)]
    receipts, troubles = [], []

    def send(body):
        try:
            receipts.append(hand_in(hana, body=body))
        except Exception as trouble:  # noqa: BLE001 - told below
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert sum(one.is_new for one in receipts) == 5
    done = fresh(visit)
    assert done.version == 2
    with acting_as(nora):
        assert Submission.objects.filter(troubles=[Trouble.ANSWERED_TWICE]).count() == 4


def test_what_was_answered_is_found_by_the_case_for_a_copy_and_no_further(visit, sami):
    receipt = hand_in(hana, body=filled(ANSWERS, respondent=visit.key))
    with acting_as(nora):
        assert [one.id for one in answers_about(nora, [sami.id])] == [receipt.id]
    with acting_as(stranger):
        assert answers_about(stranger, [sami.id]) == []
