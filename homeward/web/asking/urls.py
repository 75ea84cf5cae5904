"""Addresses of asking at a visit."""

from django.urls import path

from homeward.web.asking import pages

urlpatterns = [
    path("", pages.begin, name="ask_at_visit"),
    path("to-the-person", pages.to_the_person, name="ask_on_own_page"),
    path("check", pages.check, name="check_answers"),
    path("<slug:screen>", pages.screen, name="ask_screen"),
]
