from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import IntegrityError, connection, connections, transaction
from django.db.utils import ProgrammingError
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.cases.commands import (
    Along,
    Justification,
    accept_handover,
    answer_as_former_lead,
    answer_what_was_asked,
    ask_before_answering,
    ask_former_lead,
    ask_former_partner,
    confirm_arrival,
    decline_handover,
    escalate_silent,
    make_appointment,
    offer_handover,
    recall_handover,
    request_handover,
    tell_of_turns,
)
from homeward.cases.commands.handing_over import UnderWay
from homeward.cases.commands.sharing import NotTheLead
from homeward.cases.handover_disclosing import NothingBehindIt
from homeward.cases.handover_rules import (
    MOVED_BY,
    MOVES,
    OPEN_STATES,
    DeclineReason,
    HandoverKind,
    HandoverState,
    Side,
    is_silent,
    side_of,
    waits_for,
)
from homeward.cases.models import Appointment, Case, CaseDocument, Handover
from homeward.cases.queries import get_case, get_listing, timeline_of
from homeward.cases.queries.handovers import (
    get_handover,
    get_question,
    handovers_to_see_to,
    handovers_waiting,
    visible_handovers,
    who_can_be_asked,
)
from homeward.cases.rules import EventKind, Scope, Visibility
from homeward.cases.tests.handing import WHY, handed_over, offered
from homeward.lib.problems import Invalid, NotFound, Refused, WrongState
from homeward.sharing.commands import end_agreement, end_disclosure
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.queries import agreements_of, disclosures_of_case, get_disclosure
from homeward.sharing.rules import (
    ALWAYS_SHOWN,
    AgreementState,
    Basis,
    Category,
    EndReason,
    Purpose,
    Refusal,
)
from tests.agreed import agreed, shared
from tests.cast import HARBOUR, MARENIA, NORDHOLM, RETURN_PARTNERS, frida, jonas, lina, nora, stranger, vera

TODAY = localdate()


def end_what_lets_it():
    with acting_as(jonas):
        standing = list(agreements_of(jonas).filter(state=AgreementState.IN_FORCE))
    for agreement in standing:
        end_agreement(system_actor(HARBOUR), agreement_id=agreement.id, why="Our project ended.")


def test_nobody_offers_a_case_without_an_agreement_that_names_handing_over(sami):
    end_what_lets_it()
    with pytest.raises(NotAllowedToShare) as refused:
        offered(nora, jonas, sami.id)
    assert refused.value.refusals == (Refusal.AGREEMENT_NOT_LIVE,)
    agreed(RETURN_PARTNERS, HARBOUR, purposes={Purpose.REFERRAL})
    with pytest.raises(NotAllowedToShare) as refused:
        offered(nora, jonas, sami.id)
    assert refused.value.refusals == (Refusal.PURPOSE_NOT_AGREED,)


def test_an_offer_falls_with_the_agreement_under_which_it_was_made(sami):
    handover = offered(nora, jonas, sami.id)
    end_what_lets_it()
    with pytest.raises(NothingBehindIt):
        accept_handover(jonas, handover_id=handover.id)
    with acting_as(nora):
        assert get_case(nora, sami.id).lead_organisation_id == RETURN_PARTNERS


def test_the_database_itself_refuses_a_handover_without_a_disclosure(sami):
    handover = offered(nora, jonas, sami.id)
    end_what_lets_it()
    with acting_as(jonas), pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(id=handover.id).update(state=HandoverState.ACCEPTED, waits_for=None)


def test_an_offer_needs_a_ground_a_condition_and_a_reason(sami):
    bare = Justification(Basis.PUBLIC_INTEREST, " ")
    with pytest.raises(NotAllowedToShare) as refused:
        offered(nora, jonas, sami.id, why=bare)
    assert set(refused.value.refusals) == {Refusal.NO_NECESSITY, Refusal.NO_CONDITION}
    with pytest.raises(NotAllowedToShare) as refused:
        offered(nora, jonas, sami.id, why=replace(WHY, basis=Basis.CONSENT))
    assert Refusal.NO_CONSENT in refused.value.refusals


