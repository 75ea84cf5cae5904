"""Addresses of eligibility, all beneath a case."""

from django.urls import path

from homeward.web.eligibility import pages

urlpatterns = [
    path("", pages.decide, name="decide_eligibility"),
    path("what-if", pages.suppose, name="eligibility_what_if"),
    path("<uuid:decision_id>/exception", pages.ask, name="ask_override"),
]
