"""An answer about the state one comes from changes nothing of eligibility, order or package.

Three things together show it: no code that decides can reach an answer; no function or policy of the database
reads one but those that let data move; and recording answers of every kind changes no row that a rule reads.
"""

from random import Random

import grimp
import pytest
from django.utils.timezone import localdate

from homeward.consent.commands import record_consent, record_refusal, withdraw
from homeward.consent.problems import StillAgreed, WithdrawnAlready
from homeward.consent.rules import Asked, ConsentWay, Evidence, WithdrawalWay
from homeward.sharing.rules import Category, Purpose
from tests.cast import MARENIA, nora
from tests.consented import notice
from tests.promises import catalogue
from tests.promises.bounds import full, none_in

SEED = 20260310
# Everything that decides who is eligible, who comes first and what they get.
DECIDING = (
    "homeward.programmes",
    "homeward.assessments",
    "homeward.plans",
    "homeward.assistance",
    "homeward.approvals",
    "homeward.cases",
    "homeward.casework.eligibility",
    "homeward.casework.accounts",
    "homeward.casework.planning",
    "homeward.casework.after_approval",
)
# Of the database's functions these alone read answers, each so that data moves only where it may.
READING = {
    "consent_stands_behind_it",
    "consent_ends_what_rests_on_it",
    "consent_is_taken_back_once",
    "homeward_narrow",
}
WRITTEN = ("consent_", "audit_", "django_", "procrastinate_", "homeward_cache", "axes_", "access_")


# Here an answer lets data move, and does nothing else: who asks it is named (share, handover, referral).
DOOR = "homeward.cases.grounds"
THROUGH_THE_DOOR = {
    "homeward.cases.commands.sharing",
    "homeward.cases.handover_disclosing",
    "homeward.casework.commands",
}


def test_no_code_that_decides_can_reach_an_answer():
    graph = grimp.build_graph("homeward")
    assert graph.find_modules_that_directly_import(DOOR) <= THROUGH_THE_DOOR
    graph.remove_module(DOOR)
    names = [
        module
        for start in DECIDING
        for module in (start, *graph.find_descendants(start))
        if ".tests" not in module and module in graph.modules
    ]
    assert len(names) > len(DECIDING)
    reaching = [name for name in names if graph.find_shortest_chain(name, "homeward.consent.queries")]
    assert reaching == []
    reaching = [name for name in names if graph.find_shortest_chain(name, "homeward.consent.models")]
    assert reaching == []


@pytest.mark.django_db
def test_no_function_or_policy_of_the_database_reads_an_answer_but_those_named():
    functions = catalogue.ask(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND prosrc LIKE '%consent_consent%'"
    )
    assert {name for (name,) in functions} <= READING
    policies = catalogue.ask(
        "SELECT polrelid::regclass::text FROM pg_policy WHERE pg_get_expr(polqual, polrelid) "
        "LIKE '%consent_consent.%' AND polrelid <> 'consent_consent'::regclass"
    )
    assert policies == []


def rows_that_rules_read(past_policies):
    """A digest of each table, but for answers, the trail and the queue."""
    tables = [table.name for table in catalogue.tables() if not table.name.startswith(WRITTEN)]
    parts = " UNION ALL ".join(
        f"SELECT '{name}' AS name, "
        f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t) AS rows"
        for name in tables
    )
    return {row["name"]: row["rows"] for row in past_policies(parts)}


def answer_at_random(random, case, notice_id):
    """A yes, a no or a change of mind, with any categories in any way."""
    asked = Asked(
        Purpose.ORIGIN_STATE,
        frozenset(random.sample(list(Category), random.randint(1, len(Category)))),
        recipient_id=MARENIA,
    )
    given = {
        "person_id": case.person_id,
        "asked": asked,
        "evidence": Evidence(ConsentWay.WITNESSED, witness_name="Amal Witness"),
        "notice_id": notice_id,
        "language": random.choice(("en", "fr", "ar")),
        "given_on": localdate(),
    }
    if random.random() < 0.5:
        return record_consent(nora, **given)
    try:
        return record_refusal(nora, **given)
    except StillAgreed:
        return None


def answered(times, sami, past_policies):
    random, notice_id = Random(SEED), notice(Purpose.ORIGIN_STATE).id  # noqa: S311
    before, standing = rows_that_rules_read(past_policies), []
    for _time in range(times):
        if standing and random.random() < 0.5:
            try:
                withdraw(nora, consent_id=standing.pop(), how=random.choice(list(WithdrawalWay)))
            except WithdrawnAlready:
                continue
        elif answer := answer_at_random(random, sami, notice_id):
            standing += [answer.id] if answer.is_given else []
    assert rows_that_rules_read(past_policies) == before
    none_in(times, "answers about the state of origin changed a row that a rule reads", "A6")


@pytest.mark.usefixtures("cast")
def test_answers_of_every_kind_change_no_row_that_a_rule_reads(sami, past_policies):
    answered(50, sami, past_policies)


@pytest.mark.drill
@pytest.mark.usefixtures("cast")
def test_thousands_of_answers_change_no_row_that_a_rule_reads(sami, past_policies):
    answered(full(5_000), sami, past_policies)