def test_an_agreement_about_some_of_it_lets_nobody_lead(sami):
    end_what_lets_it()
    agreed(RETURN_PARTNERS, HARBOUR, categories=ALWAYS_SHOWN)
    with pytest.raises(NotAllowedToShare) as refused:
        offered(nora, jonas, sami.id)
    assert refused.value.refusals == (Refusal.CATEGORY_NOT_AGREED,)


def disclosed(actor, case_id):
    with acting_as(actor):
        return list(disclosures_of_case(actor, case_id).filter(purpose=Purpose.HANDOVER).order_by("made_at"))


def test_what_is_offered_stands_on_the_register_of_both_until_it_is_declined_or_taken_back(sami):
    handover = offered(nora, jonas, sami.id)
    (ours,) = disclosed(nora, sami.id)
    assert (ours.id, ours.ended_at) == (handover.disclosure_id, None)
    assert set(ours.categories) == set(Category)
    assert disclosed(jonas, sami.id) == [ours]
    decline_handover(jonas, handover_id=handover.id, reason=DeclineReason.NO_ROOM)
    assert disclosed(nora, sami.id)[0].ended_why == EndReason.RETURNED
    recall_handover(nora, handover_id=offered(nora, jonas, sami.id).id)
    assert [one.ended_why for one in disclosed(jonas, sami.id)] == [EndReason.RETURNED, EndReason.RECALLED]


def test_what_the_former_lead_reads_on_is_disclosed_to_it_and_ends_when_the_new_lead_ends_it(sami):
    handed_over(nora, jonas, sami.id, stays_until=TODAY + timedelta(days=90))
    given, back = disclosed(nora, sami.id)
    assert given.first_opened_at
    assert (back.by_organisation_id, back.organisation_id) == (HARBOUR, RETURN_PARTNERS)
    end_disclosure(jonas, disclosure_id=back.id)
    with acting_as(nora), pytest.raises(NotFound):
        get_case(nora, sami.id)


def test_without_an_agreement_back_the_former_lead_reads_no_more_and_can_be_asked(sami):
    end_what_lets_it()
    agreed(RETURN_PARTNERS, HARBOUR, back=False)
    handed_over(nora, jonas, sami.id)
    with acting_as(nora), pytest.raises(NotFound):
        get_case(nora, sami.id)
    question = ask_former_lead(jonas, case_id=sami.id, organisation_id=RETURN_PARTNERS, text="Which school?")
    assert answer_as_former_lead(nora, question_id=question.id, text="By the port.").answered_at


def test_what_the_new_lead_was_shown_before_ends_when_it_leads(sami):
    share = shared(nora, sami.id, HARBOUR)
    handed_over(nora, jonas, sami.id)
    with acting_as(jonas):
        assert get_disclosure(jonas, share.disclosure_id).ended_why == EndReason.NO_LONGER_NEEDED
        assert get_listing(jonas, sami.id).scope == Scope.LEAD


def told(actor, case_id):
    with acting_as(actor):
        return [event.kind for event in timeline_of(actor, case_id)]


def lead_of(past_policies, case_id):
    rows = past_policies("SELECT organisation_id, scope FROM cases_listing WHERE case_id = %s", [case_id])
    return [row["organisation_id"] for row in rows if row["scope"] == "lead"]


# refusals


def test_only_the_lead_offers_a_case(sami):
    with pytest.raises(NotFound):
        offered(stranger, jonas, sami.id)
    shared(nora, sami.id, HARBOUR)
    with pytest.raises(NotTheLead):
        offered(jonas, vera, sami.id)


def test_who_pays_has_no_part_in_it(sami):
    with pytest.raises(Refused):
        offered(frida, jonas, sami.id)


def test_a_case_is_not_offered_to_oneself(sami):
    with pytest.raises(Invalid):
        offered(nora, nora, sami.id)


