"""Nothing is read or changed without an entry in the same transaction; many writers make one chain."""

from copy import copy
from threading import Thread

import pytest
from django.conf import settings as told
from django.db import DatabaseError, connections, transaction

from homeward.access.acting import acting_as
from homeward.access.command import remember
from homeward.audit.models import Entry
from homeward.audit.seals import seal_entries, sealers_connection
from homeward.audit.verification import verify
from homeward.cases import commands as cases
from homeward.cases.models import Case, Note
from homeward.lib.identifiers import new_id
from homeward.lib.key_files import load_keys, load_signer
from homeward.people import commands as people
from homeward.people.models import Person
from homeward.people.rules import PersonDetails
from tests.access.test_operations import KNOWN, OPERATIONS, made, prepared
from tests.access.world import World
from tests.cast import RETURN_PARTNERS, nora
from tests.programs import program_of
from tests.promises.bounds import figure, full, none_in

# Reading what holds no returnee's data: public among partners, counts, or the organisation's own settings.
NOTHING_PERSONAL = {
    "preview_sample_frame",
    "list_extracts",
    "list_releases",
    "list_frameworks",
    "list_framework_versions",
    "view_framework_version",
    "view_indicator_series",
    "list_framework_comments",
    "list_indicator_tables",
    "list_indicator_values",
    "list_reports",
    "list_report_templates",
    "view_report",
    "list_recommendations",
    "calculate_sample_size",
    "list_text_channels",
    "list_comparisons",
    "list_evaluations",
    "view_evaluation",
    "list_evaluation_figures",
    "list_evaluation_checklists",
    "view_extract",
    "list_organisations",
    "view_own_organisation",
    "list_offices",
    "list_teams",
    "list_members",
    "list_invitations",
    "list_integrations",
    "view_audit_state",
    "list_assessment_forms",
    "list_imports",
    "view_import",
    "list_budgets",
    "list_rates",
    "list_prices",
    "list_leads",
    "list_programmes",
    "list_parties",
    "list_facts",
    "list_programme_versions",
    "view_programme_version",
    "list_agreements",
    "get_agreement",
    "list_services",
    "match_services",
    "view_service",
    "list_service_places",
    "list_service_room",
    "read_statement",
    "list_instruments",
    "list_forms",
    "view_form",
    "list_notices",
    "list_package_fields",
    "list_retention_rules",
    "list_scoring_profiles",
    "list_transfer_rules",
    "view_rescoring",
}


def entries(past_policies):
    return past_policies("SELECT id, action FROM audit_entry")


# Read under a verb of another act, and on the trail as what it is: a look at the case, person or package.
LOGGED_AS = {
    "list_consents": "case.view",
    "list_own_pages": "case.view",
    "list_questions": "case.view",
    "list_packages": "case.view",
    "preview_package": "case.view",
    "view_what_was_told": "disclosure.open",
    "list_referral_confirmations": "referral.view",
    "list_partner_questions": "person.view",
    "list_outcomes": "case.view",
}
SUCCEEDING = [row for row in KNOWN if row.own < 300 and row.operation not in NOTHING_PERSONAL]


@pytest.mark.django_db
def test_operations_that_succeed_leave_their_entry(sami, past_policies, settings):
    """A third of them; the drill takes all."""
    each_leaves_an_entry(SUCCEEDING[::3], sami, past_policies, settings)


@pytest.mark.drill
@pytest.mark.django_db
def test_every_operation_that_succeeds_leaves_its_entry(sami, past_policies, settings):
    each_leaves_an_entry(SUCCEEDING, sami, past_policies, settings)


def each_leaves_an_entry(rows, sami, past_policies, settings):
    settings.API_CALLS_A_MINUTE = 10**9
    silent, standing = [], World(sami)
    callers = {role: program_of(role, RETURN_PARTNERS) for role in {row.role for row in rows}}
    for row in rows:
        with transaction.atomic():
            world, caller = copy(standing), callers[row.role]
            if row.before:
                getattr(world, row.before)()
            made(row, caller, world)
            silent += _silent(row, caller, world, past_policies)
            transaction.set_rollback(True)
    assert not silent, "\n".join(map(str, silent))
    none_in(len(rows), "kinds of operations left no entry", "E1")


def _silent(row, caller, world, past_policies):

    call = prepared(row, caller, world)
    before = {entry["id"] for entry in entries(past_policies)}
    answer = call()
    new = [entry["action"] for entry in entries(past_policies) if entry["id"] not in before]
    wanted = LOGGED_AS.get(row.operation) or OPERATIONS[row.operation][2]["x-action"]
    if answer.status_code < 300 and wanted not in new:
        return [(row.operation, wanted, new)]
    return []


ACTS = {
    "register a person": lambda case: people.register_person(nora, details=PersonDetails(given_names="A")),
    "write a note": lambda case: cases.write_note(nora, case_id=case.id, text="x", on=case.opened_on),
    "set the next step": lambda case: cases.set_next_step(
        nora, case_id=case.id, expected_version=case.version, next_step="Call", next_step_on=None
    ),
    "withdraw": lambda case: cases.withdraw(nora, case_id=case.id, on=case.opened_on, reason="x"),
}


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_logged_is_not_done(sami, as_owner, past_policies):
    as_owner.execute("REVOKE INSERT ON audit_entry FROM homeward_application")
    try:
        before = _state(past_policies)
        for name, act in ACTS.items():
            with pytest.raises(DatabaseError):
                act(sami)
            assert _state(past_policies) == before, name
    finally:
        as_owner.execute("GRANT INSERT ON audit_entry TO homeward_application")
    none_in(len(ACTS), "kinds of acts were done without being logged", "E1")


def _state(past_policies):
    return [
        past_policies(f'SELECT * FROM "{model._meta.db_table}" ORDER BY id') for model in (Case, Note, Person)
    ]


def write(each):
    try:
        for _ in range(each):
            with acting_as(nora):
                remember(nora, "case.view", subject_id=new_id())
    finally:
        connections.close_all()


def written_together(writers, each):
    """Entries written by many at once while a sealer runs, and what verification finds of them."""
    threads = [Thread(target=write, args=(each,)) for _ in range(writers)]
    signer = load_signer(told.SEALER_KEY_FILE)
    for thread in threads:
        thread.start()
    with sealers_connection() as sealer:
        while any(thread.is_alive() for thread in threads):
            seal_entries(sealer, signer)
        for thread in threads:
            thread.join()
        seal_entries(sealer, signer)
        report = verify(sealer, load_keys(told.KEYS_FILE))
        forks = sealer.execute("SELECT count(*) - count(DISTINCT previous) FROM audit_seal").fetchone()[0]
    return report, forks


def no_forks(writers, each):
    report, forks = written_together(writers, each)
    assert report.is_sound, report.findings
    assert forks == 0
    with acting_as(nora):
        assert Entry.objects.filter(action="case.view").count() == writers * each
    figure("E5", f"{writers} writers at once, {writers * each:,} entries: 0 forks, none lost")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cast")
def test_many_writers_make_one_chain():
    no_forks(20, 10)


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("cast")
def test_fifty_writers_make_one_chain():
    no_forks(50, full(1_000))
