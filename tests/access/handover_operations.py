"""Who may call which operation about handovers; the rows of the matrix in `operations.py`."""

from collections.abc import Callable
from typing import Any

from homeward.lib.identifiers import check_sign

A_REFERENCE = "HW-2222-2222-" + check_sign("22222222")
WHY = {
    "basis": "public_interest",
    "condition": "health_or_social_care",
    "necessity": "They lead from where he lives now",
}


def rows(row: Callable[..., Any], ids: Callable[..., Any], told: Callable[..., Any]) -> list[Any]:
    """`own` offers Sami's case, `participant` is who it is offered to."""
    case, handover, question = ids("case_id"), ids("handover_id"), ids("later_question_id")
    said = told(text="Since when?")
    return [
        row("list_handovers", 200, 200, 200),
        row("ask_by_reference", 201, 201, 201, body=told(reference=A_REFERENCE, message="He is here")),
        row("list_received_enquiries", 200, 200, 200),
        row("set_enquiry_aside", 201, 404, 404, ids("enquiry_id")),
        row("get_handover", path=handover),
        row("list_handover_messages", path=handover),
        row("ask_before_answering", 409, 201, 404, handover, said),
        row("answer_what_was_asked", 201, 409, 404, handover, said, before="asked"),
        row("accept_handover", 409, 201, 404, handover, lambda w, c: {"lead_membership_id": c.colleague}),
        row("decline_handover", 409, 201, 404, handover, told(reason="no_room")),
        row("recall_handover", 201, 409, 404, handover, told(note="Another has room")),
        row(
            "offer_handover",
            201,
            409,
            404,
            case,
            lambda w, c: {"organisation_id": w.clinic_id, **WHY},
        ),
        row(
            "request_handover",
            422,
            201,
            404,
            case,
            lambda w, c: {"message": "He came to us", "lead_membership_id": c.colleague},
        ),
        row(
            "ask_former_partner",
            201,
            409,
            404,
            case,
            lambda w, c: {"organisation_id": w.clinic_id, "their_reference": "7"},
            before="arrived",
        ),
        row("list_later_questions", path=case),
        row(
            "ask_former_lead",
            422,
            201,
            404,
            case,
            lambda w, c: {"organisation_id": w.partners_id, "text": "Which school?"},
            before="handed_over",
        ),
        row("answer_as_former_lead", 201, 409, 404, question, told(text="By the port")),
    ]