def test_one_offer_at_a_time(sami):
    offered(nora, jonas, sami.id)
    with pytest.raises(UnderWay):
        offered(nora, vera, sami.id)


def test_a_stranger_can_tell_and_do_nothing(sami):
    handover = offered(nora, jonas, sami.id)
    with acting_as(stranger):
        assert not visible_handovers(stranger).exists()
    for act in (accept_handover, recall_handover):
        with pytest.raises(NotFound):
            act(stranger, handover_id=handover.id)
    with pytest.raises(NotFound):
        decline_handover(stranger, handover_id=handover.id, reason=DeclineReason.NO_ROOM)


def test_each_side_does_only_its_own_part(sami):
    handover = offered(nora, jonas, sami.id)
    with pytest.raises(WrongState):
        accept_handover(nora, handover_id=handover.id)
    with pytest.raises(WrongState):
        recall_handover(jonas, handover_id=handover.id)
    with pytest.raises(WrongState):
        answer_what_was_asked(nora, handover_id=handover.id, text="Nobody asked")


def test_what_is_over_stays_over(sami):
    handover = offered(nora, jonas, sami.id)
    recall_handover(nora, handover_id=handover.id)
    with pytest.raises(WrongState):
        accept_handover(jonas, handover_id=handover.id)


def test_the_database_itself_lets_nobody_take_a_case_that_was_not_passed_on(sami):
    handover = offered(nora, jonas, sami.id)
    for actor in (nora, jonas, stranger):
        with pytest.raises(ProgrammingError), acting_as(actor), connection.cursor() as cursor:
            cursor.execute("SELECT move_lead(%s)", [handover.id])
    with pytest.raises(ProgrammingError), acting_as(nora):
        Handover.objects.filter(id=handover.id).update(state="accepted", waits_for=None)
    with pytest.raises(ProgrammingError), acting_as(jonas):
        Handover.objects.filter(id=handover.id).update(from_organisation_id=MARENIA)


def test_the_database_itself_lets_nobody_begin_a_handover_of_what_they_do_not_lead(sami):
    given = {
        "case_id": sami.id,
        "kind": "offer",
        "from_organisation_id": HARBOUR,
        "to_organisation_id": NORDHOLM,
        "waits_for_id": NORDHOLM,
        "due_on": TODAY,
        "begun_by_id": jonas.user_id,
    }
    with pytest.raises(ProgrammingError), acting_as(jonas):
        Handover.objects.create(**given)


# what the other side reads before it decides


def test_before_the_answer_the_other_side_reads_facts_and_no_person(sami):
    handover = offered(nora, jonas, sami.id)
    with acting_as(jonas):
        seen = get_handover(jonas, handover.id)
        assert seen.shown["return_place"] == "Saltfield"
        assert "Sami" not in str(seen.shown)
        assert list(handovers_waiting(jonas)) == [seen]
        assert not Case.objects.filter(id=sami.id).exists()
        with pytest.raises(NotFound):
            get_case(jonas, sami.id)


# passing on


def test_an_accepted_case_is_led_by_the_receiver_and_the_giver_stays_for_questions(sami):
    handover = handed_over(nora, jonas, sami.id, stays_until=TODAY + timedelta(days=90))
    assert handover.state == HandoverState.ACCEPTED
    with acting_as(jonas):
        case = get_case(jonas, sami.id)
        assert (case.lead_organisation_id, case.lead_user_id) == (HARBOUR, jonas.user_id)
        assert get_listing(jonas, sami.id).scope == Scope.LEAD
    with acting_as(nora):
        listing = get_listing(nora, sami.id)
        assert (listing.scope, listing.lead_name) == (Scope.PARTICIPANT, jonas.name)
        assert listing.until.date() - TODAY == timedelta(days=91)
    assert told(jonas, sami.id)[0] == EventKind.LEAD_CHANGED


