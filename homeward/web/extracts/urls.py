"""Addresses of extracts."""

from django.urls import path

from homeward.web.extracts import extracts

urlpatterns = [
    path("", extracts.extracts, name="extracts"),
    path("<uuid:extract_id>", extracts.extract, name="extract"),
]
