"""One rule for each table that may say something about a person: what erasure does to its rows, and why.

A table that is missing here, here without need, or neither here nor among `NOT_ABOUT_ANYBODY`, fails
`tests/promises/test_every_table_has_its_rule.py`, which says what to do.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Erase(StrEnum):
    """What erasure does to the rows about a person."""

    DELETE = "delete"  # the rows are gone
    EMPTY = "empty"  # the rows stay, the columns named say nothing any more
    KEEP = "keep"  # the rows stay; nothing in them says who it was


@dataclass(frozen=True)
class TableRule:
    """`emptied` names columns; `column=word` writes the word instead, `column=random` a new reference."""

    erase: Erase
    emptied: tuple[str, ...] = ()
    why: str = ""


def _empty(columns: str, why: str) -> TableRule:
    return TableRule(Erase.EMPTY, tuple(columns.split()), why)


def _keep(why: str) -> TableRule:
    return TableRule(Erase.KEEP, (), why)


GONE = TableRule(Erase.DELETE)
ACCOUNTS = "accounts are kept by law; what is left leads to no one, for case and person are empty"
ANSWERED_FOR = "that and on what ground it was done is proved to an authority; it names nobody"

# In the order of erasure: what hangs on a row goes before the row.
RULES: Mapping[str, TableRule] = {
    # what people asked and said
    "feedback_ownpagelink": GONE,
    "feedback_question": GONE,
    "feedback_complaint": GONE,
    # handed over, sent and shared
    "cases_casequestion": GONE,
    "cases_handovermessage": GONE,
    "cases_handover": GONE,
    "cases_receivedenquiry": GONE,
    "referrals_referralletter": GONE,
    "firewall_noticesource": GONE,
    "referrals_referralconfirmation": GONE,
    "referrals_referralevent": GONE,
    "referrals_referral": GONE,
    "sharing_disclosedcontent": GONE,
    "sharing_disclosure": _empty("necessity=erased", ANSWERED_FOR),
    "sharing_override": _empty("reason=erased", ANSWERED_FOR),
    "consent_consent": _keep(ANSWERED_FOR + "; names in it are sealed under the key that is destroyed"),
    # following up: with a visit goes what was answered under its key, by a trigger
    "outcomes_outcome": GONE,
    "texting_reply": GONE,
    "texting_talk": GONE,
    "texting_message": GONE,
    "texting_permission": GONE,
    "followup_draftfile": GONE,
    "followup_visitdraft": GONE,
    "followup_samplemember": GONE,
    "followup_attempt": GONE,
    "followup_visit": GONE,
    "followup_businesscheck": GONE,
    # money
    "assistance_proof": GONE,
    "assistance_answer": GONE,
    "assistance_delivery": _empty("what delivered_by remarks", ACCOUNTS),
    "assistance_intent": _empty("what reason=erased given", ACCOUNTS),
    "assistance_instalment": _empty("note reached_note", ACCOUNTS),
    "assistance_entry": _empty("outside_reference reason=erased", ACCOUNTS),
    "assistance_commitment": _empty("what payee_name payee_account", ACCOUNTS),
    "assistance_entitlement": _empty("because", ACCOUNTS),
    "approvals_step": _empty("reasons", ACCOUNTS),
    "approvals_approval": _empty("reference reason", ACCOUNTS),
    # plans and assessments
    "plans_agreement": GONE,
    "plans_activity": GONE,
    "plans_goal": GONE,
    "plans_planversion": GONE,
    "plans_plan": GONE,
    "assessments_proposal": GONE,
    "assessments_assessment": GONE,
    # lists that partners sent
    "exchange_possibleduplicate": GONE,
    "exchange_keptfromlist": GONE,
    "exchange_importrow": _empty(
        "told before answers problems person_id case_id",
        "the list keeps its count of rows; its file is gone a day after it was saved",
    ),
    # the case
    "cases_arrival": GONE,
    "cases_travel": GONE,
    "cases_clearance": GONE,
    "cases_profile": GONE,
    "cases_eligibilitydecision": GONE,
    "cases_application": GONE,
    "cases_applicationdraft": GONE,
    "cases_appointment": GONE,
    "cases_counselling": GONE,
    "cases_note": GONE,
    "cases_remark": GONE,
    "cases_contactattempt": GONE,
    "cases_sideexit": GONE,
    "cases_closure": GONE,
    "cases_casedocument": GONE,
    "cases_emergencyaccess": GONE,
    "cases_event": GONE,
    "cases_share": GONE,
    "cases_listing": GONE,
    "files_storedfile": GONE,
    # the person
    "people_match": GONE,
    "people_merge": GONE,
    "people_relation": GONE,
    "people_contact": GONE,
    "people_document": GONE,
    "people_blockingkey": GONE,
    "people_matchtoken": GONE,
    "people_possiblematch": GONE,
    "people_partnerquestion": GONE,
    "people_askingallowed": GONE,
    # what the officer keeps
    "privacy_opening": _keep(ANSWERED_FOR + "; its words are sealed under the key that is destroyed"),
    "privacy_requeststep": _empty("note", ANSWERED_FOR),
    "privacy_subjectexport": _empty("file_id", ANSWERED_FOR),
    "privacy_subjectrequest": _empty("words", ANSWERED_FOR),
    "privacy_correctionnotice": _empty("words receipt_words", ANSWERED_FOR),
    "privacy_legalhold": _empty("reason released_because", ANSWERED_FOR),
    "privacy_restriction": _empty("reason lifted_because", ANSWERED_FOR),
    "privacy_erasure": _keep("the ledger itself, which names nobody"),
    "audit_entry": _keep("the trail is never changed; values in it are sealed under the key destroyed"),
    "privacy_subjectkey": _keep("the key itself is destroyed; the row says that it was"),
    # the shells on which accounts and the trail stand
    "cases_case": _empty(
        "reference=random transit_countries return_place how_heard own_words next_step "
        "next_step_on closing_reason",
        "days and countries stay for counts; nobody has a listing of it any more",
    ),
    "people_person": _empty(
        "given_names family_name native_name folded_name sex=unknown birth_earliest_on birth_latest_on "
        "birth_precision nationalities birth_country languages merged_into_id",
        "accounts and the trail point at it",
    ),
}

CONFIGURATION = "how an organisation, a programme or the installation is set up"
STAFF_ONLY = "accounts of staff, who have their own way to their data"
NOT_ABOUT_ANYBODY: Mapping[str, str] = {
    "firewall_protocol": CONFIGURATION,
    "firewall_travelnotice": "names no case and no person; erasure withdraws and empties it by its source",
    "firewall_enforcementaccount": "accounts of enforcement bodies",
    "firewall_enforcementsession": "accounts of enforcement bodies",
    "access_handledrequest": "sealed answers to programs, forgotten after a day",
    "assistance_budget": CONFIGURATION,
    "assistance_budgetchange": CONFIGURATION,
    "assistance_price": CONFIGURATION,
    "assistance_rate": CONFIGURATION,
    "assistance_rateadoption": CONFIGURATION,
    "codelists_holiday": CONFIGURATION,
    "codelists_weekend": CONFIGURATION,
    "audit_pending": "ids of entries that wait for their seal",
    "audit_seal": "digests of entries",
    "audit_verification": "that the chain was verified",
    "cases_enquiry": "a number that was asked after, by whom and why; gone after 90 days",
    "cases_file": "a number of a family's file; it goes with its last case",
    "cases_savedview": "filters of a list, never a name",
    "consent_notice": CONFIGURATION,
    "followup_area": "which member of staff goes where",
    "followup_sample": "rules, counts and a seed; who was drawn stands in rows that go with the person",
    "privacy_release": "counts of many people, and which counts were hidden; no person is told apart",
    "extracts_extract": "that frames were made, by whom and why; frames hold pseudonyms, and expire",
    "exchange_import": "a list as a whole; its rows are above, its file is gone a day after it was saved",
    "exchange_rememberedlayout": CONFIGURATION,
    "exchange_analystfile": "that a file was made from an extract, by whom and why; it goes with its extract",
    "surveys_instrument": CONFIGURATION,
    "surveys_instrumentversion": CONFIGURATION,
    "surveys_formfile": CONFIGURATION,
    "surveys_scoringprofile": CONFIGURATION,
    "surveys_phone": STAFF_ONLY,
    "indicators_framework": CONFIGURATION,
    "indicators_frameworkparty": CONFIGURATION,
    "indicators_frameworkversion": CONFIGURATION,
    "indicators_frameworkcomment": "what a colleague of a partner thinks of a framework; of no returnee",
    "indicators_frameworkvalidation": STAFF_ONLY,
    "indicators_indicatortable": "what was reckoned of pseudonyms, and which colleague asked for it",
    "indicators_indicatorvalue": "numbers about many; what too few stand behind is not shown",
    "evaluation_question": "what is asked of pseudonyms, registered beforehand, by which colleague",
    "evaluation_answer": "numbers about many, under bounds of how many",
    "evaluation_comparison": "that people to compare with were published, by which colleague",
    "evaluation_likepeople": "numbers about many, under bounds of how many",
    "reports_figuredrawing": "drawings of numbers about many, under bounds of how many",
    "reports_reporttemplate": CONFIGURATION,
    "reports_reportschedule": CONFIGURATION,
    "reports_report": "numbers about many, under bounds of how many",
    "reports_reportfile": "numbers about many, under bounds of how many",
    "reports_reportrecipient": "to whom outside a report was handed, and by which colleague",
    "reports_recommendation": "what a programme or an office should do, and which colleague sees to it",
    "reports_recommendationstep": "what became of a recommendation, written by which colleague",
    "texting_channel": CONFIGURATION,
    "outcomes_rescoring": "counts how far scoring anew has got, and names nobody",
    "surveys_submission": "carries an opaque key; whoever links the key to a person empties it by that key",
    "surveys_attachment": "goes with its submission",
    "organisations_factorreset": STAFF_ONLY,
    "organisations_integration": STAFF_ONLY,
    "organisations_invitation": STAFF_ONLY,
    "organisations_membership": STAFF_ONLY,
    "organisations_office": CONFIGURATION,
    "organisations_organisation": CONFIGURATION,
    "organisations_team": CONFIGURATION,
    "organisations_user": STAFF_ONLY,
    "people_matchsearch": "how far a search got",
    "privacy_breach": "what happened, naming nobody concerned",
    "privacy_breachstep": "what was done about a breach, naming nobody concerned",
    "privacy_openingalert": "that a colleague opened many fields",
    "privacy_retentionrule": CONFIGURATION,
    "programmes_party": CONFIGURATION,
    "programmes_programme": CONFIGURATION,
    "programmes_programmeversion": CONFIGURATION,
    "services_change": "the directory of services knows no client",
    "services_feedback": "the directory of services knows no client",
    "services_place": "the directory of services knows no client",
    "services_proposal": "the directory of services knows no client",
    "services_provider": "the directory of services knows no client",
    "services_room": "the directory of services knows no client",
    "services_service": "the directory of services knows no client",
    "services_serviceplace": "the directory of services knows no client",
    "sharing_agreement": CONFIGURATION,
    "sharing_agreementparty": CONFIGURATION,
    "sharing_clause": CONFIGURATION,
    "sharing_transferrule": CONFIGURATION,
}

# What a copy for the person leaves out, and why.
INDEX = "read by machines only: it tells nothing that is not told beside it"
STAFF = "the name of a member of staff, whose safety counts as well; the copy says which organisation"
OPENS = "a secret that opens something; it tells nothing about the person"
OTHERS = "about the possible likeness of two people: one of them is somebody else"
HARM = "why records are held may warn those whom it is about; an officer decides what is told"
WITHHELD_TABLES: Mapping[str, str] = {
    "cases_listing": "copies of what the case says, for lists; who had access is in disclosures.csv",
    "audit_entry": "who looked and when is in looks.csv, by organisation and role",
    "people_blockingkey": INDEX,
    "people_matchtoken": INDEX,
    "people_match": OTHERS,
    "exchange_possibleduplicate": OTHERS,
    "privacy_subjectkey": OPENS,
    "privacy_legalhold": HARM,
    "privacy_erasure": "a person who was erased has no data to copy",
    "privacy_subjectexport": "this copy, and those before it",
}
WITHHELD_COLUMNS: Mapping[str, str] = {
    "files_storedfile.blob": OPENS,
    "files_storedfile.key": OPENS,
    "files_storedfile.fingerprint": INDEX,
    "people_person.folded_name": INDEX,
    "people_document.number_index": INDEX,
    "exchange_importrow.fingerprint": INDEX,
    "feedback_ownpagelink.token_digest": OPENS,
    "feedback_ownpagelink.code_digest": OPENS,
    "feedback_complaint.about_user_id": STAFF,
    "followup_visit.assigned_to_name": STAFF,
    "followup_draftfile.blob": OPENS,
    "followup_draftfile.key": OPENS,
    "texting_message.number_index": INDEX,
    "texting_message.once": INDEX,
    "texting_permission.number_index": INDEX,
    "texting_talk.number_index": INDEX,
    "sharing_disclosedcontent.digest": INDEX,
}
STAFF_COLUMN = re.compile(
    r"^((actor|author)_name|(.*_)?(by|worker|lead|user|passed_to)_(id|name|ids|membership_id))$"
)


def withheld(table: str, column: str) -> str:
    """Why a copy leaves a column out; empty when it does not."""
    if STAFF_COLUMN.match(column):
        return STAFF
    return WITHHELD_TABLES.get(table, "") or WITHHELD_COLUMNS.get(f"{table}.{column}", "")