def test_a_colleague_can_be_named_as_lead_but_not_somebody_who_works_no_cases(sami):
    handover = offered(nora, jonas, sami.id)
    with pytest.raises(Invalid):
        accept_handover(jonas, handover_id=handover.id, lead_membership_id=nora.membership_id)
    accept_handover(jonas, handover_id=handover.id, lead_membership_id=lina.membership_id)
    with acting_as(lina):
        assert get_case(lina, sami.id).lead_user_id == lina.user_id
        assert get_listing(lina, sami.id).worker_id == lina.user_id


def test_open_appointments_and_named_papers_come_along_and_no_others(sami):
    starts_at = now() + timedelta(days=3)
    first, second = (
        make_appointment(nora, case_id=sami.id, starts_at=starts_at, subject=subject) for subject in "ab"
    )
    handed_over(nora, jonas, sami.id, along=Along(appointment_ids=[first.id]))
    with acting_as(jonas):
        moved, stayed = Appointment.objects.get(id=first.id), Appointment.objects.get(id=second.id)
        assert (moved.organisation_id, moved.worker_id) == (HARBOUR, jonas.user_id)
        assert (stayed.organisation_id, stayed.worker_id) == (RETURN_PARTNERS, nora.user_id)


def test_a_paper_kept_inside_comes_along_only_when_named(sami):
    with acting_as(nora):
        kept, named = (
            CaseDocument.objects.create(
                case_id=sami.id,
                organisation_id=RETURN_PARTNERS,
                visibility=Visibility.ORGANISATION,
                file_id=person.user_id,
                added_by_id=nora.user_id,
                added_by_name=nora.name,
            )
            for person in (nora, jonas)
        )
    handed_over(nora, jonas, sami.id, along=Along(document_ids=[named.id]))
    with acting_as(jonas):
        assert list(CaseDocument.objects.filter(case_id=sami.id)) == [named]
    with acting_as(nora):
        assert CaseDocument.objects.filter(id=kept.id).exists()


def test_a_declined_case_stays_and_can_be_offered_again(sami):
    handover = offered(nora, jonas, sami.id)
    declined = decline_handover(jonas, handover_id=handover.id, reason=DeclineReason.NO_ROOM, note="May")
    assert (declined.decline_reason, declined.waits_for_id) == (DeclineReason.NO_ROOM, None)
    assert EventKind.LEAD_DECLINED in told(nora, sami.id)
    with acting_as(nora):
        assert get_case(nora, sami.id).lead_organisation_id == RETURN_PARTNERS
    assert handed_over(nora, jonas, sami.id).state == HandoverState.ACCEPTED


def test_a_question_before_the_answer_turns_the_clock_round_and_back(sami):
    handover = offered(nora, jonas, sami.id)
    asked = ask_before_answering(jonas, handover_id=handover.id, text="How many children?")
    assert (asked.state, asked.waits_for_id) == (HandoverState.ASKED, RETURN_PARTNERS)
    answered = answer_what_was_asked(nora, handover_id=handover.id, text="Two.")
    assert (answered.state, answered.waits_for_id) == (HandoverState.ANSWERED, HARBOUR)
    with acting_as(jonas):
        words = list(get_handover(jonas, handover.id).messages.order_by("at").values_list("text", flat=True))
    assert words == ["How many children?", "Two."]
    assert accept_handover(jonas, handover_id=handover.id).state == HandoverState.ACCEPTED


# asking for a case


def test_who_knows_of_a_case_may_ask_for_it_and_the_lead_lets_it_go(sami):
    with pytest.raises(NotFound):
        request_handover(jonas, case_id=sami.id, message="He came to us")
    shared(nora, sami.id, HARBOUR, scope=Scope.ARRIVAL)
    handover = request_handover(jonas, case_id=sami.id, message="He came to us")
    with pytest.raises(WrongState):
        accept_handover(jonas, handover_id=handover.id)
    with pytest.raises(Invalid):
        accept_handover(nora, handover_id=handover.id)
    with pytest.raises(NotAllowedToShare):
        accept_handover(nora, handover_id=handover.id, why=replace(WHY, condition=None))
    assert disclosed(nora, sami.id) == []
    accept_handover(nora, handover_id=handover.id, why=WHY)
    with acting_as(jonas):
        assert get_case(jonas, sami.id).lead_user_id == jonas.user_id
    with acting_as(nora):
        assert get_listing(nora, sami.id).scope == Scope.PARTICIPANT
        assert get_case(nora, sami.id).lead_organisation_id == HARBOUR
    assert [one.organisation_id for one in disclosed(nora, sami.id)] == [HARBOUR, RETURN_PARTNERS]
    assert told(nora, sami.id)[0] == EventKind.LEAD_CHANGED


