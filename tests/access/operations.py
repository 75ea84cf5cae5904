"""Who may call which operation of the API: one row each, with the answer three organisations' programs get.

`own` leads Sami's case, `participant` sees it because it is shared, `foreign` has no part in it. Where an
answer is 404, it is compared byte by byte with the answer about what does not exist. Callers without a token
and callers in another role are tried on every operation without any row saying so. An operation that is
missing here fails `test_operations.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from homeward.access.roles import Role
from tests.access.consent_operations import rows as consent_rows
from tests.access.evaluation_operations import rows as evaluation_rows
from tests.access.extract_operations import rows as extract_rows
from tests.access.followup_operations import rows as followup_rows
from tests.access.handover_operations import rows as handover_rows
from tests.access.indicator_operations import rows as indicator_rows
from tests.access.instrument_operations import rows as instrument_rows
from tests.access.ledger_operations import rows as ledger_rows
from tests.access.outcome_operations import rows as outcome_rows
from tests.access.plan_operations import rows as plan_rows
from tests.access.referral_operations import rows as referral_rows
from tests.access.report_operations import rows as report_rows
from tests.access.rights_operations import rows as rights_rows
from tests.access.sample_operations import rows as sample_rows
from tests.access.service_operations import rows as service_rows
from tests.access.sharing_operations import rows as sharing_rows
from tests.access.texting_operations import rows as texting_rows

Made = Callable[[Any, Any], Mapping[str, object]]
# Who does the same work at HARBOUR, where not everybody has the same roles.
BESIDE = {
    Role.CASE_MANAGER: Role.RETURN_COUNSELLOR,
    Role.FIELD_OFFICER: Role.COORDINATOR,
    Role.FINANCE_OFFICER: Role.COORDINATOR,  # there is none: refused before anything is looked up
}


def nothing(world: Any, caller: Any) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Row:
    """One operation; `path` and `body` take the world (whose ids exist, or do not) and the caller."""

    operation: str
    own: int = 200
    participant: int = 200
    foreign: int = 404
    path: Made = nothing
    body: Made | None = None
    version: Callable[[Any], int] | None = None
    role: Role = Role.CASE_MANAGER
    before: str = ""  # what the world has to have come to
    form: bool = False
    query: str = ""

    def __str__(self) -> str:
        return self.operation


def ids(*names: str) -> Made:
    return lambda world, caller: {name: getattr(world, name) for name in names}


def told(**values: object) -> Made:
    return lambda world, caller: values


def one(world: Any) -> int:
    return 1


def case_version(world: Any) -> int:
    return world.case_version


def past(world: Any, caller: Any) -> Mapping[str, object]:
    return {"appointment_id": world.past_appointment_id}


def finished(world: Any, caller: Any) -> Mapping[str, object]:
    return {"assessment_id": world.finished_assessment_id}


def cleared(world: Any, caller: Any) -> Mapping[str, object]:
    return {**FIT, "document_id": world.scan_id}


FIT = {
    "gate": "fit_to_travel",
    "decided_by_name": "Dr Invented",
    "decided_by_function": "Physician",
    "decided_by_organisation": "Port Clinic Demo",
    "decided_on": "2026-04-10",
}


def own_programme(world: Any, caller: Any) -> Mapping[str, object]:
    return {"programme_id": world.own_programme_id}


def draft(world: Any, caller: Any) -> Mapping[str, object]:
    return {"version_id": world.draft_id}


CASE, PERSON = ids("case_id"), ids("person_id")
ON, REASONED = told(on="2026-06-01"), told(on="2026-06-01", reason="A reason")
OPENED = {"opened_on": "2026-03-02"}
NAME = told(name="Another")
PROGRAMME = told(name="Another", code="A", opens_on="2026-01-01")
LAND = {"country": "XM", "language": "en"}
JOURNEY = told(departs_on="2026-04-20", arrives_on="2026-04-21", arrival_place="Saltfield")
MEETING = {"starts_at": "2090-01-01T10:00:00Z"}
ADMINISTRATOR, COORDINATOR = {"role": Role.ADMINISTRATOR}, {"role": Role.COORDINATOR}
ALL, MADE = (200, 200, 200), (201, 201, 201)
CREATED = (201, 201, 404)
OWN_ONLY, MADE_OWN_ONLY = (200, 404, 404), (201, 404, 404)

PROGRAMMES = [
    Row("list_programmes", *ALL, role=Role.FIELD_OFFICER),
    Row("add_programme", *MADE, body=PROGRAMME, **ADMINISTRATOR),
    Row("list_parties", *ALL, ids("programme_id"), role=Role.FIELD_OFFICER),
    Row(
        "add_party",
        *MADE_OWN_ONLY,
        own_programme,
        lambda w, c: {"organisation_id": w.harbour_id, "part": "partner"},
        **COORDINATOR,
    ),
    Row("list_facts", *ALL, role=Role.FIELD_OFFICER),
    Row("list_programme_versions", *ALL, ids("programme_id"), role=Role.FIELD_OFFICER),
    Row("begin_programme_version", *MADE_OWN_ONLY, own_programme, **COORDINATOR),
    Row("view_programme_version", *ALL, ids("version_id"), role=Role.FIELD_OFFICER),
    Row(
        "change_programme_version",
        *OWN_ONLY,
        draft,
        told(terms={"currency": "EUR"}),
        version=one,
        **COORDINATOR,
    ),
    Row(
        "publish_programme_version",
        *MADE_OWN_ONLY,
        draft,
        told(takes_effect_on="2090-01-01", expected_version=1),
        **COORDINATOR,
    ),
]
ORGANISATIONS = [
    Row("list_organisations", *ALL, role=Role.FIELD_OFFICER),
    Row("view_own_organisation", *ALL, role=Role.FIELD_OFFICER),
    Row("list_offices", *ALL, role=Role.FIELD_OFFICER),
    Row("list_teams", *ALL, role=Role.FIELD_OFFICER),
    Row(
        "create_organisation",
        *MADE,
        body=told(
            name="Newcomer",
            organisation_class="service_provider",
            administrator_email="someone@newcomer.example",
            **LAND,
        ),
        **ADMINISTRATOR,
    ),
    Row(
        "edit_own_organisation",
        *ALL,
        body=lambda w, c: {"name": f"Another {c.organisation_id}", **LAND},
        version=one,
        **ADMINISTRATOR,
    ),
    Row("add_office", *MADE, body=NAME, **ADMINISTRATOR),
    Row("edit_office", *OWN_ONLY, ids("office_id"), NAME, one, **ADMINISTRATOR),
    Row("add_team", *MADE, body=NAME, **ADMINISTRATOR),
    Row("edit_team", *OWN_ONLY, ids("team_id"), NAME, one, **ADMINISTRATOR),
    Row("list_members", *ALL, **ADMINISTRATOR),
    Row("change_member", *OWN_ONLY, ids("membership_id"), told(role="coordinator"), one, **ADMINISTRATOR),
    Row("end_member", *OWN_ONLY, ids("membership_id"), version=one, **ADMINISTRATOR),
    Row("list_invitations", *ALL, **ADMINISTRATOR),
    Row(
        "invite_member",
        *MADE,
        body=told(email="new@colleague.example", role="coordinator"),
        **ADMINISTRATOR,
    ),
    Row("renew_invitation", *MADE_OWN_ONLY, ids("invitation_id"), **ADMINISTRATOR),
    Row("withdraw_invitation", *OWN_ONLY, ids("invitation_id"), **ADMINISTRATOR),
    Row("list_integrations", *ALL, **ADMINISTRATOR),
    Row("create_integration", *MADE, body=told(name="Report", role="coordinator"), **ADMINISTRATOR),
    Row("rotate_integration", *MADE_OWN_ONLY, ids("integration_id"), **ADMINISTRATOR),
    Row("end_integration", *OWN_ONLY, ids("integration_id"), **ADMINISTRATOR),
]
AUDIT = [
    Row("search_audit_trail", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row("view_audit_state", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row("list_data_requests", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row("list_retention_due", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row("list_releases", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row("view_processing", *ALL, role=Role.DATA_PROTECTION_OFFICER),
    Row(
        "record_data_request",
        201,
        201,
        body=lambda world, caller: {
            "person_id": world.person_id,
            "kind": "access",
            "received_on": "2026-03-02",
        },
    ),
]
PEOPLE = [
    Row("list_people", *ALL),
    Row("search_people", *ALL, body=told(text="Sami")),
    Row("find_likely_people", *ALL, body=told(given_names="Sami", family_name="Example")),
    Row("register_person", *MADE, body=told(family_name="Else")),
    Row("view_person", path=PERSON),
    Row("change_person", path=PERSON, body=told(family_name="Else"), version=one),
    Row("list_person_documents", path=PERSON),
    Row("add_person_document", *CREATED, PERSON, told(kind="passport", number="A1234567")),
    Row("remove_person_document", path=ids("person_id", "document_id")),
    Row("open_document_number", path=ids("person_id", "document_id"), body=told(reason="check")),
    Row("list_person_contacts", path=PERSON),
    Row("add_person_contact", *CREATED, PERSON, told(kind="phone", value="+999 12345")),
    Row(
        "change_person_contact",
        path=ids("person_id", "contact_id"),
        body=told(kind="phone", value="+999 12345"),
        version=one,
    ),
    Row("end_person_contact", path=ids("person_id", "contact_id"), body=ON, version=one),
    Row("list_relations", path=PERSON),
    # HARBOUR sees Sami, but not the relative, who has no case
    Row("relate_people", 201, 404, 404, PERSON, lambda w, c: {"related_id": w.related_id, "kind": "sibling"}),
    Row("end_relation", *CREATED, ids("person_id", "relation_id"), ON),
    Row("list_matches", *ALL),
    Row("answer_match", *MADE_OWN_ONLY, ids("match_id"), told(is_same=False)),
    Row("start_match_search", *MADE),
    Row("view_last_match_search", 404, 404, 404),
    Row("list_merges", path=PERSON),
    Row(
        "merge_people",
        *MADE_OWN_ONLY,
        body=lambda w, c: {"kept_id": w.person_id, "merged_id": w.related_id},
    ),
    Row("undo_merge", *MADE_OWN_ONLY, ids("merge_id")),
    Row("list_partner_questions", path=PERSON),
    # switched off unless an installation wants it: nothing is looked up
    Row("ask_partners", 409, 409, 409, PERSON, told(reason="He was helped before.")),
]
CASES = [
    Row("list_cases", *ALL),
    Row("search_cases", *ALL, body=told(text="Sami")),
    Row(
        "open_case",
        *CREATED,
        body=lambda w, c: {"person_id": w.person_id, "lead_membership_id": c.colleague, **OPENED},
    ),
    Row("start_file", *MADE, body=told(**OPENED)),
    Row("view_case", path=CASE),
    Row("edit_case", path=CASE, body=told(return_place="Else"), version=case_version),
    Row("set_next_step", path=CASE, body=told(next_step="Call"), version=case_version),
    Row("view_timeline", path=CASE),
    Row("list_leads", *ALL),
    Row("list_shares", path=CASE),
    Row(
        "share_case",
        201,
        409,
        404,
        CASE,
        lambda w, c: {
            "organisation_id": w.clinic_id,
            "basis": "public_interest",
            "purpose": "referral",
            "necessity": "A check-up",
            "categories": ["contact"],
        },
    ),
    Row("end_share", path=ids("case_id", "share_id")),
    *handover_rows(Row, ids, told),
    Row("assign_case", *CREATED, CASE, lambda w, c: {"membership_id": c.colleague}, **COORDINATOR),
    Row(
        "reassign_caseload",
        *MADE,
        body=lambda w, c: {"from_user_id": w.nora_id, "membership_id": c.colleague},
        **COORDINATOR,
    ),
    Row("list_emergencies", *ALL, **COORDINATOR),
    Row("review_emergency", *MADE_OWN_ONLY, ids("emergency_id"), told(was_justified=True), **COORDINATOR),
]
JOURNEY_ROWS = [
    Row("list_counselling", path=CASE),
    Row("record_counselling", *CREATED, CASE, told(held_on="2026-03-09", topics=["options"])),
    Row("list_applications", path=CASE),
    Row(
        "submit_application",
        *CREATED,
        CASE,
        lambda w, c: {"programme_id": w.programme_id, "submitted_on": "2026-03-16"},
        before="counselled",
    ),
    Row("list_waiting_applications", *ALL, **COORDINATOR),
    Row(
        "decide_application",
        *CREATED,
        ids("application_id"),
        told(accept=True, decided_on="2026-03-30"),
        **COORDINATOR,
    ),
    Row("list_eligibility", path=CASE),
    Row("decide_eligibility", *CREATED, CASE, told(answers={}), before="applied_by_rules"),
    Row("what_if", path=CASE, body=lambda w, c: {"programme_id": w.ruled_programme_id, "supposing": {}}),
    Row("ask_override", *CREATED, ids("decision_id"), told(reason="Hardship")),
    Row("list_travel", path=CASE),
    Row("plan_travel", *CREATED, CASE, JOURNEY, before="accepted"),
    Row("change_travel", path=CASE, body=JOURNEY, version=one, before="travel_planned"),
    Row("list_assessment_forms", *ALL),
    Row("view_profile", path=CASE),
    Row("list_assessments", path=CASE),
    Row("begin_assessment", *CREATED, CASE, told(kind="needs")),
    # Nora fills it in: no program writes in it
    Row("save_answers", 404, 404, 404, ids("assessment_id"), told(step="economic", answers=[]), one),
    Row(
        "finish_assessment",
        404,
        404,
        404,
        ids("assessment_id"),
        told(held_on="2026-04-02", expected_version=1),
    ),
    Row("drop_assessment", 404, 404, 404, ids("assessment_id")),
    Row("open_answers", path=finished, body=told(reason="casework")),
    Row("answer_proposal", *CREATED, ids("proposal_id"), told(confirm=True)),
    Row("view_gates", path=CASE),
    Row("set_profile", *CREATED, CASE, told(flags=["health_need"])),
    Row("give_clearance", *CREATED, CASE, cleared, before="health_need"),
    Row("refuse_clearance", *CREATED, CASE, told(**FIT, reason="Fever"), before="health_need"),
    Row("lapse_clearance", *CREATED, CASE, told(gate="fit_to_travel", reason="Ill"), before="fit_to_travel"),
    Row("confirm_travel", *CREATED, CASE, told(confirmed_on="2026-04-17"), before="travel_planned"),
    Row("record_departure", *CREATED, CASE, told(departed_on="2026-04-20"), before="travel_confirmed"),
    Row("record_not_travelled", *CREATED, CASE, REASONED, before="travel_planned"),
    Row("list_expected_arrivals", 200, 403, 200),
    Row(
        "confirm_arrival",
        201,
        403,
        404,
        CASE,
        told(arrived_on="2026-04-21", place="Saltfield"),
    ),
    Row("list_contact_attempts", path=CASE),
    Row("record_contact", *CREATED, CASE, told(on="2026-06-01", way="call", outcome="no_answer")),
    Row("record_contact_lost", *CREATED, CASE, REASONED),
    Row("record_contact_found", *CREATED, CASE, ON, before="lost"),
    Row("withdraw", *CREATED, CASE, REASONED),
    Row("record_remigration", *CREATED, CASE, ON, before="arrived"),
    Row("record_death", *CREATED, CASE, ON),
    Row("list_exits", path=CASE),
    Row("list_notes", path=CASE),
    Row("write_note", *CREATED, CASE, told(text="A note", on="2026-06-01")),
    # Nora wrote it: no program corrects it
    Row("correct_note", 403, 403, 404, ids("note_id"), told(text="A note", reason="A slip")),
    Row("list_appointments", path=CASE),
    Row(
        "make_appointment",
        *CREATED,
        CASE,
        lambda w, c: {"subject": "A talk", "membership_id": c.colleague, **MEETING},
    ),
    Row("reschedule_appointment", path=ids("appointment_id"), body=told(**MEETING), version=one),
    Row("cancel_appointment", *CREATED, ids("appointment_id"), told(reason="Ill")),
    Row("keep_appointment", *CREATED, past, told()),
    Row("miss_appointment", *CREATED, past, told()),
    Row("list_documents", path=CASE),
    Row("add_document", *CREATED, CASE, told(kind="photo"), form=True),
    Row("download_document", path=lambda w, c: {"document_id": w.scan_id}),
    Row("list_closures", path=CASE),
    Row("close_case", 201, 409, 404, CASE, told(closed_on="2026-06-01", reason="chose_to_stop")),
    Row("reopen_case", 201, 409, 404, CASE, REASONED, before="withdrawn"),
]
LIST, WHY = ids("import_id"), told(reason="casework")
LISTS = [
    Row("list_imports", *ALL),
    Row("prepare_import", *MADE, body=lambda w, c: {"membership_id": c.colleague}, form=True),
    Row("view_import", *OWN_ONLY, LIST),
    Row("list_problem_rows", *OWN_ONLY, LIST, query="?key=no_name"),
    Row("set_import_choices", *MADE_OWN_ONLY, LIST, told()),
    Row("answer_problems", *MADE_OWN_ONLY, LIST, told(key="placeholder_date:birth_date", answer="unknown")),
    Row("leave_out", *MADE_OWN_ONLY, LIST, told()),
    Row("list_possible_duplicates", *OWN_ONLY, LIST),
    Row("decide_duplicates", *MADE_OWN_ONLY, LIST, told(decision="different")),
    Row("save_import", *MADE_OWN_ONLY, LIST, told()),
    Row("undo_import", *MADE_OWN_ONLY, LIST, before="list_saved"),
    Row("discard_import", *OWN_ONLY, LIST),
]
SEALED = [
    Row("open_summary", path=ids("counselling_id"), body=WHY),
    Row("open_medical_items", path=ids("travel_id"), body=WHY),
    Row("open_conditions", path=ids("clearance_id"), body=WHY),
    Row("open_own_view", path=ids("closure_id"), body=WHY),
    Row("list_held", path=CASE),
    Row("open_vulnerability", *OWN_ONLY, ids("kept_id"), told(reason="needs")),
]
ROWS = [
    *PROGRAMMES,
    *ORGANISATIONS,
    *AUDIT,
    *PEOPLE,
    *CASES,
    *JOURNEY_ROWS,
    *LISTS,
    *SEALED,
    *(Row(name, *said, **more) for name, said, more in ledger_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in plan_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in referral_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in followup_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in sample_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in texting_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in service_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in instrument_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in outcome_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in extract_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in evaluation_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in indicator_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in report_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in sharing_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in consent_rows(ids)),
    *(Row(name, *said, **more) for name, said, more in rights_rows(ids)),
]
