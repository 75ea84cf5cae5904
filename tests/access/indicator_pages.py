"""Pages of indicators for the access matrix: name, method, answers, what they are about."""

from dataclasses import replace

from homeward.access.roles import Role
from homeward.indicators.tests.agreed import a_draft, a_ready_table, consulted, in_force
from tests.cast import MARENIA, vera

READERS = "mira vera rosa salma"


def a_draft_of_partners():
    return {"version_id": a_draft().id}


def one_asked_about():
    return {"version_id": consulted(a_draft(), MARENIA).id}


def one_with_values():
    version = in_force(a_draft())
    a_ready_table(version, replace(vera, role=Role.EVALUATOR))
    return {"version_id": version.id}


def an_indicator_with_values():
    return {**one_with_values(), "code": "OUT-1"}


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
    ("framework_version", "get", {READERS: 200, "others": 403}, one_with_values),
    ("indicator", "get", {READERS: 200, "others": 403}, an_indicator_with_values),
]
