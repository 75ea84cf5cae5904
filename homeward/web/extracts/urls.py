"""Addresses of extracts."""

from django.urls import path

from homeward.web.extracts import extracts, files

urlpatterns = [
    path("", extracts.extracts, name="extracts"),
    path("<uuid:extract_id>", extracts.extract, name="extract"),
    path("<uuid:extract_id>/files/<uuid:file_id>", files.download, name="extract_file"),
]
