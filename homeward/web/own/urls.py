"""Addresses of the person's own page; none names a case or a person."""

from django.urls import path

from homeward.web.own import doors, pages

urlpatterns = [
    path("", pages.page, name="my_page"),
    path("enter/", doors.enter, name="my_enter"),
    path("enter/<str:token>", doors.door, name="my_door"),
    path("closed/", doors.closed, name="my_closed"),
    path("leave/", doors.leave, name="my_leave"),
    path("plan/<uuid:version_id>/agree", pages.agree, name="my_plan_agree"),
    path("received/<uuid:entry_id>", pages.delivery, name="my_delivery"),
    path("agreed/<uuid:consent_id>", pages.consent, name="my_consent"),
    path("messages/<uuid:contact_id>", pages.messages_to_me, name="my_messages"),
    path("ask/", pages.ask, name="my_ask"),
    path("complain/", pages.complain, name="my_complain"),
]
