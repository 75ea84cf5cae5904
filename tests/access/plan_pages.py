"""The pages of plans and approvals for the access matrix: name, answers, and what they are asked about.

What good answers do is in homeward/web/plans/tests and homeward/web/approvals/tests.
"""

from homeward.access.acting import acting_as
from homeward.approvals.tests.asked import asked
from homeward.cases.tests.journeys import arrived
from homeward.plans.queries import rows_of
from homeward.plans.tests.drafts import agreed, approved, begun, drafted, proposed
from tests.cast import nora

# Harbour leads these cases; Nora's and Rosa's organisation and Vera's are on them, Tarek's office is not.
PLANNERS = {"jonas lina nora": 200, "tarek stranger": 404, "others": 403}
READERS = {"jonas lina nora rosa vera": 200, "tarek stranger": 404, "others": 403}
# Nora asked; Rosa and Vera answer one step each; Adil sees that nothing is stuck.
PARTIES = {"nora tarek rosa vera adil frida": 200, "jonas lina otto stranger": 404, "others": 403}
LISTS = {"jonas lina nora tarek rosa vera adil frida otto stranger": 200, "others": 403}


def of(make):
    return lambda: {"case_id": make().case_id}


def a_case():
    return {"case_id": arrived().id}


def a_version():
    version = agreed()
    return {"case_id": version.case_id, "version_id": version.id}


def _first(version, actor):
    with acting_as(actor):
        return rows_of(version)[0]


def a_goal():
    version = drafted()
    goal, _activities = _first(version, nora)
    return {"case_id": version.case_id, "goal_id": goal.id}


def an_activity():
    version = drafted()
    _goal, activities = _first(version, nora)
    return {"case_id": version.case_id, "activity_id": activities[0].id}


def an_approval():
    return {"approval_id": asked().id}


def nowhere():
    return {}


PAGES = [
    ("plan", READERS, of(drafted)),
    ("plan_version", READERS, a_version),
    ("print_plan", READERS, a_version),
    ("begin_plan", PLANNERS, a_case),
    ("amend_plan", PLANNERS, of(agreed)),
    ("add_plan_goal", PLANNERS, of(begun)),
    ("change_plan_goal", PLANNERS, a_goal),
    ("remove_plan_goal", PLANNERS, a_goal),
    ("add_plan_activity", PLANNERS, a_goal),
    ("change_plan_activity", PLANNERS, an_activity),
    ("remove_plan_activity", PLANNERS, an_activity),
    ("propose_plan", PLANNERS, of(drafted)),
    ("withdraw_plan", PLANNERS, of(proposed)),
    ("agree_to_plan", PLANNERS, of(approved)),
    ("plan_not_agreed", PLANNERS, of(approved)),
    ("approvals", LISTS, nowhere),
    ("approval", PARTIES, an_approval),
]

READ_ONLY = ("plan", "plan_version", "print_plan", "approvals", "approval", "withdraw_plan")
# An empty form is sent back to who may fill it in (422), and answered like the page to everybody else.
EMPTY_FORMS = [
    (name, {who: 422 if answer == 200 else answer for who, answer in answers.items()}, "post", about)
    for name, answers, about in PAGES
    if name not in READ_ONLY
]
ACTS = [
    ("withdraw_plan", {"jonas lina nora": 302, "tarek stranger": 404, "others": 403}, "post", of(proposed)),
    (
        "approval",
        {"nora tarek rosa vera frida": 422, "adil": 403, "jonas lina otto stranger": 404, "others": 403},
        "post",
        an_approval,
    ),
    (
        "pass_on_approval",
        {"rosa nora tarek vera adil frida": 422, "jonas lina otto stranger": 404, "others": 403},
        "post",
        an_approval,
    ),
    (
        "withdraw_approval",
        {"nora tarek rosa frida": 302, "jonas lina stranger": 404, "others": 403},
        "post",
        an_approval,
    ),
]
