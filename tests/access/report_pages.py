"""Pages of reports and recommendations for the access matrix: name, method, answers, what they are about."""

from homeward.reports.tests.made import a_frozen_report, a_recommendation, an_own_template

MAKERS = "mira vera rosa"
READERS = f"{MAKERS} ines"
HERE = {"rosa": 200, "mira vera": 404, "others": 403}
CONCERNED = "nora tarek rosa"
ELSEWHERE = "salma karim otto mira vera stranger"
ANSWERERS = f"{CONCERNED} {ELSEWHERE}"


def nothing():
    return {}


def a_ready_one():
    return {"report_id": a_frozen_report().id}


def its_file():
    return {"report_id": a_frozen_report().id, "kind": "pdf"}


def a_template():
    return {"template_id": an_own_template().id}


def advice():
    return {"recommendation_id": a_recommendation().id}


READ_HERE = {"rosa ines": 200, "mira vera": 404, "others": 403}
PAGES = [
    ("reports", "get", {READERS: 200, "others": 403}, nothing),
    ("reports", "post", {MAKERS: 422, "others": 403}, nothing),
    ("report", "get", READ_HERE, a_ready_one),
    ("report_file", "get", READ_HERE, its_file),
    ("report_template", "get", HERE, a_template),
    ("recommendations", "get", {ANSWERERS: 200, "others": 403}, nothing),
    ("recommendation", "get", {CONCERNED: 200, ELSEWHERE: 404, "others": 403}, advice),
]
