"""Pages of indicators for the access matrix: name, method, answers, what they are about."""

from homeward.indicators.tests.agreed import a_draft, consulted, in_force
from tests.cast import MARENIA

READERS = "mira vera rosa salma"


def a_draft_of_partners():
    return {"version_id": a_draft().id}


def one_asked_about():
    return {"version_id": consulted(a_draft(), MARENIA).id}


def one_in_force():
    return {"version_id": in_force(a_draft()).id, "code": "OUT-1"}


def nothing():
    return {}


PAGES = [
    ("frameworks", "get", {READERS: 200, "others": 403}, nothing),
    ("frameworks", "post", {"mira": 422, "others": 403}, nothing),
    # drafts are their organisation's; who is asked sees a version once it is under consultation
    ("framework_version", "get", {"rosa": 200, "mira vera salma": 404, "others": 403}, a_draft_of_partners),
    (
        "framework_version",
        "get",
        {"rosa salma": 200, "mira vera": 404, "others": 403},
        one_asked_about,
    ),
    ("framework_version", "post", {"others": 403, "mira vera": 404}, one_asked_about),
    ("indicator", "get", {READERS: 200, "others": 403}, one_in_force),
]
