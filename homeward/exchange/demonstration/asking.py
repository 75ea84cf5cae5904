"""Somebody two organisations of the demonstration know, and the question by which one of them hears of it."""

from datetime import date

from homeward.access.acting import acting_as
from homeward.exchange.demonstration.telling import JONAS, NORA
from homeward.lib.dates import PartialDate
from homeward.people.commands import ask_partners, register_person
from homeward.people.match_tokens import are_kept
from homeward.people.queries.asking import answering_partners
from homeward.people.rules import PersonDetails, Sex

TWICE_KNOWN = PersonDetails(
    given_names="Idris",
    family_name="Specimen",
    birth=PartialDate.of_day(date(1991, 6, 12)),
    sex=Sex.MALE,
    nationalities=("XM",),
)
REASON = "Synthetic: he says that somebody in Nordholm helped him before he left."


def ask_about_somebody() -> None:
    """Where the installation has it switched on: one question, which a partner reads in its inbox."""
    with acting_as(NORA):
        may_ask = are_kept() and bool(answering_partners(NORA))
    if may_ask:
        register_person(JONAS, details=TWICE_KNOWN)
        ask_partners(NORA, person_id=register_person(NORA, details=TWICE_KNOWN).id, reason=REASON)
