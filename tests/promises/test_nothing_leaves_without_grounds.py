"""B1: nothing leaves without agreement, ground, need and transfer rule; with all of them nothing is refused.

Every combination of what may be missing is tried with real agreements and consents, in code and at the bare
database; random requests are held against the rule in one sentence, written here apart from the code.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import Error, transaction

from homeward.access.acting import acting_as
from homeward.casework.commands import send_package, withdraw_consent
from homeward.consent.rules import Asked, WithdrawalWay
from homeward.lib.identifiers import new_id
from homeward.organisations.rules import OrganisationClass
from homeward.sharing.commands import end_agreement
from homeward.sharing.models import Clause, Disclosure
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.pseudonyms import pseudonym_for
from homeward.sharing.rules import (
    Agreed,
    Basis,
    Category,
    ClauseTerms,
    Condition,
    DisclosureKind,
    Ground,
    Purpose,
    Request,
    TransferBasis,
    decide,
)
from tests.agreed import agreed, may_send_anywhere
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, nora, rosa
from tests.consented import given
from tests.promises.bounds import full, none_in

SEED = 20261122
AGREED = ("in force", "for the purpose", "for the fields")
CONSENTED = ("for the purpose", "to the recipient", "for the fields", "not taken back")
FIELDS, CATEGORIES = ["name", "contacts"], frozenset({Category.IDENTITY, Category.CONTACT})
NECESSITY = "They receive him at the port."


@pytest.fixture
def cast(cast_without_agreements):
    """Here nothing is agreed beforehand."""


class TakenBackError(Exception):
    """Ends a block of which nothing stays."""


def an_agreement(in_force, for_the_purpose, for_the_fields):
    agreement = agreed(
        RETURN_PARTNERS,
        HARBOUR,
        purposes=[Purpose.RECEPTION_ON_ARRIVAL if for_the_purpose else Purpose.PAYMENT],
        categories=CATEGORIES if for_the_fields else [Category.IDENTITY],
        rules=False,
    )
    if not in_force:
        end_agreement(rosa, agreement_id=agreement.id, why="Over")
    with acting_as(nora):
        return Clause.objects.get(agreement=agreement, giver_id=RETURN_PARTNERS)


def a_consent(case, for_the_purpose, to_the_recipient, for_the_fields, not_taken_back):
    asked = Asked(
        Purpose.RECEPTION_ON_ARRIVAL if for_the_purpose else Purpose.PAYMENT,
        CATEGORIES if for_the_fields else frozenset({Category.IDENTITY}),
        recipient_id=HARBOUR if to_the_recipient else CLINIC,
    )
    consent = given(case, asked)
    if not not_taken_back:
        withdraw_consent(nora, consent_id=consent.id, how=WithdrawalWay.BY_PHONE)
    return consent


def is_sent(case):
    """By the command that every page and program goes through."""
    try:
        with transaction.atomic():
            send_package(
                nora,
                case_id=case.id,
                organisation_id=HARBOUR,
                purpose=Purpose.RECEPTION_ON_ARRIVAL,
                field_codes=FIELDS,
                basis=Basis.CONSENT,
                necessity=NECESSITY,
            )
            raise TakenBackError
    except NotAllowedToShare:
        return False
    except TakenBackError:
        return True


def is_written(case, clause, consent):
    """By hand, past all code, with whatever consent and clause there are."""
    row = Disclosure(
        id=new_id(),
        subject_id=case.person_id,
        case_id=case.id,
        by_organisation_id=RETURN_PARTNERS,
        organisation_id=HARBOUR,
        kind=DisclosureKind.PACKAGE,
        purpose=Purpose.RECEPTION_ON_ARRIVAL,
        basis=Basis.CONSENT,
        necessity=NECESSITY,
        categories=sorted(CATEGORIES),
        clause=clause,
        consent_id=consent.id,
        pseudonym=pseudonym_for(HARBOUR, case.person_id),
        made_by_id=nora.user_id,
        made_by_name=nora.name,
    )
    row.made_at = datetime.now(UTC)  # noqa: TID251 - the edge of this test
    row.until = row.made_at + timedelta(days=1)
    try:
        with acting_as(nora), transaction.atomic():
            row.save(force_insert=True)
            raise TakenBackError
    except Error:
        return False
    except TakenBackError:
        return True


def wrong_answers(case, most_missing):
    """Each combination of what may be missing: whoever answers otherwise than the table."""
    wrong, tried = [], 0
    for there in product((True, False), repeat=len(AGREED) + len(CONSENTED) + 1):
        if there.count(False) > most_missing:
            continue
        agreement, consent, has_rule = there[: len(AGREED)], there[len(AGREED) : -1], there[-1]
        with transaction.atomic():
            clause, yes = an_agreement(*agreement), a_consent(case, *consent)
            if has_rule:
                may_send_anywhere(RETURN_PARTNERS)
            answers = (is_sent(case), is_written(case, clause, yes))
            transaction.set_rollback(True)
        tried += 1
        if answers != (all(there), all(there)):
            wrong.append((agreement, consent, has_rule, answers))
    return wrong, tried


@pytest.mark.django_db
def test_whatever_one_thing_is_missing_nothing_leaves_by_code_or_by_bare_database(sami):
    wrong, tried = wrong_answers(sami, most_missing=1)
    assert wrong == []
    none_in(2 * tried, "combinations with one thing missing, or none, were wrongly answered", "B1")


@pytest.mark.drill
@pytest.mark.django_db
def test_every_combination_of_what_may_be_missing_is_answered_as_the_table_says(sami):
    wrong, tried = wrong_answers(sami, most_missing=99)
    assert wrong == []
    assert tried == 2 ** (len(AGREED) + len(CONSENTED) + 1)
    none_in(2 * tried, "combinations (all there are), by code and by bare database, were wrong", "B1")


NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SPECIAL = {"vulnerability", "health", "protection"}


def is_lawful(request, clause, ground, transfer):
    """The rule, written apart from the code that is tried."""
    if clause is None or ground is None:
        return False
    told = {str(category) for category in request.categories}
    is_special, has_consent = bool(told & SPECIAL), ground.consent_id is not None
    names_consent = "consent" in (ground.basis, ground.condition) or ground.condition == "explicit_consent"
    is_vital = ground.basis == "vital_interest" or ground.condition == "vital_interests"
    is_state = request.receiver_class == "origin_authority"
    return (
        not request.is_itself
        and request.receiver_class != "enforcement"
        and bool(told)
        and bool(request.necessity.strip())
        and request.until > NOW
        and clause.is_live
        and request.purpose in clause.terms.purposes
        and told <= {str(category) for category in clause.terms.categories}
        and told <= {str(category) for category in ground.categories}
        and (transfer is None or clause.terms.transfer_basis in transfer)
        and (ground.until is None or ground.until > NOW)
        and (has_consent or not names_consent)
        and (not is_special or ground.condition is not None)
        and (not is_special or ground.condition != "vital_interests" or ground.basis == "vital_interest")
        and (not (is_special and is_vital) or has_consent or request.override_confirmed)
        and (ground.basis == "consent" or request.purpose != "origin_state")
        and (ground.basis == "consent" or not is_state or told <= {"journey"})
        and (request.may_pass_on is None or told <= {str(category) for category in request.may_pass_on})
    )


def some(chance, kinds, likely=0.85):
    return frozenset(kind for kind in kinds if chance.random() < likely)


def made_up(chance):
    """A request with everything that it may or may not stand on, mostly nearly right."""
    categories = frozenset(chance.sample(list(Category), chance.choice((0, 1, 1, 1, 2, 2, 3))))
    request = Request(
        receiver_class=chance.choice(list(OrganisationClass)),
        is_itself=chance.random() < 0.05,
        purpose=chance.choice(list(Purpose)),
        categories=categories,
        necessity=chance.choice(("They treat him.", "They treat him.", "They treat him.", " ")),
        now=NOW,
        until=NOW + timedelta(days=chance.choice((-1, 0, 1, 30, 300))),
        override_confirmed=chance.random() < 0.5,
        may_pass_on=chance.choice((None, None, None, some(chance, Category, 0.95))),
    )
    bases = chance.sample(list(TransferBasis), 3)
    terms = ClauseTerms(
        UUID(int=1),
        UUID(int=2),
        some(chance, Purpose),
        some(chance, Category, 0.95),
        chance.choice([*bases, None]),
    )
    clause = Agreed(terms, chance.random() < 0.9) if chance.random() < 0.95 else None
    ground = Ground(
        chance.choice(list(Basis)),
        chance.choice([None, *Condition]),
        chance.choice((None, UUID(int=3))),
        some(chance, Category, 0.95),
        chance.choice((None, NOW - timedelta(1), NOW, NOW + timedelta(1))),
    )
    transfer = chance.choice((None, frozenset(bases)))
    return request, clause, ground if chance.random() < 0.95 else None, transfer


def decided_wrongly(count):
    chance, wrong, allowed = random.Random(SEED), [], 0  # noqa: S311 - the same requests each time
    for _ in range(count):
        case = made_up(chance)
        expected = is_lawful(*case)
        allowed += expected
        if decide(*case).is_allowed != expected:
            wrong.append(case)
    assert count / 50 < allowed < count / 2, "neither everything nor nothing is lawful"
    return wrong


@pytest.mark.parametrize("count", [5_000, pytest.param(full(1_000_000), marks=pytest.mark.drill)])
def test_random_requests_are_decided_as_the_rule_says(count):
    assert decided_wrongly(count) == []
    none_in(count, "random requests were wrongly let through or wrongly refused", "B1")
