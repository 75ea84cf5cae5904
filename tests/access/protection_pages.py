"""The data protection officer's pages for the access matrix: name, method, what the address names."""

from datetime import timedelta

from django.utils.timezone import localdate, now

from homeward.assistance.tests.money import a_case
from homeward.lib.identifiers import new_id
from homeward.privacy import commands
from homeward.privacy.commands.retention import set_rule
from homeward.privacy.rules import BreachRisk, BreachStepKind, RecordClass, RequestKind
from tests.cast import ines, nora

OFFICER = {"ines": 200, "others": 403}
ASKED = {"ines": 422, "others": 403}
WHY = "The person contests that these records are right."


def nothing():
    return {}


def a_person():
    return {"person_id": a_case().person_id}


def a_request():
    given = {"kind": RequestKind.ERASURE, "received_on": localdate(), "words": "Forget me"}
    return {"request_id": commands.record_request(nora, subject_id=a_case().person_id, **given).id}


def a_request_to(act):
    def make():
        made = a_request()
        if act == "answer":
            commands.confirm_identity(ines, request_id=made["request_id"], how="Passport shown")
        return {**made, "act": act}

    return make


def a_hold():
    given = {"reason": "A court asks for these records.", "review_on": localdate() + timedelta(days=20)}
    return {"hold_id": commands.set_hold(ines, subject_id=a_case().person_id, **given).id}


def a_restriction():
    return {"restriction_id": commands.restrict(ines, subject_id=a_case().person_id, reason=WHY).id}


def a_breach():
    made = commands.record_breach(
        ines,
        what="A laptop was lost on a train",
        found_at=now() - timedelta(hours=3),
        risk=BreachRisk.HIGH,
        began_at=now() - timedelta(days=1),
        ended_at=now(),
        account_id=nora.user_id,
    )
    note = {"kind": BreachStepKind.CONTAINED, "note": "The account was locked"}
    commands.note_breach_step(ines, breach_id=made.id, **note)
    return {"breach_id": made.id}


LISTS = ("protection", "data_requests", "find_data_person", "exposed", "breaches", "releases")
FORMS = ("new_data_request", "new_breach")
ABOUT_ONE = (("set_hold", a_person), ("restrict", a_person), ("breach_step", a_breach))
ACTS = ("identify", "extend", "step", "answer", "refuse")

RECEIVERS = "jonas nora tarek lina stranger vera rosa salma karim"


def a_rule():
    given = {"record_class": RecordClass.TRAVELLED, "months": 60, "because": "The law on public records"}
    return {"rule_id": set_rule(ines, **given).id}


def the_case():
    return {"case_id": a_case().id}


def no_copy():
    return {"export_id": new_id()}


def no_notice():
    return {"notice_id": new_id()}


PAGES = [
    *(
        (name, "get", nothing, OFFICER)
        for name in ("retention", "new_rule", "processing", "disclosure_register")
    ),
    ("new_rule", "post", nothing, ASKED),
    ("end_rule", "post", a_rule, {"ines": 302, "others": 403}),
    ("make_copy", "post", a_person, {"ines": 302, "others": 403}),
    ("download_copy", "get", no_copy, {"ines": 404, "others": 403}),
    *((name, "get", a_person, OFFICER) for name in ("erase_person", "tell_recipients")),
    *((name, "post", a_person, ASKED) for name in ("erase_person", "tell_recipients")),
    ("oversee_case", "get", the_case, OFFICER),
    ("oversee_case", "post", the_case, ASKED),
    ("oversee_case", "get", lambda: {"case_id": new_id()}, {"ines": 404, "others": 403}),
    ("take_note", "get", no_notice, {RECEIVERS: 404, "others": 403}),
    ("take_note", "post", no_notice, {RECEIVERS: 404, "others": 403}),
    *((name, "get", nothing, OFFICER) for name in (*LISTS, *FORMS)),
    *((name, "post", nothing, ASKED) for name in (*FORMS, "find_data_person", "exposed")),
    ("export_exposed", "post", nothing, ASKED),
    ("data_request", "get", a_request, OFFICER),
    *(("data_request_act", "get", a_request_to(act), OFFICER) for act in ACTS),
    *(("data_request_act", "post", a_request_to(act), ASKED) for act in ACTS),
    ("data_person", "get", a_person, OFFICER),
    *((name, "get", about, OFFICER) for name, about in ABOUT_ONE),
    *((name, "post", about, ASKED) for name, about in ABOUT_ONE),
    ("release_hold", "get", a_hold, OFFICER),
    ("release_hold", "post", a_hold, ASKED),
    ("lift_restriction", "get", a_restriction, OFFICER),
    ("lift_restriction", "post", a_restriction, ASKED),
    ("breach", "get", a_breach, OFFICER),
    ("data_request", "get", lambda: {"request_id": new_id()}, {"ines": 404, "others": 403}),
    ("data_person", "get", lambda: {"person_id": new_id()}, {"ines": 404, "others": 403}),
    ("breach", "get", lambda: {"breach_id": new_id()}, {"ines": 404, "others": 403}),
]