# a person who is back already


def arrived_unsent(sami):
    return confirm_arrival(nora, case_id=sami.id, arrived_on=TODAY - timedelta(days=30), place="Saltfield")


def whence(sami, **given):
    given = {"their_reference": "HA-77", "message": "Came in spring", **given}
    return ask_former_partner(nora, case_id=sami.id, organisation_id=HARBOUR, **given)


def test_whence_somebody_came_is_asked_only_of_people_who_are_back(sami):
    with pytest.raises(Invalid):
        whence(sami)


def test_the_presumed_sender_confirms_without_seeing_who_it_is(sami):
    arrived_unsent(sami)
    with pytest.raises(Invalid):
        whence(sami, their_reference=" ", message="")
    handover = whence(sami)
    with acting_as(jonas):
        seen = get_handover(jonas, handover.id)
        assert (seen.their_reference, seen.kind) == ("HA-77", HandoverKind.RETROACTIVE)
        assert not Case.objects.exists()
    accept_handover(jonas, handover_id=handover.id, note="Ours, since March.")
    with acting_as(nora):
        assert get_case(nora, sami.id).lead_organisation_id == RETURN_PARTNERS
    with acting_as(jonas), pytest.raises(NotFound):
        get_case(jonas, sami.id)
    question = ask_former_lead(nora, case_id=sami.id, organisation_id=HARBOUR, text="Which school?")
    assert answer_as_former_lead(jonas, question_id=question.id, text="The one by the port.").answered_at


# silence


def test_silence_is_told_to_the_giver_every_week_and_the_case_is_never_lost(sami):
    handover = offered(nora, jonas, sami.id)
    ours, theirs = system_actor(RETURN_PARTNERS), system_actor(HARBOUR)
    assert escalate_silent(ours, today=handover.due_on).count == 0
    for week in range(3):
        day = handover.due_on + timedelta(days=1 + 7 * week)
        assert escalate_silent(ours, today=day).count == 1
        assert escalate_silent(ours, today=day + timedelta(days=1)).count == 0
    assert escalate_silent(theirs, today=handover.due_on + timedelta(days=30)).count == 0
    with acting_as(nora):
        late = handovers_to_see_to(nora).get()
        assert (late.escalated_times, late.state) == (3, HandoverState.OFFERED)
        assert get_case(nora, sami.id).lead_organisation_id == RETURN_PARTNERS
    assert told(nora, sami.id).count(EventKind.LEAD_UNANSWERED) == 3
    assert accept_handover(jonas, handover_id=handover.id).state == HandoverState.ACCEPTED


@pytest.mark.usefixtures("cast")
def test_whose_turn_it_is_is_told_once(sami, django_capture_on_commit_callbacks):
    offered(nora, jonas, sami.id)
    with django_capture_on_commit_callbacks(execute=True):
        assert tell_of_turns(system_actor(HARBOUR)).count == 1
        assert tell_of_turns(system_actor(HARBOUR)).count == 0
    assert mail.outbox
    assert all("Sami" not in message.body + message.subject for message in mail.outbox)


# later questions


