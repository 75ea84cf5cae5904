"""B3: taken back, run out, or without its ground: access is over on the next request, by every way in."""

import random
from contextlib import suppress
from datetime import timedelta
from time import sleep

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from homeward.access.acting import acting_as
from homeward.access.roles import Role
from homeward.cases.commands import end_share
from homeward.cases.models import Case, Listing
from homeward.casework.commands import send_package, withdraw_consent
from homeward.consent.rules import Asked, WithdrawalWay
from homeward.privacy.sealing import keys_of
from homeward.sharing.commands import end_agreement, end_disclosure
from homeward.sharing.models import DisclosedContent
from homeward.sharing.problems import NotAllowedToShare
from homeward.sharing.rules import Basis, Category, Condition, Purpose
from tests.agreed import agreed, shared
from tests.cast import HARBOUR, RETURN_PARTNERS, jonas, nora, rosa
from tests.consented import given
from tests.programs import program_of
from tests.promises.bounds import full, none_in

SEED = 20261122
SOON = [timedelta(seconds=n) for n in (1.5, 6, 24)]  # longer where a busy machine shares more slowly
FOR = Purpose.REINTEGRATION_ASSISTANCE
FIELDS = ["name", "contacts", "own_words"]


@pytest.fixture
def cast(cast_without_agreements):
    """Here each thing shared stands on an agreement of its own."""


@pytest.fixture
def readers(cast, client_of, settings):
    """How HARBOUR reads: Jonas at his browser, and a program."""
    settings.API_CALLS_A_MINUTE = 10**9
    return client_of(jonas), program_of(Role.RETURN_COUNSELLOR, HARBOUR)


def a_package(case, until):
    return send_package(
        nora,
        case_id=case.id,
        organisation_id=HARBOUR,
        purpose=FOR,
        field_codes=FIELDS,
        basis=Basis.CONSENT,
        necessity="They receive him.",
        until=until,
    )


def a_share(case, until):
    given = {"basis": Basis.CONSENT, "condition": Condition.EXPLICIT_CONSENT, "until": until}
    return shared(nora, case.id, HARBOUR, categories=[Category.CONTACT, Category.NEEDS], **given)


def package_ways(sent, readers):
    """Every way to what a package says; each tells whether it is open."""
    browser, _program = readers
    page = reverse("received_package", args=[sent.id])
    return {
        "page": lambda: b"Sami" in browser.get(page).content,
        "table": lambda: _seen(DisclosedContent.objects.filter(disclosure_id=sent.id)),
        "key": lambda: _holds_key(sent.subject_id),
    }


def share_ways(share, readers):
    """Every way to a case that is shared; each tells whether it is open."""
    browser, program = readers
    page = reverse("case", args=[share.case_id])
    return {
        "page": lambda: browser.get(page).status_code == 200,
        "list": lambda: str(share.case_id).encode() in program.get("/cases").content,
        "program": lambda: program.get(f"/cases/{share.case_id}").status_code == 200,
        "table": lambda: _seen(Case.objects.filter(id=share.case_id)),
        "listing": lambda: _seen(Listing.objects.filter(case_id=share.case_id)),
        "key": lambda: _holds_key(share.case.person_id),
    }


def _seen(rows):
    with acting_as(jonas):
        return rows.exists()


def _holds_key(person_id):
    with acting_as(jonas):
        return bool(keys_of([person_id]).opened)


def end_at_once(how, thing, agreement, consent):
    """One of the ways in which what is shared ends."""
    if how == "consent withdrawn":
        withdraw_consent(nora, consent_id=consent.id, how=WithdrawalWay.BY_PHONE)
    elif how == "agreement ended":
        end_agreement(rosa, agreement_id=agreement.id, why="Over")
    elif how == "run out":
        sleep(max(0, (thing.until - now()).total_seconds()) + 0.05)
    elif how == "given back":
        end_disclosure(jonas, disclosure_id=getattr(thing, "disclosure_id", None) or thing.id)
    elif hasattr(thing, "disclosure_id"):
        end_share(nora, case_id=thing.case_id, share_id=thing.id)
    else:
        end_disclosure(nora, disclosure_id=thing.id)


HOW = ("consent withdrawn", "agreement ended", "taken back", "given back", "run out")


def made_to_run_out(make, case):
    """Something shared for as short a time as there is after sharing it."""
    for soon in SOON:
        with suppress(NotAllowedToShare):  # the end had passed before it was shared
            return make(case, now() + soon)
    raise AssertionError("Sharing took longer than what is shared may last")


def still_open(case, kind, how, readers):
    """Share something, see that every way is open, end it; the ways that are open still."""
    agreement = agreed(RETURN_PARTNERS, HARBOUR)
    asked = Asked(FOR, frozenset(Category), recipient_id=HARBOUR, expires_on=localdate() + timedelta(9))
    consent = given(case, asked)
    make, ways_of = {"package": (a_package, package_ways), "case": (a_share, share_ways)}[kind]
    thing = made_to_run_out(make, case) if how == "run out" else make(case, None)
    ways = ways_of(thing, readers)
    closed = [way for way, is_open in ways.items() if not is_open()] if how != "run out" else []
    assert closed == [], (kind, how, closed)
    end_at_once(how, thing, agreement, consent)
    left = [(kind, how, way) for way, is_open in ways.items() if is_open()]
    for one, verb in ((agreement, "agreement ended"), (consent, "consent withdrawn")):
        if how != verb:
            end_at_once(verb, thing, agreement, consent)
        assert one.id
    return left, len(ways)


def kept(rounds, case, readers):
    chance, left, asked = random.Random(SEED), [], 0  # noqa: S311
    every = [(kind, how) for kind in ("package", "case") for how in HOW]
    for _ in range(rounds):
        for kind, how in chance.sample(every, len(every)):
            found, ways = still_open(case, kind, how, readers)
            left, asked = left + found, asked + ways
    assert left == []
    none_in(asked, "ways in were open on the next request after sharing had ended", "B3")


@pytest.mark.django_db(transaction=True)
def test_what_has_ended_is_closed_on_the_next_request_by_every_way(sami, readers):
    kept(1, sami, readers)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_what_has_ended_a_great_many_times_is_closed_by_every_way(sami, readers):
    kept(full(100), sami, readers)
