"""Changing cases. Each function is one thing a person can do."""

from homeward.cases.commands.applying import (
    decide_application,
    submit_application,
)
from homeward.cases.commands.appointments import (
    cancel_appointment,
    keep_appointment,
    make_appointment,
    miss_appointment,
    remind_of_appointments,
    reschedule_appointment,
)
from homeward.cases.commands.arriving import (
    begin_planning,
    confirm_arrival,
    record_plan_agreed,
)
from homeward.cases.commands.assigning import (
    assign_case,
    reassign_caseload,
)
from homeward.cases.commands.clearing import (
    DecidedBy,
    give_clearance,
    lapse_clearance,
    lapse_outdated,
    refuse_clearance,
    require_gates,
    set_profile,
)
from homeward.cases.commands.closing import (
    close_case,
    reopen_case,
)
from homeward.cases.commands.contact import (
    record_contact,
    record_contact_found,
    record_contact_lost,
    record_death,
    record_remigration,
    withdraw,
)
from homeward.cases.commands.counselling import (
    record_counselling,
)
from homeward.cases.commands.documents import (
    add_case_document,
)
from homeward.cases.commands.drafting import (
    save_step_done,
    save_wish,
)
from homeward.cases.commands.eligibility import (
    ask_override,
    record_eligibility,
    take_override_answer,
    take_override_back,
)
from homeward.cases.commands.emergency import (
    open_in_emergency,
    review_emergency,
)
from homeward.cases.commands.enquiring import ask_by_reference, receive_enquiries, set_enquiry_aside
from homeward.cases.commands.exporting import (
    export_cases,
)
from homeward.cases.commands.handing_over import (
    Along,
    ask_former_partner,
    escalate_silent,
    offer_handover,
    request_handover,
    tell_of_turns,
)
from homeward.cases.commands.handover_answers import (
    accept_handover,
    answer_what_was_asked,
    ask_before_answering,
    decline_handover,
    recall_handover,
)
from homeward.cases.commands.joining import (
    note_merge,
    note_person_changed,
)
from homeward.cases.commands.listed import open_cases, take_back_cases, tell_imported
from homeward.cases.commands.notes import (
    correct_note,
    write_note,
)
from homeward.cases.commands.opening import (
    edit_case,
    open_case,
    set_next_step,
    start_file,
)
from homeward.cases.commands.planning import note_plan
from homeward.cases.commands.questions import answer_as_former_lead, ask_former_lead
from homeward.cases.commands.sharing import (
    end_share,
    share_case,
)
from homeward.cases.commands.travelling import (
    change_travel,
    confirm_travel,
    plan_travel,
    record_departure,
    record_not_travelled,
)
from homeward.cases.commands.views import (
    forget_view,
    save_view,
)
from homeward.cases.handover_disclosing import Justification

__all__ = [
    "ask_by_reference",
    "receive_enquiries",
    "set_enquiry_aside",
    "Along",
    "Justification",
    "accept_handover",
    "answer_as_former_lead",
    "answer_what_was_asked",
    "ask_before_answering",
    "ask_former_partner",
    "ask_former_lead",
    "decline_handover",
    "escalate_silent",
    "offer_handover",
    "recall_handover",
    "request_handover",
    "tell_of_turns",
    "record_eligibility",
    "take_override_answer",
    "take_override_back",
    "ask_override",
    "DecidedBy",
    "add_case_document",
    "assign_case",
    "begin_planning",
    "cancel_appointment",
    "change_travel",
    "close_case",
    "confirm_arrival",
    "confirm_travel",
    "correct_note",
    "decide_application",
    "edit_case",
    "end_share",
    "export_cases",
    "forget_view",
    "give_clearance",
    "keep_appointment",
    "lapse_clearance",
    "lapse_outdated",
    "make_appointment",
    "miss_appointment",
    "note_merge",
    "note_person_changed",
    "note_plan",
    "open_case",
    "open_cases",
    "open_in_emergency",
    "plan_travel",
    "reassign_caseload",
    "record_contact",
    "record_contact_found",
    "record_contact_lost",
    "record_counselling",
    "record_death",
    "record_departure",
    "record_not_travelled",
    "record_plan_agreed",
    "record_remigration",
    "refuse_clearance",
    "remind_of_appointments",
    "reopen_case",
    "require_gates",
    "reschedule_appointment",
    "review_emergency",
    "save_step_done",
    "save_view",
    "save_wish",
    "set_next_step",
    "set_profile",
    "share_case",
    "start_file",
    "submit_application",
    "take_back_cases",
    "tell_imported",
    "withdraw",
    "write_note",
]
