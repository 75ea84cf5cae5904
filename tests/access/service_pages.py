"""Pages of the directory for the access matrix: name, method, answers, what they are about.

What good answers do is in homeward/web/services/tests.
"""

from homeward.services.commands import propose_change, say_feedback
from homeward.services.tests.directory import a_service, beds
from tests.cast import nora

NOBODY = "frida otto"
READERS = "jonas nora tarek vera salma ines adil karim mira lina rosa stranger"
READ = {READERS: 200, "others": 403}
SENDERS = "jonas nora tarek vera salma lina rosa stranger"
TELLERS = f"{SENDERS} karim"
OPENERS = {SENDERS: 200, "others": 403}
TELL = {TELLERS: 200, "others": 403}
UNTOLD = {TELLERS: 422, "others": 403}
KEEPERS = {"salma adil karim": 200, "others": 403}
OF_ONES_OWN = {"salma": 200, "others": 403}


def one():
    return {"service_id": a_service(rooms=beds(2)).id}


def a_restricted_one():
    return {"service_id": a_service(is_restricted=True).id}


def a_proposal():
    return {"proposal_id": propose_change(nora, service_id=a_service().id, words="It moved.").id}


def a_feedback():
    return {"feedback_id": say_feedback(nora, service_id=a_service().id, rating=4).id}


def a_provider():
    return {"provider_id": a_service().provider_id}


def nothing():
    return {}


PAGES = [
    ("services", "get", READ, nothing),
    ("services_find", "get", {"others": 405}, nothing),
    ("services_find", "post", {READERS: 302, "others": 403}, nothing),
    ("service", "get", READ, one),
    ("service_history", "get", READ, one),
    ("service_place", "get", OPENERS, a_restricted_one),
    ("service_place", "post", {SENDERS: 422, "others": 403}, a_restricted_one),
    ("edit_service_provider", "get", OF_ONES_OWN, a_provider),
    ("edit_service_provider", "post", {**OF_ONES_OWN, "salma": 422}, a_provider),
    ("add_service", "get", KEEPERS, nothing),
    ("add_service", "post", {"salma adil karim": 422, "others": 403}, nothing),
    ("edit_service", "get", OF_ONES_OWN, one),
    ("edit_service", "post", {"salma": 422, "others": 403}, one),
    ("verify_service", "get", {"others": 405}, one),
    ("verify_service", "post", {"salma": 302, "others": 403}, one),
    ("count_service_room", "get", {"others": 405}, one),
    ("count_service_room", "post", {f"{SENDERS} karim adil": 302, "others": 403}, one),
    ("propose_service_change", "get", TELL, one),
    ("propose_service_change", "post", UNTOLD, one),
    ("missing_service", "get", TELL, nothing),
    ("missing_service", "post", UNTOLD, nothing),
    ("rate_service", "get", TELL, one),
    ("rate_service", "post", UNTOLD, one),
    ("service_files", "get", {"salma adil": 200, "others": 403}, nothing),
    ("service_files", "post", {"salma adil": 422, "others": 403}, nothing),
    ("export_services", "get", {"others": 405}, nothing),
    ("export_services", "post", {"salma adil": 200, "others": 403}, nothing),
    ("service_keeping", "get", KEEPERS, nothing),
    ("answer_service_proposal", "get", {"others": 405}, a_proposal),
    ("answer_service_proposal", "post", {"salma": 302, "adil karim": 404, "others": 403}, a_proposal),
    ("read_service_feedback", "get", {"others": 405}, a_feedback),
    ("read_service_feedback", "post", {"salma": 302, "adil karim": 404, "others": 403}, a_feedback),
]
