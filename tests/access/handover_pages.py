"""Who may open the pages of handovers; what good answers do is in homeward/web/handovers/tests."""

from collections.abc import Mapping

from homeward.lib.identifiers import new_id

ANSWERERS = "jonas nora tarek lina stranger vera rosa"  # coordinators look after what is on its way too
WRITERS = "jonas nora tarek lina stranger"


def no_case() -> Mapping[str, object]:
    return {"case_id": new_id()}


def no_handover() -> Mapping[str, object]:
    return {"handover_id": new_id()}


def no_enquiry() -> Mapping[str, object]:
    return {"enquiry_id": new_id()}


def no_question() -> Mapping[str, object]:
    return {"question_id": new_id()}


FOR_ANSWERERS, FOR_WRITERS = {ANSWERERS: 404, "others": 403}, {WRITERS: 404, "others": 403}
ANSWERS = (
    "ask_about_handover",
    "answer_about_handover",
    "accept_handover",
    "decline_handover",
    "recall_handover",
)

PAGES = [
    ("handovers", "get", dict, {ANSWERERS: 200, "others": 403}),
    ("ask_by_reference", "get", dict, {WRITERS: 200, "others": 403}),
    ("ask_by_reference", "post", dict, {WRITERS: 422, "others": 403}),
    ("received_enquiry", "get", no_enquiry, FOR_ANSWERERS),
    ("received_enquiry", "post", no_enquiry, FOR_ANSWERERS),
    ("handover", "get", no_handover, FOR_ANSWERERS),
    *((name, "post", no_handover, FOR_ANSWERERS) for name in ANSWERS),
    *((name, "get", no_handover, {"others": 405}) for name in ANSWERS),
    ("offer_case", "get", no_case, FOR_ANSWERERS),
    ("offer_case", "post", no_case, FOR_ANSWERERS),
    *(
        (name, method, no_case, FOR_WRITERS)
        for name in ("ask_for_case", "ask_former_partner", "ask_former_lead")
        for method in ("get", "post")
    ),
    ("answer_as_former_lead", "get", no_question, FOR_ANSWERERS),
    ("answer_as_former_lead", "post", no_question, FOR_ANSWERERS),
]
