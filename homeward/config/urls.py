"""Addresses: pages and the API."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("homeward.api.urls")),
    path("phone/", include("homeward.sync.urls")),
    path("hsds/", include(("homeward.api.directory.urls", "api_directory"))),
    path("", include("homeward.web.urls")),
]
