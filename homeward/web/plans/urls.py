"""Addresses of the plan's pages, all beneath a case."""

from django.urls import path

from homeward.web.plans import deciding, drafting, pages

urlpatterns = [
    path("", pages.plan, name="plan"),
    path("begin", drafting.begin, name="begin_plan"),
    path("amend", drafting.amend, name="amend_plan"),
    path("goals/new", drafting.add_goal, name="add_plan_goal"),
    path("goals/<uuid:goal_id>", drafting.change_goal, name="change_plan_goal"),
    path("goals/<uuid:goal_id>/leave-out", drafting.remove_goal, name="remove_plan_goal"),
    path("goals/<uuid:goal_id>/activities/new", drafting.add_activity, name="add_plan_activity"),
    path("activities/<uuid:activity_id>", drafting.change_activity, name="change_plan_activity"),
    path("activities/<uuid:activity_id>/leave-out", drafting.remove_activity, name="remove_plan_activity"),
    path("propose", deciding.propose, name="propose_plan"),
    path("take-back", deciding.withdraw, name="withdraw_plan"),
    path("agree", deciding.agree, name="agree_to_plan"),
    path("not-agreed", deciding.not_agreed, name="plan_not_agreed"),
    path("versions/<uuid:version_id>", pages.version, name="plan_version"),
    path("versions/<uuid:version_id>/print", pages.printed, name="print_plan"),
]
