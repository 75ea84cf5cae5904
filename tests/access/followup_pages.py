"""The pages of following up for the access matrix: name, answers, and what they are asked about.

What good answers do is in homeward/web/followup/tests.
"""

from homeward.cases.tests.journeys import arrived
from homeward.followup.commands import set_area
from homeward.followup.tests.visits import a_visit
from tests.cast import nora, rosa


def a_case():
    return {"case_id": arrived().id}


def one_visit():
    return {"visit_id": a_visit(arrived(), to=nora, instrument="").id}


def an_area():
    return {"area_id": set_area(rosa, place="Saltfield", membership_id=nora.membership_id).id}


def nowhere():
    return {}


# Harbour leads the case, Nora's organisation takes part in it.
READERS = {"jonas lina nora rosa vera": 200, "tarek stranger": 404, "others": 403}
WRITERS = {"jonas lina nora": 200, "tarek stranger": 404, "others": 403}
FORMS = {"jonas lina nora": 422, "tarek stranger": 404, "others": 403}
TAKERS = {"jonas lina nora": 302, "tarek stranger": 404, "others": 403}
GIVERS = {"jonas lina nora rosa vera": 422, "tarek stranger": 404, "others": 403}
PLANNERS = "jonas lina nora tarek stranger rosa vera"
PAGES = [
    ("visits", {PLANNERS: 200, "others": 403}, nowhere),
    ("rounds", {"rosa vera mira": 200, "others": 403}, nowhere),
    ("visit_areas", {PLANNERS: 200, "others": 403}, nowhere),
    ("visit", READERS, one_visit),
    ("ask_for_visit", WRITERS, a_case),
    ("extend_follow_up", WRITERS, a_case),
    ("record_business", WRITERS, a_case),
]
EMPTY_FORMS = [
    ("visit_areas", {PLANNERS: 422, "others": 403}, "post", nowhere),
    ("clear_visit_area", {PLANNERS: 302, "others": 403}, "post", an_area),
    ("try_visit", FORMS, "post", one_visit),
    ("agree_on_visit_day", FORMS, "post", one_visit),
    ("call_off_visit", FORMS, "post", one_visit),
    ("take_up_visit", TAKERS, "post", one_visit),
    ("give_visit", GIVERS, "post", one_visit),
    ("ask_for_visit", FORMS, "post", a_case),
    ("extend_follow_up", FORMS, "post", a_case),
    ("record_business", FORMS, "post", a_case),
]
