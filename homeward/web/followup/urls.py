"""Addresses of following up; those that begin at a case stand under the case."""

from django.urls import path

from homeward.web.followup import monitor, on_case, pages

case_urlpatterns = [
    path("visits/ask", on_case.ask, name="ask_for_visit"),
    path("visits/extend", on_case.extend, name="extend_follow_up"),
    path("business", on_case.business, name="record_business"),
]
rounds_urlpatterns = [path("", monitor.show, name="rounds")]
urlpatterns = [
    path("", pages.week, name="visits"),
    path("areas", pages.areas, name="visit_areas"),
    path("areas/<uuid:area_id>/clear", pages.clear_area, name="clear_visit_area"),
    path("<uuid:visit_id>", pages.show, name="visit"),
    path("<uuid:visit_id>/attempt", pages.attempt, name="try_visit"),
    path("<uuid:visit_id>/day", pages.agree, name="agree_on_visit_day"),
    path("<uuid:visit_id>/call-off", pages.call_off, name="call_off_visit"),
    path("<uuid:visit_id>/take-up", pages.take_up, name="take_up_visit"),
    path("<uuid:visit_id>/give", pages.give, name="give_visit"),
]
