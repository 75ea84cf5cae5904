"""Who may open the pages of agreements and packages."""

from collections.abc import Mapping

from homeward.lib.identifiers import new_id
from homeward.sharing import commands
from homeward.sharing.rules import Category, Purpose
from tests.agreed import agreed, may_send_anywhere, proposed
from tests.cast import CLINIC, HARBOUR, RETURN_PARTNERS, nora

WRITERS = "jonas nora tarek lina stranger"
RECEIVERS = "jonas nora tarek lina stranger vera rosa salma karim"


def no_case() -> Mapping[str, object]:
    return {"case_id": new_id()}


def no_package() -> Mapping[str, object]:
    return {"case_id": new_id(), "disclosure_id": new_id()}


def no_disclosure() -> Mapping[str, object]:
    return {"disclosure_id": new_id()}


def no_line() -> Mapping[str, object]:
    return {"disclosure_id": new_id(), "code": "medical_items"}


def nothing() -> Mapping[str, object]:
    return {}


def a_proposal() -> Mapping[str, object]:
    return {"agreement_id": proposed(HARBOUR, RETURN_PARTNERS).id}


def an_agreement() -> Mapping[str, object]:
    return {"agreement_id": agreed(HARBOUR, RETURN_PARTNERS, rules=False).id}


def a_vital_interest() -> Mapping[str, object]:
    asked = commands.ask_override(
        nora,
        subject_id=new_id(),
        case_id=None,
        organisation_id=CLINIC,
        purpose=Purpose.PROTECTION,
        categories=[Category.HEALTH],
        reason="He does not wake up.",
    )
    return {"override_id": asked.id}


def a_rule() -> Mapping[str, object]:
    return {"rule_id": may_send_anywhere(RETURN_PARTNERS).id}


RULERS = {"adil ines": 200, "others": 403}
NO_PARTY = "vera salma karim stranger"
NO_PROPOSER = {"vera": 404, "others": 403}
DECIDERS = "nora tarek rosa"
ELSEWHERE_DECIDING = "jonas lina vera stranger"

PAGES = [
    ("agreements", "get", {RECEIVERS + " adil ines": 200, "others": 403}, nothing),
    (
        "agreement",
        "get",
        {"jonas lina nora tarek rosa adil ines": 200, NO_PARTY: 404, "others": 403},
        an_agreement,
    ),
    ("propose_agreement", "get", {"vera rosa adil": 200, "others": 403}, nothing),
    ("propose_agreement", "post", {"vera rosa adil": 422, "others": 403}, nothing),
    ("amend_agreement", "get", {"rosa adil": 200, **NO_PROPOSER}, an_agreement),
    ("amend_agreement", "post", {"rosa adil": 422, **NO_PROPOSER}, an_agreement),
    ("accept_agreement", "get", {"rosa adil": 200, **NO_PROPOSER}, a_proposal),
    ("accept_agreement", "post", {"rosa adil": 302, **NO_PROPOSER}, a_proposal),
    ("end_agreement", "get", {"rosa adil ines": 200, **NO_PROPOSER}, an_agreement),
    ("end_agreement", "post", {"rosa adil ines": 422, **NO_PROPOSER}, an_agreement),
    ("transfer_rules", "get", RULERS, nothing),
    ("add_transfer_rule", "get", RULERS, nothing),
    ("add_transfer_rule", "post", {**RULERS, "adil ines": 422}, nothing),
    ("take_example_rules", "post", {**RULERS, "adil ines": 302}, nothing),
    ("change_transfer_rule", "get", RULERS, a_rule),
    ("change_transfer_rule", "post", {**RULERS, "adil ines": 422}, a_rule),
    ("end_transfer_rule", "get", RULERS, a_rule),
    ("end_transfer_rule", "post", {**RULERS, "adil ines": 422}, a_rule),
    ("verify_transfer_rule", "post", {**RULERS, "adil ines": 302}, a_rule),
    ("sharing_overrides", "get", {DECIDERS + " " + ELSEWHERE_DECIDING: 200, "others": 403}, nothing),
    ("sharing_override", "get", {DECIDERS: 200, ELSEWHERE_DECIDING: 404, "others": 403}, a_vital_interest),
    ("sharing_override", "post", {DECIDERS: 422, ELSEWHERE_DECIDING: 404, "others": 403}, a_vital_interest),
    ("ask_sharing_override", "get", {WRITERS: 404, "others": 403}, no_case),
    ("ask_sharing_override", "post", {WRITERS: 404, "others": 403}, no_case),
    ("send_package", "get", {WRITERS: 404, "others": 403}, no_case),
    ("send_package", "post", {WRITERS: 404, "others": 403}, no_case),
    ("take_back_package", "get", {RECEIVERS + " ines": 404, "others": 403}, no_package),
    ("take_back_package", "post", {RECEIVERS + " ines": 404, "others": 403}, no_package),
    ("shared_with_us", "get", {RECEIVERS: 200, "others": 403}, nothing),
    ("received_package", "get", {RECEIVERS: 404, "others": 403}, no_disclosure),
    ("open_in_package", "get", {RECEIVERS: 404, "others": 403}, no_line),
    ("open_in_package", "post", {RECEIVERS: 404, "others": 403}, no_line),
    ("package_receipt", "post", {RECEIVERS: 404, "others": 403}, no_disclosure),
]
