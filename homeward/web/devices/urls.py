"""Addresses of telephones."""

from django.urls import path

from homeward.web.devices import pages

urlpatterns = [
    path("", pages.phones, name="phones"),
    path("<uuid:phone_id>/end", pages.end, name="end_phone"),
]
