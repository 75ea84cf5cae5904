"""Disclosing: what is refused, what the recipient sees while it is live, and what the database refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.actor import system_actor
from homeward.lib.problems import NotFound, Refused
from homeward.privacy.sealing import keys_of
from homeward.sharing.commands import (
    accept_agreement,
    amend_agreement,
    answer_override,
    ask_override,
    confirm_receipt,
    disclose,
    end_agreement,
    end_disclosure,
    end_transfer_rule,
    note_opened,
)
from homeward.sharing.models import DisclosedContent, Disclosure, Override
from homeward.sharing.problems import DisclosureEnded, NotAllowedToShare, SamePerson
from homeward.sharing.queries import (
    content_of,
    disclosures_about,
    disclosures_resting_on,
    live_disclosures,
    visible_disclosures,
)
from homeward.sharing.rules import (
    AgreementTerms,
    Basis,
    Category,
    ClauseTerms,
    Condition,
    DisclosureKind,
    EndReason,
    Purpose,
    Refusal,
    TransferBasis,
)
from tests.agreed import agreed, ground, may_send_anywhere
from tests.cast import (
    CLINIC,
    HARBOUR,
    NORDHOLM,
    RETURN_PARTNERS,
    jonas,
    karim,
    nora,
    otto,
    rosa,
    stranger,
    vera,
)
from tests.consented import everything_to, given

pytestmark = pytest.mark.django_db
RP_SYSTEM = system_actor(RETURN_PARTNERS)
CONTENT = b'{"given_names": "Sami"}'


def send(case, actor=nora, to=CLINIC, *categories, **changed):
    given = {
        "subject_id": case.person_id,
        "case_id": case.id,
        "organisation_id": to,
        "purpose": Purpose.REFERRAL,
        "ground": ground(),
        "necessity": "The clinic has to know whom it treats.",
        "categories": categories or (Category.IDENTITY,),
        "kind": DisclosureKind.PACKAGE,
        "content": CONTENT,
    }
    return disclose(actor, **{**given, **changed})


def refusals_of(case, *args, **changed):
    with pytest.raises(NotAllowedToShare) as refused:
        send(case, *args, **changed)
    return refused.value.refusals


def test_who_only_pays_discloses_nothing(sami):
    with pytest.raises(Refused):
        send(sami, otto)


def test_without_an_agreement_nothing_moves(sami):
    assert refusals_of(sami) == (Refusal.NO_AGREEMENT,)
    with acting_as(nora):
        assert not visible_disclosures(nora).exists()


def test_everything_that_is_missing_is_said_at_once(sami):
    agreed(RETURN_PARTNERS, HARBOUR, categories=[Category.IDENTITY], rules=False)
    with pytest.raises(NotAllowedToShare) as refused:
        send(sami, nora, HARBOUR, Category.HEALTH, necessity=" ", ground=ground(condition=None))
    assert refused.value.refusals == (
        Refusal.CATEGORY_NOT_AGREED,
        Refusal.NO_NECESSITY,
        Refusal.NO_CONDITION,
        Refusal.TRANSFER_NOT_ALLOWED,
    )
    assert set(refused.value.fields) == {"categories", "necessity", "condition", "organisation"}


def test_the_recipient_opens_exactly_what_was_sent_and_nobody_else_knows(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    sent = send(sami)
    assert content_of(karim, sent.id).content == CONTENT
    assert note_opened(karim, disclosure_id=sent.id).first_opened_at
    assert content_of(nora, sent.id).content == CONTENT
    for other in (stranger, jonas):
        with acting_as(other):
            assert not Disclosure.objects.exists()
            assert not DisclosedContent.objects.exists()
        with pytest.raises(NotFound):
            content_of(other, sent.id)
        with pytest.raises(NotFound):
            end_disclosure(other, disclosure_id=sent.id)
    with pytest.raises(NotFound):
        note_opened(nora, disclosure_id=sent.id)


def test_what_is_kept_is_sealed_under_the_persons_key(sami, past_policies):
    agreed(RETURN_PARTNERS, CLINIC)
    send(sami)
    (kept,) = past_policies("SELECT encode(sealed, 'escape') AS sealed FROM sharing_disclosedcontent")
    assert "Sami" not in kept["sealed"]


def test_recalled_it_is_closed_at_once_and_the_recipient_confirms(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    sent = send(sami)
    end_disclosure(nora, disclosure_id=sent.id)
    with pytest.raises(DisclosureEnded):
        content_of(karim, sent.id)
    with acting_as(karim):
        assert not DisclosedContent.objects.exists()
        assert not keys_of([sami.person_id]).opened
        assert list(visible_disclosures(karim)) == [sent]
    assert confirm_receipt(karim, disclosure_id=sent.id).receipt_at
    with pytest.raises(DisclosureEnded):
        end_disclosure(nora, disclosure_id=sent.id)
    assert content_of(nora, sent.id).content == CONTENT


def test_it_ends_with_its_agreement_in_the_same_moment(sami):
    agreement = agreed(RETURN_PARTNERS, CLINIC)
    sent = send(sami)
    end_agreement(rosa, agreement_id=agreement.id, why="Over")
    with acting_as(karim):
        assert not live_disclosures(karim, now()).exists()
        assert not DisclosedContent.objects.exists()
        assert visible_disclosures(karim).get().ended_why == EndReason.AGREEMENT_ENDED
    with pytest.raises(DisclosureEnded):
        content_of(karim, sent.id)


def test_an_amendment_that_covers_it_carries_it_on(sami):
    agreement = agreed(RETURN_PARTNERS, NORDHOLM)
    kept, narrowed = send(sami, nora, NORDHOLM), send(sami, nora, NORDHOLM, Category.HEALTH)
    clause = ClauseTerms(
        RETURN_PARTNERS,
        NORDHOLM,
        frozenset({Purpose.REFERRAL}),
        frozenset({Category.IDENTITY}),
        TransferBasis.STANDARD_CLAUSES,
    )
    today = localdate()
    terms = AgreementTerms("Narrower", today, today + timedelta(days=20), (clause,))
    second = amend_agreement(rosa, agreement_id=agreement.id, terms=terms)
    accept_agreement(vera, agreement_id=second.id)
    with acting_as(vera):
        live = live_disclosures(vera, now()).get()
        assert (live.id, live.clause.agreement_id) == (kept.id, second.id)
        assert live.until < now() + timedelta(days=22)
        assert Disclosure.objects.get(id=narrowed.id).ended_why == EndReason.AGREEMENT_ENDED


def test_it_never_lasts_longer_than_agreement_or_ground(sami):
    agreed(RETURN_PARTNERS, CLINIC, days=10)
    assert send(sami).until <= now() + timedelta(days=11)
    soon = now() + timedelta(days=2)
    assert send(sami, ground=ground(until=soon)).until == soon


def test_consent_is_named(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    assert refusals_of(sami, ground=ground(basis=Basis.CONSENT)) == (Refusal.NO_CONSENT,)
    consent_id = given(sami, everything_to(CLINIC)).id
    sent = send(sami, ground=ground(basis=Basis.CONSENT, consent_id=consent_id))
    with acting_as(nora):
        assert list(disclosures_resting_on(nora, consent_id)) == [sent]
        assert list(disclosures_about(nora, sami.person_id)) == [sent]


def test_another_recipient_knows_the_person_under_another_name(sami):
    agreed(RETURN_PARTNERS, CLINIC, HARBOUR)
    first, second = send(sami), send(sami)
    other = send(sami, nora, HARBOUR)
    assert first.pseudonym == second.pseudonym != other.pseudonym
    assert len({str(sami.person_id), str(sami.id), first.pseudonym}) == 3


def test_a_border_is_crossed_only_on_a_rule_of_the_givers_own(sami):
    agreed(RETURN_PARTNERS, HARBOUR, rules=False)
    assert refusals_of(sami, nora, HARBOUR) == (Refusal.TRANSFER_NOT_ALLOWED,)
    may_send_anywhere(HARBOUR)
    assert refusals_of(sami, nora, HARBOUR) == (Refusal.TRANSFER_NOT_ALLOWED,)
    rule = may_send_anywhere(RETURN_PARTNERS)
    send(sami, nora, HARBOUR)
    end_transfer_rule(RP_SYSTEM, rule_id=rule.id, why="Repealed")
    assert refusals_of(sami, nora, HARBOUR) == (Refusal.TRANSFER_NOT_ALLOWED,)


VITAL = {"basis": Basis.VITAL_INTEREST, "condition": Condition.VITAL_INTERESTS}


def ask(case, **given):
    whole = {"purpose": Purpose.REFERRAL, "categories": [Category.HEALTH], "reason": "Unconscious, bleeding."}
    return ask_override(
        nora,
        subject_id=case.person_id,
        case_id=case.id,
        organisation_id=CLINIC,
        **{**whole, **given},
    )


def test_a_vital_interest_without_consent_takes_two_people(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    vital = {"ground": ground(**VITAL)}
    assert refusals_of(sami, nora, CLINIC, Category.HEALTH, **vital) == (Refusal.NO_SECOND_PERSON,)
    asked = ask(sami)
    with pytest.raises(SamePerson):
        answer_override(nora, override_id=asked.id, is_agreed=True)
    assert refusals_of(sami, nora, CLINIC, Category.HEALTH, **vital) == (Refusal.NO_SECOND_PERSON,)
    answer_override(rosa, override_id=asked.id, is_agreed=True)
    sent = send(sami, nora, CLINIC, Category.HEALTH, **vital)
    assert (sent.override_id, sent.until <= asked.until) == (asked.id, True)
    other = (Category.HEALTH, Category.PROTECTION)
    assert refusals_of(sami, nora, CLINIC, *other, **vital) == (Refusal.NO_SECOND_PERSON,)


def test_what_is_given_closes_when_the_receivers_days_of_keeping_it_end(sami):
    agreed(RETURN_PARTNERS, CLINIC, kept_days=3)
    given = send(sami, nora, CLINIC, ground=ground(condition=None))
    assert given.until - given.made_at <= timedelta(days=3)


def test_declined_it_moves_nothing(sami):
    agreed(RETURN_PARTNERS, CLINIC)
    answer_override(rosa, override_id=ask(sami).id, is_agreed=False)
    refused = refusals_of(sami, nora, CLINIC, Category.HEALTH, ground=ground(**VITAL))
    assert refused == (Refusal.NO_SECOND_PERSON,)


def test_the_database_lets_nobody_agree_with_themselves(sami):
    asked = ask(sami)
    with acting_as(nora):
        for who in (nora.user_id, rosa.user_id):
            with pytest.raises(Error), transaction.atomic():
                Override.objects.filter(id=asked.id).update(
                    is_agreed=True, answered_by_id=who, answered_at=now()
                )
        asked.id, asked._state.adding = uuid4(), True
        asked.is_agreed, asked.answered_by_id, asked.answered_at = True, rosa.user_id, now()
        with pytest.raises(Error), transaction.atomic():
            asked.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        {"until": now() + timedelta(days=999)},
        {"purpose": "payment"},
        {"categories": ["identity", "health"]},
        {"categories": []},
        {"basis": "consent"},
        {"condition": "explicit_consent"},
        {"necessity": ""},
        {"organisation_id": HARBOUR},
        {"organisation_id": RETURN_PARTNERS},
        {"made_by_id": rosa.user_id},
        {"by_organisation_id": CLINIC},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_refuses_a_disclosure_that_stands_on_nothing(sami, change):
    agreed(RETURN_PARTNERS, CLINIC, purposes=[Purpose.REFERRAL], categories=[Category.IDENTITY])
    made = send(sami, ground=ground(condition=None))
    with acting_as(nora):
        made.id, made._state.adding = uuid4(), True
        made.save(force_insert=True)
        made.id, made._state.adding = uuid4(), True
        for name, value in change.items():
            setattr(made, name, value)
        with pytest.raises(Error), transaction.atomic():
            made.save(force_insert=True)


@pytest.mark.parametrize("actor", [nora, karim], ids=["giver", "recipient"])
def test_the_database_lets_nobody_change_what_was_disclosed(sami, actor):
    agreed(RETURN_PARTNERS, CLINIC)
    sent = send(sami)
    with acting_as(actor):
        row = Disclosure.objects.filter(id=sent.id)
        for change in ({"until": now() + timedelta(days=3)}, {"categories": ["health"]}, {"ended_why": "x"}):
            with pytest.raises(Error), transaction.atomic():
                row.update(**change)
        with pytest.raises(Error), transaction.atomic():
            DisclosedContent.objects.update(sealed=b"x")
    end_disclosure(actor, disclosure_id=sent.id)
    with acting_as(actor), pytest.raises(Error), transaction.atomic():
        Disclosure.objects.filter(id=sent.id).update(ended_at=None, ended_why="")
