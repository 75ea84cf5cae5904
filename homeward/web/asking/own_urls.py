"""Addresses of a person's own answers; none names a case or a person."""

from django.urls import path

from homeward.web.asking import own

urlpatterns = [
    path("<uuid:visit_id>/", own.begin, name="my_questions"),
    path("<uuid:visit_id>/check", own.check, name="my_check"),
    path("<uuid:visit_id>/<slug:screen>", own.screen, name="my_screen"),
]
