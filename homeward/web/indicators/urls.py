"""Addresses of frameworks, their versions and their indicators."""

from django.urls import path

from homeward.web.indicators import pages, versions

urlpatterns = [
    path("", pages.frameworks, name="frameworks"),
    path("<uuid:version_id>", versions.version, name="framework_version"),
    path("<uuid:version_id>/<slug:code>", pages.indicator, name="indicator"),
]
