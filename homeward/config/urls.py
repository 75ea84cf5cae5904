"""Addresses: pages and the API."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("homeward.api.urls")),
    path("", include("homeward.web.urls")),
]
