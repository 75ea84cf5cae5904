"""Addresses of a person's outcome picture, beneath the case."""

from django.urls import path

from homeward.web.outcomes import pages

urlpatterns = [path("outcomes", pages.picture, name="case_outcomes")]
