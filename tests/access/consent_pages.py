"""Consents, notices, complaints and the own page for the access matrix: name, answers, what it is about.

What good answers do is in homeward/web/consents/tests and homeward/web/own/tests.
"""

from homeward.cases.tests.journeys import enquiry
from homeward.lib.identifiers import new_id
from tests.cast import jonas
from tests.consented import given

# Harbour leads these cases; Nora's organisation, Rosa's too, and Vera's are on them, Tarek's office is not.
CASEWORKERS = {"jonas lina nora": 200, "tarek stranger": 404, "others": 403}
READERS = {"jonas lina nora vera rosa ines": 200, "tarek stranger": 404, "others": 403}
WITHDRAWERS = {"jonas lina nora vera rosa": 200, "tarek stranger": 404, "others": 403}
OFFICERS = {"ines": 200, "others": 403}
HEARERS = {"vera rosa ines": 200, "others": 403}
VISIT = {"others": 302, "anonymous": 302}
OPEN = {"others": 200, "anonymous": 200}


def a_case():
    return {"case_id": enquiry().id}


def a_consent():
    case = enquiry()
    return {"case_id": case.id, "consent_id": given(case, actor=jonas).id}


def a_witness():
    return {**a_consent(), "whose": "witness"}


def no_link():
    return {**a_case(), "link_id": new_id()}


def no_question():
    return {**a_case(), "question_id": new_id()}


def no_complaint():
    return {"complaint_id": new_id()}


def a_purpose():
    return {"purpose": "referral"}


def nothing():
    return {}


PAGES = [
    ("ask_consent", CASEWORKERS, a_case),
    ("answer_consent", {**CASEWORKERS, "jonas lina nora": 302}, a_case),
    ("withdraw_consent", WITHDRAWERS, a_consent),
    ("consent_receipt", READERS, a_consent),
    ("consent_receipt_json", READERS, a_consent),
    ("open_consent_name", CASEWORKERS, a_witness),
    ("data_request_from_case", {**CASEWORKERS, "ines": 200}, a_case),
    ("offer_own_page", CASEWORKERS, a_case),
    ("answer_question", {"jonas lina nora tarek stranger": 404, "others": 403}, no_question),
    ("notices", OFFICERS, nothing),
    ("notice", OFFICERS, a_purpose),
    ("complaints", HEARERS, nothing),
    ("complaint", {"vera rosa ines": 404, "others": 403}, no_complaint),
    ("my_enter", OPEN, nothing),
    ("my_closed", OPEN, nothing),
    ("my_door", VISIT, lambda: {"token": "invented"}),
    ("my_page", VISIT, nothing),
    ("my_ask", VISIT, nothing),
    ("my_complain", VISIT, nothing),
    ("my_delivery", VISIT, lambda: {"entry_id": new_id()}),
    ("my_consent", VISIT, lambda: {"consent_id": new_id()}),
]
EMPTY_FORMS = [
    ("ask_consent", {**CASEWORKERS, "jonas lina nora": 422}, "post", a_case),
    ("answer_consent", {**CASEWORKERS, "jonas lina nora": 302}, "post", a_case),
    ("withdraw_consent", {**WITHDRAWERS, "jonas lina nora vera rosa": 422}, "post", a_consent),
    ("open_consent_name", {**CASEWORKERS, "jonas lina nora": 422}, "post", a_witness),
    ("data_request_from_case", {**CASEWORKERS, "jonas lina nora ines": 422}, "post", a_case),
    ("offer_own_page", {**CASEWORKERS, "jonas lina nora": 422}, "post", a_case),
    ("end_own_page", {"jonas lina nora tarek stranger": 404, "others": 403}, "post", no_link),
    ("answer_question", {"jonas lina nora tarek stranger": 404, "others": 403}, "post", no_question),
    ("notice", {"ines": 422, "others": 403}, "post", a_purpose),
    ("complaint", {"vera rosa ines": 404, "others": 403}, "post", no_complaint),
    ("my_enter", {"others": 422, "anonymous": 422}, "post", nothing),
    ("my_leave", VISIT, "post", nothing),
    ("my_plan_agree", VISIT, "post", lambda: {"version_id": new_id()}),
    ("my_delivery", VISIT, "post", lambda: {"entry_id": new_id()}),
    ("my_consent", VISIT, "post", lambda: {"consent_id": new_id()}),
    ("my_messages", VISIT, "post", lambda: {"contact_id": new_id()}),
    ("my_ask", VISIT, "post", nothing),
    ("my_complain", VISIT, "post", nothing),
]