def test_the_new_lead_asks_the_former_one_and_nobody_else(sami):
    handed_over(nora, jonas, sami.id)
    with pytest.raises(Invalid):
        ask_former_lead(jonas, case_id=sami.id, organisation_id=MARENIA, text="?")
    question = ask_former_lead(jonas, case_id=sami.id, organisation_id=RETURN_PARTNERS, text="Which school?")
    for actor in (stranger, vera):
        with acting_as(actor), pytest.raises(NotFound):
            get_question(actor, question.id)
    with pytest.raises(WrongState):
        answer_as_former_lead(jonas, question_id=question.id, text="We asked ourselves")
    answered = answer_as_former_lead(nora, question_id=question.id, text="By the port.")
    assert answered.answer == "By the port."
    with pytest.raises(WrongState):
        answer_as_former_lead(nora, question_id=question.id, text="No, the other")
    assert EventKind.FORMER_LEAD_ANSWERED in told(jonas, sami.id)


def test_after_the_agreed_day_nobody_can_be_asked(sami):
    handed_over(nora, jonas, sami.id, stays_until=TODAY)
    with acting_as(jonas):
        case = get_case(jonas, sami.id)
        assert [one.from_organisation_id for one in who_can_be_asked(jonas, case, TODAY)] == [RETURN_PARTNERS]
        assert not who_can_be_asked(jonas, case, TODAY + timedelta(days=1))


# exactly one lead


def test_a_case_whose_lead_is_changed_by_hand_is_refused(sami):
    with acting_as(nora), pytest.raises(IntegrityError):
        change_lead_by_hand(sami)


def change_lead_by_hand(sami):
    with transaction.atomic(), connection.cursor() as cursor:
        Case.objects.filter(id=sami.id).update(lead_organisation_id=HARBOUR)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def race(*acts):
    """All at once, each on a connection of its own; gives what each came to."""
    barrier, came = Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait(10)
            came[number] = act()
        except Exception as problem:  # noqa: BLE001 - whatever it came to is what is asked
            came[number] = problem
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cast")
def test_whoever_races_there_is_one_lead(sami, past_policies):
    for _ in range(8):
        handover = offered(nora, jonas, sami.id)
        came = race(
            lambda h=handover: accept_handover(jonas, handover_id=h.id),
            lambda h=handover: accept_handover(lina, handover_id=h.id),
            lambda h=handover: recall_handover(nora, handover_id=h.id),
            lambda h=handover: decline_handover(jonas, handover_id=h.id, reason=DeclineReason.OTHER),
            lambda: offer_handover(nora, case_id=sami.id, organisation_id=NORDHOLM, why=WHY, message="x"),
        )
        leads = lead_of(past_policies, sami.id)
        assert len(leads) == 1
        done = [one for one in came[:4] if isinstance(one, Handover)]
        assert len(done) == 1, came
        assert (done[0].state == HandoverState.ACCEPTED) == (leads == [str(HARBOUR)])
        for open_one in [came[4]] if isinstance(came[4], Handover) else []:
            recall_handover(nora, handover_id=open_one.id)
        if leads == [str(HARBOUR)]:
            handed_over(jonas, nora, sami.id)


# the rules


def test_only_open_states_move_and_each_move_belongs_to_one_side():
    assert {HandoverState.OFFERED, HandoverState.ASKED, HandoverState.ANSWERED} == OPEN_STATES
    for state, following in MOVES.items():
        assert bool(following) == (waits_for(state) is not None)
        assert set(following) <= set(MOVED_BY)


def test_the_giver_decides_what_is_asked_of_it_and_the_receiver_what_is_offered():
    assert side_of(HandoverKind.OFFER, is_giver=True) == Side.BEGAN
    assert side_of(HandoverKind.OFFER, is_giver=False) == Side.DECIDES
    for kind in (HandoverKind.REQUEST, HandoverKind.RETROACTIVE):
        assert side_of(kind, is_giver=True) == Side.DECIDES
        assert side_of(kind, is_giver=False) == Side.BEGAN


def test_silence_begins_after_the_day_promised_and_repeats_weekly():
    day = TODAY
    assert not is_silent(day, None, day)
    assert is_silent(day, None, day + timedelta(days=1))
    assert not is_silent(day, day + timedelta(days=1), day + timedelta(days=7))
    assert is_silent(day, day + timedelta(days=1), day + timedelta(days=8))
