"""The pages of samples for the access matrix: name, method, answers, what they are about.

What good answers do is in homeward/web/samples/tests.
"""

from homeward.cases.tests.journeys import arrived
from homeward.followup.sampling.tests.samples import a_plan
from homeward.followup.tests.visits import a_visit
from homeward.lib.identifiers import new_id
from tests.cast import nora, rosa


def a_planned_one():
    a_visit(arrived(), to=nora)
    return {"sample_id": a_plan(rosa).id}


def a_member():
    return {**a_planned_one(), "member_id": new_id()}


def nothing():
    return {}


READ = {"vera rosa mira": 200, "others": 403}
OWN = {"rosa": 200, "vera mira": 404, "others": 403}
KEPT = {"rosa": 302, "vera mira": 404, "others": 403}
PAGES = [
    ("samples", "get", READ, nothing),
    ("sample_size", "get", READ, nothing),
    ("plan_sample", "get", READ, nothing),
    ("plan_sample", "post", {"vera rosa mira": 422, "others": 403}, nothing),
    ("sample", "get", OWN, a_planned_one),
    ("draw_sample", "post", KEPT, a_planned_one),
    ("discard_sample", "post", KEPT, a_planned_one),
    ("draw_double_sample", "post", {"rosa": 422, "vera mira": 404, "others": 403}, a_planned_one),
    ("sample_list", "post", OWN, a_planned_one),
    ("replace_in_sample", "post", {"vera rosa mira": 404, "others": 403}, a_member),
]
